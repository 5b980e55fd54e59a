"""What summaries say of the person and the injury, in the ways reviewers word it."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.parsing import parse
from tests.services.parsing.factories import doubt, letter_of

DAY = date(2016, 3, 8)
"""The day of injury in the header of the letters made here."""


@pytest.mark.parametrize(
    ("opening", "age", "sex"),
    [
        ("The patient is a twenty nine (29) year old male.", 29, "male"),
        ("Claimant is a 37 year old F with neck pain.", 37, "female"),
        ("The patient is a 51 y.o. M, a driver.", 51, "male"),
        ("The patient is a 45yoF with neck pain.", 45, "female"),
        ("The claimant is a 56 year-old right hand dominant lady.", 56, "female"),
        ("He is a male (age 50) with pain.", 50, "male"),
        ("The patient is a 39 year old male who was 35 years old when he fell.", 39, "male"),
        ("The patient is a 55 year old female with a 20 year old male child.", 55, "female"),
        ("This is a 60-year-old gentleman, seen on 4/1/2016.", 60, "male"),
    ],
)
def test_openings(opening: str, age: int, sex: str) -> None:
    result = parse(letter_of(summary=(opening,)))
    assert (result.letter.patient.age, result.letter.patient.sex) == (age, sex)
    assert doubt(result, "patient.age") == doubt(result, "patient.sex") == ""


@pytest.mark.parametrize(
    ("summary", "field", "value", "says"),
    [
        ("She complained of back pain.", "sex", "female", "only says “She”"),
        ("He was 35 years old when he fell.", "age", 35, "earlier day"),
        ("The patient fell. She saw him again.", "sex", None, ""),
    ],
)
def test_what_is_only_hinted_at_is_doubted(
    summary: str, field: str, value: object, says: str
) -> None:
    result = parse(letter_of(summary=(summary,)))
    assert getattr(result.letter.patient, field) == value
    assert says in doubt(result, f"patient.{field}")


@pytest.mark.parametrize(
    "sentence",
    [
        "He was injured on 12 March 2016.".replace("12 March", "8 March"),
        "She has a 3/8/16 date of injury.",
        "The underlying date of injury in this case is 3/8/2016.",
        "He injured his low back and left knee on March 8th, 2016.",
        "Cumulative trauma injury from 03/08/2015 to 03/08/2016.",
        "Injury dated 1/1/2009 - 3/8/2016 was claimed.",
        "The industrial injury occurred on or about 3/8/2016.",
        "After a prior injury on 5/1/2010 he was injured on 3/8/2016.",
    ],
)
def test_days_of_injury(sentence: str) -> None:
    result = parse(letter_of(summary=(sentence,)))
    assert result.letter.patient.date_of_injury == DAY
    assert doubt(result, "patient.date_of_injury") == doubt(result, "header.date_of_injury") == ""


@pytest.mark.parametrize(
    ("sentence", "header_too"),
    [
        ("Cumulative trauma injury from 01/01/2015 to 05/01/2016.", False),
        ("Cumulative trauma injury from 01/01/2014 to 05/01/2015.", True),
        ("The injury was on 03/18/2016.", True),
    ],
)
def test_another_day_of_injury_is_doubted(sentence: str, header_too: bool) -> None:
    result = parse(letter_of(summary=(sentence,)))
    assert doubt(result, "patient.date_of_injury")
    assert bool(doubt(result, "header.date_of_injury")) == header_too
