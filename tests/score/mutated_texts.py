"""What is missing, left over, or must not be there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from msgspec.structs import replace

from app.letter import (
    FieldId,
    Guideline,
    Letter,
    with_value,
)
from app.services.checks import CheckContext
from tests.score.mutation import (
    DRUG,
    KINDS,
    Change,
    Mutant,
    Mutation,
    kind,
    pick,
    with_issue,
)


def emptied(name: str, value: object) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        if not name.startswith("issue."):
            return Mutant(with_value(letter, FieldId(name), value))
        if not letter.issues:
            return None
        return Mutant(with_value(letter, FieldId(name, rng.choice(letter.issues).id), value))

    return change


for field, empty, rule in (
    ("header.case_number", "", "header-field-missing"),
    ("header.decision_date", None, "header-field-missing"),
    ("header.priority", "", "header-field-missing"),
    ("reviewer.licensure", (), "credentials-missing"),
    ("reviewer.specialties", (), "credentials-missing"),
    ("clinical_summary", "", "summary-missing"),
    ("issue.title", "", "issue-field-missing"),
    ("issue.decision", None, "issue-field-missing"),
    ("issue.claims_administrator_guideline", Guideline(), "issue-field-missing"),
    ("issue.maximus_guideline", Guideline(), "issue-field-missing"),
    ("issue.rationale", "", "issue-field-missing"),
):
    KINDS.append(
        Mutation(f"empty: {field}", emptied(field, empty), frozenset((rule, "header-missing")))
    )


@kind("case number malformed", "case-number-form")
def case_number(letter: Letter, rng: random.Random) -> Mutant | None:
    number = letter.header.case_number
    return (
        Mutant(
            with_value(
                letter,
                FieldId("header.case_number"),
                rng.choice((number[:-1], number + "1", number.replace("-", ""), "CN" + number[2:])),
            )
        )
        if number
        else None
    )


@kind("case number of another letter on a page", "case-number-elsewhere")
def case_elsewhere(letter: Letter, rng: random.Random) -> Mutant | None:
    if not letter.header.case_number:
        return None
    return Mutant(letter, CheckContext(pages=("Case Number: CM16-0299999",)))


@kind("outcome line wrong", "outcome-line")
def outcome(letter: Letter, rng: random.Random) -> Mutant | None:
    if letter.outcome is None:
        return None
    words = {"Uphold": "UPHOLD", "Overturn": "OVERTURN", "Partial Overturn": "PARTIAL OVERTURN"}
    printed = rng.choice([word for name, word in words.items() if name != letter.outcome])
    return Mutant(letter, CheckContext(pages=(f"Final Determination: {printed}",)))


def inserted(phrase: Callable[[random.Random], str]) -> Change:
    def change(letter: Letter, rng: random.Random) -> Mutant | None:
        if not letter.issues:
            return None
        field = rng.choice(
            [
                FieldId("clinical_summary"),
                *(FieldId("issue.rationale", i.id) for i in letter.issues),
            ]
        )
        old = (
            letter.clinical_summary if field.issue is None else letter.issue(field.issue).rationale
        )
        sentences = re.split(r"(?<=[.!?])\s+", old)
        at = rng.randint(0, len(sentences))
        return Mutant(
            with_value(letter, field, " ".join([*sentences[:at], phrase(rng), *sentences[at:]]))
        )

    return change


def one_of(*phrases: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(phrases)


for name, phrases, rule in (
    ("placeholder left", ("The injury was on [DATE].", "See ____ for details.", "Seen by [provider name] again.", "TBD.", "Add citation: XXXX.", "Reported [insert findings].", "Noted on __________."), "placeholder"),
    ("doubled word", ("There is is pain in the area.", "The the request was made.", "Pain with with motion was seen.", "It was noted noted again."), "doubled-word"),
    ("word missing after a cue", ("A progress note dated. It reported pain.", "Seen for the. Pain was noted."), "blank"),
    ("social security number", ("SSN 123-45-6789 is on file.", "The number 512-34-8876 was given."), "personal-data"),
    ("telephone number", ("Call (916) 555-0142 with questions.", "Reached at 916-555-0142.", "Fax: 916.555.0199."), "personal-data"),
    ("e-mail address", ("Write to jane.roe@example.com please.",), "personal-data"),
    ("street address", ("Lives at 1200 Capitol Avenue.", "Mail to P.O. Box 1234.", "Seen in Sacramento, CA 95814 last week."), "personal-data"),
    ("birth date", ("Date of birth: 02/14/1970.", "DOB 2/14/70 is on file.", "The worker was born on March 3, 1971."), "personal-data"),
    ("claim number", ("Claim number: WC-2291-88731.", "Claim No. 009912345 is open."), "personal-data"),
    ("worker's name", ("Mr. Robert Hill reported pain.", "Ms. Roe was seen again.", "Patient name: John Roe."), "person-named"),
    ("physician's name", ("Dr. Amanda Jones requested it.", "Seen by Paul Stone, MD, in clinic.", "Refilled by Maria Lopez, D.C."), "person-named"),
    ("reviewer's signature", ("Reviewed by: Jane Roe, MD.", "Electronically signed: Paul Stone, M.D.", "License No. A123456 applies.", "Expert reviewer: Paul Stone."), "reviewer-named"),
):  # fmt: skip
    KINDS.append(
        Mutation(
            name,
            inserted(one_of(*phrases)),
            frozenset((rule, "reviewer-named" if "signature" in name else rule)),
        )
    )


@kind("double space", "double-space")
def double_space(letter: Letter, rng: random.Random) -> Mutant | None:
    return (
        Mutant(replace(letter, clinical_summary=letter.clinical_summary.replace(" ", "  ", 1)))
        if " " in letter.clinical_summary
        else None
    )


@kind("sentence end dropped", "no-full-stop")
def no_end(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.rationale.endswith("."))
    return issue and Mutant(with_issue(letter, replace(issue, rationale=issue.rationale[:-1])))


@kind("specialty misspelt", "credentials-unknown")
def specialty(letter: Letter, rng: random.Random) -> Mutant | None:
    names = letter.reviewer.specialties
    if not names or len(names[0]) < 6:
        return None
    at = rng.randint(2, len(names[0]) - 2)
    return Mutant(
        replace(
            letter,
            reviewer=replace(
                letter.reviewer, specialties=(names[0][:at] + "x" + names[0][at:], *names[1:])
            ),
        )
    )


@kind("specialty that does not fit", "specialty-fits")
def unfit(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter,
        rng,
        lambda i: (
            DRUG.search(i.title) or re.search(r"arthroscop|surgery|epidural|fusion", i.title, re.I)
        ),
    )
    return issue and Mutant(
        replace(
            letter,
            reviewer=replace(
                letter.reviewer, specialties=(rng.choice(("Chiropractic", "Psychology")),)
            ),
        )
    )


@kind("late for an expedited review", "time-limit")
def expedited(letter: Letter, rng: random.Random) -> Mutant | None:
    header = letter.header
    if header.date_assigned is None or header.decision_date is None:
        return None
    return Mutant(with_value(letter, FieldId("header.priority"), "Expedited"))


@kind("name in the file's properties", "metadata-name")
def metadata(letter: Letter, rng: random.Random) -> Mutant | None:
    return Mutant(
        letter,
        CheckContext(
            metadata={
                rng.choice(("author", "Author", "/Author", "lastModifiedBy")): rng.choice(
                    ("Jane Roe", "JRoe", "paul stone")
                )
            }
        ),
    )


@kind("personal data in the file's name", "file-name")
def file_name(letter: Letter, rng: random.Random) -> Mutant | None:
    return Mutant(
        letter,
        CheckContext(
            file_name=rng.choice(
                ("Roe, Jane determination.pdf", "letter 512-34-8876.pdf", "Hill, Robert CM16.pdf")
            )
        ),
    )


@kind("denies what the summary tells", "claim-contradicted", "claim-to-confirm")
def denied(letter: Letter, rng: random.Random) -> Mutant | None:
    """The sentence is only counted as caught with a place where the summary mentions it."""
    found = re.findall(
        r"\b(physical therapy|acupuncture|chiropractic|epidural|radiculopathy|straight leg raise|home exercise|rotator cuff|numbness and tingling)\b",
        letter.clinical_summary,
        re.I,
    )
    if not found or not letter.issues:
        return None
    issue = rng.choice(letter.issues)
    text = f"There is no documentation of {rng.choice(found).lower()}. {issue.rationale}"
    return Mutant(with_issue(letter, replace(issue, rationale=text)))
