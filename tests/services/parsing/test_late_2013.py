"""The transition form of 2013 to 2014: numbered items, sentences in the place of labels."""

from __future__ import annotations

import pytest

from app.letter import Decision
from app.services.parsing import parse
from tests.services.parsing.factories import SUMMARY, TOP, doubt, text_of

CLAIMS = "The Claims Administrator based its decision on the Chronic Pain Guidelines, page 80."
REVIEWER = "The Physician Reviewer based his/her decision on the Chronic Pain Guidelines, page 78."
OLD, NEW = "*IMR DECISION(S) AND RATIONALE(S)*", "*IMR ISSUES, DECISIONS AND RATIONALES*"


def letter(*items: str, heading: str = OLD, rationale: str = "Relief is not documented."):
    rows = [*TOP, *SUMMARY, "", heading]
    rows += [
        "The Final Determination was based on decisions for the disputed items/services set forth below:"
    ]
    for item in items:
        rows += [
            "",
            f"*{item}*",
            "",
            CLAIMS,
            "",
            REVIEWER,
            "",
            "The Physician Reviewer's decision rationale:",
        ]
        rows += [rationale]
    return text_of(rows)


@pytest.mark.parametrize("heading", [OLD, NEW])
@pytest.mark.parametrize(
    ("item", "title", "decision"),
    [
        ("1. Norco 10/325mg is not medically necessary and appropriate.", "Norco 10/325mg", "Upheld"),
        ("1. Norco 10mg, qty: 60 is medically necessary and appropriate.", "Norco 10mg, qty: 60", "Overturned"),
        ("1. Decision for a brace, DOS: 1/2/2013: Upheld", "a brace, DOS: 1/2/2013", "Upheld"),
        ("1) Decision for a brace: Overturned", "a brace", "Overturned"),
    ],
)  # fmt: skip
def test_items(heading: str, item: str, title: str, decision: str) -> None:
    result = parse(letter(item, heading=heading))
    assert result.layout == "maximus-2013-late"
    issue = result.letter.issues[0]
    assert (issue.title, issue.decision) == (title, Decision(decision))
    assert issue.claims_administrator_guideline.text == CLAIMS
    assert issue.maximus_guideline.text == REVIEWER
    assert issue.rationale == "Relief is not documented."
    assert doubt(result, "issue.title", 0) == doubt(result, "issue.decision", 0) == ""


def test_a_printed_decision_that_the_text_contradicts_is_doubted() -> None:
    text = letter("1. Decision for a brace: Upheld", rationale="The brace is medically necessary.")
    result = parse(text)
    assert result.letter.issues[0].decision is Decision.UPHELD
    assert "both" in doubt(result, "issue.decision", 0)
