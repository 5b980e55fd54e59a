"""The values that pass the door of the library."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, StrEnum

import msgspec

from app.letter import Citation, Decision, Source
from app.services.citations.force import Adoption, Standing
from app.services.citations.known import KnownGuideline, KnownSection, Sure
from app.services.library.names import printed_all


class EntryKind(StrEnum):
    """The three kinds of source that 8 CCR 9792.21.1(d) tells apart."""

    MTUS = "mtus"
    GUIDELINE = "guideline"
    STUDY = "study"


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section or topic of a guideline. `pages` as printed (`98-99`), if it is paged; `topic`
    where how the guideline heads it was not seen."""

    name: str
    pages: str = ""
    confirmed: bool = False
    topic: bool = False


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a guideline the user has put by, and where they stand."""

    text: str
    place: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One source of the library.

    `edition` is the effective year of an MTUS guideline, the year (or `3rd ed.`) of another,
    the year of a study; `edition_statement` is what a book says of itself beside its year.
    `authors` and `editors` are as `library.names` keeps them; `journal` is the book a chapter
    stands in. `key` stays the same through export and import; `superseded_by` is the
    key of the edition that took its place. `id` is None until saved. `starter_version` is set
    on entries the program came with, `changed_fields` names what the user has changed in them:
    an update of the program leaves exactly those alone.
    """

    kind: EntryKind = EntryKind.GUIDELINE
    source: Source = Source.OTHER
    title: str = ""
    publisher: str = ""
    chapter: str = ""
    edition: str = ""
    publication_date: date | None = None
    sections: tuple[Section, ...] = ()
    aliases: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    first_page: int | None = None
    last_page: int | None = None
    pages_confirmed: bool = False
    regulation: str = ""
    regulation_confirmed: bool = False
    effective_from: date | None = None
    effective_to: date | None = None
    dates_confirmed: bool = False
    doubtful_from: date | None = None
    adoption: Adoption = Adoption.DATED
    superseded_by: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition_statement: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    remark: str = ""
    notes: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    key: str = ""
    starter_version: int | None = None
    changed_fields: tuple[str, ...] = ()
    id: int | None = None


OWN_FIELDS = ("id", "key", "starter_version", "changed_fields")
"""Fields the library sets by itself."""

CONTENT_FIELDS = tuple(f for f in Entry.__struct_fields__ if f not in OWN_FIELDS)
"""Fields the user fills in, in the order of the form."""


class Group(Enum):
    """Where an entry stands in the order of the search (8 CCR 9792.21.1(a)), first to last."""

    IN_LETTER = "Used in this letter"
    IN_FORCE = "MTUS in force on the decision date"
    MTUS = "MTUS"
    """Where there is no decision date to tell editions apart by."""
    OTHER_DATE = "MTUS of another date, or not adopted"
    OUTSIDE = "Outside the MTUS: only where it does not address the condition or is rebutted"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An entry the picker offers.

    `section` is the section the words point to, `pages` the pages a pasted reference names,
    `times` and `outcomes` how often and with which result it was used for this treatment.
    `standing` is how it stands on the given day, `warnings` are sentences on that, `remarks` what
    is only to be known; `instead` is the edition of its chapter that was in force on that day.
    """

    entry: Entry
    group: Group = Group.MTUS
    section: str | None = None
    pages: str | None = None
    times: int = 0
    outcomes: tuple[tuple[Decision, int], ...] = ()
    standing: Standing | None = None
    warnings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    instead: Entry | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the library's history: everything one action of the user changed."""

    id: int
    at: datetime
    label: str
    undone: bool = False
    entry_ids: tuple[int, ...] = ()


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What one change made of one entry; None where it was not there."""

    change: Change
    before: Entry | None
    after: Entry | None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A field in which two entries differ, in words for a table."""

    field: str
    label: str
    left: str
    right: str


def citation_of(
    entry: Entry, *, sections: tuple[str, ...] = (), pages: str | None = None
) -> Citation:
    """The citation of that entry, to be put into a letter with `with_citation`."""
    if entry.source is Source.OTHER:
        return Citation(
            source=entry.source, title=reference_text(entry, pages), library_id=entry.id
        )
    return Citation(
        source=entry.source,
        title=entry.title,
        chapter=entry.chapter or None,
        edition=entry.edition or None,
        sections=sections,
        pages=pages,
        library_id=entry.id,
    )


