"""The fields of a library entry: what each is called, how it is typed, for which kinds it is asked.

Typed text and value are turned into each other here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

import msgspec

from app.services.language.dates import date_text, whole_date
from app.services.library import EntryKind, Section
from app.services.library.identifiers import doi_of, pmid_of
from app.ui.citing.words import ADOPTION_WORDS, KIND_WORDS, SOURCE_WORDS


class Shape(Enum):
    """How a field is edited."""

    LINE = "line"
    BLOCK = "block"
    TICK = "tick"
    CHOICE = "choice"
    EXCERPTS = "excerpts"
    ENTRY = "entry"
    """Another entry of the library, by its key."""


class Unreadable(ValueError):
    """What was typed is no value of the field; the message says what is."""


class EntryField(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the form. `kinds` is empty where every kind of entry has the field."""

    name: str
    label: str
    shape: Shape = Shape.LINE
    kinds: tuple[EntryKind, ...] = ()
    hint: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    write: Callable[[Any], str] = str
    read: Callable[[str], Any] = str.strip

    def asked_for(self, kind: EntryKind) -> bool:
        return not self.kinds or kind in self.kinds


def read_date(typed: str) -> date | None:
    """A day as typed, in any usual form; raises Unreadable."""
    typed = typed.strip()
    if not typed:
        return None
    found = whole_date(typed)
    if found is None:
        raise Unreadable("A date is typed as 12/31/2016.")
    if found.value is None:
        raise Unreadable(f"{typed} is no day of the calendar.")
    return found.value


def read_number(typed: str) -> int | None:
    """A page number as typed; raises Unreadable."""
    typed = typed.strip()
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 6:
        raise Unreadable("A page number is digits alone.")
    return int(typed)


def read_doi(typed: str) -> str:
    """A DOI as typed or copied with its address; raises Unreadable."""
    found = doi_of(typed)
    if typed.strip() and not found:
        raise Unreadable("A DOI begins with 10. and has a stroke: 10.1097/BRS.0b013e318.")
    return found


def read_pmid(typed: str) -> str:
    """The number of an article in PubMed; raises Unreadable."""
    found = pmid_of(typed)
    if typed.strip() and not found:
        raise Unreadable("A PubMed number is digits alone.")
    return found


def write_number(value: int | None) -> str:
    return "" if value is None else str(value)


