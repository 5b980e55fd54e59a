"""What entries look like to other programs, and how their view is taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

import msgspec
from msgspec.structs import replace

from app.letter import Source
from app.services.language.file_dates import is_year, looks_made_by_spreadsheet
from app.services.library.exchange.markup import without_tags
from app.services.library.names import has_commas_of_many
from app.services.library.values import CONTENT_FIELDS, Entry, EntryKind

MTUS_PUBLISHER = "Medical Treatment Utilization Schedule (MTUS)"

EXCHANGED_FIELDS = ("key", *CONTENT_FIELDS)


class Work(Enum):
    """What kind of publication a reference is, as far as it matters here."""

    ARTICLE = "article"
    CHAPTER = "chapter"
    OTHER = "other"


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """The fields every reference manager has. All texts have one space between words.

    `journal` is the book where the work is a chapter; names are as `library.names` keeps them.
    """

    work: Work = Work.OTHER
    title: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    year: str = ""
    published: date | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    edition_statement: str = ""
    chapter: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    note: str = ""
    keywords: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as read from a file: which fields the file told, and where it stands in it.

    `left_out` names what the file has of it and the library keeps no place for; `remarks` are
    sentences on what was read with doubt.
    """

    entry: Entry
    fields: frozenset[str]
    line: int
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A record that cannot be read: the line it begins in, why, and its first words."""

    line: int
    reason: str
    words: str = ""


class Damaged(Exception):
    """A record cannot be read; `line` where that is not the line it begins in."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


Read = tuple[list[Imported], list[Unread]]
"""What a format's reader gives: the records it could read, and those it could not."""


class Draft(msgspec.Struct, kw_only=True):
    """A record on its way to a `Reference`: what was read, what is left over, what is doubtful."""

    reference: Reference
    left_out: list[str] = msgspec.field(default_factory=list[str])
    remarks: list[str] = msgspec.field(default_factory=list[str])


_ENTRY_FIELDS = {
    "title": "title",
    "authors": "authors",
    "editors": "editors",
    "year": "edition",
    "published": "publication_date",
    "journal": "journal",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "chapter": "chapter",
    "doi": "doi",
    "pmid": "pmid",
    "url": "url",
    "note": "notes",
    "keywords": "body_parts",
    "publisher": "publisher",
    "edition_statement": "edition_statement",
}

_RANGE = re.compile(r"(?<!\w)(\d{1,12})\s*(?:[-‐‑–—−]|--+)\s*(\d{1,12})(?!\w)")
_DIGIT = re.compile(r"\d")
_DASHES = re.compile(r"\s*[-‐‑–—−]+\s*")


def plain(text: str) -> str:
    return " ".join(text.split())


def words(text: str) -> str:
    """A text of another program as its words: no tags, one space between."""
    return plain(without_tags(text))


def note_lost(remarks: list[str], text: str, doi: str) -> None:
    """Remarks that what stands where a DOI should is none."""
    if text and not doi:
        remarks.append(f"“{first_words(text)}” is no DOI.")


def pages_of(first: str, last: str = "") -> str:
    """The pages of an article, the last one written out: 101 and 9, or 101-9, are 101-109."""
    first, last = plain(first), plain(last)
    both = first if not last or last == first or _DASHES.search(first) else f"{first}-{last}"
    return _RANGE.sub(_written_out, _DASHES.sub("-", both).strip("-"))


def _written_out(match: re.Match[str]) -> str:
    first, last = match[1], match[2]
    if len(last) < len(first):
        whole = first[: -len(last)] + last
        last = whole if int(whole) > int(first) else last
    return f"{first}-{last}"


def doubts(reference: Reference) -> list[str]:
    """What of a reference of another program cannot be right as it stands."""
    found: list[str] = []
    if looks_made_by_spreadsheet(reference.pages):
        found.append(f"The pages “{reference.pages}” look like a date a spreadsheet made of them.")
    year = reference.year
    if year and not is_year(year) and (reference.work is Work.ARTICLE or not _DIGIT.search(year)):
        found.append(f"“{reference.year}” is no year.")
    people = (*reference.authors, *reference.editors)
    found += [f"“{one}” was read as one author." for one in people if has_commas_of_many(one)]
    if any("\ufffd" in one for one in (reference.title, reference.journal, *reference.authors)):
        found.append("Some characters were lost before the file was written.")
    return found


