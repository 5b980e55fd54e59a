"""Dates in files of references: as reference managers write them (`2011/07/15/`) and as
spreadsheets do (words, numbers of days, days before months)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.services.language.dates import whole_date

_FIRST_DAY = date(1899, 12, 30)
"""From which spreadsheets count days."""
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]0*)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
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


def year_in(year: str, day: str = "") -> tuple[str, date | None]:
    """The year of two cells, one for the year and one for a date, and the day where it is whole."""
    found = day_in(day) or day_in(year)
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


def day_in(text: str) -> date | None:
    """The day of a cell, month before day where both could be; None where it tells no whole day."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _SERIAL.fullmatch(text):
        return _FIRST_DAY + timedelta(days=int(match[1]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text):
        return _day(match[3], match[1], match[2]) or _day(match[3], match[2], match[1])
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