def reference_text(entry: Entry, pages: str | None = None) -> str:
    """A study or other source in one line: `Doe AB. Title. Journal. 2010;35(2):1-9`."""
    if entry.kind is EntryKind.STUDY:
        volume = f"{entry.volume}({entry.issue})" if entry.volume and entry.issue else entry.volume
        numbers = ":".join(part for part in (volume, pages or entry.pages) if part)
        dated = ";".join(part for part in (entry.edition, numbers) if part)
        parts = [printed_all(entry.authors), entry.title, entry.journal, dated]
        return ". ".join(part.strip(" .") for part in parts if part.strip(" ."))
    if entry.journal:
        return _chapter_text(entry, pages)
    publisher = "" if entry.publisher == entry.title else entry.publisher
    statement = _edition_words(entry.edition_statement)
    shown = f"pg. {pages}" if pages else ""
    parts = [publisher, entry.title, statement, entry.edition, shown, entry.url]
    return ", ".join(part for part in parts if part)


def _chapter_text(entry: Entry, pages: str | None) -> str:
    """A chapter of a book: `Doe J. Title. In: Roe R, ed. Book. 3rd ed. Press, 2008:1-9`."""
    editors = printed_all(entry.editors)
    if editors:
        editors += ", eds. " if len(entry.editors) > 1 else ", ed. "
    dated = ":".join(part for part in (entry.edition, pages or entry.pages) if part)
    printed = ", ".join(part for part in (entry.publisher, dated) if part)
    statement = _edition_words(entry.edition_statement)
    book = f"In: {editors}{entry.journal}"
    parts = [printed_all(entry.authors), entry.title, book, statement, printed]
    return ". ".join(part.strip(" .") for part in parts if part.strip(" ."))


def _edition_words(statement: str) -> str:
    if not statement or "ed" in statement.lower():
        return statement
    if statement.isdecimal():
        number = int(statement)
        few = {1: "st", 2: "nd", 3: "rd"}
        end = "th" if number % 100 in (11, 12, 13) else few.get(number % 10, "th")
        statement += end
    return f"{statement} ed."


def known_of(entry: Entry) -> KnownGuideline:
    """The entry as those want it who read citations and check them."""
    return KnownGuideline(
        key=entry.key,
        kind=entry.kind.value,
        source=entry.source,
        title=entry.title,
        publisher=entry.publisher,
        chapter=entry.chapter,
        edition=entry.edition,
        publication_date=entry.publication_date,
        aliases=entry.aliases,
        body_parts=entry.body_parts,
        sections=tuple(
            KnownSection(name=s.name, pages=s.pages, confirmed=s.confirmed, topic=s.topic)
            for s in entry.sections
        ),
        first_page=entry.first_page,
        last_page=entry.last_page,
        pages_confirmed=entry.pages_confirmed,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
        dates_confirmed=entry.dates_confirmed,
        doubtful_from=entry.doubtful_from,
        adoption=entry.adoption,
        superseded_by=entry.superseded_by,
    )


def entry_of_known(known: KnownGuideline, version: int) -> Entry:
    """The library entry the program comes with for a known guideline."""
    return Entry(
        kind=EntryKind(known.kind),
        source=known.source,
        title=known.title,
        publisher=known.publisher,
        chapter=known.chapter,
        edition=known.edition,
        publication_date=known.publication_date,
        sections=tuple(
            Section(name=s.name, pages=s.pages, confirmed=s.confirmed, topic=s.topic)
            for s in known.sections
        ),
        aliases=tuple(dict.fromkeys((*known.aliases, *known.titles_2014))),
        body_parts=known.body_parts,
        first_page=known.first_page,
        last_page=known.last_page,
        pages_confirmed=known.pages_confirmed,
        regulation=known.regulation,
        regulation_confirmed=known.regulation_confirmed,
        effective_from=known.effective_from,
        effective_to=known.effective_to,
        dates_confirmed=known.dates_confirmed,
        doubtful_from=known.doubtful_from,
        adoption=known.adoption,
        superseded_by=known.superseded_by,
        remark=_remark(known),
        key=known.key,
        starter_version=version,
    )


_SURE = {
    Sure.HIGH: "Seen on the division's own page",
    Sure.MEDIUM: "From the trade press, not from the division",
    Sure.DATE: "The day of the order was seen on the division's own page",
}


def _remark(known: KnownGuideline) -> str:
    """The note, and where the facts were seen."""
    if known.sure is None:
        return known.note
    return f"{known.note} {_SURE[known.sure]}: {', '.join(known.sources)}.".strip()
