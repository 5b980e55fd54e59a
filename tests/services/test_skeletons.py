"""Skeletons arrange what letter and record say, and invent nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from app.letter import (
    Citation,
    Decision,
    Guideline,
    Header,
    Issue,
    Letter,
    Patient,
    Source,
    SummaryFacts,
)
from app.services.casefile.timeline import SUMMARY, Event
from app.services.skeletons import MOST, rationale, summary
from app.services.snippets import next_blank

LETTER = Letter(
    header=Header(date_of_injury=date(2014, 2, 7), ur_denial_date=date(2016, 10, 3)),
    patient=Patient(age=51, sex="female"),
    summary_facts=SummaryFacts(
        diagnoses="lumbar radiculopathy.", treatment_to_date="medications and rest"
    ),
    issues=(
        Issue(
            id=4,
            title="Aquatic therapy 2 x 4",
            decision=Decision.UPHELD,
            maximus_guideline=Guideline(
                text="x",
                citations=(Citation(source=Source.MTUS, title="Chronic Pain", edition="2009"),),
            ),
        ),
    ),
)
EVENTS = (
    Event(date(2016, 3, 4), "Progress report, Priya Anand", 1, 3, "She had 6 aquatic visits."),
    Event(date(2016, 4, 4), "MRI report", 1, 9, "MRI report"),
    Event(date(2016, 5, 4), SUMMARY, None, 1, "Land therapy failed on 05/04/2016."),
)


def test_reasons_begin_with_guideline_facts_and_the_decision_that_was_made() -> None:
    text = rationale(LETTER, 4, EVENTS)
    assert text.splitlines() == [
        "MTUS Chronic Pain 2009 states that ***.",
        "The injured worker is treated for lumbar radiculopathy. Treatment to date has included "
        "medications and rest.",
        "03/04/2016 (Progress report, Priya Anand): She had 6 aquatic visits.",
        "05/04/2016: Land therapy failed on 05/04/2016.",
        "The guideline's criteria for aquatic therapy 2 x 4 are not met: ***. Therefore, the "
        "request for aquatic therapy 2 x 4 is not medically necessary.",
    ]


@pytest.mark.parametrize("decision", [None, *Decision])
def test_no_outcome_is_proposed(decision: Decision | None) -> None:
    issue = replace(LETTER.issues[0], decision=decision)
    text = rationale(replace(LETTER, issues=(issue,)), 4)
    closing = text.splitlines()[-1]
    assert ("[is|is not] medically necessary" in closing) is (decision is None)
    assert ("[are|are not] met" in closing) is (decision is None)


def test_the_summary_is_made_of_the_timeline() -> None:
    text = summary(LETTER, EVENTS)
    assert "a 51 year old female who sustained an industrial injury on 02/07/2014" in text
    assert "03/04/2016 (Progress report, Priya Anand): She had 6 aquatic visits." in text
    assert "Land therapy" not in text, "what the summary says is not said twice"
    assert text.endswith("utilization review denied the request for aquatic therapy 2 x 4.")


def test_an_empty_letter_gives_blanks_alone() -> None:
    text = summary(Letter()) + rationale(Letter(issues=(Issue(id=1),)), 1)
    assert not re.search(r"\d|None|\{", text)
    assert next_blank(text)


def test_a_long_record_does_not_flood_the_text() -> None:
    many = tuple(
        Event(date(2016, 3, 1 + n % 28), "Report", 1, n, f"Visit {n}.") for n in range(100)
    )
    assert rationale(LETTER, 4, many).count("Visit") == MOST
