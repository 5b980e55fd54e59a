"""The days of a utilization review, kept apart: request signed, request received, decided, served.

What a day is of is told by the nearest words before it in its clause; a label is a clause too.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from app.services.language.dates import DateFound, find_dates
from app.services.language.sentences import sentences


class ReviewDay(StrEnum):
    """What a day of a review is the day of."""

    SIGNED = "signed"
    RECEIVED = "received"
    DECIDED = "decided"
    SERVED = "served"
    LETTER = "letter"


_REQUEST = r"(?:\bRFAs?\b|\brequests?\b|\brequested\b|\bauthori[sz]ation\b|\breferral\b)"
_CUES: tuple[tuple[ReviewDay, re.Pattern[str]], ...] = (
    (ReviewDay.RECEIVED, re.compile(r"\b(?:receiv\w*|rec'?d|receipt|came\s+(?:in|to\s+us)|reached\s+us|arrived|reached\s+our)\b", re.I)),
    (ReviewDay.SERVED, re.compile(r"\b(?:mail(?:ed|ing)?|serv(?:ed|ice\s+of\s+(?:this|the|our)?\s*(?:letter|notice|decision))|proof\s+of\s+service|(?:letter|notice|decision)\s+(?:was\s+)?(?:sent|faxed|mailed|served)|(?:date\s+)?(?:sent|faxed|posted)|postmark\w*|service)\b", re.I)),
    (ReviewDay.DECIDED, re.compile(r"\b(?:decision|decided|determin(?:ation|ed)|(?:was|were)\s+reviewed|review(?:ed)?(?:\s+(?:date|completed|decision))?|completed|adjudicat\w*|(?:rendered|issued)|utilization\s+review|UR)\b", re.I)),
    (ReviewDay.SIGNED, re.compile(rf"{_REQUEST}|\bsigned\b|\bdated\b|\bsignature\b", re.I)),
    (ReviewDay.LETTER, re.compile(r"\b(?:letter|notice|correspondence|date)\b", re.I)),
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:injur\w*|DOI|D/I|D\.O\.I|loss|accident|birth|DOB|report|note|visit|exam\w*|MRI|x-?rays?|EMG|surgery|study|scan|films?|call(?:ed)?|placed|peer|valid|effective|from|through|expires?|license\w*|evaluat\w*|progress|records?|asked\s+for|symptom\w*|hire[d]?|seen|earlier|prior|previous\w*|services?\s+date|date\s+of\s+service(?!\s+of)|retrospective|dos|appeal\w*|fax|version|rev|told\s+us|denied|(?:non-?\s?)?certified|modified|approved)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"[;.!?](?!\d)|,\s+(?=and\b|then\b)|\s{3,}|\band\s+(?=mailed|served|sent|decided)"
)
_NAMES_REQUEST = re.compile(rf"{_REQUEST}.{{0,40}}(?:\bdated|\bsigned(?:\s+on)?|\bof)\s*$", re.I)
"""Right before a day: it is the request's own, whatever was done with the request on another."""
_ON = re.compile(r"(?:\W*\b[\w.]+){0,7}?\W*\b(?:on|at)\W*", re.I)
_BEGINS = re.compile(r"(?:.*[.;]\s)?\W*(?:on|as of)\s*$", re.I | re.S)
_BEHIND = 70
"""Characters behind a day that begins its sentence, among which its words stand."""
_REACH = 110
_FAR = 40
"""Characters: words that stand so far before a day give way to nearer ones."""


class ReviewDayFound(NamedTuple):
    """A day of the review with what it is of; `near` is how far its words stand before it."""

    kind: ReviewDay
    day: DateFound
    near: int


@lru_cache(maxsize=1024)
def review_days(text: str) -> tuple[ReviewDayFound, ...]:
    """Every day of the review that a text tells, in order."""
    found: list[ReviewDayFound] = []
    for sentence in sentences(text) or ():
        last_end, held = 0, None
        for day in find_dates(sentence.text):
            before = sentence.text[max(last_end, day.start - _REACH) : day.start]
            kind = _kind(before)
            last_end = day.end
            if kind is not None and _NAMES_REQUEST.search(before):
                held, kind = kind[0], (ReviewDay.SIGNED, 0)
            elif kind is None and held is not None and _ON.fullmatch(before):
                kind = (held, 0)
            if kind is None and _BEGINS.fullmatch(before):
                behind = sentence.text[day.end : day.end + _BEHIND]
                first = find_dates(behind)
                kind = _first_kind(behind[: first[0].start] if first else behind)
            if kind is not None:
                start, end = day.start + sentence.start, day.end + sentence.start
                found.append(ReviewDayFound(kind[0], replace(day, start=start, end=end), kind[1]))
    return tuple(found)


def review_day_of(label: str) -> ReviewDay | None:
    """What the day behind a label is of; None for a label of something else."""
    kind = _kind(label)
    return kind[0] if kind is not None else None


def _kind(before: str) -> tuple[ReviewDay, int] | None:
    clauses = _CLAUSE.split(before)
    clause = next((part for part in reversed(clauses) if part.strip(" ,:()")), "")
    other = _last(_OTHER, clause)
    best: tuple[ReviewDay, int] | None = None
    for kind, pattern in _CUES:
        match = _last(pattern, clause)
        if match is None or (other is not None and other.end() > match.end()):
            continue
        near = len(clause) - match.end()
        if kind is ReviewDay.DECIDED and _is_name_of_another(clause, match):
            continue
        if kind is ReviewDay.LETTER and other is not None:
            continue
        is_far = best is not None and best[1] > _FAR and best[0] is not ReviewDay.RECEIVED
        if best is None or (is_far and near < best[1]):
            best = (kind, near)
    return best


def _first_kind(behind: str) -> tuple[ReviewDay, int] | None:
    """What the words behind a day say of it: “On 8/26/2014 our reviewer decided …”."""
    clause = _CLAUSE.split(behind)[0]
    found = [
        (match.start(), kind)
        for kind, pattern in _CUES
        if kind is not ReviewDay.LETTER and (match := pattern.search(clause))
    ]
    if not found or _OTHER.search(clause[: min(found)[0]]):
        return None
    return min(found, key=lambda one: one[0])[1], 0


def _is_name_of_another(clause: str, match: re.Match[str]) -> bool:
    """Whether the word for the review only names the request: “the request for review dated”."""
    behind = clause[match.end() :]
    return bool(re.search(r"\b(?:request|RFA)\b.{0,30}\b(?:dated|signed)\b", behind, re.I))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
