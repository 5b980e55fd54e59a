"""Dates in files of references: as reference managers write them (`2011/07/15/`) and as
spreadsheets do (words, numbers of days, days before months)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from app.services.language.dates import whole_date

_FIRST_DAY = date(1899, 12, 30)
"""From which spreadsheets count days."""
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]0*)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_SLASHED = re.compile(
    r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:\s+\d{1,2}:\d\d(?::\d\d)?(?:\s*[AP]M)?)?"
)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"[A-Za-z]{3,9}\.?[-/ ](\d{2})")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MADE_OF_PAGES = re.compile(
    r"\d{1,2}[-/. ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/. ]\d{2,4})?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ]\d{1,4}|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d(?: 00:00:00)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


_YEAR_FIRST = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def year_of(text: str) -> str:
    """The year in a date as programs write one; the text where there is none."""
    match = _YEAR.search(text)
    return match[0] if match else " ".join(text.strip("/ ").split())


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return _YEAR.fullmatch(text) is not None


def day_of(text: str) -> date | None:
    """A whole day that begins a text, year first: `2011/07/15/`, `2011-07-15`."""
    match = _YEAR_FIRST.match(text)
    return _day(match[1], match[2], match[3]) if match else None


def looks_made_by_spreadsheet(text: str) -> bool:
    """Whether pages look like the date a spreadsheet makes of `1-9`: `9-Jan`, `1/9/2019`."""
    return _MADE_OF_PAGES.fullmatch(text) is not None


class Order(NamedTuple):
    """Whether the days of a file stand before the months, and whether the file itself says so."""

    day_first: bool = False
    sure: bool = True


MONTH_FIRST = Order()


def order_in(cells: Iterable[str], *, usual: bool) -> Order:
    """How a file writes `01/12/2017`: a part above 12 is a day, and one such date tells of all.

    `usual` is whether the day goes first where no date tells, or where some tell otherwise.
    """
    told = {False: False, True: False}
    for cell in cells:
        if match := _SLASHED.fullmatch(cell.strip()):
            first, second = int(match[1]), int(match[2])
            told[True] |= 12 < first <= 31 and second <= 12
            told[False] |= 12 < second <= 31 and first <= 12
    if told[True] != told[False]:
        return Order(day_first=told[True])
    return Order(day_first=usual, sure=False)


def read_unsurely(cell: str, order: Order) -> str:
    """What is to be told of a date that could be read the other way round; empty for another."""
    match = None if order.sure else _SLASHED.fullmatch(cell.strip())
    if match is None or match[1] == match[2] or int(match[1]) > 12 or int(match[2]) > 12:
        return ""
    way = "the day before the month" if order.day_first else "the month before the day"
    return f"“{cell.strip()}” was read with {way}: no date of the file tells which goes first."


def year_in(year: str, day: str = "", order: Order = MONTH_FIRST) -> tuple[str, date | None]:
    """The year of two cells, one for the year and one for a date, and the day where it is whole."""
    found = day_in(day, order) or day_in(year, order)
    plain = re.fullmatch(r"\s*((?:1[5-9]|20)\d\d)(?:\.0)?\s*", year)
    if plain:
        return plain[1], found if found and str(found.year) == plain[1] else None
    if found:
        return str(found.year), found
    match = _YEAR.search(year) or _YEAR.search(day)
    if match:
        return match[0], None
    short = _MONTH_YEAR.fullmatch(year or day)
    return (str(_century(short[1])), None) if short else ("", None)


def day_in(text: str, order: Order = MONTH_FIRST) -> date | None:
    """The day of a cell, in the order of its file; None where it tells no whole day."""
    text = text.strip()
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _SERIAL.fullmatch(text):
        return _FIRST_DAY + timedelta(days=int(match[1]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text):
        ways = [(match[1], match[2]), (match[2], match[1])]
        first, other = reversed(ways) if order.day_first else ways
        return _day(match[3], *first) or _day(match[3], *other)
    if (match := _NAMED.fullmatch(text)) and match[2].lower() in _MONTHS:
        return _day(match[3], str(_MONTHS.index(match[2].lower()) + 1), match[1])
    found = whole_date(text) if re.search(r"[A-Za-z]{3}", text) else None
    return None if found is None else found.value


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(_century(year), int(month), int(day))
    except ValueError:
        return None


def _century(year: str) -> int:
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= 50 else 2000)
