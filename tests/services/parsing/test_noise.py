"""Letters read from pictures: what nothing confirms is doubted, and only that."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.services.parsing import parse
from app.services.parsing.corroboration import Corroboration
from app.services.pdf import PdfText
from tests.services.parsing.factories import LEAD, SUMMARY, TOP, doubt, issue_of, text_of

WORDS = [
    "knee",
    "knee",
    "knee",
    "knee",
    "the",
    "the",
    "the",
    "of",
    "of",
    "of",
    "or",
    "or",
    "band",
    "hand",
    "hand",
    "hand",
    "#30",
    "#30",
    "#80",
    "pain",
]


def noisy(*rows: str, misread: str = "complete case file") -> PdfText:
    plain = [*TOP, *SUMMARY, *rows, *LEAD, *issue_of()]
    return text_of([row.replace(misread, "cornplete case fi1e") for row in plain])


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("knee", True),
        ("Knee,", True),
        ("the", True),
        ("pain", False),  # printed once
        ("band", False),  # "hand" is meant
        ("#80", False),  # "#30" may be meant
        ("or", True),
        ("missing", False),
    ],
)
def test_words_printed_more_than_once_are_right(word: str, right: bool) -> None:
    assert Corroboration(WORDS).is_right(word) is right


@pytest.mark.parametrize(
    ("word", "suspect"), [("haud", True), ("kn0cked", True), ("knee", False), ("walker", False)]
)
def test_words_that_look_misread(word: str, suspect: bool) -> None:
    assert Corroboration([*WORDS, word]).is_suspect(word) is suspect


def test_what_a_second_place_confirms_is_not_doubted() -> None:
    text = noisy(
        "On 10/07/2016 UR denied an MRI of the lumbar spine.", "The MRI of the lumbar spine."
    )
    result = parse(replace(text, name="CM16-0200009"))
    for name in (
        "header.case_number",
        "header.date_of_injury",
        "header.ur_denial_date",
        "header.priority",
        "reviewer.licensure",
        "reviewer.specialties",
        "patient.sex",
        "patient.date_of_injury",
    ):
        assert doubt(result, name) == "", name
    for name in ("header.decision_date", "header.date_assigned", "patient.age", "clinical_summary"):
        assert "misread" in doubt(result, name), name
    assert doubt(result, "issue.decision", 0) == doubt(result, "issue.title", 0) == ""
    assert "misread" in doubt(result, "issue.rationale", 0)


def test_words_that_look_misread_are_named() -> None:
    result = parse(noisy("The lumbar spine, the lumbar muscles and the lurnbar roots."))
    assert "Look at “lurnbar”" in doubt(result, "clinical_summary")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("He felt tbe pain and the rnedical staff came.", True),
        ("The irijured patient had cornplaints again.", True),
        ("The records name the symptons of the patient.", False),
        ("The records name the symptoms of the patient.", False),
    ],
)
def test_frequent_words_as_only_recognition_spells_them(sentence: str, told: bool) -> None:
    result = parse(text_of([*TOP, *SUMMARY, sentence, *LEAD, *issue_of()]))
    assert ("misread" in doubt(result, "clinical_summary")) is told


def test_a_program_that_recognises_text_is_told_by_its_name() -> None:
    text = text_of([*TOP, *SUMMARY, *LEAD, *issue_of()])
    result = parse(replace(text, metadata={"producer": "Adobe Paper Capture 9"}))
    assert "Paper Capture" in doubt(result, "clinical_summary")
    assert "Paper Capture" in doubt(result, "header.decision_date")
    assert doubt(parse(replace(text, metadata={"producer": "Word"})), "clinical_summary") == ""
