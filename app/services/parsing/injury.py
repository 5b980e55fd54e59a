"""The day of injury in the clinical summary, held against the one in the header.

Of a stretch of days, as injuries by repeated strain have, the end that the header names is taken,
else the last day.
"""

from __future__ import annotations

from datetime import date

from app.services.language.case_days import find_injury_days
from app.services.language.dates import DateFound, date_text
from app.services.parsing.draft import field
from app.services.parsing.prose import Prose

INJURY = field("patient.date_of_injury")
HEADER_INJURY = field("header.date_of_injury")
RULE = "injury-date"


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
    for day in sorted(find_injury_days(text), key=lambda day: (day.earlier, not day.close)):
        days = [day.first, day.last] if day.last is not None else [day.first]
        if days[0].value not in {each.value for told in found for each in told}:
            found.append(days)
    return found
