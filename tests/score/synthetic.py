"""Made-up letters in the words of these letters: no case, person or text is real.

They differ in what the checks have to tell apart: body parts and sides, drugs, courses of
therapy, parts UR granted, the ways an opening and a conclusion are worded.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from app.letter import Decision, Header, Issue, Letter, Patient, Request, Reviewer
from app.services.citations import read_guideline

NECESSITY = (
    "Therefore, the request for {item} is {not_}medically necessary.",
    "As such, the requested {item} is {not_}medically necessary and appropriate.",
    "Based on the above, {item} is {not_}medically necessary at this time.",
    "Given the above, the request for {item} is deemed {not_}medically necessary.",
    "Medical necessity for {item} has {not_}been established.",
    "Consequently, the requested {item} is {not_}medically necessary for this patient.",
)
OPENINGS = (
    "The injured worker is a {age} year old {sex}, who sustained an industrial injury on {doi}.",
    "This case involves a now {age}-year-old {sex} with a history of an occupational claim from {doi}.",
    "This is a {age} year old {sex} with a date of injury on {doi}.",
    "The {age} year old {sex} injured worker suffered an industrial injury on {doi}.",
)
ENDINGS = (
    "On {ur} Utilization Review non-certified the request for {items}.",
    "The original utilization review ({ur}) denied a request for {items}.",
    "The Utilization Review dated {ur}, non-certified the request for {items}.",
)
CHAPTERS = {
    "shoulder": "Shoulder Complaints 2004",
    "knee": "Knee Complaints 2004",
    "wrist": "Forearm, Wrist, and Hand Complaints 2004",
    "ankle": "Ankle and Foot Complaints 2004",
    "lumbar spine": "Low Back Complaints 2004",
    "cervical spine": "Neck and Upper Back Complaints 2004",
}
DRUGS = (
    ("Norco", "10/325mg", "Opioid Treatment 2016, Section(s): 3.3.9 Opioids for Chronic Pain and Chronic Opioid Treatment: Maintenance of Chronic Opioid Treatment"),
    ("Flexeril", "10mg", "Chronic Pain Medical Treatment 2016, Section(s): Cyclobenzaprine (Flexeril)"),
    ("Gabapentin", "300mg", "Chronic Pain Medical Treatment 2016, Section(s): Anti-epilepsy drugs (AEDs)"),
    ("Omeprazole", "20mg", "Chronic Pain Medical Treatment 2016, Section(s): NSAIDs, GI symptoms & cardiovascular risk"),
)  # fmt: skip
THERAPIES = (
    ("Physical therapy", "Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment"),
    ("Chiropractic treatment", "Chronic Pain Medical Treatment 2016, Section(s): Manual therapy & manipulation"),
    ("Acupuncture", "Acupuncture Treatment 2007"),
)  # fmt: skip


def synthetic_letters(count: int) -> Iterator[tuple[str, Letter]]:
    """So many letters, always the same ones, by case number."""
    for number in range(count):
        letter = synthetic_letter(number)
        yield letter.header.case_number, letter


def _working_day(day: date) -> date:
    """The day, or the Monday behind a weekend: offices assign and decide on no other."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def synthetic_letter(number: int) -> Letter:
    """The letter with that number."""
    rng = random.Random(f"synthetic/{number}")
    doi = date(2016, 10, 1) + timedelta(days=rng.randint(0, 40))
    ur = doi + timedelta(days=rng.randint(20, 60))
    received = ur + timedelta(days=rng.randint(2, 25))
    assigned = _working_day(received + timedelta(days=rng.randint(1, 9)))
    decided = _working_day(assigned + timedelta(days=rng.randint(22, 29)))
    sex = rng.choice(("male", "female"))
    he, his = ("He", "his") if sex == "male" else ("She", "her")
    age = rng.randint(22, 64)
    part = rng.choice([*CHAPTERS])
    side = "" if "spine" in part else rng.choice(("left ", "right "))
    issues = _issues(rng, side, part, he, doi)
    items = " and ".join(
        issue.request.in_dispute if issue.request else issue.title for issue in issues
    )
    shown = {
        "age": age,
        "sex": sex,
        "doi": f"{doi:%m-%d-%Y}",
        "ur": f"{ur:%m-%d-%Y}",
        "items": items,
    }
    summary = " ".join(
        (
            rng.choice(OPENINGS).format(**shown),
            f"The diagnoses include {side}{part} strain and {side}{part} pain.",
            f"On {doi + timedelta(days=9):%m-%d-%Y} the injured worker complained of {side}{part} pain rated 6 out of 10.",
            f"{he} reported that {his} sleep was poor.",
            f"Examination of the {side}{part} showed tenderness and decreased range of motion.",
            "Treatment to date has included activity modification, a home exercise program and medication.",
            rng.choice(ENDINGS).format(**shown),
        )
    )
    return Letter(
        header=Header(
            case_number=f"CM16-02{number:05}",
            date_assigned=assigned,
            date_of_injury=doi,
            decision_date=decided,
            ur_denial_date=ur,
            priority="Standard",
            application_received=received,
        ),
        reviewer=Reviewer(
            licensure=("California",), specialties=("Physical Medicine & Rehabilitation",)
        ),
        patient=Patient(age=age, sex=sex, date_of_injury=doi),
        clinical_summary=summary,
        issues=issues,
        issues_made=len(issues),
    )


