"""What of the rules belongs to a time: the numbers of sections, and the clocks. Hides where it is kept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec

from app.services.checks.table import FOLDER
from app.services.checks.values import Source
from app.services.language.dates import date_text


class Renumbered(msgspec.Struct, frozen=True, kw_only=True):
    """Sections that letters decided since that day, or until it, are not told by these numbers."""

    sections: str
    since: date | None = None
    until: date | None = None
    instead: str
    confirmed: bool = False


class CitationFormat(msgspec.Struct, frozen=True, kw_only=True):
    """What a citation of that kind has to name, by the day of the letter.

    `parts` are groups: one part of each is enough.
    """

    kind: Literal["mtus", "guideline", "study"]
    parts: tuple[tuple[str, ...], ...]
    since: date | None = None
    until: date | None = None
    confirmed: bool = False


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A clock. It counts from the day of assignment or from the completion of the records."""

    what: str
    counts: str
    cite: str
    days: int = 0
    hours: int = 0
    since: date
    until: date | None = None
    expedited: bool = False
    confirmed: bool = False

    @property
    def length(self) -> str:
        """`15 days`."""
        return f"{self.hours} hours" if self.hours else f"{self.days} days"

    def ends(self, start: date) -> date:
        """The last day."""
        return start + timedelta(days=self.days, hours=self.hours)


class _Law(msgspec.Struct, frozen=True):
    about: str
    renumbered: tuple[Renumbered, ...]
    deadlines: tuple[Deadline, ...]
    citation_formats: tuple[CitationFormat, ...]


@cache
def _law() -> _Law:
    return msgspec.json.decode((FOLDER / "law.json").read_bytes(), type=_Law)


def source_on(source: Source, day: date | None) -> Source:
    """The source as a letter decided on that day is told it; without a day as it stands."""
    for row in _law().renumbered if day is not None else ():
        if day is None or not _holds(row, day):
            continue
        if re.search(row.sections, source.cite):
            cite = re.sub(row.sections, row.instead, source.cite)
            return Source(source.kind, cite, source.confirmed and row.confirmed)
    return source


def cite_of_all_days(source: Source) -> str:
    """What a rule goes by where no letter's day is known: with the days for which it is told so."""
    for row in _law().renumbered:
        found = re.search(row.sections, source.cite)
        if found is not None:
            days = (
                f"in letters decided before {date_text(row.since)}"
                if row.since is not None
                else f"in letters decided after {date_text(row.until)}"
            )
            return f"{source.cite} ({days}; in others: {row.instead[0].lower()}{row.instead[1:]})"
    return source.cite


def deadlines_on(day: date, *, expedited: bool) -> tuple[Deadline, ...]:
    """The clocks of a regular or of an expedited review that hold on that day."""
    return tuple(row for row in _law().deadlines if row.expedited == expedited and _holds(row, day))


def citation_parts_on(
    kind: Literal["mtus", "guideline", "study"], day: date | None
) -> tuple[tuple[str, ...], ...]:
    """What a citation in a letter of that day has to name; the format in force without a day."""
    rows = [row for row in _law().citation_formats if row.kind == kind]
    if day is None:
        return rows[-1].parts
    return next((row.parts for row in rows if _holds(row, day)), ())


def _holds(row: Renumbered | Deadline | CitationFormat, day: date) -> bool:
    begun = row.since is None or row.since <= day
    return begun and (row.until is None or day <= row.until)
