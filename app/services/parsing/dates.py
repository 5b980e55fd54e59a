"""Dates as letters print them: every form seen, two-digit years, and digits misread as letters."""

from __future__ import annotations

import re
from datetime import date

import msgspec

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NAME = rf"(?i:{'|'.join(name[:3] for name in _MONTHS)})[a-z]*"
_DIGIT = "[0-9OolISBZ|]"
DATE = re.compile(
    rf"\b(?:(?P<m>{_DIGIT}{{1,2}})(?P<sep>[/.-])(?P<d>{_DIGIT}{{1,2}})(?P=sep)(?P<y>{_DIGIT}{{4}}|[0-9]{{2}})"
    rf"|(?P<name>{_NAME})\.?\s+(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>[0-9]{{4}})"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<name3>{_NAME})\.?,?\s(?P<y3>[0-9]{{4}}))(?![\d/])"
)
_NUMERIC = re.compile(
    rf"(?P<m>{_DIGIT}{{1,2}})(?P<sep>[/.-])(?P<d>{_DIGIT}{{1,2}})(?P=sep)(?P<y>{_DIGIT}{{4}}|[0-9]{{2}})(?![\d/])"
)
"""The first half of `DATE`, five times as fast: it begins with a set of characters."""
_YEAR = re.compile(r"[0-9](?<=\s[0-9])[0-9]{3}(?![\d/])")
"""What `DATE` ends with where it names a month; begins with a set of characters too."""
_ANY_CASE = "|".join("".join(f"[{c.upper()}{c}]" for c in name[:3]) for name in _MONTHS)
_NAMED_DATE = re.compile(rf"(?:{_ANY_CASE})[A-Za-z]*\.?,?\s+[0-9]")
_LONGEST = 40
"""Characters of a date that names its month."""
_AS_DIGITS = str.maketrans("OolISBZ|", "00115821")
_EARLIEST = 1930
_LATEST = 2100
_YOUNG = 70


class ReadDate(msgspec.Struct, frozen=True):
    """A date as printed. `value` is None where there is no such day; `mended` where letters were read as digits."""

    value: date | None
    text: str
    start: int
    end: int
    mended: bool = False


def date_matches(text: str) -> list[re.Match[str]]:
    """Where dates stand in a text, in order; `date_of` reads them."""
    if any(_names_month(text, year.end()) for year in _YEAR.finditer(text)):
        return list(DATE.finditer(text))
    found = _NUMERIC.finditer(text)
    return [match for match in found if not text[match.start() - 1 : match.start()].isalnum()]


def _names_month(text: str, end: int) -> bool:
    """Whether `DATE` could find a month's name right before a year that ends here."""
    return _NAMED_DATE.search(text, max(end - _LONGEST, 0), end) is not None


def days_in(text: str) -> set[date]:
    """Every day that a text names."""
    return {day for match in date_matches(text) if (day := date_of(match).value)}


def read_date(text: str) -> ReadDate | None:
    """The first date in a text."""
    match = DATE.search(text)
    return date_of(match) if match else None


def date_of(match: re.Match[str]) -> ReadDate:
    """What a match of `DATE` says."""
    text = match.group()
    name = (match["name"] or match["name3"]) if match.re is DATE else None
    if name:
        month = 1 + [each[:3] for each in _MONTHS].index(name[:3].lower())
        parts = (int(match["y2"] or match["y3"]), month, int(match["d2"] or match["d3"]))
        mended = False
    else:
        printed = (match["y"], match["m"], match["d"])
        digits = tuple(part.translate(_AS_DIGITS) for part in printed)
        mended = digits != printed
        year = int(digits[0])
        if len(digits[0]) == 2:
            year += 2000 if year < _YOUNG else 1900
        parts = (year, int(digits[1]), int(digits[2]))
    return ReadDate(_day(*parts), text, match.start(), match.end(), mended)


def _day(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown(value: date) -> str:
    """A date as letters print it."""
    return f"{value:%m/%d/%Y}"