def _issues(rng: random.Random, side: str, part: str, he: str, doi: date) -> tuple[Issue, ...]:
    makers = [_imaging(side, part), _drug(rng, he), _therapy(rng, side, part)]
    chosen = rng.sample(makers, rng.randint(1, 3))
    issues: list[Issue] = []
    for number, (title, request, reason, guideline) in enumerate(chosen):
        upheld = rng.random() < 0.8
        item = request.in_dispute if request else title
        ending = rng.choice(NECESSITY).format(item=item, not_="not " if upheld else "")
        middle = f"The records of {doi + timedelta(days=9):%m-%d-%Y} were reviewed."
        issues.append(
            Issue(
                id=number,
                title=title,
                decision=Decision.UPHELD if upheld else Decision.OVERTURNED,
                request=request,
                claims_administrator_guideline=read_guideline(
                    f"Decision based on MTUS {guideline}."
                ).guideline,
                maximus_guideline=read_guideline(f"Decision based on MTUS {guideline}.").guideline,
                rationale=f"{reason} {middle} {ending}",
            )
        )
    return tuple(issues)


def _imaging(side: str, part: str) -> tuple[str, Request | None, str, str]:
    title = f"MRI of the {side}{part}"
    reason = (
        f"The guideline names red flags, nerve compromise and plans of surgery as reasons for imaging of the {part}. "
        f"The injured worker has {side}{part} pain after several weeks of care, and the examination is described."
    )
    return title, None, reason, f"{CHAPTERS[part]}, Section(s): Special Studies"


def _drug(rng: random.Random, he: str) -> tuple[str, Request | None, str, str]:
    name, strength, guideline = rng.choice(DRUGS)
    reason = f"The guideline describes when {name} may be continued. {he} has used {name} {strength} since the injury, and its effect was looked at."
    if rng.random() < 0.5:
        return f"{name} {strength} #60", None, reason, guideline
    granted = rng.choice((20, 30, 40))
    request = Request(
        original=f"{name} {strength} #60",
        authorized=f"{name} {strength} #{granted}",
        in_dispute=f"{name} {strength} #{60 - granted}",
    )
    return _in_part(request), request, reason, guideline


def _therapy(rng: random.Random, side: str, part: str) -> tuple[str, Request | None, str, str]:
    name, guideline = rng.choice(THERAPIES)
    reason = f"The guideline allows {name.lower()} for a limited time. The injured worker had some visits for the {side}{part} before, with the effect described."
    if rng.random() < 0.5:
        times, weeks = rng.choice(((2, 6), (3, 4), (2, 4)))
        return (
            f"{name} {times} times a week for {weeks} weeks for the {side}{part}",
            None,
            reason,
            guideline,
        )
    whole, granted = rng.choice(((12, 6), (8, 6), (10, 4)))
    request = Request(
        original=f"{name} for the {side}{part}, {whole} sessions",
        authorized=f"{name} for the {side}{part}, {granted} sessions",
        in_dispute=f"{name} for the {side}{part}, {whole - granted} sessions",
    )
    return _in_part(request), request, reason, guideline


def _in_part(request: Request) -> str:
    return (
        f"{request.original} was the original request. {request.authorized} was authorized by the Claims Administrator. "
        f"The remaining IMR eligible portion of the original request, {request.in_dispute} is"
    )
