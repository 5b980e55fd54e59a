"""What a letter's days and its case number say about each other.

A single misread digit still makes a good-looking date. Only the others can tell: the order of
the five days, how far they lie apart, the days of the week offices work, and the running case
numbers, of which about 690 were given out a day. The limits are measured on 66 letters of 2016
and 2017 and set so wide that none of them is doubted; where they are broken and one value alone
explains it, only that one is doubted.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import msgspec

from app.letter import FieldId
from app.services.language.dates import date_text, days_in
from app.services.parsing.draft import Draft, field
from app.services.parsing.header import CASE_NUMBER
from app.services.parsing.injury import HEADER_INJURY
from app.services.parsing.injury import INJURY as SUMMARY_INJURY

CASE = field("header.case_number")
DENIAL = field("header.ur_denial_date")
RECEIVED = field("header.application_received")
ASSIGNED = field("header.date_assigned")
DECIDED = field("header.decision_date")
_IN_ORDER = (HEADER_INJURY, DENIAL, RECEIVED, ASSIGNED, DECIDED)
_CALLED = {
    HEADER_INJURY: "date of injury",
    DENIAL: "UR denial date",
    RECEIVED: "application",
    ASSIGNED: "assignment",
    DECIDED: "decision",
}
_FAR = (
    (DENIAL, RECEIVED, 45),
    (RECEIVED, ASSIGNED, 60),
    (ASSIGNED, DECIDED, 60),
    (DENIAL, ASSIGNED, 80),
    (RECEIVED, DECIDED, 90),
    (DENIAL, DECIDED, 120),
)
"""Days that may lie between two of them in letters since 2016 (seen: at most 36, 33, 39, 43, 56, 71)."""
_FAR_BEFORE = ((DENIAL, RECEIVED, 90), (RECEIVED, ASSIGNED, 300), (ASSIGNED, DECIDED, 300))
"""The same for earlier letters: determinations were months late, applications were not."""
_NEAR = ((ASSIGNED, DECIDED, 14), (RECEIVED, DECIDED, 14))
"""Days that must lie between them where the priority is Standard (seen: at least 21 and 24)."""
_CASES_A_DAY = 690
_LATER = {RECEIVED: 0, ASSIGNED: 60, DECIDED: 120}
"""Days by which they may follow the day the case number was given out."""
_MEASURED = {2016: (200_000, 260_000), 2017: (0, 25_000)}
"""The running numbers of the letters measured; between them days and numbers may drift apart."""
_FIRST_STEADY_YEAR = 2016
"""Before, determinations were months late."""


class _Conflict(msgspec.Struct, frozen=True):
    """Values that cannot all be right, and the sentence that says so."""

    names: tuple[FieldId, ...]
    why: str


def check_timeline(draft: Draft, layout: str, name: str) -> None:
    """Doubts days and the case number by what they say of each other and the file's name."""
    days: dict[FieldId, date] = {
        each: draft.value(each) for each in _IN_ORDER if isinstance(draft.value(each), date)
    }
    conflicts = [*_of_order(days), *_of_weekdays(days)]
    if layout == "maximus-2016" and days.get(RECEIVED, date.max).year >= _FIRST_STEADY_YEAR:
        standard = draft.value(field("header.priority")) == "Standard"
        conflicts += [*_of_distance(days, _FAR), *(_of_nearness(days) if standard else ())]
    else:
        conflicts += _of_distance(days, _FAR_BEFORE)
    conflicts += _of_case_number(draft, days, name)
    _doubt(draft, conflicts)
    _check_denial(draft)


def confirmed(draft: Draft, name: str) -> set[FieldId]:
    """Those that a second place says too: the file's name, or the summary."""
    found: set[FieldId] = set()
    if draft.has(CASE) and draft.value(CASE) == name:
        found.add(CASE)
    injury, summary = draft.value(HEADER_INJURY), draft.value(field("clinical_summary"))
    if injury is not None and injury == draft.value(SUMMARY_INJURY):
        found |= {HEADER_INJURY, SUMMARY_INJURY}
    if isinstance(summary, str) and draft.value(DENIAL) in days_in(summary):
        found.add(DENIAL)
    return found


