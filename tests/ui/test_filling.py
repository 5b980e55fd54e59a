"""Words of the page as a value of the field: a date stays a date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.letter import SPEC_BY_NAME
from app.ui.filling import value_from_words


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("header.date_of_injury", "Date of Injury: 09/18/2016", date(2016, 9, 18)),
        ("header.date_of_injury", "on 9-18-16,", date(2016, 9, 18)),
        ("patient.age", "a 52-year-old", 52),
        ("header.priority", "STANDARD", "Standard"),
        ("issue.decision", "item 3: overturned.", "Overturned"),
        ("patient.sex", "a female worker", "female"),
        ("patient.sex", "a male worker", "male"),
        ("reviewer.licensure", "California, Texas", ("California", "Texas")),
        ("header.case_number", "  CM16-0200001 ", "CM16-0200001"),
        ("clinical_summary", "One  line\nand  another", "One line\nand another"),
        ("issue.maximus_guideline", "MTUS  Knee Complaints", "MTUS Knee Complaints"),
    ],
)
def test_the_value_in_the_words(name: str, words: str, value: Any) -> None:
    assert value_from_words(SPEC_BY_NAME[name], words) == value


@pytest.mark.parametrize(
    ("name", "words", "sentence"),
    [
        ("header.date_of_injury", "Standard", "There is no date in what you picked."),
        ("header.date_of_injury", "13/45/2016", "There is no such day: month 13, day 45, 2016."),
        ("patient.age", "the worker", "There is no number in what you picked."),
        ("patient.age", "in 2016", "Not an age in years. Type a number such as 56."),
        ("issue.decision", "maybe", "What you picked is none of: Upheld, Overturned."),
    ],
)
def test_words_without_a_value_are_told(name: str, words: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$".replace(".", r"\.")):
        value_from_words(SPEC_BY_NAME[name], words)
