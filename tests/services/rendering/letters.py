"""Made-up letters to render."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.letter import (
    Cover,
    Decision,
    Guideline,
    Header,
    Issue,
    Letter,
    Reviewer,
)
from app.services.rendering import Renderer

PROJECT = Path(__file__).resolve().parents[3]
TEMPLATES = PROJECT / "templates"
FONTS = PROJECT / "resources" / "fonts"


def renderer(*folders: Path) -> Renderer:
    return Renderer([*folders, TEMPLATES], FONTS)


def issue(number: int, title: str, decision: Decision, rationale: str) -> Issue:
    chapter = Guideline(
        text="Decision based on MTUS Shoulder Complaints 2004, Section(s): Special Studies."
    )
    return Issue(
        id=number,
        title=title,
        decision=decision,
        claims_administrator_guideline=chapter,
        maximus_guideline=chapter,
        rationale=rationale,
    )


def letter(issues: int = 2) -> Letter:
    """A letter of a made-up case, with a cover."""
    return Letter(
        header=Header(
            case_number="CM16-0200001",
            date_assigned=date(2016, 11, 9),
            date_of_injury=date(2016, 10, 13),
            decision_date=date(2016, 12, 9),
            ur_denial_date=date(2016, 11, 3),
            priority="Standard",
            application_received=date(2016, 11, 4),
        ),
        reviewer=Reviewer(licensure=("California", "Ohio"), specialties=("Family Practice",)),
        clinical_summary="A 40 year old baker, Pat Example, slipped on flour. " * 12,
        cover=Cover(
            letter_date=date(2016, 12, 10),
            addressee="Pat Example\n1 Main Street",
            employee="Pat Example",
            claim_number="ZZ-4711",
            provider="Dr. Robin Sample",
            documents_reviewed="Application\nUR determination",
            copies_to="Claims administrator\nDWC",
        ),
        issues=tuple(
            issue(
                number,
                f"Item {number} of the shoulder",
                Decision.OVERTURNED if number == 1 else Decision.UPHELD,
                f"Reason {number} is told here at some length. " * 30,
            )
            for number in range(issues)
        ),
        issues_made=issues,
    )
