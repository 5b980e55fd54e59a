"""The values everything speaks of: a determination letter, its issues and citations.

All values are frozen; a change makes a new `Letter`. Text values hold one space between words
and one newline between paragraphs. `FIELDS` is the one table of what can be read, corrected and
written: the form, the tab order, the checks and the template variables all come from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

REDACTED = "[redacted]"
"""Stands in a text for a black box over what was printed; printed as one, and read out so."""


class Decision(StrEnum):
    """What the reviewer decided about one disputed item. Letters use these two words only."""

    UPHELD = "Upheld"
    OVERTURNED = "Overturned"


class Outcome(StrEnum):
    """What the decisions of all disputed items amount to."""

    UPHOLD = "Uphold"
    OVERTURN = "Overturn"
    PARTIAL = "Partial Overturn"


class Basis(StrEnum):
    """What a guideline field says the decision rests on."""

    MTUS = "mtus"
    OUTSIDE = "outside"
    BOTH = "both"
    NONE = "none"


class Source(StrEnum):
    """The body of guidelines a citation belongs to."""

    MTUS = "MTUS"
    ODG = "ODG"
    ACOEM = "ACOEM"
    OTHER = "other"


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """One cited guideline, copied into the letter: editing the library never changes it.

    `edition` is the effective year (`2004`), `pages` as printed (`303-304`), `text` the citation
    as printed in the letter. `library_id` names the library entry it was picked from, if any.
    """

    source: Source
    title: str = ""
    chapter: str | None = None
    edition: str | None = None
    sections: tuple[str, ...] = ()
    pages: str | None = None
    text: str = ""
    library_id: int | None = None


class Guideline(msgspec.Struct, frozen=True, kw_only=True):
    """A guideline field: the sentences as printed, and the citations found in them."""

    text: str = ""
    basis: Basis = Basis.NONE
    citations: tuple[Citation, ...] = ()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a disputed item that UR approved in part (two fixed sentence templates)."""

    original: str = ""
    authorized: str = ""
    in_dispute: str = ""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One disputed item. `id` is given once and never used again in the same letter."""

    id: int
    title: str = ""
    decision: Decision | None = None
    request: Request | None = None
    claims_administrator_guideline: Guideline = Guideline()
    maximus_guideline: Guideline = Guideline()
    rationale: str = ""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The table at the top of the letter."""

    case_number: str = ""
    date_assigned: date | None = None
    date_of_injury: date | None = None
    decision_date: date | None = None
    ur_denial_date: date | None = None
    priority: str = ""
    application_received: date | None = None


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """The expert reviewer's qualifications. Never a name: reviewers are anonymous by law.

    `subspecialties` is only told apart in the 2014 form, which names them in a sentence.
    """

    licensure: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    subspecialties: tuple[str, ...] = ()


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """What the clinical summary says about the injured worker. `sex` is `male` or `female`."""

    age: int | None = None
    sex: str | None = None
    date_of_injury: date | None = None


class SummaryFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the clinical summary states in so many words, as printed."""

    diagnoses: str = ""
    treatment_to_date: str = ""
    requested_treatment: str = ""


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """The pages sent to the parties only; public copies have none of this.

    `disputed_items` is the list of the application, one item a line: what the letter has to decide.
    """

    letter_date: date | None = None
    addressee: str = ""
    employee: str = ""
    claim_number: str = ""
    provider: str = ""
    disputed_items: str = ""
    documents_reviewed: str = ""
    copies_to: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A whole determination letter.

    `layout` names the form it was read from and will be written in. `issues_made` counts the
    issue ids ever given, so that an id is never given twice, also after a removal.
    """

    layout: str = "maximus-2016"
    header: Header = Header()
    reviewer: Reviewer = Reviewer()
    patient: Patient = Patient()
    clinical_summary: str = ""
    summary_facts: SummaryFacts = SummaryFacts()
    cover: Cover = Cover()
    issues: tuple[Issue, ...] = ()
    issues_made: int = 0

    @property
    def outcome(self) -> Outcome | None:
        """The letter-level outcome its decisions imply; None while no issue is decided."""
        decided = {issue.decision for issue in self.issues if issue.decision is not None}
        if not decided:
            return None
        if len(decided) == 2:
            return Outcome.PARTIAL
        return Outcome.UPHOLD if Decision.UPHELD in decided else Outcome.OVERTURN

    def issue(self, issue_id: int) -> Issue:
        """The issue with that id. Raises KeyError where the letter has none."""
        for issue in self.issues:
            if issue.id == issue_id:
                return issue
        raise KeyError(issue_id)


