"""Letters of made-up cases with which a search has something to tell apart."""

from __future__ import annotations

from datetime import date

from app.evidence import ParseResult
from app.letter import (
    Basis,
    Citation,
    Decision,
    Guideline,
    Header,
    Issue,
    Letter,
    Request,
    Reviewer,
    Source,
)
from app.services.store import Store

UPHELD, OVERTURNED = Decision.UPHELD, Decision.OVERTURNED

NONE = Guideline()


def cited(title: str, edition: str) -> Guideline:
    citation = Citation(source=Source.MTUS, title=title, edition=edition)
    return Guideline(text=f"MTUS {title} {edition}.", basis=Basis.MTUS, citations=(citation,))


def issue(
    number: int,
    title: str,
    decision: Decision,
    rationale: str,
    guideline: Guideline = NONE,
    request: Request | None = None,
) -> Issue:
    return Issue(
        id=number,
        title=title,
        decision=decision,
        rationale=rationale,
        maximus_guideline=guideline,
        request=request,
    )


def letter(
    number: int, day: date, summary: str, *issues: Issue, specialty: str = "Family Practice"
) -> Letter:
    return Letter(
        header=Header(case_number=f"CM16-03{number:05}", decision_date=day),
        reviewer=Reviewer(specialties=(specialty,)),
        clinical_summary=summary,
        issues=issues,
        issues_made=len(issues),
    )


def keep(store: Store, made: Letter) -> int:
    """As an import leaves it; gives its id."""
    name = made.header.case_number
    result = ParseResult(letter=made, evidence={}, layout="maximus-2016", pages=2)
    data = f"%PDF-1.7\n% {name}\n%%EOF\n".encode()
    return store.import_pdf(data, result, by="clerk", file_name=f"{name}.pdf").summary.id


WRIST = letter(
    1,
    date(2016, 3, 4),
    "A baker caught her hand in a dough mixer. An X-ray showed no fracture.",
    issue(
        1,
        "Occupational therapy for the left wrist, 8 visits",
        UPHELD,
        "Grip strength had come back after the first course. Further visits are not necessary.",
        cited("Forearm, Wrist, and Hand Complaints", "2004"),
        Request(original="12 visits", authorized="4 visits", in_dispute="8 visits of hand therapy"),
    ),
    issue(
        2,
        "Tramadol 50 mg #60",
        OVERTURNED,
        "Weaning had begun and the dose of the opioid fell by half. A short supply is necessary.",
        cited("Opioids", "2016"),
    ),
)
BACK = letter(
    2,
    date(2017, 11, 30),
    "A roofer fell from a ladder and has had pain in the lumbar spine since.",
    issue(
        1,
        "MRI of the lumbar spine without contrast",
        UPHELD,
        "There was no weakness and no red flag. Imaging is not necessary at this time.",
        cited("Low Back Complaints", "2004"),
    ),
    issue(
        2,
        "Gabapentin 300 mg #90",
        UPHELD,
        "Nothing tells of nerve pain, and the strength of the grip was not measured.",
        cited("Opioids", "2009"),
    ),
    specialty="Pain Management",
)
