"""Letters of made-up cases, and the edits that tests make in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import text

from app.evidence import Doubt, Evidence, ParseResult, Place
from app.letter import (
    Basis,
    Citation,
    Decision,
    FieldId,
    Guideline,
    Header,
    Issue,
    Letter,
    Patient,
    Request,
    Reviewer,
    Source,
    field_ids,
    get_value,
    with_value,
)
from app.services.store import Store

BY = "clerk"


def pdf(number: int) -> bytes:
    """The store keeps any bytes; what a PDF is, is the reader's business."""
    return f"%PDF-1.7\n% case {number}\n%%EOF\n".encode()


def letter(number: int = 1, issues: int = 2) -> Letter:
    return Letter(
        header=Header(
            case_number=f"CM16-02{number:05}",
            date_assigned=date(2016, 11, 9),
            date_of_injury=date(2014, 2, 7),
            priority="Standard",
        ),
        reviewer=Reviewer(licensure=("California",), specialties=("Family Practice",)),
        patient=Patient(age=56, sex="male"),
        clinical_summary="The injured worker slipped on a wet floor.\nHe was given rest.",
        issues=tuple(_issue(issue_id) for issue_id in range(1, issues + 1)),
        issues_made=issues,
    )


def parsed(of: Letter) -> ParseResult:
    """As the parser would give it: places for all fields, a doubt at what is missing."""
    return ParseResult(
        letter=of,
        evidence={field: _evidence(get_value(of, field)) for field in field_ids(of)},
        layout="maximus-2016",
        layout_reasons=("The three headings are there.",),
        pages=2,
    )


def put(store: Store, number: int = 1, issues: int = 2) -> int:
    """Imports a letter and gives its case id."""
    result = parsed(letter(number, issues))
    return store.import_pdf(pdf(number), result, by=BY, file_name=f"{number}.pdf").summary.id


def drop(store: Store, case_id: int) -> None:
    """Deletes a letter's rows from the database alone, as when it came after a backup."""
    with store.database.writing() as session:
        session.execute(text("DELETE FROM cases WHERE id = :id"), {"id": case_id})


def edit(store: Store, case_id: int, before: Letter, key: str, value: Any) -> Letter:
    """Records one committed edit of a field and gives the letter after it."""
    field = FieldId.from_key(key)
    after = with_value(before, field, value)
    store.record_edit(
        case_id,
        after,
        field=key,
        before=get_value(before, field),
        after=value,
        by=BY,
        label=f"Edit {field.spec.label.lower()}",
    )
    return after


def _issue(issue_id: int) -> Issue:
    return Issue(
        id=issue_id,
        title=f"{issue_id} sessions of aquatic therapy",
        decision=Decision.UPHELD,
        request=Request(original="12 sessions", authorized="2", in_dispute="10"),
        maximus_guideline=Guideline(
            text="MTUS Low Back Complaints 2004, Section(s): Physical Methods.",
            basis=Basis.MTUS,
            citations=(
                Citation(
                    source=Source.MTUS, title="Low Back Complaints", sections=("Physical Methods",)
                ),
            ),
        ),
        rationale="Land-based exercise was not tried.",
    )


def _evidence(value: Any) -> Evidence:
    if value in (None, "", ()):
        return Evidence(doubts=(Doubt(words="Nothing was found where this value usually stands."),))
    return Evidence(places=(Place(1, ((0.1, 0.2, 0.5, 0.22),)),), text="printed", rule="table")
