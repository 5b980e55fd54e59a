"""What the tables of all kept letters hold: their columns, what each means, and a letter's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from app.letter import Citation, Decision, Issue, Letter
from app.services.archive.documents import facts_of
from app.services.archive.values import Facet
from app.services.checks import Finding
from app.services.store import Case

Row = dict[str, Any]
TEXT, NUMBER, DAY, TRUTH, LIST = "text", "number", "date", "true or false", "list"


class Column(msgspec.Struct, frozen=True):
    """One column. `names` are told only where names are asked for, `long` where texts are."""

    name: str
    kind: str
    about: str
    names: bool = False
    long: bool = False


class Table(msgspec.Struct, frozen=True):
    """One table: `rows` are those of one letter."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Told], Iterator[Sequence[Any]]]


class Told(msgspec.Struct, frozen=True):
    """A kept letter, the letter as it is told (without people, unless they are asked for), and
    what stands in it, with the keys of what was set aside."""

    case: Case
    letter: Letter
    findings: tuple[Finding, ...] = ()
    set_aside: frozenset[str] = frozenset()


_LETTER = Column("letter", NUMBER, "Number of the letter in this data folder; joins the tables")
_CASE = Column("case_number", TEXT, "Number of the case")
_ITEM = Column("item", NUMBER, "Place of the disputed item in the letter, from 1; joins the tables")


def _letters(told: Told) -> Iterator[Sequence[Any]]:
    letter, summary = told.letter, told.case.summary
    header, reviewer, cover = letter.header, letter.reviewer, letter.cover
    decisions = [issue.decision for issue in letter.issues]
    yield (
        summary.id, header.case_number, summary.status.value, letter.layout, summary.pages,
        header.date_assigned, header.application_received, header.ur_denial_date,
        header.decision_date, header.date_of_injury, _days(header.date_assigned, header.decision_date),
        header.priority, letter.outcome, len(decisions), decisions.count(Decision.UPHELD),
        decisions.count(Decision.OVERTURNED), list(reviewer.licensure), list(reviewer.specialties),
        list(reviewer.subspecialties), letter.patient.age, letter.patient.sex, summary.doubts,
        summary.errors, letter.clinical_summary, summary.file_name, cover.employee,
        cover.claim_number, cover.provider,
    )  # fmt: skip


def _items(told: Told) -> Iterator[Sequence[Any]]:
    for place, issue in enumerate(told.letter.issues, 1):
        facts = tuple(facts_of(issue, told.letter))
        request = issue.request
        yield (
            told.case.id, told.letter.header.case_number, place, issue.title, issue.decision,
            _one(facts, Facet.KIND), _all(facts, Facet.PART), _all(facts, Facet.DRUG),
            request and request.original, request and request.authorized,
            request and request.in_dispute, issue.claims_administrator_guideline.basis,
            issue.maximus_guideline.basis, len(issue.maximus_guideline.citations),
            len(issue.rationale.split()), issue.claims_administrator_guideline.text,
            issue.maximus_guideline.text, issue.rationale,
        )  # fmt: skip


def _citations(told: Told) -> Iterator[Sequence[Any]]:
    for place, issue in enumerate(told.letter.issues, 1):
        for side, citation in _cited(issue):
            yield (
                told.case.id, told.letter.header.case_number, place, side, citation.source, citation.title,
                citation.chapter, citation.edition, list(citation.sections), citation.pages,
                citation.text,
            )  # fmt: skip


def _cited(issue: Issue) -> Iterator[tuple[str, Citation]]:
    for citation in issue.claims_administrator_guideline.citations:
        yield "claims administrator", citation
    for citation in issue.maximus_guideline.citations:
        yield "reviewer", citation


def _findings(told: Told) -> Iterator[Sequence[Any]]:
    places = {issue.id: place for place, issue in enumerate(told.letter.issues, 1)}
    for finding in told.findings:
        field = finding.field
        place = None if field.issue is None else places.get(field.issue)
        yield (
            told.case.id, told.letter.header.case_number, place, finding.rule, finding.severity, field.name,
            finding.key in told.set_aside, finding.sentence,
        )  # fmt: skip


