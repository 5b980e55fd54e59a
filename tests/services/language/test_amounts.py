"""Doses with their units, and counts of what is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.language.amounts import find_counts, find_doses, find_strengths


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("50 mcg", "50 mg", False), ("50 mcg", "0.05 mg", True), ("50 µg", "50mcg", True), ("1 g", "1,000 mg", True),
        ("1 gm", "1 gram", True), ("500 mg", "500 milligrams", True), ("10/325 mg", "10-325mg", True), ("10mg/325mg", "10/325 mg", True),
        ("10/325 mg", "10 mg", False), ("10/325", "10/325 mg", True), ("7.5/325 mg", "5/325 mg", False),
        ("320.5/30/16 mg", "320.5/30/16mg", True), ("320.5/30/16 mg", "320.5/30/15 mg", False),
        ("5%", "5 percent", True), ("120 ml", "120 cc", True), ("120 gm", "120 ml", True), ("5%", "10%", False),
        ("25 mcg/hr", "25 mcg per hour", True), ("25 mcg/hr", "25 mcg/day", False), ("25 mcg/hr", "25 mcg", True), ("100 units", "100 IU", True),
        (".5 mg", "0.5 mg", True), (".5 mg", "5 mg", False),
    ],
)  # fmt: skip
def test_doses_are_compared_by_value_and_unit(one: str, other: str, same: bool) -> None:
    (mine,) = find_strengths(f"Druga {one} daily", [("druga", 0, 5)])
    (theirs,) = find_strengths(f"Druga {other} daily", [("druga", 0, 5)])
    assert mine.dose.agrees(theirs.dose) is same
    assert theirs.dose.agrees(mine.dose) is same
    assert mine.dose.text.startswith(one[:3])


@given(
    st.integers(1, 9999),
    st.sampled_from(["mg", "mcg", "g", "ml", "%", "units"]),
    st.sampled_from(["", " ", "-"]),
)
def test_a_dose_is_found_where_it_stands(figure: int, unit: str, between: str) -> None:
    text = f"took {figure}{between}{unit} at night"
    (dose,) = find_doses(text)
    assert dose.figures == (figure,)
    assert text[dose.start : dose.end] == dose.text == f"{figure}{between}{unit}"
    assert dose.agrees(dose)


@pytest.mark.parametrize(
    "text", ["10 mgx", "on 3/2/2014", "L5 gap", "5 grand", "$10", "", "5 minutes"]
)
def test_what_is_no_dose(text: str) -> None:
    assert find_doses(text) == ()


@pytest.mark.parametrize(
    ("text", "strengths"),
    [
        ("Druga 5 mg and Drugb 10 mg", [("druga", (5,)), ("drugb", (10,))]),
        ("Druga and Drugb 10 mg", [("drugb", (10,))]),
        ("Druga; 10 mg", []),
        ("Druga up to 10 mg, Drugb", []),
        ("Druga #60, 10 mg; Drugb", []),
        ("Druga tablets of the usual kind in a box, 10 mg", []),
    ],
)
def test_a_strength_is_of_the_drug_before_it(
    text: str, strengths: list[tuple[str, tuple[float, ...]]]
) -> None:
    drugs = [
        (name.lower(), at, at + 5) for name in ("Druga", "Drugb") if (at := text.find(name)) >= 0
    ]
    assert [(one.drug, one.dose.figures) for one in find_strengths(text, drugs)] == strengths


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("#60 with two (2) refills", [("tablets", 60, None), ("refills", 2, None)]),
        ("forty-five tablets", [("tablets", 45, None)]),
        ("3 times a week for six weeks", [("weekly", 3, 6)]),
        ("twice per week x 4 weeks", [("weekly", 2, 4)]),
        ("one to two times a week for 6 weeks", []),
        ("Therapy 2x6", [("weekly", 2, 6)]),
        ("twenty-four (24) additional physical therapy visits", [("visits", 24, None)]),
        ("acupuncture x 12", [("visits", 12, None)]),
        ("home care four hours per day", [("hours", 4, None)]),
        ("no sessions", []),
    ],
)
def test_counts(text: str, counts: list[tuple[str, int, int | None]]) -> None:
    found = find_counts(text)
    assert [(count.what, count.number, count.weeks) for count in found] == counts
    assert all(text[count.start : count.end] == count.text for count in found)


@given(st.text(st.sampled_from("0123456789/-. #x()mgcl%") | st.sampled_from("weeks visits two")))
def test_any_text_is_read(text: str) -> None:
    for each in (*find_doses(text), *find_counts(text)):
        assert text[each.start : each.end] == each.text
