"""The JSON Schema of what `parse --json` writes and `render` reads, made from the values themselves.

`docs/schema/` holds one file for each version of the schema. A member that is added, renamed or
taken out shows there as a difference, so that the contract changes knowingly or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from app.evidence import Box
from app.letter import FIELDS, Outcome
from app.services.interchange import SCHEMA, LetterObject

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class EvidencePlace(msgspec.Struct, frozen=True):
    """Boxes on one page, one a line of text: x0, y0, x1, y1 in 0..1 of the page, from its top left."""

    page: int
    boxes: tuple[Box, ...]


class FieldEvidence(msgspec.Struct, frozen=True):
    """Where a value was read (its first page), and why it may be wrong or is missing.

    `text` is what is printed there, `rule` what took it. All but the first three are missing for
    `issues` and `outcome`, which are named only where there may be more items than were read.
    """

    page: int | None
    boxes: tuple[Box, ...]
    doubt: str | None
    text: str = ""
    rule: str = ""
    places: tuple[EvidencePlace, ...] = ()


class NotRead(msgspec.Struct, frozen=True):
    """Print on a page that was not taken for the letter's, and by what that was told."""

    page: int
    boxes: tuple[Box, ...]
    text: str
    why: str


class WholeObject(LetterObject, frozen=True, kw_only=True):
    """One determination letter. A reader needs `schema`; what it does not name is passed over.

    Dates are written as YYYY-MM-DD. A list of specialties holds the subspecialties too.
    """

    file: str = ""
    pages: int = 0
    outcome: Outcome | None = None
    evidence: Mapping[str, FieldEvidence] = {}
    layout_reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    set_aside: tuple[NotRead, ...] = ()


def letter_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one letter, with the form's own words for each field."""
    (main,), parts = msgspec.json.schema_components([WholeObject], ref_template="#/$defs/{name}")
    parts = {name: dict(part) for name, part in parts.items()}
    whole: dict[str, Any] = parts.pop(main["$ref"].rsplit("/", 1)[1])
    members: dict[str, Any] = {**whole["properties"], "schema": {"const": SCHEMA}}
    whole["properties"] = members
    for spec in FIELDS:
        _describe(whole, parts, spec.name.split("."), f"{spec.label}. {spec.help}".strip())
    members["outcome"]["description"] = "What the decisions amount to."
    for part in (whole, *parts.values()):
        part["description"] = " ".join(part.get("description", part["title"]).split())
    return {
        "$schema": DIALECT,
        **whole,
        "title": f"IMR determination letter, schema {SCHEMA}",
        "$defs": parts,
    }


def written_schema() -> bytes:
    """`letter_schema` as it lies in `docs/schema/`."""
    return msgspec.json.format(msgspec.json.encode(letter_schema()), indent=2) + b"\n"


def _describe(whole: dict[str, Any], parts: dict[str, Any], path: list[str], words: str) -> None:
    """Put the form's words to the member at that path; `issue.` goes into each issue."""
    owner = whole
    if path[0] == "issue":
        owner, path = parts["IssueObject"], path[1:]
    for name in path[:-1]:
        owner = parts[_named(owner["properties"][name])]
    member = owner["properties"][path[-1]]
    owner["properties"][path[-1]] = {"description": words, **member}


def _named(member: dict[str, Any]) -> str:
    """The part that a member refers to, also where it may be null."""
    for each in (member, *member.get("anyOf", ())):
        if "$ref" in each:
            return each["$ref"].rsplit("/", 1)[1]
    raise KeyError(member)