def _doubt(draft: Draft, conflicts: list[_Conflict]) -> None:
    """Where one value is part of every conflict and no other is, it is the wrong one."""
    alone = set[FieldId](conflicts[0].names) if conflicts else set[FieldId]()
    for conflict in conflicts:
        alone &= set(conflict.names)
    told: dict[FieldId, list[str]] = {}
    for conflict in conflicts:
        for name in conflict.names:
            if len(alone) != 1 or name in alone:
                told.setdefault(name, []).append(conflict.why)
    for name, whys in told.items():
        for why in whys[:2]:
            draft.doubt(name, why)


def _of_order(days: dict[FieldId, date]) -> list[_Conflict]:
    return [
        _Conflict(
            (earlier, later),
            f"The {_CALLED[earlier]} ({date_text(days[earlier])}) is after the "
            f"{_CALLED[later]} ({date_text(days[later])}).",
        )
        for earlier, later in combinations([each for each in _IN_ORDER if each in days], 2)
        if days[earlier] > days[later]
    ]


def _of_weekdays(days: dict[FieldId, date]) -> list[_Conflict]:
    return [
        _Conflict((name,), f"{date_text(days[name])} is a {days[name]:%A}.")
        for name in (ASSIGNED, DECIDED)
        if name in days and days[name].weekday() >= 5
    ]


def _of_distance(
    days: dict[FieldId, date], limits: tuple[tuple[FieldId, FieldId, int], ...]
) -> list[_Conflict]:
    return [
        _Conflict(
            (earlier, later),
            f"There are {(days[later] - days[earlier]).days} days between "
            f"{_CALLED[earlier]} and {_CALLED[later]}: unusually many.",
        )
        for earlier, later, most in limits
        if earlier in days and later in days and (days[later] - days[earlier]).days > most
    ]


def _of_nearness(days: dict[FieldId, date]) -> list[_Conflict]:
    return [
        _Conflict(
            (earlier, later),
            f"There are only {(days[later] - days[earlier]).days} days between "
            f"{_CALLED[earlier]} and {_CALLED[later]}.",
        )
        for earlier, later, least in _NEAR
        if earlier in days and later in days and 0 <= (days[later] - days[earlier]).days < least
    ]


def _of_case_number(draft: Draft, days: dict[FieldId, date], name: str) -> list[_Conflict]:
    number = draft.value(CASE)
    if not isinstance(number, str) or not number.startswith("CM"):
        return []
    found: list[_Conflict] = []
    in_name = CASE_NUMBER.search(name)
    if in_name and in_name.group() != number:
        why = f"The file is named {in_name.group()}, the letter says {number}."
        draft.doubt(CASE, why, in_name.group())
        found.append(_Conflict((CASE,), why))
    if not CASE_NUMBER.fullmatch(number):
        return found
    year, running = 2000 + int(number[2:4]), int(number[5:])
    start = date(year, 1, 1)
    received = days.get(RECEIVED)
    if received and not start - timedelta(days=45) <= received <= start + timedelta(days=400):
        why = f"A case number of {year} does not fit an application of {date_text(received)}."
        found.append(_Conflict((CASE, RECEIVED), why))
    if year in _MEASURED:
        expected = running / _CASES_A_DAY
        first, last = _MEASURED[year]
        slack = 8 + 0.03 * expected if first <= running <= last else 25 + 0.06 * expected
        given = start + timedelta(days=min(int(expected), 420))
        for each, later in _LATER.items():
            if each in days and not -slack <= (days[each] - start).days - expected <= slack + later:
                why = (
                    f"Case numbers near this one were given out about {date_text(given)}, "
                    f"the {_CALLED[each]} is of {date_text(days[each])}."
                )
                found.append(_Conflict((CASE, each), why))
    return found


def _check_denial(draft: Draft) -> None:
    """Summaries repeat the UR denial date; one with two digits exchanged instead is a slip."""
    denial, summary = draft.value(DENIAL), draft.value(field("clinical_summary"))
    if not isinstance(denial, date) or not isinstance(summary, str):
        return
    month, day = denial.month, denial.day
    usual = (f"{month:02}-{day:02}-", f"{month:02}/{day:02}/", f"{month}-{day}-", f"{month}/{day}/")
    if any(form in summary for form in usual):  # quicker than reading every date
        return
    told = days_in(summary)
    if denial in told:
        return
    for other in sorted(told):
        if _exchanged(_figures(other), _figures(denial)):
            why = f"The header says {date_text(denial)}, the summary {date_text(other)}."
            draft.doubt(DENIAL, why, date_text(other))


def _figures(day: date) -> str:
    return date_text(day).replace("/", "")


def _exchanged(one: str, other: str) -> bool:
    """Whether two neighbouring digits are all that differs."""
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )
