"""The days a case turns on, as texts tell them: of the injury, and of utilization review.

A date is the day of injury where words of injury stand right before or behind it, or where it is
the first behind such words and nothing between owns it: a visit, a report, an examination.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.services.language.dates import (
    DateFound,
    PartialDate,
    find_dates,
    find_partial_dates,
    find_stretches,
)
from app.services.language.sentences import sentences

_HURT = re.compile(
    r"\b(?:injur(?:y|ies|ed)|DOI|accident|incident|hurt|claim|onset|trauma|illness)\b",
    re.IGNORECASE,
)
_HURT_HINTS = (
    "injur", "doi", "accident", "incident", "hurt", "claim", "onset", "trauma", "illness", "date of loss",
)  # fmt: skip
"""One of these stands in every text that names a day of injury: looking for them is cheap."""
_BETWEEN = re.compile(
    r"^(?:[\s,:(]|\b(?:"
    r"date|injury|claim|accident|incident|work|industrial|occupational|related|dated|on|of|from|occurred|occurring|"
    r"happened|having|taken|taking|took|place|had|has|been|being|took place|goes|went|dates|dating|back|suffered|came|comes|befell|struck|arose|arisen|arising|originated|originating|stems|stemming|began|of which|was|is|be|that|which|in|at|his|her|the|a|an|this|case|reported|sustained|to|left|right|work-related|job|"
    r"or|and|about|when|he|she|while|working|around|with|initial|original|as|CT|cumulative|trauma|"
    r"low|lower|upper|mid|back|neck|head|shoulders?|knees?|wrists?|hands?|hips?|ankles?|foot|feet|elbows?|arms?|legs?|"
    r"spine|cervical|lumbar|thoracic|bilateral|both|body|multiple|parts|finger|thumb|extremity|extremities"
    r")\b|[-\u2013])*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:date of (?:injury|loss)|DOI|(?:work|industrial|occupational)(?:-related)? (?:injury|accident)|injury)\b",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:date of injury|\bDOI\b|injury date|date of loss"
    r"|(?:sustained|suffered|incurred|experienced|filed)\b[^.;]{0,70}?\b(?:injury|injured|claim|accident)"
    r"|(?:injury|claim|accident)\s+(?:on|of|dated|from|occurring on|which occurred on)"
    r"|(?:was|were|got)\s+injured"
    r"|work(?:[- ]related)? injury|industrial injury)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:prior|previous|earlier|another|second|separate|old|non-?industrial|past|after|since|following|before)\s+(?:\w+\s+){0,3}\w*$",
    re.IGNORECASE,
)
_SINCE_THIS = re.compile(
    r"\b(?:after|since|following|before)\s+(?:the|this|his|her)\s+(?:(?:industrial|work|date of|original|initial)\s+)*(?:injury|accident|incident)\s+(?:of|dated)\s*$",
    re.IGNORECASE,
)
"""Told of this injury, though of the time after it."""
_HURT_ON = re.compile(
    r"\b(?:since|after|from|following)\s+(?:the|this|his|her)\s+(?:\w+\s+)?(?:fall|collision|crash|assault|accident|incident|trauma|event)\s+(?:of|on|dated)\s+$"
    r"|(?:^|[.;,]\s+|\b(?:he|she|patient|worker|claimant|applicant)\s+)(?:was\s+|got\s+|has been\s+)?(?:injured|hurt)(?:\s+at work|\s+on the job)?\s+on\s+$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"[.;!?](?!\d)|\b(?:dated|seen|visit|note|report|reports|exam|examination|evaluated|evaluation|MRI|x-?rays?|surgery|"
    r"complain\w*|presented|received|request\w*|treated|returned|documented|records?|on whether|to|through|and|prior|previous)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\breports?\s+of\s+(?:\w+\s+){0,4}\w*$", re.IGNORECASE)
"""Before words of injury: the name of a form, whose date follows."""
_ANOTHER = re.compile(
    r"\b(?:prior|previous|earlier|another|second|separate|old|non-?industrial|past)\s+(?:\w+\s+){0,3}\w*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*and\s*(?:\d|[A-Z][a-z]+ \d)")
_REACH = 60
_CLOSE = 90
"""Characters before a date in which the words of injury stand."""
_UR = re.compile(
    r"utilization review|\bUR\b|prior (?:determination|review|denial)|original (?:determination|review)"
    r"|previously (?:been )?(?:reviewed|denied|noncertified|non-certified|modified)|treatment was denied|request was denied"
    r"|previously reviewed and denied",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"non-? ?certif|not certif|\bdenied|\bdeny|\bdenial|\bdenying|\bmodif|fail(?:ed|ure) to approve|"
    r"not (?:been )?(?:medically necessary|approved|authorized)|partial(?:ly)? (?:approv|certif)|previously",
    re.IGNORECASE,
)
_PASSES_ON = re.compile(
    r"request for authorization|\bRFA\b|date of service|report dated|note dated|was received|on file|visit|progress|appeal"
    r"|\bfor\b|\brequest|\btreatment|[.;!?](?!\d)",
    re.IGNORECASE,
)
_ANOTHER_REVIEW = re.compile(
    r"\b(?:first|second|earlier|another|appeal|reconsideration|previous)\b", re.IGNORECASE
)
_RIGHT_BEFORE = re.compile(
    r"[\s,]*(?:the\s+|a\s+)?(?:original\s+)?"
    r"|[\s,]*the request[^.;]{0,160}?(?:was|were) (?:non-? ?certified|denied|modified|noncertified) by\s+(?:the )?",
    re.IGNORECASE,
)
_FARTHEST = 70


_HURT_IN = re.compile(
    r"\b(?P<hurt>(?:injur(?:y|ed)|hurt|accident|incident|fell|fall|onset|trauma|mishap|claim)\b(?:\s+(?:\w+\s+){0,4}?)?(?:during the (?:week|month|course) of|in|of|from|during|since|back in|dates? (?:back )?to)\s+(?:(?:early|late|mid|the year|the (?:spring|summer|fall|autumn|winter|beginning|end|middle|course) of)\s+)?(?:[A-Z][a-z]{2,12}\.?,?\s+(?:of\s+)?)?)(?P<year>(?:19|20)\d\d)\b(?![/.-]\d)"
    r"|\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]his|[Aa])\s+(?:[A-Z][a-z]{2,8}\s+)?(?P<year2>(?:19|20)\d\d)\s+(?:[\w-]+\s+){0,2}?(?P<hurt2>injury|accident|incident|trauma)\b"
    r"|\b(?:[Ii]n|[Dd]uring)\s+(?:[A-Z][a-z]{2,8}\s+)?(?P<year3>(?:19|20)\d\d),?\s+(?:(?:when|while)\s+)?(?:he|she|the\s+(?:patient|worker))\s+(?:was\s+|got\s+)?(?P<hurt3>injured|hurt)\b",
)


class InjuryDay(NamedTuple):
    """A day told as that of an injury, or the first of a stretch that ends with `last`.

    `close` where the words of injury stand right at it, `earlier` where they are of an injury
    before this one, `several` where another day is told in the same breath.
    """

    first: DateFound
    last: DateFound | None
    close: bool
    earlier: bool
    several: bool


@lru_cache(maxsize=256)
def find_injury_days(text: str) -> tuple[InjuryDay, ...]:
    """Every day told as that of an injury, in order."""
    if not _speaks_of_injury(text):
        return ()
    until = {first.start: last for first, last in find_stretches(text)}
    cued = _behind_cues(text)
    found: list[InjuryDay] = []
    for day in find_dates(text):
        start, cue_end = max(day.start - _CLOSE, 0), None
        before = text[start : day.start]
        hurt = list(_HURT.finditer(before)) if _speaks_of_injury(before) else []
        close = bool(_BEHIND.match(text, day.end))
        named = bool(hurt) and not _REPORTED.search(before[: hurt[-1].end()])
        if named and _BETWEEN.match(before[hurt[-1].end() :]):
            close, cue_end = True, start + hurt[-1].end()
        cue_end = cued.get(day.start, cue_end)
        if close or cue_end is not None:
            words = text[max(0, (cue_end or day.start) - _FARTHEST) : cue_end or day.start]
            of_this = _SINCE_THIS.search(text[max(0, day.start - _FARTHEST) : day.start])
            earlier = bool(_EARLIER.search(words)) and not of_this
            several = bool(_SEVERAL.match(text, day.end))
            found.append(InjuryDay(day, until.get(day.start), close, earlier, several))
    return tuple(found)


@lru_cache(maxsize=256)
def injury_days_told(text: str) -> tuple[InjuryDay, ...]:
    """The same, and days told of a fall, a crash or being hurt: the reading goes by the plain ones."""
    found = list(find_injury_days(text))
    known = {day.first.start for day in found}
    for day in find_dates(text):
        if day.start not in known and _HURT_ON.search(
            text, max(0, day.start - _FARTHEST), day.start
        ):
            found.append(InjuryDay(day, None, True, False, False))
    return tuple(found)


@lru_cache(maxsize=256)
def find_injury_years(text: str) -> tuple[PartialDate, ...]:
    """Every month or year told as that of the injury, without its day; not of an earlier injury."""
    if not _speaks_of_injury(text):
        return ()
    found: list[PartialDate] = []
    parts = find_partial_dates(text)
    for match in _HURT_IN.finditer(text) if "19" in text or "20" in text else ():
        which = next(name for name in ("year", "year2", "year3") if match[name])
        start, end = match.span(which)
        if _ANOTHER.search(text[max(0, match.start() - _FARTHEST) : match.start()]):
            continue
        part = next((one for one in parts if one.start <= start and end <= one.end), None)
        found.append(part or _year_alone(text, start, end))
    return tuple(found)


def _year_alone(text: str, start: int, end: int) -> PartialDate:
    year = int(text[start:end])
    return PartialDate(date(year, 1, 1), date(year, 12, 31), text[start:end], start, end)


def find_ur_days(text: str) -> tuple[DateFound, ...]:
    """Dates of utilization review: the nearest in the same clause, before or behind the words."""
    found: list[DateFound] = []
    for match in _UR.finditer(text):
        sentence = next(s for s in sentences(text) if s.start <= match.start() < s.end)
        nearby = text[max(sentence.start, match.start() - 15) : match.end()]
        if not _DECIDED.search(sentence.text) or _ANOTHER_REVIEW.search(nearby):
            continue
        inside = [d for d in find_dates(text) if sentence.start <= d.start < sentence.end]
        after = [
            day
            for day in inside
            if day.start >= match.end() and _may_be_its_own(text[match.end() : day.start])
        ]
        before = [
            day
            for day in inside
            if day.end <= match.start() and _RIGHT_BEFORE.fullmatch(text, day.end, match.start())
        ]
        found += after[:1] or before[-1:]
    return tuple(dict.fromkeys(found))


def _speaks_of_injury(text: str) -> bool:
    lower = text.lower()
    return any(hint in lower for hint in _HURT_HINTS)


def _behind_cues(text: str) -> dict[int, int]:
    """Where the first date behind each cue begins that nothing else owns, and where the cue ends."""
    dates = find_dates(text)
    found: dict[int, int] = {}
    for cue in _CUE.finditer(text) if dates else ():
        end = cue.end()
        day = next((d for d in dates if end <= d.start <= end + _REACH), None)
        named = not _REPORTED.search(text[max(0, cue.start() - _FARTHEST) : end])
        if day is not None and named and not _OWNED.search(text, end, day.start):
            found.setdefault(day.start, end)
    return found


def _may_be_its_own(between: str) -> bool:
    """What may stand between "Utilization Review" and its own date."""
    return len(between) < _FARTHEST and not _PASSES_ON.search(between.replace("report dated", ""))
