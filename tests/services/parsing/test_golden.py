"""The made-up letters, read: each has a golden file that a person has read through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.letter import field_ids
from app.services import pdf
from app.services.field_finder import FieldFinder
from app.services.parsing import parse
from tests.letters.cases import CASES
from tests.letters.make import FOLDER, golden_of

LETTERS = sorted(FOLDER.glob("*.pdf"))


def test_every_case_has_its_letter() -> None:
    assert {path.stem for path in LETTERS} == set(CASES)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_letter_reads_as_its_golden_file(path: Path) -> None:
    golden = path.with_suffix(".json")
    assert golden.is_file(), f"{golden.name} is missing: python -m tests.letters.make --golden"
    assert golden_of(path) == json.loads(golden.read_text())


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case["form"] == "since-2014"]
)
def test_letter_says_what_its_case_says(name: str) -> None:
    case = CASES[name]
    letter = parse(pdf.read(FOLDER / f"{name}.pdf")).letter
    if "header" in case:
        assert letter.header.case_number == case["header"]["case_number"]
        assert letter.header.priority == case["header"]["priority"]
        for field in (
            "date_assigned",
            "date_of_injury",
            "decision_date",
            "ur_denial_date",
            "application_received",
        ):
            assert f"{getattr(letter.header, field):%m/%d/%Y}" == case["header"][field]
    assert letter.clinical_summary == "\n".join(case["summary"])
    assert len(letter.issues) == len(case["issues"])
    for issue, (title, decision, claims, maximus, rationale) in zip(
        letter.issues, case["issues"], strict=True
    ):
        assert issue.title == title
        assert issue.decision == decision
        assert issue.claims_administrator_guideline.text == claims
        assert issue.maximus_guideline.text == maximus
        assert issue.rationale == (
            rationale if isinstance(rationale, str) else "\n".join(rationale)
        )


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_evidence_holds_exactly_the_words_of_the_value(path: Path) -> None:
    """The words whose middle lies in a field's boxes are the words the field was read from."""
    text = pdf.read(path)
    result = parse(text)
    known = set(field_ids(result.letter))
    for field, seen in result.evidence.items():
        assert field in known
        words: list[str] = []
        for place in seen.places:
            page = text.pages[place.page - 1]
            words.extend(
                word.text
                for word in page.words
                if any(
                    box[0] <= (word.box[0] + word.box[2]) / 2 <= box[2]
                    and box[1] <= (word.box[1] + word.box[3]) / 2 <= box[3]
                    for box in place.boxes
                )
            )
        assert sorted(words) == sorted(seen.text.split())


def test_a_point_leads_back_to_its_field() -> None:
    result = parse(pdf.read(FOLDER / "2016-three-issues.pdf"))
    finder = FieldFinder(result.evidence)
    for field, seen in result.evidence.items():
        for place in seen.places:
            for x0, y0, x1, y1 in place.boxes:
                hit = finder.at(place.page, (x0 + x1) / 2, (y0 + y1) / 2)
                assert hit is not None
                if hit != field:  # a smaller field lies within: age within the summary
                    assert len(result.evidence[hit].text) < len(seen.text)
    assert finder.at(1, 0.99, 0.99) is None
    assert finder.at(7, 0.5, 0.5) is None
