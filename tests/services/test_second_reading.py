"""A second reader is not told the decisions, and is told where the readings differ."""

from __future__ import annotations

import pytest

from app.letter import Decision, Issue, Letter
from app.services.second_reading import (
    LEFT_OUT,
    differences,
    items_of,
    result_words,
    without_conclusions,
)

UPHELD, OVERTURNED = Decision.UPHELD, Decision.OVERTURNED
LETTER = Letter(
    issues=(
        Issue(id=3, title="MRI", decision=UPHELD, rationale="No red flags. It is not medically necessary."),
        Issue(id=7, title="Visits", decision=OVERTURNED, rationale="He improved."),
        Issue(id=8, title="Gym", decision=None, rationale=""),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "He was treated with rest. Therefore, the request is not medically necessary.",
            f"He was treated with rest. {LEFT_OUT}",
        ),
        (
            "MTUS recommends therapy.\nThe denial should be reversed. He had 6 visits.",
            f"MTUS recommends therapy.\n{LEFT_OUT} He had 6 visits.",
        ),
        ("Nothing is concluded here.", "Nothing is concluded here."),
        ("", ""),
    ],
)
def test_what_concludes_is_left_out_and_nothing_else(text: str, left: str) -> None:
    assert without_conclusions(text) == left


def test_no_decision_is_shown() -> None:
    shown = " ".join(f"{item.title} {item.guideline} {item.reasons}" for item in items_of(LETTER))
    assert "necessary" not in shown
    assert "Upheld" not in shown


def test_differences_are_those_of_answered_items() -> None:
    (one,) = differences(LETTER, {3: UPHELD, 7: UPHELD})
    assert (one.id, one.letter, one.reader) == (7, OVERTURNED, UPHELD)
    (open_one,) = differences(LETTER, {8: OVERTURNED})
    assert open_one.letter is None
    assert differences(LETTER, {8: None, 3: UPHELD}) == ()


def test_the_result_is_one_line() -> None:
    assert result_words(LETTER, {3: UPHELD, 7: OVERTURNED}) == (
        "Second reading: 2 of 2 items agree"
    )
    assert result_words(LETTER, {3: None, 7: OVERTURNED}) == (
        "Second reading: 1 of 2 items agree (item 1: letter Upheld, reader open)"
    )
