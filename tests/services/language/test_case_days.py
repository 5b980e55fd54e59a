"""The day of injury and the day of utilization review, as texts tell them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.case_days import find_injury_days, find_ur_days

DAY = date(2016, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "He was injured on 3/8/2016.",
        "She has a 03/08/16 date of injury.",
        "DOI: March 8, 2016",
        "The date of loss was 8 March 2016.",
        "He filed a claim for chronic neck pain, reportedly of 3/8/2016.",
        "injured his low back and left knee on March 8th, 2016",
        "an industrial injury dated 2016-03-08",
        "The industrial injury occurred on or about 3/8/2016.",
    ],
)
def test_a_day_of_injury(text: str) -> None:
    (day,) = find_injury_days(text)
    assert (day.first.value, day.last, day.earlier, day.several) == (DAY, None, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Seen on 3/8/2016 for the injury.",
        "The injury was told in a report dated 3/8/2016.",
        "The doctor's first report of occupational injury or illness from 3/8/2016 has it.",
        "A visit note of 3/8/2016.",
        "The injury is old. On 3/8/2016 he was seen.",
        "born 3/8/2016",
        "",
    ],
)
def test_another_day(text: str) -> None:
    assert find_injury_days(text) == ()


def test_a_stretch_an_earlier_injury_and_two_in_one_breath() -> None:
    (stretch,) = [
        day
        for day in find_injury_days("Cumulative trauma injury from 1/2/2014 to 3/8/2016.")
        if day.last
    ]
    assert stretch.first.value == date(2014, 1, 2)
    assert stretch.last is not None
    assert stretch.last.value == DAY
    earlier, ours = find_injury_days("After a prior injury on 5/1/2010 he was injured on 3/8/2016.")
    assert (earlier.earlier, ours.earlier) == (True, False)
    both = find_injury_days("Injuries on 5/1/2010 and 3/8/2016.")
    assert both[0].several


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 3/8/2016 Utilization Review non-certified the request.", [DAY]),
        ("Utilization Review of March 8, 2016 denied the scan.", [DAY]),
        ("UR (03/08/16) modified it. He was seen on 4/1/2016.", [DAY]),
        ("On 3-8-2016, the request for a brace was denied by the UR.", [DAY]),
        ("The request was previously denied in a UR report dated 3/8/2016.", [DAY]),
        ("An earlier utilization review on 3/8/2016 denied it.", []),
        ("Utilization review of a Request for Authorization of 3/8/2016 denied it.", []),
        ("Utilization Review was done on 3/8/2016.", []),
        ("Utilization Review denied it. 3/8/2016.", []),
        ("", []),
    ],
)
def test_the_day_of_utilization_review(text: str, days: list[date]) -> None:
    assert [day.value for day in find_ur_days(text)] == days


@given(st.text(st.sampled_from("injured on 3/8/2016 to. and UR denied,") | st.characters()))
def test_any_text_is_read(text: str) -> None:
    for day in find_injury_days(text):
        assert text[day.first.start : day.first.end] == day.first.text
    find_ur_days(text)