def _days(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (last - first).days


def _all(facts: Sequence[tuple[Facet, str]], facet: Facet) -> list[str]:
    return [value for kind, value in facts if kind is facet]


def _one(facts: Sequence[tuple[Facet, str]], facet: Facet) -> str | None:
    return next(iter(_all(facts, facet)), None)


TABLES = (
    Table("letters", "One row a letter on the list", (
        _LETTER,
        _CASE,
        Column("status", TEXT, "How far the work is: new, in work, checked, exported"),
        Column("layout", TEXT, "Form of the letter, as maximus-2016"),
        Column("pages", NUMBER, "Pages of the PDF"),
        Column("date_assigned", DAY, "Date assigned"),
        Column("application_received", DAY, "Application received"),
        Column("ur_denial_date", DAY, "UR denial date"),
        Column("decision_date", DAY, "Decision date"),
        Column("date_of_injury", DAY, "Date of injury"),
        Column("days_to_decision", NUMBER, "Days from the date assigned to the decision date"),
        Column("priority", TEXT, "Standard or Expedited"),
        Column("outcome", TEXT, "What the decisions amount to: Uphold, Overturn, Partial Overturn"),
        Column("items", NUMBER, "Disputed items"),
        Column("items_upheld", NUMBER, "Items upheld"),
        Column("items_overturned", NUMBER, "Items overturned"),
        Column("licensure", LIST, "States of the reviewer's licensure"),
        Column("specialties", LIST, "Reviewer's certifications or specialties"),
        Column("subspecialties", LIST, "Reviewer's subspecialties"),
        Column("patient_age", NUMBER, "Age of the injured worker, from the summary"),
        Column("patient_sex", TEXT, "male or female, from the summary"),
        Column("left_to_do", NUMBER, "Fields with something left to do, as the list shows it"),
        Column("errors", NUMBER, "Those of them that are errors"),
        Column("clinical_summary", TEXT, "Clinical case summary", long=True),
        Column("file_name", TEXT, "Name of the PDF", names=True),
        Column("employee", TEXT, "Name of the employee", names=True),
        Column("claim_number", TEXT, "Claim number", names=True),
        Column("provider", TEXT, "Requesting physician", names=True),
    ), _letters),
    Table("items", "One row a disputed item", (
        _LETTER,
        _CASE,
        _ITEM,
        Column("title", TEXT, "Disputed item, as printed"),
        Column("decision", TEXT, "Upheld or Overturned"),
        Column("treatment_kind", TEXT, "Kind of treatment that the title names first"),
        Column("body_parts", LIST, "Parts of the body of the title, else of diagnoses or summary"),
        Column("drugs", LIST, "Drugs of title and request, by generic name"),
        Column("request_original", TEXT, "Where UR approved a part: what was first asked for"),
        Column("request_authorized", TEXT, "What UR authorized"),
        Column("request_in_dispute", TEXT, "What is left in dispute"),
        Column("ur_basis", TEXT, "What UR's decision rests on: mtus, outside, both, none"),
        Column("basis", TEXT, "What the reviewer's decision rests on"),
        Column("citations", NUMBER, "Guidelines the reviewer cites"),
        Column("rationale_words", NUMBER, "Words of the rationale"),
        Column("ur_guideline", TEXT, "Claims Administrator guideline, as printed", long=True),
        Column("guideline", TEXT, "MAXIMUS guideline, as printed", long=True),
        Column("rationale", TEXT, "Decision rationale", long=True),
    ), _items),
    Table("citations", "One row a cited guideline", (
        _LETTER,
        _CASE,
        _ITEM,
        Column("cited_by", TEXT, "claims administrator or reviewer"),
        Column("source", TEXT, "MTUS, ODG, ACOEM or other"),
        Column("title", TEXT, "Guideline or chapter"),
        Column("chapter", TEXT, "Number of the chapter"),
        Column("edition", TEXT, "Year or edition"),
        Column("sections", LIST, "Sections or topics"),
        Column("pages", TEXT, "Pages, as printed"),
        Column("text", TEXT, "Citation, as printed", names=True),
    ), _citations),
    Table("findings", "One row for each thing that does not hold together", (
        _LETTER,
        _CASE,
        Column("item", NUMBER, "Place of the disputed item it is about; empty for the letter"),
        Column("rule", TEXT, "Rule, as the manual lists it"),
        Column("severity", TEXT, "error, warning or info"),
        Column("field", TEXT, "Field it is about"),
        Column("set_aside", TRUTH, "Whether a person set it aside"),
        Column("sentence", TEXT, "What is told, with words of the letter", names=True),
    ), _findings),
)  # fmt: skip
