"""Letters for the window's tests: made-up cases, set by our own renderer."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from app.letter import (
    Decision,
    Header,
    Issue,
    Letter,
    Patient,
    Reviewer,
)
from app.paths import FONTS, TEMPLATES
from app.services.citations import read_guideline
from app.services.rendering import Renderer

SUMMARY = (
    "The injured worker is a 47 year old female who sustained an industrial injury on {doi}. "
    "The diagnoses have included lumbar sprain/strain and left shoulder impingement. Treatment to "
    "date has included medications, six visits of physical therapy and a home exercise program. "
    "On exam the lumbar spine shows tenderness and a decreased range of motion. The provider "
    "requested an MRI of the lumbar spine and physical therapy for the left shoulder."
)


ON_A_SATURDAY = date(2016, 11, 12)


def letter(
    number: int = 1,
    *,
    issues: int = 2,
    summary_doi: str = "09/18/2016",
    decided: date = date(2016, 11, 14),
) -> Letter:
    """A letter of the 2016 form. The summary's injury date differs from the header's: a doubt,
    and an error of the checks for whoever keeps it. Decided on a Saturday it has another doubt."""
    made = (
        Issue(
            id=0,
            title="MRI of the lumbar spine without contrast",
            decision=Decision.UPHELD,
            claims_administrator_guideline=read_guideline(
                "Decision based on MTUS Low Back Complaints 2004."
            ).guideline,
            maximus_guideline=read_guideline(
                "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies."
            ).guideline,
            rationale="The MTUS supports imaging of the lumbar spine where red flags are present "
            "or where conservative care has failed. The records show neither. Therefore, the "
            "request for an MRI of the lumbar spine without contrast is not medically necessary.",
        ),
        Issue(
            id=1,
            title="Physical therapy for the left shoulder, 6 sessions",
            decision=Decision.OVERTURNED,
            claims_administrator_guideline=read_guideline(
                "The Claims Administrator did not cite any medical evidence for its decision."
            ).guideline,
            maximus_guideline=read_guideline(
                "Decision based on MTUS Shoulder Complaints 2004, Section(s): Initial Care."
            ).guideline,
            rationale="The MTUS recommends a short course of supervised exercise for the shoulder. "
            "The left shoulder has not been treated so far. Therefore, six sessions of physical "
            "therapy for the left shoulder are medically necessary.",
        ),
    )
    chosen = tuple(
        Issue(
            **{
                name: getattr(made[place % 2], name)
                for name in Issue.__struct_fields__
                if name not in ("id", "title")
            },
            id=place,
            title=made[place % 2].title
            if place < 2
            else f"{made[place % 2].title}, item {place + 1}",
        )
        for place in range(issues)
    )
    return Letter(
        header=Header(
            case_number=f"CM16-{200000 + number:07d}",
            date_assigned=date(2016, 10, 26),
            date_of_injury=date(2016, 9, 13),
            decision_date=decided,
            ur_denial_date=date(2016, 10, 7),
            priority="Standard",
            application_received=date(2016, 10, 14),
        ),
        reviewer=Reviewer(licensure=("California",), specialties=("Occupational Medicine",)),
        patient=Patient(age=47, sex="female", date_of_injury=None),
        clinical_summary=SUMMARY.format(doi=summary_doi),
        issues=chosen,
        issues_made=issues,
    )


@cache
def the_renderer() -> Renderer:
    """One for all tests of a run: it reads the fonts and layouts once."""
    return Renderer([TEMPLATES], FONTS)


@cache
def pdf_bytes(made: Letter) -> bytes:
    """The letter set without form data, so that it has to be read from the page; set once a run."""
    return the_renderer().render(made).pdf


def write_pdf(path: Path, made: Letter | None = None) -> Path:
    """A letter's PDF as a file."""
    path.write_bytes(pdf_bytes(made or letter()))
    return path
