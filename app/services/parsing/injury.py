"""The day of injury in the clinical summary, held against the one in the header.

A date counts where words of injury stand right before or behind it. Of a stretch of days, as
injuries by repeated strain have, the end that the header names is taken, else the last day.
"""

from __future__ import annotations

import re
from datetime import date

from app.services.language.dates import DateFound, date_text, find_dates, find_stretches
from app.services.parsing.draft import field
from app.services.parsing.prose import Prose, any_in

INJURY = field("patient.date_of_injury")
HEADER_INJURY = field("header.date_of_injury")
RULE = "injury-date"

_HURT = re.compile(
    r"\b(?:injur(?:y|ies|ed)|DOI|accident|incident|hurt|claim|onset|trauma|illness)\b",
    re.IGNORECASE,
)
_HURT_HINTS = (
    "injur",
    "doi",
    "accident",
    "incident",
    "hurt",
    "claim",
    "onset",
    "trauma",
    "illness",
)
_BETWEEN = re.compile(
    r"^(?:[\s,:(]|\b(?:"
    r"date|injury|claim|accident|incident|work|industrial|occupational|related|dated|on|of|from|occurred|occurring|"
    r"happened|was|is|be|that|which|in|at|his|her|the|a|an|this|case|reported|sustained|to|left|right|work-related|job|"
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


def read_injury(text: Prose) -> None:
    """Takes the day of injury from the summary; doubts it and the header's where they differ."""
    candidates = _candidates(text.text)
    if not candidates:
        return
    draft = text.draft
    header = draft.value(HEADER_INJURY)
    days = next(
        (told for told in candidates if header in [each.value for each in told]), candidates[0]
    )
    found = next((day for day in days if day.value == header), days[-1])
    words = text.words(found.start, found.end)
    draft.put(INJURY, found.value, words, "injury in the summary")
    if found.value is None:
        draft.doubt(INJURY, f"There is no such day as “{found.text}”.")
        return
    if len(days) > 1 and found.value != header:
        _doubt_stretch(text, days, header)
    elif header is not None and found.value != header:
        _doubt_day(text, found, header, candidates)


def _doubt_day(
    text: Prose, found: DateFound, header: date, candidates: list[list[DateFound]]
) -> None:
    draft = text.draft
    days = {each[-1].value: each[-1].text for each in candidates}
    values = (date_text(header), date_text(found.value))
    if len(days) > 1:
        why = f"The summary gives more than one day of injury: {' and '.join(days.values())}."
        others = [date_text(day) for day in days if day and day != found.value]
        named = tuple(date_text(day) for day in days)
        draft.doubt(INJURY, why, *others, rule=RULE, values=named, related=(HEADER_INJURY,))
    why = f"The summary says {found.text}, the header {values[0]}."
    draft.doubt(INJURY, why, values[0], rule=RULE, values=values, related=(HEADER_INJURY,))
    why = f"The header says {values[0]}, the summary {found.text}."
    draft.doubt(HEADER_INJURY, why, values[1], rule=RULE, values=values, related=(INJURY,))


def _doubt_stretch(text: Prose, days: list[DateFound], header: date | None) -> None:
    draft = text.draft
    first, last = days[0], days[-1]
    named = (date_text(first.value), date_text(last.value))
    why = f"The summary tells of an injury over a time: {first.text} to {last.text}."
    draft.doubt(INJURY, why, rule=RULE, values=named)
    if header is None or first.value is None or last.value is None:
        return
    if not first.value <= header <= last.value:
        values = (date_text(header), *named)
        why = f"The header says {values[0]}, the summary {first.text} to {last.text}."
        draft.doubt(HEADER_INJURY, why, rule=RULE, values=values, related=(INJURY,))


def _candidates(text: str) -> list[list[DateFound]]:
    """Each day of injury that is named: one date, or the first and the last of a stretch."""
    found: list[list[DateFound]] = []
    until = {first.start: last for first, last in find_stretches(text)}
    for day in find_dates(text):
        before = text[max(day.start - 90, 0) : day.start]
        if not (_told_before(before) or _BEHIND.match(text, day.end)):
            continue
        days = [day, until[day.start]] if day.start in until else [day]
        if days[0].value not in {each.value for told in found for each in told}:
            found.append(days)
    return found


def _told_before(before: str) -> bool:
    if not any_in(before.lower(), _HURT_HINTS):
        return False
    hurt = list(_HURT.finditer(before))
    return bool(hurt) and bool(_BETWEEN.match(before[hurt[-1].end() :]))
