"""Doubts on days and the case number, by what they say of each other, the summary and the file's name.

Where values do not go together and one alone explains it, only that one is doubted.
"""

from __future__ import annotations

from datetime import date

from app.letter import FieldId
from app.services.checks.timeline import CASE, CHAIN, DENIAL, Conflict, conflicts
from app.services.language.dates import date_text, days_in
from app.services.parsing.draft import Draft, field
from app.services.parsing.header import CASE_NUMBER
from app.services.parsing.injury import HEADER_INJURY
from app.services.parsing.injury import INJURY as SUMMARY_INJURY

_NAMED_OTHERWISE, _BY_NUMBER = "case-number-elsewhere", "case-number-dates"
_FIRST_YEAR, _LAST_YEAR = 2013, 2049
"""Independent medical review began in 2013."""


def check_timeline(draft: Draft, layout: str, name: str) -> None:
    """Doubts days and the case number by what they say of each other and the file's name."""
    days: dict[FieldId, date] = {
        each: draft.value(each) for each in CHAIN if isinstance(draft.value(each), date)
    }
    number, priority = draft.value(CASE) or "", draft.value(field("header.priority")) or ""
    between = conflicts(days, number, priority, layout)
    if number and CASE_NUMBER.fullmatch(number) and number in name:
        between = [
            each
            for each in between
            if each.rule != _BY_NUMBER or _slipped(days, number, each.fields[-1])
        ]
    _doubt(draft, [*between, *_of_file_name(draft, number, name)])
    _doubt_figures(draft, number)
    _check_denial(draft)


def _slipped(days: dict[FieldId, date], number: str, field: FieldId) -> bool:
    """Whether two neighbouring figures exchanged explain that a day lies far from its case number.

    Where the number is sure, a distance that no slip explains is no reason for a doubt.
    """
    figures = f"{days[field]:%m%d%Y}"
    for at in range(len(figures) - 1):
        other = figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :]
        try:
            meant = date(int(other[4:]), int(other[:2]), int(other[2:4]))
        except ValueError:
            continue  # no such day
        if not any(each.rule == _BY_NUMBER for each in conflicts({field: meant}, number, "", "")):
            return True
    return False


def _doubt_figures(draft: Draft, number: str) -> None:
    """Doubts a well-formed number of a year without reviews, or beside days that are none."""
    if not number.startswith("CM") or not CASE_NUMBER.fullmatch(number):
        return
    year = 2000 + int(number[2:4])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        draft.doubt(CASE, f"A case number of {year} cannot be: its figures may be misread.")
    unread = [each for each in CHAIN if draft.doubted(each) and not draft.has(each)]
    if len(unread) > 1 and not any(draft.has(each) for each in CHAIN):
        draft.doubt(
            CASE, "None of the days beside it can be read, so its figures may be wrong too."
        )


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


def _doubt(draft: Draft, found: list[Conflict]) -> None:
    """Where one value is part of every conflict and no other is, it is the wrong one."""
    alone = set[FieldId](found[0].fields) if found else set[FieldId]()
    for conflict in found:
        alone &= set(conflict.fields)
    doubted: dict[FieldId, list[Conflict]] = {}
    for conflict in found:
        for name in conflict.fields:
            if len(alone) != 1 or name in alone:
                doubted.setdefault(name, []).append(conflict)
    for name, its in doubted.items():
        for each in its[:2]:
            related = tuple(other for other in each.fields if other != name)
            draft.doubt(name, each.words, rule=each.rule, values=each.values, related=related)


def _of_file_name(draft: Draft, number: str, name: str) -> list[Conflict]:
    in_name = CASE_NUMBER.search(name)
    if not number.startswith("CM") or in_name is None or in_name.group() == number:
        return []
    why = f"The file is named {in_name.group()}, the letter says {number}."
    values = (number, in_name.group())
    draft.doubt(CASE, why, in_name.group(), rule=_NAMED_OTHERWISE, values=values)
    return [Conflict(_NAMED_OTHERWISE, (CASE,), values, why)]


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
            values = (date_text(denial), date_text(other))
            why = f"The header says {values[0]}, the summary {values[1]}."
            draft.doubt(DENIAL, why, values[1], rule="ur-date", values=values)


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
