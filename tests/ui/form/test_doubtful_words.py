"""Which words a doubt is about, and by which words a text that may be meant differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.form.doubtful_words import differing_words, doubtful_span, is_closed


@pytest.mark.parametrize(
    ("text", "why", "others", "words"),
    [
        ("A fusion of L4-Ll is asked for.", "“L4-Ll” looks misread.", (), "L4-Ll"),
        ("A fusion of L4-Ll.", "Something is misread.", ("A fusion of L4-L1.",), "L4-Ll"),
        ("He fell on his back", "The text breaks off.", (), None),
        ("He fell.", "“She” is said elsewhere.", (), None),
        ("", "Nothing stands here yet.", (), None),
    ],
)
def test_the_words_that_are_quoted_or_differ_are_in_doubt(
    text: str, why: str, others: tuple[str, ...], words: str | None
) -> None:
    span = doubtful_span(text, why, others)
    assert (None if span is None else text[slice(*span)]) == words


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("He was seen on March 3.", True),
        ("It was “denied.”  ", True),
        ("He was seen on", False),
        ("Physical therapy, 6", False),
    ],
)
def test_whether_a_text_was_written_to_its_end(text: str, closed: bool) -> None:
    assert is_closed(text) is closed


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("the C5-Cl level", "the C5-C1 level", ("C5-Cl", "C5-C1")),
        ("of the left knee, twice", "of the right knee, twice", ("left", "right")),
        ("levels T1I-T12.", "levels T11-T12.", ("T1I-T12", "T11-T12")),
        ("alike", "alike", ("", "")),
    ],
)
def test_whole_words_differ(one: str, other: str, words: tuple[str, str]) -> None:
    if one == other:
        assert "".join(differing_words(one, other)) in ("", one + other)
    else:
        assert differing_words(one, other) == words


WORDS = st.text("ab ,.", max_size=14)


@given(one=WORDS, other=WORDS)
def test_the_words_put_in_place_of_the_others_make_the_other_text(one: str, other: str) -> None:
    span = doubtful_span(one, "", (other,))
    if span is not None:
        there = differing_words(one, other)[1]
        assert one[: span[0]] + there + one[span[1] :] == other
