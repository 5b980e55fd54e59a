"""What of the rules belongs to a time: the numbers of sections, and the clocks. Hides where it is kept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import msgspec

from app.services.checks.table import FOLDER
from app.services.checks.values import Source


class Renumbered(msgspec.Struct, frozen=True):
    """Sections that no letter decided since that day is told by their old numbers."""

    sections: str
    since: date
    instead: str
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


@cache
def _law() -> _Law:
    return msgspec.json.decode((FOLDER / "law.json").read_bytes(), type=_Law)


def source_on(source: Source, day: date | None) -> Source:
    """The source as a letter decided on that day is told it; without a day as it stands."""
    for row in _law().renumbered if day is not None else ():
        if day is not None and day >= row.since and re.search(row.sections, source.cite):
            cite = re.sub(row.sections, row.instead, source.cite)
            return Source(source.kind, cite, source.confirmed and row.confirmed)
    return source


def deadlines_on(day: date, *, expedited: bool) -> tuple[Deadline, ...]:
    """The clocks of a regular or of an expedited review that hold on that day."""
    return tuple(
        row
        for row in _law().deadlines
        if row.expedited == expedited
        and row.since <= day
        and (row.until is None or day <= row.until)
    )
