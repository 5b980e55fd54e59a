"""The parser's doubts and the checks' findings are one kind of judgement, the same by rule and values."""

from __future__ import annotations

from datetime import date

import pytest

from app.evidence import Judgement, ParseResult
from app.letter import FieldId, Letter, with_value
from app.services.checks import CheckContext, check
from app.services.parsing import parse
from tests.services.parsing.factories import LEAD, SUMMARY, TOP, issue_of, text_of

PLAIN = (*TOP, *SUMMARY, *LEAD, *issue_of())
INJURY, TOLD = FieldId("header.date_of_injury"), FieldId("patient.date_of_injury")
DECIDED = FieldId("header.decision_date")
PAGE_ONLY = {"reading", "case-number-dates"}


def read(printed: str, instead: str, name: str = "") -> ParseResult:
    return parse(text_of([row.replace(printed, instead) for row in PLAIN], name=name))


def doubts(result: ParseResult) -> set[Judgement]:
    return {
        doubt.judgement
        for seen in result.evidence.values()
        for doubt in seen.doubts
        if doubt.judgement is not None and doubt.rule not in PAGE_ONLY
    }


def findings(letter: Letter, file_name: str = "") -> set[Judgement]:
    found = check(letter, CheckContext(file_name=file_name))
    return {one.judgement for one in found if one.judgement is not None}


@pytest.mark.parametrize(
    ("printed", "instead", "rule"),
    [
        ("11/18/2016", "11/19/2016", "weekend"),
        ("11/18/2016", "11/02/2016", "dates-near"),
        ("10/20/2016", "10/14/2016", "dates-order"),
        ("10/07/2016", "08/15/2016", "dates-far-apart"),
        ("on 03/08/2016.", "on 03/18/2016.", "injury-date"),
        ("on 03/08/2016.", "on 03/08/2016. On 10-70-2016 UR denied it.".replace("70", "17"), ""),
        ("47-year-old female", "47-year-old female, once a 45-year-old female patient,", "age"),
        ("MRI of the lumbar spine", "Block at L5-Sl", "misread-level"),
    ],
)
def test_what_the_parser_doubts_the_checks_find_in_the_letter(
    printed: str, instead: str, rule: str
) -> None:
    result = read(printed, instead)
    assert doubts(result) <= findings(result.letter)
    assert {one[0] for one in doubts(result)} == ({rule} if rule else set())


def test_a_file_named_otherwise_is_one_judgement() -> None:
    result = read("CM16-0200009", "CM16-0200019", name="CM16-0200009")
    said = ("case-number-elsewhere", frozenset({"CM16-0200019", "CM16-0200009"}))
    assert said in doubts(result) & findings(result.letter, "CM16-0200009.pdf")


def test_a_judgement_holds_after_edits_as_on_reading() -> None:
    result = read("on 03/08/2016.", "on 03/18/2016.")
    edited = with_value(result.letter, INJURY, date(2016, 3, 28))
    assert ("injury-date", frozenset({"03/28/2016", "03/18/2016"})) in findings(edited)
    agreed = with_value(result.letter, INJURY, date(2016, 3, 18))
    assert "injury-date" not in {rule for rule, _ in findings(agreed)}
    late = with_value(result.letter, DECIDED, date(2016, 11, 19))
    assert ("weekend", frozenset({"11/19/2016"})) in findings(late)


def test_header_and_summary_are_one_judgement_over_two_fields() -> None:
    evidence = read("on 03/08/2016.", "on 03/18/2016.").evidence
    ((here,), (there,)) = (evidence[field].doubts for field in (INJURY, TOLD))
    assert here.judgement == there.judgement is not None
    assert (here.related, there.related) == ((TOLD,), (INJURY,))
    assert here.words != there.words
