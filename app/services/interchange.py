"""The JSON that other programs read and write: one object a letter, schema 1.

Issues are told by their place in the list, not by our ids; `reviewer.specialties` holds the
subspecialties too, as most forms do not tell them apart. What the schema does not promise but
a letter needs to come back whole (cover pages, facts of the summary, subspecialties, library ids)
stands in further members, so that `decode(encode(result))` gives the same letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.evidence import Evidence, ParseResult
from app.letter import (
    Cover,
    Decision,
    FieldId,
    Guideline,
    Header,
    Issue,
    Letter,
    Patient,
    Request,
    Reviewer,
    SummaryFacts,
)
from app.services.citations import Guidelines, read_guideline
from app.services.json_input import NotJson, read_json

SCHEMA = 1


class IssueObject(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as the schema has it: no id."""

    title: str = ""
    decision: Decision | None = None
    request: Request | None = None
    claims_administrator_guideline: Guideline = Guideline()
    maximus_guideline: Guideline = Guideline()
    rationale: str = ""


class LetterObject(msgspec.Struct, frozen=True, kw_only=True):
    """The members of the schema that make a letter; others are passed over.

    `app.services.interchange_schema` publishes them.
    """

    schema: int
    layout: str = "maximus-2016"
    header: Header = Header()
    reviewer: Reviewer = Reviewer()
    patient: Patient = Patient()
    clinical_summary: str = ""
    summary_facts: SummaryFacts = SummaryFacts()
    cover: Cover = Cover()
    issues: tuple[IssueObject, ...] = ()


class _SeenIn(msgspec.Struct, frozen=True):
    """What the evidence tells that outlives the PDF: a field's text as printed."""

    text: str = ""


class _EvidenceIn(msgspec.Struct, frozen=True):
    evidence: dict[str, _SeenIn] = {}


def to_contract(result: ParseResult, file: str) -> dict[str, Any]:
    """The object of schema 1, ready for JSON; `file` is the letter's file name."""
    letter = result.letter
    members: dict[str, Any] = {
        "schema": SCHEMA,
        "file": file,
        "layout": result.layout,
        "pages": result.pages,
    }
    members.update(_letter_members(letter))
    members["evidence"] = _evidence_members(letter, result.evidence)
    if result.incomplete:
        for member in ("issues", "outcome"):
            members["evidence"][member] = {"page": None, "boxes": [], "doubt": result.incomplete}
    members["layout_reasons"] = list(result.layout_reasons)
    members["notes"] = list(result.notes)
    if result.set_aside:
        members["set_aside"] = [
            {
                "page": each.place.page,
                "boxes": [list(box) for box in each.place.boxes],
                "text": each.text,
                "why": each.why,
            }
            for each in result.set_aside
        ]
    return members


def encode(result: ParseResult, file: str) -> bytes:
    """`to_contract` as one line of UTF-8 JSON, without a line end."""
    return msgspec.json.encode(to_contract(result, file))


def encode_letter(letter: Letter, file: str = "", pages: int = 0) -> bytes:
    """The same object for a letter with no evidence: what is attached inside our own PDFs."""
    result = ParseResult(letter=letter, evidence={}, layout=letter.layout, pages=pages)
    return encode(result, file)


def decode(data: bytes, guidelines: Guidelines | None = None) -> Letter:
    """The letter in an object of schema 1.

    A guideline that is given as its sentences alone is read as in a PDF, with `guidelines` known
    (the program's own, if none are given).

    Raises UserError where the data are not that, naming the member at fault.
    """
    try:
        read = read_json(data, LetterObject)
    except msgspec.ValidationError as error:
        raise UserError(
            f"The letter's JSON does not fit the schema: {error}.",
            "Correct that member and try again.",
        ) from error
    except NotJson as error:
        raise UserError(
            f"This is not JSON: {error}.", "Give a file that `parse --json` has written."
        ) from error
    if read.schema != SCHEMA:
        raise UserError(
            f"The letter's JSON is of schema {read.schema}; this program reads schema {SCHEMA}.",
            "Update the program, or write the file again with this version.",
        )
    return Letter(
        layout=read.layout,
        header=read.header,
        reviewer=replace(
            read.reviewer,
            specialties=tuple(
                name
                for name in read.reviewer.specialties
                if name not in read.reviewer.subspecialties
            ),
        ),
        patient=read.patient,
        clinical_summary=read.clinical_summary,
        summary_facts=read.summary_facts,
        cover=read.cover,
        issues=tuple(
            _issue(number, issue, guidelines) for number, issue in enumerate(read.issues, start=1)
        ),
        issues_made=len(read.issues),
    )


def _issue(number: int, given: IssueObject, guidelines: Guidelines | None) -> Issue:
    members = {name: getattr(given, name) for name in IssueObject.__struct_fields__}
    for name in ("claims_administrator_guideline", "maximus_guideline"):
        guideline: Guideline = members[name]
        if guideline.text and not guideline.citations:
            read = read_guideline(guideline.text, guidelines).guideline
            members[name] = replace(read, text=guideline.text)
    return Issue(id=number, **members)


def printed_texts(data: bytes) -> dict[FieldId, str]:
    """The texts as printed (`Evidence.text`) in an object of schema 1, by the ids `decode` gives.

    Empty where the object has no evidence, or none that this program can read.
    """
    try:
        seen = read_json(data, _EvidenceIn).evidence
    except (msgspec.ValidationError, NotJson):
        return {}
    texts: dict[FieldId, str] = {}
    for key, entry in seen.items():
        try:
            field = FieldId.from_key(key)
        except ValueError:
            continue
        if field.issue is not None:
            field = FieldId(field.name, field.issue + 1)
        if entry.text:
            texts[field] = entry.text
    return texts


def _letter_members(letter: Letter) -> dict[str, Any]:
    members: dict[str, Any] = msgspec.to_builtins(letter)
    for name in ("layout", "issues_made"):
        del members[name]
    for issue in members["issues"]:
        del issue["id"]
    reviewer = members["reviewer"]
    reviewer["specialties"] = [*reviewer["specialties"], *reviewer["subspecialties"]]
    # The schema's order: a person reading the line finds the outcome before the long texts.
    issues = members.pop("issues")
    members["outcome"] = letter.outcome
    members["issues"] = issues
    return members


def _evidence_members(
    letter: Letter, evidence: Mapping[FieldId, Evidence]
) -> dict[str, dict[str, Any]]:
    index_by_id = {issue.id: index for index, issue in enumerate(letter.issues)}
    members: dict[str, dict[str, Any]] = {}
    for field, seen in evidence.items():
        if field.issue is None:
            key = field.name
        elif field.issue in index_by_id:
            key = FieldId(field.name, index_by_id[field.issue]).key
        else:
            continue
        first = seen.places[0] if seen.places else None
        members[key] = {
            "page": first.page if first else None,
            "boxes": [list(box) for box in first.boxes] if first else [],
            "doubt": seen.doubt,
            "text": seen.text,
            "rule": seen.rule,
            "places": [
                {"page": place.page, "boxes": [list(box) for box in place.boxes]}
                for place in seen.places
            ],
        }
    return members