def read_lines(typed: str) -> tuple[str, ...]:
    """One item a line, each once."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def write_lines(value: tuple[str, ...]) -> str:
    return "\n".join(value)


def read_sections(typed: str) -> tuple[Section, ...]:
    """One section a line, its pages behind a vertical bar; a question mark for not confirmed."""
    sections: list[Section] = []
    for line in read_lines(typed):
        name, _, pages = line.partition("|")
        pages = pages.strip()
        sure = bool(pages) and not pages.endswith("?")
        sections.append(Section(name=name.strip(), pages=pages.rstrip("? "), confirmed=sure))
    return tuple(sections)


def still_confirmed(
    sections: tuple[Section, ...], before: tuple[Section, ...]
) -> tuple[Section, ...]:
    """The sections, where one without pages is what it was before: its line cannot say."""
    unpaged = {one.name: one for one in before if not one.pages}
    return tuple(unpaged.get(one.name, one) if not one.pages else one for one in sections)


def write_sections(value: tuple[Section, ...]) -> str:
    return "\n".join(
        f"{one.name} | {one.pages}{'' if one.confirmed else ' ?'}" if one.pages else one.name
        for one in value
    )


_NOT_STUDY = (EntryKind.MTUS, EntryKind.GUIDELINE)
_MTUS = (EntryKind.MTUS,)
_NOT_MTUS = (EntryKind.GUIDELINE, EntryKind.STUDY)

ENTRY_FIELDS: tuple[EntryField, ...] = (
    EntryField(
        name="kind",
        label="Kind",
        shape=Shape.CHOICE,
        choices=tuple((words, kind) for kind, words in KIND_WORDS.items()),
    ),
    EntryField(
        name="source",
        label="Source",
        shape=Shape.CHOICE,
        choices=tuple((words, source) for source, words in SOURCE_WORDS.items()),
    ),
    EntryField(name="title", label="Title", hint="As letters print it"),
    EntryField(name="authors", label="Authors", shape=Shape.BLOCK, kinds=_NOT_MTUS, hint="One a line, the first author first: Doe, Jane B; others as: et al.", write=write_lines, read=read_lines),
    EntryField(name="editors", label="Editors", shape=Shape.BLOCK, kinds=_NOT_MTUS, hint="One a line, as the authors", write=write_lines, read=read_lines),
    EntryField(name="publisher", label="Publisher", kinds=_NOT_STUDY),
    EntryField(name="chapter", label="Chapter number", kinds=_NOT_STUDY),
    EntryField(name="edition", label="Year or edition", hint="MTUS: the effective year"),
    EntryField(name="publication_date", label="Published on", hint="12/31/2016", write=date_text, read=read_date),
    EntryField(name="edition_statement", label="Edition", kinds=(EntryKind.GUIDELINE,), hint="of a book, beside its year: 3rd"),
    EntryField(name="journal", label="Journal or book", kinds=_NOT_MTUS, hint="What the article or chapter stands in"),
    EntryField(name="volume", label="Volume", kinds=_NOT_MTUS),
    EntryField(name="issue", label="Issue", kinds=_NOT_MTUS),
    EntryField(name="pages", label="Pages in the journal", kinds=_NOT_MTUS),
    EntryField(name="doi", label="DOI", kinds=_NOT_MTUS, hint="10.1097/BRS.0b013e318", read=read_doi),
    EntryField(name="pmid", label="PubMed number", kinds=_NOT_MTUS, hint="digits alone", read=read_pmid),
    EntryField(name="url", label="Web address", kinds=_NOT_MTUS),
    EntryField(name="sections", label="Sections and topics", shape=Shape.BLOCK, kinds=_NOT_STUDY, hint="One a line; pages behind a bar, a question mark where not confirmed: Physical medicine | 98-99 ?", write=write_sections, read=read_sections),
    EntryField(name="aliases", label="Other spellings", shape=Shape.BLOCK, hint="One a line", write=write_lines, read=read_lines),
    EntryField(name="body_parts", label="Body parts", shape=Shape.BLOCK, hint="One a line", write=write_lines, read=read_lines),
    EntryField(name="first_page", label="First page", kinds=_NOT_STUDY, write=write_number, read=read_number),
    EntryField(name="last_page", label="Last page", kinds=_NOT_STUDY, write=write_number, read=read_number),
    EntryField(name="pages_confirmed", label="I have checked these pages in the source", shape=Shape.TICK, kinds=_NOT_STUDY),
    EntryField(name="regulation", label="Regulation", kinds=_MTUS, hint="8 CCR 9792.23.5"),
    EntryField(name="regulation_confirmed", label="I have checked this in the regulation", shape=Shape.TICK, kinds=_MTUS),
    EntryField(name="effective_from", label="In force from", kinds=_MTUS, hint="12/31/2016", write=date_text, read=read_date),
    EntryField(name="effective_to", label="In force until", kinds=_MTUS, hint="empty: still in force", write=date_text, read=read_date),
    EntryField(name="doubtful_from", label="In force not verified from", kinds=_MTUS, hint="12/31/2016", write=date_text, read=read_date),
    EntryField(name="dates_confirmed", label="I have checked these dates", shape=Shape.TICK, kinds=_MTUS),
    EntryField(name="adoption", label="Adoption", shape=Shape.CHOICE, kinds=_MTUS, choices=tuple((words, one) for one, words in ADOPTION_WORDS.items())),
    EntryField(name="superseded_by", label="Superseded by", shape=Shape.ENTRY, kinds=_NOT_STUDY, hint="Type title or year, choose the later edition"),
    EntryField(name="remark", label="Remark"),
    EntryField(name="notes", label="My notes", shape=Shape.BLOCK),
    EntryField(name="excerpts", label="My excerpts", shape=Shape.EXCERPTS),
)  # fmt: skip