class Kind(StrEnum):
    """How a field's value looks, and so how it is edited."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"
    GUIDELINE = "guideline"


class FieldSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One row of `FIELDS`.

    `name` is the path from the letter (`header.case_number`) or, for a field that each issue
    has, the path from the issue behind `issue.` (`issue.request.original`). `choices` names a
    vocabulary (see `app.services.vocabularies`), or lists the choices for `Kind.CHOICE`.
    """

    name: str
    label: str
    kind: Kind
    section: str
    required: bool = False
    choices: tuple[str, ...] = ()
    vocabulary: str = ""
    help: str = ""

    @property
    def of_issue(self) -> bool:
        return self.name.startswith("issue.")


def _field(section: str, name: str, label: str, kind: Kind, **more: Any) -> FieldSpec:
    return FieldSpec(name=name, label=label, kind=kind, section=section, **more)


CASE, REVIEWER, SUMMARY, ISSUE, COVER = "Case", "Reviewer", "Summary", "Issue", "Parties"

FIELDS: tuple[FieldSpec, ...] = (
    _field(CASE, "header.case_number", "Case number", Kind.LINE, required=True, help="CM, two digits of the year, a dash, seven digits: CM16-0200001."),
    _field(CASE, "header.date_assigned", "Date assigned", Kind.DATE, required=True),
    _field(CASE, "header.date_of_injury", "Date of injury", Kind.DATE, required=True),
    _field(CASE, "header.decision_date", "Decision date", Kind.DATE, required=True),
    _field(CASE, "header.ur_denial_date", "UR denial date", Kind.DATE, required=True),
    _field(CASE, "header.priority", "Priority", Kind.CHOICE, required=True, choices=("Standard", "Expedited")),
    _field(CASE, "header.application_received", "Application received", Kind.DATE, required=True),
    _field(REVIEWER, "reviewer.licensure", "State(s) of licensure", Kind.LIST, required=True, vocabulary="states"),
    _field(REVIEWER, "reviewer.specialties", "Certification(s) / specialty", Kind.LIST, required=True, vocabulary="specialties"),
    _field(REVIEWER, "reviewer.subspecialties", "Subspecialty", Kind.LIST, vocabulary="specialties", help="Named apart only in the 2014 form."),
    _field(SUMMARY, "patient.age", "Age", Kind.NUMBER),
    _field(SUMMARY, "patient.sex", "Sex", Kind.CHOICE, choices=("male", "female")),
    _field(SUMMARY, "patient.date_of_injury", "Date of injury in the summary", Kind.DATE),
    _field(SUMMARY, "clinical_summary", "Clinical case summary", Kind.TEXT, required=True),
    _field(SUMMARY, "summary_facts.diagnoses", "Diagnoses", Kind.TEXT, help="As the summary states them."),
    _field(SUMMARY, "summary_facts.treatment_to_date", "Treatment to date", Kind.TEXT, help="As the summary states it."),
    _field(SUMMARY, "summary_facts.requested_treatment", "Treatment requested", Kind.TEXT, help="As the summary states it."),
    _field(ISSUE, "issue.title", "Disputed item", Kind.LINE, required=True),
    _field(ISSUE, "issue.decision", "Decision", Kind.CHOICE, required=True, choices=tuple(Decision)),
    _field(ISSUE, "issue.request.original", "Original request", Kind.LINE, help="Where UR approved a part: what was first asked for."),
    _field(ISSUE, "issue.request.authorized", "Authorized by UR", Kind.LINE),
    _field(ISSUE, "issue.request.in_dispute", "Left in dispute", Kind.LINE),
    _field(ISSUE, "issue.claims_administrator_guideline", "Claims Administrator guideline", Kind.GUIDELINE, required=True),
    _field(ISSUE, "issue.maximus_guideline", "MAXIMUS guideline", Kind.GUIDELINE, required=True),
    _field(ISSUE, "issue.rationale", "Decision rationale", Kind.TEXT, required=True),
    _field(COVER, "cover.letter_date", "Date of the letter", Kind.DATE),
    _field(COVER, "cover.addressee", "Addressee", Kind.TEXT),
    _field(COVER, "cover.employee", "Employee", Kind.LINE),
    _field(COVER, "cover.claim_number", "Claim number", Kind.LINE),
    _field(COVER, "cover.provider", "Requesting physician", Kind.LINE),
    _field(COVER, "cover.disputed_items", "Items on the application", Kind.TEXT, help="One item a line. The checks say which one the letter does not decide."),
    _field(COVER, "cover.documents_reviewed", "Documents reviewed", Kind.TEXT, help="One document a line."),
    _field(COVER, "cover.copies_to", "Copies to", Kind.TEXT, help="One recipient a line."),
)  # fmt: skip

