"""What an entry lacks: what the law asks, what is house custom, what cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

import msgspec

from app.letter import Source
from app.services.citations.locators import page_ranges
from app.services.library.values import Entry, EntryKind


class Rule(Enum):
    """Who asks for it."""

    LAW = "the regulation"
    HOUSE = "house custom"
    FORM = "the form itself"


class EntryProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence on one field. Only a problem that `blocks` keeps the entry from being saved."""

    field: str
    rule: Rule
    message: str
    blocks: bool = False


_YEAR = re.compile(r"(?:19|20)\d\d")

# The numbering of the subdivisions is confirmed, their wording is not: the words say so.
_ASKED = "8 CCR 9792.21.1(d)({part}) is understood to ask for {what} (wording not checked here)."

_PARTS: dict[EntryKind, tuple[int, tuple[tuple[str, str], ...]]] = {
    EntryKind.MTUS: (1, (("edition", "the effective year"),)),
    EntryKind.GUIDELINE: (2, (("publisher", "the publisher"), ("edition", "the year"))),
    EntryKind.STUDY: (
        3,
        (
            ("authors", "the first author"),
            ("edition", "the year"),
            ("journal", "the journal"),
            ("volume", "the volume"),
            ("pages", "the pages"),
        ),
    ),
}


def check_entry(entry: Entry) -> tuple[EntryProblem, ...]:
    """Every problem of an entry, those that block first."""
    found = [*_wrong(entry), *_asked_by_law(entry), *_custom(entry)]
    return tuple(sorted(found, key=lambda problem: not problem.blocks))


def _wrong(entry: Entry) -> list[EntryProblem]:
    found: list[EntryProblem] = []

    def wrong(field: str, message: str) -> None:
        found.append(EntryProblem(field=field, rule=Rule.FORM, message=message, blocks=True))

    if not entry.title.strip():
        wrong("title", "The title is missing.")
    if (entry.kind is EntryKind.MTUS) != (entry.source is Source.MTUS):
        wrong("kind", "Kind and source do not fit: what belongs to the MTUS is of the kind MTUS.")
    if entry.effective_from and entry.effective_to and entry.effective_to < entry.effective_from:
        wrong("effective_to", "The last day in force is before the first.")
    if entry.superseded_by and entry.superseded_by == entry.key:
        wrong("superseded_by", "An edition cannot be superseded by itself.")
    for field, message in (*_wrong_pages(entry), *_wrong_sections(entry)):
        wrong(field, message)
    return found


def _wrong_pages(entry: Entry) -> Iterator[tuple[str, str]]:
    first, last = entry.first_page, entry.last_page
    if first is not None and last is not None and last < first:
        yield "last_page", f"The last page ({last}) is before the first ({first})."
    if any(page is not None and page < 1 for page in (first, last)):
        yield "first_page", "Page numbers begin at 1."


def _wrong_sections(entry: Entry) -> Iterator[tuple[str, str]]:
    if any(not section.name.strip() for section in entry.sections):
        yield "sections", "A section has no name."
    for section in entry.sections:
        if any(run.reversed for run in page_ranges(section.pages)):
            yield "sections", f"The pages of “{section.name}” run backwards: {section.pages}."


def _asked_by_law(entry: Entry) -> list[EntryProblem]:
    part, fields = _PARTS[entry.kind]
    return [
        EntryProblem(field=field, rule=Rule.LAW, message=_ASKED.format(part=part, what=what))
        for field, what in fields
        if not getattr(entry, field)
    ]


def _custom(entry: Entry) -> list[EntryProblem]:
    found: list[EntryProblem] = []

    def custom(field: str, message: str) -> None:
        found.append(EntryProblem(field=field, rule=Rule.HOUSE, message=message))

    if (
        entry.edition
        and entry.kind is not EntryKind.GUIDELINE
        and not _YEAR.fullmatch(entry.edition)
    ):
        custom("edition", "The year is written with four digits: 2016.")
    if entry.kind is EntryKind.MTUS and not entry.effective_from:
        custom(
            "effective_from", "Without the first day in force, no warning on old editions is given."
        )
    if "; " in entry.title:
        custom("title", "Letters part sources by a semicolon; it is written as a comma.")
    return found
