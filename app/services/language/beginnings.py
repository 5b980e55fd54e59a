"""When something began, however it is told: since a day, a month or a year, for so long, so long ago.

Each telling becomes the days between which the beginning must lie, so that "since June 2014",
"for two years" and "was first prescribed three weeks ago" can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.services.language.dates import find_dates, find_partial_dates
from app.services.language.numbers import NUMBER, as_number

_DAYS = {
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.44,
    "year": 365.25,
    "decade": 3652.5,
}
_SOME = rf"{NUMBER}|an?|a few|several|a couple(?: of)?|many|half an?"
_ROUGH = {
    "a": 1.0,
    "an": 1.0,
    "a few": 3.0,
    "several": 4.0,
    "a couple": 2.0,
    "a couple of": 2.0,
    "many": 5.0,
    "half a": 0.5,
    "half an": 0.5,
}
_LENGTH = rf"(?P<limit>(?:only|just|about|approximately|nearly|almost|some|roughly|around|well|a good)\s+)*(?P<bound>(?:more|less|fewer|longer|greater)\s+than\s+|over\s+|under\s+|at least\s+|up to\s+)?(?P<number>{_SOME})\+?[\s-]+(?P<unit>day|week|fortnight|month|year|decade)s?"
_LASTING = re.compile(
    rf"\b(?:for|over|of|lasting|lasted|within|in|during|after(?=[^.;]{3, 40}\s(?:on|of (?:use|treatment|taking|therapy)|taking)\s))\s+(?:the\s+(?:past|last|previous|better part of)\s+|a\s+(?:total|period)\s+of\s+|nothing but\s+)?{_LENGTH}\b(?!\s*(?:ago|old|of age|supply|trial|course|rental))",
    re.I,
)
_AGO = re.compile(
    rf"\b{_LENGTH}\s+(?:ago|back|earlier|before (?:this|the present|the current)|prior)\b", re.I
)
_LAST = re.compile(
    r"\b(?:last|this past)\s+(?P<unit>week|month|year)\b|\b(?:earlier|since) (?P<this>this (?:week|month|year))\b",
    re.I,
)
_NEW = re.compile(
    r"\b(?:an?|the|this)\s+(?:\w+\s+)?(?:new|initial|first(?:-time)?)\s+(?:prescription|medication|drug|trial|start|agent|course)\b|\b(?:first|initial)\s+one\b|\bfirst[- ]time\b|\bnew(?:ly)?\s+(?:prescribed|started|begun|medication|drug|to (?:him|her|the patient))"
    r"|\b(?:began|begun|started|initiated|introduced|prescribed)\s+[^.;]{3,30}?\s(?:only |just |quite )?recently\b"
    r"|\b(?:just|only just|recently|newly)\s+(?:been\s+)?(?:started|begun|prescribed|introduced|added|initiated)\b|\bnot\s+(?:been\s+)?(?:previously|before)\s+(?:taken|used|prescribed|tried)\b|\bnever\s+(?:before\s+)?(?:been\s+)?(?:taken|used|prescribed|tried)\s+before\b",
    re.I,
)
_FOR_YEARS = re.compile(
    r"\b(?:for|over|since)\s+(?:many\s+|several\s+|some\s+|the (?:past|last) (?:several|few|many)\s+)?(?P<unit>years|decades)\b(?!\s+of age)|\blong-?\s?term\b|\bchronic(?:ally)?\b|\blong-?\s?standing\b|\byears of\b|\bfor a long time\b",
    re.I,
)
_BEFORE_IT = ("before", "prior to", "preceding")
_FROM_AN_EVENT = re.compile(
    rf"\b{_LENGTH}\s+(?P<way>ago|before|prior to|preceding|after|following|post|status post|s/p|out from|out of|removed from|from|since)\b",
    re.I,
)
_A_DAY = date(2000, 1, 1)
START = re.compile(
    r"\b(?:since|start(?:ed|ing)?|beg[aiu]n(?:ning)?|initiat\w+|commenc\w+|introduc\w+|first\s+(?:\w+\s+){0,2}?(?:received|got|took|had|prescribed|used|given|taken|tried|dispensed|ordered|written)|prescribed (?:\w+ )?for the first time|placed on|put on|went on|goes back to|dates? (?:back )?(?:to|from)"
    r"|(?:initial|first)\s+(?:\w+\s+)?(?:prescription|dose|fill|use))\b",
    re.I,
)
"""What makes the day of a sentence a beginning."""
_NEW_IS = 75
"""Days within which something is still called new."""


class Beginning(NamedTuple):
    """The first and the last day on which it may have begun, and where that is told."""

    first: date
    last: date
    start: int
    end: int

    def disagrees(self, other: Beginning, slack: int) -> bool:
        """Whether both cannot be meant alike, with room for how roughly such things are told."""
        room = timedelta(days=slack)
        return self.last + room < other.first or other.last + room < self.first


@lru_cache(maxsize=4096)
def beginnings(sentence: str, today: date) -> tuple[Beginning, ...]:
    """Every telling of when something began or how long it has lasted; `today` is when it is told."""
    return tuple(_found(sentence, today))


def _found(sentence: str, today: date) -> Iterator[Beginning]:
    if START.search(sentence):
        for day in find_dates(sentence):
            if day.value is not None:
                yield Beginning(day.value, day.value, day.start, day.end)
        for part in find_partial_dates(sentence):
            yield Beginning(part.first, part.last, part.start, part.end)
    for pattern in (_LASTING, _AGO):
        for match in pattern.finditer(sentence):
            yield _length(match, today)
    for match in _LAST.finditer(sentence):
        back = timedelta(days=_DAYS[(match["unit"] or match["this"].split()[-1]).lower()])
        yield Beginning(today - 2.2 * back, today, *match.span())
    for match in _NEW.finditer(sentence):
        yield Beginning(today - timedelta(days=_NEW_IS), today, *match.span())
    for match in _FOR_YEARS.finditer(sentence):
        least = 2 * _DAYS["year"] if match["unit"] else 100
        yield Beginning(
            date.min + timedelta(days=9999), today - timedelta(days=least), *match.span()
        )


class Span(NamedTuple):
    """So many days before or after something, or ago: `way` is `before`, `after` or `ago`."""

    least: int
    most: int
    way: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def spans(sentence: str) -> tuple[Span, ...]:
    """Every length of time that is told from an event: "two weeks after", "a month before", "ago"."""
    found: list[Span] = []
    for match in _FROM_AN_EVENT.finditer(sentence):
        told = _length(match, _A_DAY)
        word = match["way"].lower()
        way = "ago" if word == "ago" else "before" if word in _BEFORE_IT else "after"
        least, most = (_A_DAY - told.last).days, (_A_DAY - told.first).days
        found.append(Span(least, most, way, *match.span()))
    return tuple(found)


def _length(match: re.Match[str], today: date) -> Beginning:
    words = match["number"].lower()
    rough = _ROUGH.get(words)
    number = rough if rough is not None else float(as_number(words) or 0)
    span = timedelta(days=number * _DAYS[match["unit"].lower()])
    bound = (match["bound"] or "").split()[:1]
    least, most = 0.75 * span, 1.35 * span
    if rough is not None and number > 1:
        least, most = 0.5 * span, 2.5 * span
    if bound and bound[0].lower() in ("more", "over", "longer", "greater", "at"):
        most = timedelta(days=9 * 365)
    if bound and bound[0].lower() in ("less", "under", "fewer", "up"):
        least = timedelta()
    return Beginning(_back(today, most), _back(today, least), *match.span())


def _back(today: date, span: timedelta) -> date:
    return today - min(span, timedelta(days=60 * 365))