def reference_of(entry: Entry) -> Reference:
    """The entry as other programs see it."""
    publisher = entry.publisher
    if not publisher and entry.source is Source.MTUS:
        publisher = MTUS_PUBLISHER
    work = Work.CHAPTER if entry.journal else Work.OTHER
    return Reference(
        work=Work.ARTICLE if entry.kind is EntryKind.STUDY else work,
        title=plain(entry.title),
        authors=tuple(map(plain, entry.authors)),
        editors=tuple(map(plain, entry.editors)),
        year=plain(entry.edition),
        published=entry.publication_date,
        journal=plain(entry.journal),
        volume=plain(entry.volume),
        issue=plain(entry.issue),
        pages=plain(entry.pages),
        publisher=plain(publisher),
        edition_statement=plain(entry.edition_statement),
        chapter=plain(entry.chapter),
        doi=plain(entry.doi),
        pmid=plain(entry.pmid),
        url=plain(entry.url),
        note=plain(entry.notes),
        keywords=tuple(map(plain, entry.body_parts)),
    )


def imported(
    draft: Draft, own: str | None, line: int, seen: Callable[[Reference], Reference]
) -> Imported:
    """The entry of a record. `own` is our whole entry, if the file has it.

    `seen` tells what the format makes of a reference, so that only a field that another
    program really changed is taken from it. Raises Damaged where `own` is broken.
    """
    if own is None:
        return foreign(draft, line)
    entry = read_own(own)
    expected = seen(reference_of(entry))
    changed = {
        field: getattr(draft.reference, name)
        for name, field in _ENTRY_FIELDS.items()
        if getattr(draft.reference, name) != getattr(expected, name)
    }
    return Imported(entry=replace(entry, **changed), fields=frozenset(EXCHANGED_FIELDS), line=line)


def foreign(draft: Draft, line: int) -> Imported:
    """The entry of a record that another program wrote. Raises Damaged without a title."""
    reference = draft.reference
    if not reference.title:
        raise Damaged("the entry has no title")
    read = {
        field: value for name, field in _ENTRY_FIELDS.items() if (value := getattr(reference, name))
    }
    source = Source.OTHER if reference.work is Work.ARTICLE else _source(reference.publisher)
    if source is Source.MTUS:
        kind = EntryKind.MTUS
        if read.get("publisher") == MTUS_PUBLISHER:
            del read["publisher"]
    else:
        kind = EntryKind.STUDY if reference.work is Work.ARTICLE else EntryKind.GUIDELINE
    return Imported(
        entry=Entry(kind=kind, source=source, **read),
        fields=frozenset({"kind", "source", *read}),
        line=line,
        left_out=tuple(dict.fromkeys(draft.left_out)),
        remarks=(*draft.remarks, *doubts(reference)),
    )


def _source(publisher: str) -> Source:
    for sign, source in (
        ("MTUS", Source.MTUS),
        ("Medical Treatment Utilization", Source.MTUS),
        ("Official Disability", Source.ODG),
        ("ODG", Source.ODG),
        ("ACOEM", Source.ACOEM),
        ("American College of Occupational", Source.ACOEM),
    ):
        if sign in publisher:
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
        if in_string and not escaped and mark in "{}@%#":
            parts.append(f"\\u{ord(mark):04x}")
            continue
        if mark == '"' and not escaped:
            in_string = not in_string
        escaped = in_string and mark == "\\" and not escaped
        parts.append(mark)
    return "".join(parts)


def read_own(text: str) -> Entry:
    """The inverse of `own_json`. Raises Damaged."""
    try:
        return msgspec.json.decode(text, type=Entry)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Damaged("the part written by this program is damaged") from error


def first_words(text: str) -> str:
    """The beginning of a record, to know it by."""
    return plain(text)[:80]
