"""How values become JSON text in the database and come back, each field by its own type."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec.structs import replace

from app.evidence import Doubt, Evidence, ParseResult, SetAside
from app.letter import FieldId, Issue, Letter

_IN_WORDS = '"doubt":'
ISSUES, LETTER = "issues", "letter"
"""Field keys of edits that touch more than one field: the tuple of issues, the whole letter."""


class _DoubtInWords(msgspec.Struct, frozen=True):
    """How evidence was kept while a doubt was its words alone."""

    doubt: str | None = None


class _ParseInWords(msgspec.Struct, frozen=True):
    evidence: dict[str, _DoubtInWords] = {}


class _StoredParse(msgspec.Struct, frozen=True, kw_only=True):
    """ParseResult with its evidence under field keys: JSON objects have words as keys."""

    letter: Letter
    evidence: dict[str, Evidence]
    layout: str
    layout_reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    incomplete: str | None = None
    set_aside: tuple[SetAside, ...] = ()
    pages: int = 0


def to_json(value: Any) -> str:
    """The one JSON text of a value: its hash is its identity."""
    return msgspec.json.encode(value, order="deterministic").decode()


def text_hash(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_letter(text: str) -> Letter:
    return msgspec.json.decode(text, type=Letter)


def parse_to_json(result: ParseResult) -> str:
    return to_json(
        _StoredParse(
            letter=result.letter,
            evidence={field.key: evidence for field, evidence in result.evidence.items()},
            layout=result.layout,
            layout_reasons=result.layout_reasons,
            notes=result.notes,
            incomplete=result.incomplete,
            set_aside=result.set_aside,
            pages=result.pages,
        )
    )


def read_parse(text: str) -> ParseResult:
    stored = msgspec.json.decode(text, type=_StoredParse)
    in_words = msgspec.json.decode(text, type=_ParseInWords).evidence if _IN_WORDS in text else {}
    evidence: dict[FieldId, Evidence] = {}
    for key, seen in stored.evidence.items():
        try:
            field = FieldId.from_key(key)
        except ValueError:
            continue  # a field that this version of the program no longer has
        words = in_words[key].doubt if key in in_words else None
        evidence[field] = replace(seen, doubts=(Doubt(words=words),)) if words else seen
    return ParseResult(
        letter=stored.letter,
        evidence=evidence,
        layout=stored.layout,
        layout_reasons=stored.layout_reasons,
        notes=stored.notes,
        incomplete=stored.incomplete,
        set_aside=stored.set_aside,
        pages=stored.pages,
    )


def read_value(field: str, text: str) -> Any:
    """A field's value by the field's type; None where there was none.

    Raises ValueError for a key that names no field.
    """
    return msgspec.json.decode(text, type=value_type(field) | None)


def value_type(field: str) -> Any:
    """The type of the values behind a field key. Raises ValueError for an unknown key."""
    if field == LETTER:
        return Letter
    if field == ISSUES:
        return tuple[Issue, ...]
    return _type_of(FieldId.from_key(field).name)


@cache
def _type_of(name: str) -> Any:
    owner: Any = Issue if name.startswith("issue.") else Letter
    for part in name.removeprefix("issue.").split("."):
        if not isinstance(owner, type):
            # `Request | None`: the path goes on in the part that is there.
            owner = next(choice for choice in get_args(owner) if choice is not type(None))
        owner = get_type_hints(owner)[part]
    return owner
