"""Of which day a document is: the dates of its first page, by what stands before each.

The day of the visit, exam or study counts before the day a report was dictated or printed; a birth,
the injury and the stamps of fax machines never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.services.language.dates import days_in, find_dates

_BEFORE = 60
_NEVER = re.compile(
    r"birth|\bd\.?o\.?b\b|\bborn\b|injur|\bd\.?o\.?[il]\b|\bdate of loss\b|\bonset\b|\bsurgery\b|"
    r"\bexpir|\bdue\b|\bnext (?:visit|appointment|appt)|\breturn\b|\bfollow[- ]?up (?:on|date)|"
    r"\brfa received|\brequest received|\breceived\b|\bsince\b|\bhire|\bprior\b|\bprevious|\blast\b|"
    r"\bupdated\b|\brev(?:ised|\.)|\bversion\b|\bprinted\b|\bfaxed\b|\bscanned\b|\bthrough\b|"
    r"\bdated\b|\bauthorized (?:from|through)|\bvalid\b|\bp&s\b|\bretire|\bdeath\b|"
    r"\bdetermination letter\b",
    re.I,
)
_RANKS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:date of (?:the )?(?:service|visit|exam(?:ination)?|evaluation|re-?evaluation|encounter|"
        r"consult(?:ation)?|treatment|tx|session|operation|procedure|study|test(?:ing)?|"
        r"appointment)|d\.?o\.?s\b|(?:visit|exam(?:ination)?|encounter|service|evaluation|appointment|"
        r"procedure|operation|study|treatment|session|scan|test) ?(?:date|day)|date (?:seen|examined)|"
        r"seen on|examined on|evaluated on|today|date\(s\) of service|dates? of service)\b",
        r"\b(?:collect(?:ed|ion)|performed|study|exam(?:ination)?|visit|encounter|specimen|seen|"
        r"evaluation|procedure|admi(?:tted|ssion)|discharge)\b",
        r"\b(?:decision|determination|review) ?(?:date)?\b|\bdate of (?:determination|decision|notice)",
        r"\bdate of (?:this )?report\b|\breport(?:ed)? ?(?:date)?\b|\bletter date\b|\bdate of letter\b",
        r"\bdate\b",
        r"\b(?:signed|signature|dictated|transcribed|completed|executed)\b",
    )
)
_ALONE = len(_RANKS) - 2
"""A row that is a date alone ranks as “Date:” does."""
_OF_LETTER = (2, _ALONE, 3, 5)
"""What counts in a letter or a form, the surest first: its decision, its own date, then the others."""


class Dated(NamedTuple):
    """A date with how surely it is the document's: the lower the surer."""

    rank: int
    row: int
    day: date


def dated_rows(rows: Sequence[str]) -> list[Dated]:
    """The dates in some rows that may be the document's."""
    found: list[Dated] = []
    for at, row in enumerate(rows):
        end = 0
        for one in find_dates(row):
            if one.value is None:
                continue
            before = row[max(end, one.start - _BEFORE) : one.start]
            end = one.end
            label = re.split(r"\t|\s{3,}", before.rstrip())[-1]
            if not label.strip() and at and row[: one.start].strip() == "":
                label = _label_above(rows[at - 1])
            if _NEVER.search(label):
                continue
            rank = next((n for n, cue in enumerate(_RANKS) if cue.search(label)), None)
            if rank is None and not row[: one.start].strip() and not row[one.end :].strip(" .,"):
                rank = _ALONE
            if rank is not None:
                found.append(Dated(rank, at, one.value))
    return found


def days_of(
    pages: Iterable[Sequence[str]], *, of_visit: bool = True
) -> tuple[date | None, date | None]:
    """The first and last day a document is of, from the rows of its pages; of most they are one.

    A letter or a form is `of_visit` False: the visits it names are others'.
    """
    best = _best_dated(pages, range(len(_RANKS)) if of_visit else _OF_LETTER)
    if not best:
        return None, None
    if best[0].rank == 0:
        days = [one.day for one in best]
        return min(days), max(days)
    return best[0].day, best[0].day


def _best_dated(pages: Iterable[Sequence[str]], order: Sequence[int]) -> list[Dated]:
    """The rows of the best rank that any page has: of one page, of a visit from all of them."""
    best: list[Dated] = []
    for number, rows in enumerate(pages):
        found = [one for one in dated_rows(rows) if one.rank in order]
        if not found:
            continue
        least = min((one.rank for one in found), key=order.index)
        if not best or order.index(least) < order.index(best[0].rank):
            best = [one for one in found if one.rank == least]
        elif number and least == best[0].rank == 0:
            best += [one for one in found if one.rank == 0]
    return best


def all_days(rows: Iterable[str]) -> frozenset[date]:
    """Every day that some rows name."""
    return frozenset(day for row in rows for day in days_in(row))


def _label_above(row: str) -> str:
    """A label that stands alone above its value."""
    return row if len(row) < 40 and not any(char.isdigit() for char in row) else ""
