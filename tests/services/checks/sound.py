"""A made-up letter without a fault, and ways to change one thing in it."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from app.letter import (
    Basis,
    Citation,
    Cover,
    Decision,
    Guideline,
    Header,
    Issue,
    Letter,
    Patient,
    Request,
    Reviewer,
    Source,
)


def mtus(
    title: str,
    edition: str | None = "2004",
    *sections: str,
    pages: str | None = None,
    chapter: str | None = None,
) -> Citation:
    text = " ".join(part for part in (title, edition) if part)
    text += f", Section(s): {', '.join(sections)}" if sections else ""
    text += f" Page(s): {pages}" if pages else ""
    return Citation(
        source=Source.MTUS,
        title=title,
        edition=edition,
        sections=sections,
        pages=pages,
        chapter=chapter,
        text=text,
    )


def odg(title: str, edition: str | None = "2016") -> Citation:
    return Citation(
        source=Source.ODG,
        title=title,
        edition=edition,
        text=f"Official Disability Guidelines (ODG) {edition or ''} {title}, MRI",
    )


def other(text: str) -> Citation:
    return Citation(source=Source.OTHER, title=text, text=text)


def citing(*citations: Citation) -> Guideline:
    inside = [c for c in citations if c.source is Source.MTUS]
    basis = (
        Basis.NONE
        if not citations
        else Basis.OUTSIDE
        if not inside
        else Basis.MTUS
        if len(inside) == len(citations)
        else Basis.BOTH
    )
    text = "Decision based on " + "; ".join(c.text for c in citations) + "."
    return Guideline(
        text=text
        if citations
        else "The Expert Reviewer did not cite any medical evidence for its decision.",
        basis=basis,
        citations=citations,
    )


SHOULDER = citing(mtus("Shoulder Complaints", "2004", "Special Studies"))
CHRONIC_PAIN = citing(mtus("Chronic Pain Medical Treatment", "2016", "Physical medicine treatment"))
SUMMARY = (
    "The injured worker is a 41 year old male, who sustained an industrial injury on 10-11-2016. "
    "The diagnoses include left shoulder strain. On 11-02-2016 he complained of left shoulder pain. "
    "Examination of the left shoulder showed tenderness. He was given Naproxen 500mg. "
    "On 12-05-2016 Utilization Review non-certified the request for MRI of the left shoulder and "
    "physical therapy 2 times a week for 6 weeks for the left shoulder."
)
IMAGING = Issue(
    id=0,
    title="MRI of the left shoulder",
    decision=Decision.UPHELD,
    claims_administrator_guideline=SHOULDER,
    maximus_guideline=SHOULDER,
    rationale=(
        "The MTUS names red flags and plans of surgery as reasons for imaging of the shoulder. The record of 11-02-2016 "
        "tells of pain in the left shoulder for three weeks, and neither of them. "
        "Therefore, the request for MRI of the left shoulder is not medically necessary."
    ),
)
THERAPY = Issue(
    id=1,
    title="Physical therapy 2 times a week for 6 weeks for the left shoulder",
    decision=Decision.OVERTURNED,
    claims_administrator_guideline=CHRONIC_PAIN,
    maximus_guideline=CHRONIC_PAIN,
    rationale=(
        "The MTUS allows physical therapy for pain of this kind. On 11-02-2016 the injured worker had tenderness of the left "
        "shoulder and had not been treated before. The request for physical therapy 2 times a week for 6 weeks is "
        "within what is allowed. As such, the request is medically necessary."
    ),
)
SOUND = Letter(
    header=Header(
        case_number="CM16-0200001",
        date_assigned=date(2016, 12, 20),
        date_of_injury=date(2016, 10, 11),
        decision_date=date(2017, 1, 12),
        ur_denial_date=date(2016, 12, 5),
        priority="Standard",
        application_received=date(2016, 12, 14),
    ),
    reviewer=Reviewer(licensure=("California",), specialties=("Orthopedic Surgery",)),
    patient=Patient(age=41, sex="male", date_of_injury=date(2016, 10, 11)),
    clinical_summary=SUMMARY,
    issues=(IMAGING, THERAPY),
    issues_made=2,
)
PARTIES = replace(
    SOUND,
    layout="parties",
    cover=Cover(
        letter_date=date(2017, 1, 12),
        addressee="Roe\n12 Example Way",
        employee="Jon Roestein",
        claim_number="WC-000-1",
        provider="Dr. Example",
        documents_reviewed="Progress report, clinic, 11/02/2016\nUtilization review determination, 12/05/2016",
        copies_to="Employee\nRequesting physician\nClaims administrator\nDivision of Workers' Compensation",
    ),
)


def header(**values: object) -> Letter:
    return replace(SOUND, header=replace(SOUND.header, **values))


def summary(text: str) -> Letter:
    return replace(SOUND, clinical_summary=text)


def added(text: str) -> Letter:
    """A sentence more in the summary."""
    return summary(f"{SUMMARY} {text}")


def imaging(**values: object) -> Letter:
    """The first issue changed."""
    return replace(SOUND, issues=(replace(IMAGING, **values), THERAPY))


def therapy(**values: object) -> Letter:
    """The second issue changed."""
    return replace(SOUND, issues=(IMAGING, replace(THERAPY, **values)))


def reasons(text: str) -> Letter:
    """A sentence more before the first issue's conclusion."""
    start, end = IMAGING.rationale.split("Therefore")
    return imaging(rationale=f"{start}{text} Therefore{end}")


def only(
    title: str,
    rationale: str,
    decision: Decision = Decision.UPHELD,
    text: str = "",
    **values: object,
) -> Letter:
    """A letter with one issue; `text` is said in the summary beside."""
    issue = Issue(
        id=0, title=title, decision=decision, rationale=rationale,
        claims_administrator_guideline=CHRONIC_PAIN, maximus_guideline=CHRONIC_PAIN,
    )  # fmt: skip
    start = SUMMARY.split(" On 12-05-2016")[0]
    return replace(
        SOUND,
        clinical_summary=f"{start} {text}".strip(),
        issues=(replace(issue, **values),),
        issues_made=1,
    )


def in_part(original: str, authorized: str, rest: str) -> Letter:
    title = (
        f"{original} was the original request. {authorized} was authorized by the Claims Administrator. "
        f"The remaining IMR eligible portion of the original request, {rest} is"
    )
    request = Request(original=original, authorized=authorized, in_dispute=rest)
    return only(
        title,
        "The record of 11-02-2016 was read. The request is not medically necessary.",
        request=request,
    )
