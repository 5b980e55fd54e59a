"""Days and case numbers that contradict each other: the one that is wrong is told where it can be."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.services.parsing import parse
from app.services.pdf import PdfText
from tests.services.parsing.factories import LEAD, SUMMARY, TOP, doubt, issue_of, text_of

PLAIN = (*TOP, *SUMMARY, *LEAD, *issue_of())
NUMBER, INJURY = "header.case_number", "header.date_of_injury"
ASSIGNED, DECIDED = "header.date_assigned", "header.decision_date"
DENIAL, RECEIVED = "header.ur_denial_date", "header.application_received"
ALL = (NUMBER, INJURY, ASSIGNED, DECIDED, DENIAL, RECEIVED)


def letter(printed: str, instead: str) -> PdfText:
    return text_of([row.replace(printed, instead) for row in PLAIN])


@pytest.mark.parametrize(
    ("printed", "instead", "doubted"),
    [
        # One value breaks several relations, the others hold without it.
        ("10/20/2016", "01/20/2016", (ASSIGNED,)),
        ("10/17/2016", "10/17/2061", (RECEIVED,)),
        ("11/18/2016", "01/18/2016", (DECIDED,)),
        ("10/07/2016", "07/10/2016", (DENIAL,)),
        ("11/18/2016", "11/19/2016", (DECIDED,)),
        # One relation alone is broken: either value may be wrong.
        ("10/20/2016", "10/14/2016", (ASSIGNED, RECEIVED)),
        ("11/18/2016", "11/02/2016", (DECIDED, ASSIGNED)),
        # All is as usual.
        ("11/18/2016", "11/17/2016", ()),
    ],
)
def test_the_value_that_explains_all_conflicts_is_doubted_alone(
    printed: str, instead: str, doubted: tuple[str, ...]
) -> None:
    result = parse(letter(printed, instead))
    assert {name for name in ALL if doubt(result, name)} == set(doubted)


def test_a_case_number_against_the_name_of_its_file() -> None:
    text = replace(letter("CM16-0200009", "CM16-0020009"), name="CM16-0200009")
    result = parse(text)
    assert {name for name in ALL if doubt(result, name)} == {NUMBER}
    assert next(seen.others for key, seen in result.evidence.items() if key.name == NUMBER) == (
        "CM16-0200009",
    )


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("On 10-07-2016 Utilization Review denied it.", ""),
        ("On 10/7/16 Utilization Review denied it.", ""),
        ("On October 7, 2016 Utilization Review denied it.", ""),
        ("On 10-09-2016 Utilization Review denied it.", ""),
        ("On 10-70-2016 or on 01-07-2016 Utilization Review denied it.", "01/07/2016"),
    ],
)
def test_the_denial_in_the_summary_with_two_digits_exchanged(told: str, says: str) -> None:
    rows = [*TOP, *SUMMARY, told, *LEAD, *issue_of()]
    result = parse(text_of(rows))
    assert result.letter.header.ur_denial_date == date(2016, 10, 7)
    assert says in doubt(result, DENIAL)
    assert bool(says) == bool(doubt(result, DENIAL))


OF_2013 = {
    "CM16-0200009": "CM13-0012345",
    "10/20/2016": "11/08/2013",
    "03/08/2016": "03/08/2012",
    "11/18/2016": "04/30/2014",
    "10/07/2016": "08/07/2013",
    "10/17/2016": "08/12/2013",
}


@pytest.mark.parametrize(
    ("denial", "doubted"),
    [("08/07/2013", ()), ("01/07/2013", (DENIAL, RECEIVED))],
)
def test_months_until_the_decision_are_usual_before_2016(
    denial: str, doubted: tuple[str, ...]
) -> None:
    rows = list(PLAIN)
    for printed, instead in {**OF_2013, "10/07/2016": denial}.items():
        rows = [row.replace(printed, instead) for row in rows]
    result = parse(text_of(rows))
    assert {name for name in ALL if doubt(result, name)} == set(doubted)


def test_a_value_under_another_column_is_not_taken() -> None:
    rows = [row.replace("11/18/2016", "") for row in PLAIN]
    result = parse(text_of(rows))
    assert result.letter.header.decision_date is None
    assert "Nothing is printed" in doubt(result, DECIDED)
    assert doubt(result, ASSIGNED) == ""


def test_a_number_that_the_files_name_confirms_is_not_doubted_for_its_distance_alone() -> None:
    """Only a slip of the day that would explain the distance is told, and of the day only."""
    top = [row.replace("CM16-0200009", "CM17-0007143") for row in TOP]
    days = (
        ("10/20/2016", "02/09/2017"),
        ("11/18/2016", "03/10/2017"),
        ("10/07/2016", "01/18/2017"),
    )
    for old, new in days:
        top = [row.replace(old, new) for row in top]
    late = [row.replace("10/17/2016", "01/27/2017") for row in top]
    result = parse(text_of([*late, *SUMMARY, *LEAD, *issue_of()], name="CM17-0007143"))
    assert doubt(result, "header.case_number") == ""
    assert doubt(result, "header.application_received") == ""
    unnamed = parse(text_of([*late, *SUMMARY, *LEAD, *issue_of()]))
    assert "given out" in doubt(unnamed, "header.application_received")


def test_a_number_of_a_year_without_reviews_is_doubted() -> None:
    top = [row.replace("CM16-0200009", "CM76-0200009") for row in TOP]
    result = parse(text_of([*top, *SUMMARY, *LEAD, *issue_of()]))
    assert "2076" in doubt(result, "header.case_number")


def test_a_number_beside_days_that_are_none_is_doubted() -> None:
    top = [row.replace("10/", "70/").replace("11/", "77/").replace("03/", "93/") for row in TOP]
    result = parse(text_of([*top, *SUMMARY, *LEAD, *issue_of()]))
    assert "None of the days" in doubt(result, "header.case_number")