SPEC_BY_NAME = {spec.name: spec for spec in FIELDS}


class FieldId(msgspec.Struct, frozen=True, order=True):
    """Which field: a name of `FIELDS` and, for a field each issue has, the issue's id."""

    name: str
    issue: int | None = None

    @property
    def spec(self) -> FieldSpec:
        return SPEC_BY_NAME[self.name]

    @property
    def key(self) -> str:
        """The id as one word, for a database or a dictionary: `issues.3.title` by issue id."""
        if self.issue is None:
            return self.name
        return f"issues.{self.issue}.{self.name.removeprefix('issue.')}"

    @classmethod
    def from_key(cls, key: str) -> FieldId:
        """The inverse of `key`. Raises ValueError for a key that names no field."""
        if key.startswith("issues."):
            _, number, rest = key.split(".", 2)
            field = cls("issue." + rest, int(number))
        else:
            field = cls(key)
        if field.name not in SPEC_BY_NAME or field.spec.of_issue != (field.issue is not None):
            raise ValueError(f"no field is called {key}")
        return field


def field_ids(letter: Letter) -> Iterator[FieldId]:
    """Every field of this letter, in the order of the form."""
    issue_specs = [spec for spec in FIELDS if spec.of_issue]
    issues_told = False
    for spec in FIELDS:
        if not spec.of_issue:
            yield FieldId(spec.name)
        elif not issues_told:
            issues_told = True
            for issue in letter.issues:
                for issue_spec in issue_specs:
                    yield FieldId(issue_spec.name, issue.id)


def get_value(letter: Letter, field: FieldId) -> Any:
    """The field's value: None or empty where it is missing.

    Raises KeyError where the letter has no such issue.
    """
    owner: Any = letter if field.issue is None else letter.issue(field.issue)
    for name in field.name.removeprefix("issue.").split("."):
        owner = getattr(owner, name)
        if owner is None:
            return "" if field.name.startswith("issue.request.") else None
    return owner


def with_value(letter: Letter, field: FieldId, value: Any) -> Letter:
    """The letter with one field replaced; every other value stays the same object.

    Raises KeyError where the letter has no such issue.
    """
    path = field.name.removeprefix("issue.").split(".")
    if field.issue is None:
        return _with_path(letter, path, value)
    letter.issue(field.issue)
    issues = tuple(
        _with_path(issue, path, value) if issue.id == field.issue else issue
        for issue in letter.issues
    )
    return replace(letter, issues=issues)


def _with_path(owner: Any, path: list[str], value: Any) -> Any:
    name, *rest = path
    if not rest:
        return replace(owner, **{name: value})
    part = getattr(owner, name)
    if part is None:
        part = Request()
    changed = _with_path(part, rest, value)
    if changed == Request():
        changed = None
    return replace(owner, **{name: changed})


def is_missing(value: Any) -> bool:
    """Whether a field's value counts as not there."""
    return value is None or value in ("", ()) or (isinstance(value, Guideline) and not value.text)
