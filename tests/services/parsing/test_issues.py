"""Titles, decisions and labels in print that is not quite the form's: read right, or doubted."""

from __future__ import annotations

import pytest

from app.letter import Decision
from app.services.parsing import parse
from tests.services.parsing.factories import (
    LEAD,
    SUMMARY,
    TOP,
    doubt,
    issue_of,
    letter_of,
    text_of,
)

CLAIMS, MAXIMUS = "issue.claims_administrator_guideline", "issue.maximus_guideline"


@pytest.mark.parametrize(
    ("printed", "decision"),
    [
        ("Partially Overturned", Decision.OVERTURNED),
        ("Upheld in part; partially Overturned", Decision.OVERTURNED),
        ("Not Upheld", Decision.UPHELD),
    ],
)
def test_a_decision_with_more_words_is_doubted(printed: str, decision: Decision) -> None:
    result = parse(letter_of(issue_of(f"*Knee brace:* {printed}"), issue_of()))
    first = result.letter.issues[0]
    assert (first.title, first.decision) == ("Knee brace", decision)
    assert printed in doubt(result, "issue.decision", 0)
    assert doubt(result, "issue.decision", 1) == ""


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (("*Knee brace* Upheld",), "Knee brace"),
        (("*Knee brace* : Upheld",), "Knee brace"),
        (("*Appeal of the Overturned decision on a brace:* Upheld",), "Appeal of the Overturned decision on a brace"),
        (("*Decision rationale of the visit:* Upheld",), "Decision rationale of the visit"),
        (("*Brace: size 4, DOS: 1/2/2016:* Up-", "held"), "Brace: size 4, DOS: 1/2/2016"),
    ],
)  # fmt: skip
def test_titles_that_need_no_doubt(heading: tuple[str, ...], title: str) -> None:
    result = parse(letter_of((*heading, *issue_of()[1:])))
    assert len(result.letter.issues) == 1
    assert (result.letter.issues[0].title, result.letter.issues[0].decision) == (title, "Upheld")
    assert doubt(result, "issue.title", 0) == doubt(result, "issue.decision", 0) == ""


def test_a_title_that_is_bold_in_part_begins_with_its_row() -> None:
    result = parse(
        letter_of(issue_of("*Physical therapy,* twelve sessions for the *knee:* Upheld"))
    )
    assert result.letter.issues[0].title == "Physical therapy, twelve sessions for the knee"
    assert "bold" in doubt(result, "issue.title", 0)


@pytest.mark.parametrize(
    "row", ["MRI of the knee: Upheld", "Decision rationale: none.", "MAXIMUS guideline: none."]
)
def test_what_a_rationale_quotes_in_regular_print_is_no_heading(row: str) -> None:
    issue = [*issue_of(rationale="An earlier letter said:"), row, "It is not medically necessary."]
    result = parse(letter_of(issue, issue_of()))
    assert len(result.letter.issues) == 2
    assert row in result.letter.issues[0].rationale
    assert doubt(result, "issue.rationale", 0)
    assert doubt(result, "issue.rationale", 1) == ""


@pytest.mark.parametrize(
    ("label", "instead"),
    [
        ("MAXIMUS guideline:", "MAXIMUS Guideline:"),
        ("MAXIMUS guideline:", "Maximus guidelines:"),
        ("MAXIMUS guideline:", "IMRO Guideline :"),
        ("Claims Administrator guideline:", "Claims administrator guidelines:"),
        ("Decision rationale:", "Decision Rationale"),
    ],
)
def test_labels_in_other_capitals_or_number_are_labels(label: str, instead: str) -> None:
    rows = [row.replace(label, instead) for row in (*issue_of(), *issue_of("*Walker:* Overturned"))]
    result = parse(letter_of(rows))
    plain = parse(letter_of(issue_of(), issue_of("*Walker:* Overturned")))
    assert result.letter.issues == plain.letter.issues
    assert [key.key for key, seen in result.evidence.items() if seen.doubt] == []


@pytest.mark.parametrize(
    ("lost", "field"),
    [
        ("Claims Administrator guideline:", CLAIMS),
        ("MAXIMUS guideline:", MAXIMUS),
        ("Decision rationale:", "issue.rationale"),
    ],
)
def test_a_text_is_found_by_its_beginning_where_its_label_is_lost(lost: str, field: str) -> None:
    rows = [row.replace(f"*{lost}* ", "") for row in issue_of()]
    result = parse(letter_of(rows, issue_of()))
    plain = parse(letter_of(issue_of(), issue_of()))
    assert result.letter.issues == plain.letter.issues
    told = [key.key for key, seen in result.evidence.items() if seen.doubt]
    assert told == [f"issues.0.{field.removeprefix('issue.')}"]
    assert "is missing above it" in doubt(result, field, 0)


def test_a_guideline_in_the_sentence_of_2014_is_not_unusual() -> None:
    sentence = "The Claims Administrator based its decision on the Official Disability Guidelines."
    assert doubt(parse(letter_of(issue_of(claims=sentence))), CLAIMS, 0) == ""


def test_what_follows_the_letter_is_left_out() -> None:
    full = ["The records say more about this."] * 25
    first = [*TOP, *SUMMARY, *full]
    second = [*LEAD, *issue_of()]
    third = ["*PROOF OF SERVICE*", "", "Served by mail."]
    result = parse(text_of(first, second, third))
    assert result.letter.issues[0].rationale.endswith("not medically necessary.")
    assert any("From page 3 on" in note for note in result.notes)


def test_the_label_behind_a_cut_may_be_of_another_issue() -> None:
    first = [*TOP, *SUMMARY, *["The records say more about this."] * 22]
    second = [*LEAD, *issue_of()[:5]]
    third = [issue_of()[6], *["More was said about this in the records."] * 45]
    result = parse(text_of(first, second, third))
    assert "far above its foot" in doubt(result, MAXIMUS, 0)
    assert "far above its foot" in doubt(result, "issue.rationale", 0)
    assert doubt(result, "issue.title", 0) == ""


def test_a_title_that_begins_a_page_behind_a_torn_issue_may_be_cut() -> None:
    rest = ["*of both lower extremities:* Upheld", *issue_of()[1:]]
    more = ["The records say more about this."] * 16
    first = [*TOP, *SUMMARY, *more, *LEAD, *issue_of()[:5]]
    result = parse(text_of(first, rest))
    assert result.letter.issues[1].title == "of both lower extremities"
    assert "beginning may be missing" in doubt(result, "issue.title", 1)


def test_an_issue_torn_by_a_page_turn_is_noted() -> None:
    more = ["The records say more about this."] * 18
    first = [*TOP, *SUMMARY, *more, *LEAD, *issue_of()[:3]]
    result = parse(text_of(first, [issue_of()[6], *issue_of("*Walker:* Upheld")]))
    assert any("where page 2 begins" in note for note in result.notes)
    assert "another issue" in doubt(result, "issue.rationale", 0)
