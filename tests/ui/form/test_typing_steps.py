"""Which changes of a text are one step of the history."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.form.typing_steps import TypingSteps, changed


def steps_of(texts: list[str]) -> list[str]:
    """The texts that undo would stop at, of a text that went through these."""
    steps, stops = TypingSteps(), []
    for before, after in pairwise(texts):
        if steps.begins(before, after):
            stops.append(before)
    return stops


def typed(text: str, start: str = "") -> list[str]:
    return [start + text[:end] for end in range(len(text) + 1)]


def test_each_sentence_is_a_step() -> None:
    assert steps_of(typed("She fell. Her knee hurts! Is it torn? “Yes.” So be it.")) == [
        "",
        "She fell. ",
        "She fell. Her knee hurts! ",
        "She fell. Her knee hurts! Is it torn? ",
        "She fell. Her knee hurts! Is it torn? “Yes.” ",
    ]


def test_what_is_typed_before_the_same_letters_goes_on() -> None:
    """Beside the same letters two texts differ at more than one place."""
    assert steps_of([words + "The end" for words in typed("TThen tThe")]) == ["The end"]
    back = ["aaab", "aab", "ab", "b"]  # by the Backspace key, from before the b
    assert steps_of(back) == ["aaab"]
    assert steps_of([*back, "ab", "aab"]) == ["aaab"]


def test_each_line_is_a_step_and_so_is_its_break() -> None:
    stops = ["", "one", "one\n", "one\ntwo", "one\ntwo\n"]
    assert steps_of(typed("one\ntwo\nthree")) == stops


def test_numbers_with_a_point_and_mistakes_put_right_go_on() -> None:
    texts = [*typed("2.5 mgs"), "2.5 mg", "2.5 m", *typed(" daily", "2.5 mg")]
    assert steps_of(texts) == [""]


def test_what_comes_as_a_whole_is_a_step_of_its_own() -> None:
    texts = [
        *typed("see "),
        "see the pasted words here",
        *typed(" too", "see the pasted words here"),
    ]
    assert steps_of(texts) == ["", "see ", "see the pasted words here"]


def test_a_space_after_a_pause_is_of_the_sentence_that_it_leads() -> None:
    steps, stops = TypingSteps(), []
    steps.begins("She fell", "She fell.")
    steps.end()
    for before, after in pairwise(typed("  Her knee hurts. It", "She fell.")):
        if steps.begins(before, after):
            stops.append(before)
    assert stops == ["She fell.", "She fell.  Her knee hurts. "]


def test_typing_over_a_selection_is_one_step() -> None:
    texts = ["the left knee", "the r knee", "the ri knee", "the right knee"]
    assert steps_of([*texts[:3], "the rig knee", "the righ knee", *texts[3:]]) == ["the left knee"]


def test_going_on_elsewhere_begins_a_step() -> None:
    assert steps_of(["ab", "abc", "abcd", "xabcd", "xyabcd"]) == ["ab", "abcd"]


def test_after_a_pause_a_step_begins() -> None:
    steps = TypingSteps()
    assert [steps.begins("", "a"), steps.begins("a", "ab")] == [True, False]
    steps.end()
    assert [steps.begins("ab", "abc"), steps.begins("abc", "abcd")] == [True, False]


@given(before=st.text("ab \n", max_size=12), after=st.text("ab \n", max_size=12))
def test_the_change_makes_one_text_of_the_other(before: str, after: str) -> None:
    start, removed, added = changed(before, after)
    assert before[:start] + after[start : start + added] + before[start + removed :] == after
    assert min(start, removed, added) >= 0


@pytest.mark.parametrize(("before", "after"), [("aa", "aaa"), ("aba", "ababa"), ("", "")])
def test_repeated_letters_are_counted_once(before: str, after: str) -> None:
    assert changed(before, after)[1] == 0
