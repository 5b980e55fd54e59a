"""What entries look like to other programs, and how their view is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Source
from app.services.library.values import CONTENT_FIELDS, Entry, EntryKind

MTUS_PUBLISHER = "Medical Treatment Utilization Schedule (MTUS)"

EXCHANGED_FIELDS = ("key", *CONTENT_FIELDS)


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """The fields every reference manager has. All texts have one space between words."""

    article: bool = False
    title: str = ""
    authors: tuple[str, ...] = ()
    year: str = ""
    journal: str = ""
    volume: str = ""
    pages: str = ""
    publisher: str = ""
    chapter: str = ""
    url: str = ""
    note: str = ""
    keywords: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as read from a file: which fields the file told, and where it stands in it."""

    entry: Entry
    fields: frozenset[str]
    line: int


_ENTRY_FIELDS = {
    "title": "title",
    "authors": "authors",
    "year": "edition",
    "journal": "journal",
    "volume": "volume",
    "pages": "pages",
    "chapter": "chapter",
    "url": "url",
    "note": "notes",
    "keywords": "body_parts",
    "publisher": "publisher",
}


def plain(text: str) -> str:
    return " ".join(text.split())


def reference_of(entry: Entry) -> Reference:
    """The entry as other programs see it."""
    publisher = entry.publisher
    if not publisher and entry.source is Source.MTUS:
        publisher = MTUS_PUBLISHER
    return Reference(
        article=entry.kind is EntryKind.STUDY,
        title=plain(entry.title),
        authors=tuple(map(plain, entry.authors)),
        year=plain(entry.edition),
        journal=plain(entry.journal),
        volume=plain(entry.volume),
        pages=plain(entry.pages),
        publisher=plain(publisher),
        chapter=plain(entry.chapter),
        url=plain(entry.url),
        note=plain(entry.notes),
        keywords=tuple(map(plain, entry.body_parts)),
    )


def imported(
    reference: Reference,
    own: str | None,
    line: int,
    seen: Callable[[Reference], Reference] = lambda reference: reference,
) -> Imported:
    """The entry of a file. `own` is our whole entry, if the file has it.

    `seen` tells what the format makes of a reference, so that only a field that another
    program really changed is taken from it. Raises UserError where `own` is broken.
    """
    if own is None:
        return _foreign(reference, line)
    entry = read_own(own, line)
    expected = seen(reference_of(entry))
    changed = {
        field: getattr(reference, name)
        for name, field in _ENTRY_FIELDS.items()
        if getattr(reference, name) != getattr(expected, name)
    }
    return Imported(entry=replace(entry, **changed), fields=frozenset(EXCHANGED_FIELDS), line=line)


def _foreign(reference: Reference, line: int) -> Imported:
    told = {
        field: getattr(reference, name)
        for name, field in _ENTRY_FIELDS.items()
        if getattr(reference, name)
    }
    source = _source(reference.publisher)
    if source is Source.MTUS:
        kind = EntryKind.MTUS
        if told.get("publisher") == MTUS_PUBLISHER:
            del told["publisher"]
    else:
        kind = EntryKind.STUDY if reference.article else EntryKind.GUIDELINE
    entry = Entry(kind=kind, source=source, **told)
    return Imported(entry=entry, fields=frozenset({"kind", "source", *told}), line=line)


def _source(publisher: str) -> Source:
    for words, source in (
        ("MTUS", Source.MTUS),
        ("Medical Treatment Utilization", Source.MTUS),
        ("Official Disability", Source.ODG),
        ("ODG", Source.ODG),
        ("ACOEM", Source.ACOEM),
        ("American College of Occupational", Source.ACOEM),
    ):
        if words in publisher:
            return source
    return Source.OTHER


def own_fields(entry: Entry) -> dict[str, Any]:
    """The whole entry as plain data, without what is empty."""
    data: dict[str, Any] = msgspec.to_builtins(entry)
    default: dict[str, Any] = msgspec.to_builtins(Entry())
    return {
        f: data[f] for f in EXCHANGED_FIELDS if f in ("kind", "source") or data[f] != default[f]
    }


def own_json(entry: Entry) -> str:
    """The whole entry as one line of ASCII in which braces and quotes stand in pairs."""
    import json

    text = json.dumps(own_fields(entry), ensure_ascii=True, separators=(",", ":"))
    return _without_loose_marks(text)


def _without_loose_marks(text: str) -> str:
    """Braces and at-signs inside JSON strings as escapes: BibTeX counts and looks for them."""
    parts: list[str] = []
    in_string = escaped = False
    for mark in text:
        if in_string and not escaped and mark in "{}@%":
            parts.append(f"\\u{ord(mark):04x}")
            continue
        if mark == '"' and not escaped:
            in_string = not in_string
        escaped = in_string and mark == "\\" and not escaped
        parts.append(mark)
    return "".join(parts)


def read_own(text: str, line: int) -> Entry:
    """The inverse of `own_json`. Raises UserError with the line."""
    try:
        return msgspec.json.decode(text, type=Entry)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise broken(line, "the part written by this program is damaged") from error


def broken(line: int, why: str) -> UserError:
    """The error for a file that cannot be read on."""
    return UserError(
        f"The file cannot be read: in line {line}, {why}.", "Correct that line and import it again."
    )
