"""Numbers in figures and in words: `24`, `twenty-four`, `twenty four (24)`, `one hundred and ten`, `twice`."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.services.language.dates import find_dates

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    {word: number for number, word in enumerate(_ONES, 1)}
    | {word: number * 10 for number, word in enumerate(_TENS, 2)}
    | {"zero": 0, "fourty": 40, "ninty": 90, "once": 1, "twice": 2, "thrice": 3, "couple": 2}
)
_TIMES = {"hundred": 100, "dozen": 12}
_ANY_TENS = rf"(?:{'|'.join(_TENS)}|fourty|ninty)"
_UNDER_TEN = rf"(?:{'|'.join(_ONES[:9])})"
_UNDER_HUNDRED = rf"(?:{_ANY_TENS}(?:[-\u2010-\u2013\s]\s?{_UNDER_TEN})?|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
WRITTEN = rf"(?:(?:(?:a|{_UNDER_TEN})\s+hundred(?:\s+(?:and\s+)?{_UNDER_HUNDRED})?)|half[ -](?:a )?dozen|a couple(?: of)?|(?:(?:a|{_UNDER_TEN})\s+)?dozen|{_UNDER_HUNDRED}|once|twice|thrice|zero)"
"""A number in words, as part of a pattern that passes over upper and lower case."""
NUMBER = rf"(?:\d{{1,4}}|{WRITTEN})"
"""A whole number in figures or in words, as part of such a pattern."""
VISIT = r"(?:sessions?|visits?|treatments?|appointments?|sittings?|attendances?|encounters?|lessons?|classes)"
"""What therapy is counted in, as part of such a pattern."""
IN_FIGURES_TOO = r"(?:\s*\(\s*#?\s*\d+\s*\))?"
"""What may stand behind a number in words: the same in figures, `(24)`."""
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?:(?P<figures>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<decimals>\.\d+)?(?![\d/])|(?P<written>\b{WRITTEN}\b)(?P<again>{IN_FIGURES_TOO}))",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[a-z]+")
_CODE = re.compile(r"[A-Za-z]\w*-$")


class NumberFound(NamedTuple):
    """A number with its place. `again` where it stands in figures too that say another number."""

    value: float
    text: str
    start: int
    end: int
    again: float | None = None


def as_number(words: str) -> int | None:
    """A whole number in figures or in words; None for anything else."""
    words = words.strip().lower()
    if words.isdecimal():
        return int(words)
    total: int | None = None
    for part in _PARTS.findall(words):
        if part in ("and", "a", "of"):
            continue
        if part == "half":
            return 6  # half a dozen
        if part in _TIMES:
            total = (1 if total is None else total) * _TIMES[part]
        elif part in _WORDS:
            total = (total or 0) + _WORDS[part]
        else:
            return None
    return total


def find_numbers(text: str) -> tuple[NumberFound, ...]:
    """Every number in a text, in order; not those inside dates, fractions and codes."""
    found: list[NumberFound] = []
    dates = find_dates(text)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if any(day.start < end and start < day.end for day in dates):
            continue
        if match["figures"] and _CODE.search(text, max(start - 12, 0), start):
            continue
        again = None
        if match["figures"]:
            value = float(match["figures"].replace(",", "") + (match["decimals"] or ""))
        else:
            value = float(as_number(match["written"]) or 0)
            figures = re.search(r"\d+", match["again"])
            again = float(figures[0]) if figures and float(figures[0]) != value else None
        found.append(NumberFound(value, match[0], start, end, again))
    return tuple(found)
