"""What a letter's days and its case number say about each other, for the parser and the rules alike.

A single misread digit still makes a good-looking date. Only the others can tell: the order of
the five days, how far they lie apart, the days of the week offices work, and the running case
numbers, of which about 690 were given out a day. The limits are measured on 66 letters of 2016
and 2017 and set so wide that none of them is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations

import msgspec

from app.letter import FieldId, Letter, get_value
from app.services.language.dates import date_text

CASE = FieldId("header.case_number")
INJURY = FieldId("header.date_of_injury")
DENIAL = FieldId("header.ur_denial_date")
RECEIVED = FieldId("header.application_received")
ASSIGNED = FieldId("header.date_assigned")
DECIDED = FieldId("header.decision_date")
CHAIN = (INJURY, DENIAL, RECEIVED, ASSIGNED, DECIDED)
"""The days in the order in which they come."""
CASE_NUMBER = re.compile(r"CM\d\d-\d{7}")
_CALLED = {
    INJURY: "date of injury",
    DENIAL: "UR denial date",
    RECEIVED: "application",
    ASSIGNED: "assignment",
    DECIDED: "decision",
}
_Limits = tuple[tuple[FieldId, FieldId, int], ...]
_FAR: _Limits = (
    (DENIAL, RECEIVED, 45),
    (RECEIVED, ASSIGNED, 60),
    (ASSIGNED, DECIDED, 60),
    (DENIAL, ASSIGNED, 80),
    (RECEIVED, DECIDED, 90),
    (DENIAL, DECIDED, 120),
)
"""Days that may lie between two of them in letters since 2016 (seen: at most 36, 33, 39, 43, 56, 71)."""
_FAR_BEFORE: _Limits = ((DENIAL, RECEIVED, 90), (RECEIVED, ASSIGNED, 300), (ASSIGNED, DECIDED, 300))
"""The same for earlier letters: determinations were months late, applications were not."""
_NEAR: _Limits = ((ASSIGNED, DECIDED, 14), (RECEIVED, DECIDED, 14))
"""Days that must lie between them where the priority is Standard (seen: at least 21 and 24)."""
_CASES_A_DAY = 690
_LATER = {RECEIVED: 0, ASSIGNED: 60, DECIDED: 120}
"""Days by which they may follow the day the case number was given out."""
_MEASURED = {2016: (200_000, 260_000), 2017: (0, 25_000)}
"""The running numbers of the letters measured; between them days and numbers may drift apart."""
_FIRST_STEADY_YEAR = 2016
"""Before, determinations were months late."""


class Conflict(msgspec.Struct, frozen=True):
    """Values that cannot all be right: the rule that says so, and its words for a doubt.

    `fields` come in the order of the days, `values` as letters print them.
    """

    rule: str
    fields: tuple[FieldId, ...]
    values: tuple[str, ...]
    words: str
    days: int = 0


def days_of(letter: Letter) -> dict[FieldId, date]:
    """The days of the chain that a letter has."""
    found = {field: get_value(letter, field) for field in CHAIN}
    return {field: day for field, day in found.items() if day is not None}


def conflicts(
    days: Mapping[FieldId, date], number: str, priority: str, layout: str
) -> list[Conflict]:
    """All that does not go together: order, days of the week, distances, the case number.

    That a case number was given out at another time (`case-number-dates`) is worth a look where it
    was read from a page; no rule of the checks says it.
    """
    found = [*_of_order(days), *_of_weekdays(days)]
    if layout == "maximus-2016" and days.get(RECEIVED, date.max).year >= _FIRST_STEADY_YEAR:
        found += _of_distance(days, _FAR)
        if priority == "Standard":
            found += _of_nearness(days)
    else:
        found += _of_distance(days, _FAR_BEFORE)
    if CASE_NUMBER.fullmatch(number):
        found += _of_case_number(number, days)
    return found


def conflicts_in(letter: Letter) -> list[Conflict]:
    """The same of a letter as it stands."""
    header = letter.header
    return conflicts(days_of(letter), header.case_number, header.priority, letter.layout)


def _of_order(days: Mapping[FieldId, date]) -> list[Conflict]:
    return [
        Conflict(
            "dates-order",
            (earlier, later),
            _values(days, earlier, later),
            f"The {_CALLED[earlier]} ({date_text(days[earlier])}) is after the "
            f"{_CALLED[later]} ({date_text(days[later])}).",
        )
        for earlier, later in combinations([each for each in CHAIN if each in days], 2)
        if days[earlier] > days[later]
    ]


def _of_weekdays(days: Mapping[FieldId, date]) -> list[Conflict]:
    return [
        Conflict(
            "weekend",
            (field,),
            _values(days, field),
            f"{date_text(days[field])} is a {days[field]:%A}.",
        )
        for field in (ASSIGNED, DECIDED)
        if field in days and days[field].weekday() >= 5
    ]


def _of_distance(days: Mapping[FieldId, date], limits: _Limits) -> list[Conflict]:
    return [
        Conflict(
            "dates-far-apart",
            (earlier, later),
            _values(days, earlier, later),
            f"There are {apart} days between "
            f"{_CALLED[earlier]} and {_CALLED[later]}: unusually many.",
            apart,
        )
        for earlier, later, most in limits
        if (apart := _apart(days, earlier, later)) is not None and apart > most
    ]


def _of_nearness(days: Mapping[FieldId, date]) -> list[Conflict]:
    return [
        Conflict(
            "dates-near",
            (earlier, later),
            _values(days, earlier, later),
            f"There are only {apart} days between {_CALLED[earlier]} and {_CALLED[later]}.",
            apart,
        )
        for earlier, later, least in _NEAR
        if (apart := _apart(days, earlier, later)) is not None and 0 <= apart < least
    ]


def _of_case_number(number: str, days: Mapping[FieldId, date]) -> list[Conflict]:
    found: list[Conflict] = []
    year, running = 2000 + int(number[2:4]), int(number[5:])
    start = date(year, 1, 1)
    received = days.get(RECEIVED)
    if received and not start - timedelta(days=45) <= received <= start + timedelta(days=400):
        words = f"A case number of {year} does not fit an application of {date_text(received)}."
        found.append(_of_number(number, days, RECEIVED, words))
    if year in _MEASURED:
        expected = running / _CASES_A_DAY
        first, last = _MEASURED[year]
        slack = 8 + 0.03 * expected if first <= running <= last else 25 + 0.06 * expected
        given = start + timedelta(days=min(int(expected), 420))
        for field, later in _LATER.items():
            if (
                field in days
                and not -slack <= (days[field] - start).days - expected <= slack + later
            ):
                words = (
                    f"Case numbers near this one were given out about {date_text(given)}, "
                    f"the {_CALLED[field]} is of {date_text(days[field])}."
                )
                found.append(_of_number(number, days, field, words))
    return found


def _of_number(number: str, days: Mapping[FieldId, date], field: FieldId, words: str) -> Conflict:
    values = (number, *_values(days, field))
    return Conflict("case-number-dates", (CASE, field), values, words)


def _apart(days: Mapping[FieldId, date], earlier: FieldId, later: FieldId) -> int | None:
    return (days[later] - days[earlier]).days if earlier in days and later in days else None


def _values(days: Mapping[FieldId, date], *fields: FieldId) -> tuple[str, ...]:
    return tuple(date_text(days[field]) for field in fields)
