"""What the parts of a letter say about each other: dates, case number, and texts that break off.

A single misread digit still makes a good-looking date. Only the others can tell: the order of
the five days, the days of the week offices work, and the running case numbers, of which about
690 were given out a day. The limits are measured on 66 letters of 2016 and 2017 and set so wide
that none of them is doubted.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from app.letter import FieldId
from app.services.parsing.dates import shown
from app.services.parsing.draft import Draft, field
from app.services.parsing.header import CASE_NUMBER

CASE = field("header.case_number")
INJURY = field("header.date_of_injury")
DENIAL = field("header.ur_denial_date")
RECEIVED = field("header.application_received")
ASSIGNED = field("header.date_assigned")
DECIDED = field("header.decision_date")
_IN_ORDER = (INJURY, DENIAL, RECEIVED, ASSIGNED, DECIDED)
_CALLED = {
    INJURY: "date of injury",
    DENIAL: "UR denial date",
    RECEIVED: "application",
    ASSIGNED: "assignment",
    DECIDED: "decision",
}
_FAR = (
    (DENIAL, RECEIVED, 45),
    (RECEIVED, ASSIGNED, 60),
    (ASSIGNED, DECIDED, 60),
)
"""Days that may lie between two of them in letters since 2016 (seen: at most 36, 33 and 39)."""
_NEAR = (ASSIGNED, DECIDED, 10)
_CASES_A_DAY = 690
_FIRST_STEADY_YEAR, _LAST_STEADY_YEAR = 16, 17

_ENDS = re.compile("[.!?:;][\"')\\]\u201d\u2019]*$")
_CONCLUSION = re.compile(
    r"medically\s+(?:necessary|appropriate)|medical\s+necessity|certif|established|weaning|not supported",
    re.IGNORECASE,
)
_MISREAD = re.compile(
    r"[CTLS](?:[0-9]{1,2}\s?[-/]\s?[CTLS](?:[lIO|]|\s[0-9])(?!\w)|[lI|]\s?[-/]\s?[CTLS]?[0-9]\b)"
)
_UNUSED = 0.13
"""Of a page's height. Real letters fill every page but the last to within 0.1 of its foot."""


def crosscheck(draft: Draft, layout: str, name: str) -> None:
    """Adds the doubts that only several fields together give. `name` is the file's name."""
    _check_days(draft, layout)
    _check_case_number(draft, name)
    _check_texts(draft)
    _check_page_turns(draft)


def _check_days(draft: Draft, layout: str) -> None:
    days: dict[FieldId, date] = {
        name: draft.value(name) for name in _IN_ORDER if isinstance(draft.value(name), date)
    }
    present = [name for name in _IN_ORDER if name in days]
    for earlier, later in pairwise(present):
        if days[earlier] > days[later]:
            why = (
                f"The {_CALLED[earlier]} ({shown(days[earlier])}) is after the "
                f"{_CALLED[later]} ({shown(days[later])})."
            )
            draft.doubt(earlier, why)
            draft.doubt(later, why)
    for name in (ASSIGNED, DECIDED):
        if name in days and days[name].weekday() >= 5:
            draft.doubt(name, f"{shown(days[name])} is a {days[name]:%A}.")
    if layout == "maximus-2016":
        _check_distances(draft, days)


def _check_distances(draft: Draft, days: dict[FieldId, date]) -> None:
    for earlier, later, most in _FAR:
        if earlier in days and later in days and (days[later] - days[earlier]).days > most:
            why = (
                f"There are {(days[later] - days[earlier]).days} days between "
                f"{_CALLED[earlier]} and {_CALLED[later]}: unusually many."
            )
            draft.doubt(earlier, why)
            draft.doubt(later, why)
    earlier, later, least = _NEAR
    standard = draft.value(field("header.priority")) == "Standard"
    if standard and earlier in days and later in days:
        between = (days[later] - days[earlier]).days
        if 0 <= between < least:
            why = f"There are only {between} days between {_CALLED[earlier]} and {_CALLED[later]}."
            draft.doubt(earlier, why)
            draft.doubt(later, why)


def _check_case_number(draft: Draft, name: str) -> None:
    number = draft.value(CASE)
    if not isinstance(number, str) or not number.startswith("CM"):
        return
    in_name = CASE_NUMBER.search(name)
    if in_name and in_name.group() != number:
        draft.doubt(CASE, f"The file is named {in_name.group()}, the letter says {number}.")
    received = draft.value(RECEIVED)
    if not CASE_NUMBER.fullmatch(number) or not isinstance(received, date):
        return
    year, running = int(number[2:4]), int(number[5:])
    start = date(2000 + year, 1, 1)
    if not start - timedelta(days=45) <= received <= start + timedelta(days=400):
        why = f"A case number of 20{year:02} does not fit an application of {shown(received)}."
        draft.doubt(CASE, why)
        draft.doubt(RECEIVED, why)
    elif _FIRST_STEADY_YEAR <= year <= _LAST_STEADY_YEAR:
        expected = running / _CASES_A_DAY
        away = abs(expected - (received - start).days)
        if away > 8 + 0.03 * expected:
            day = start + timedelta(days=min(int(expected), 420))
            why = (
                f"Case numbers near this one were given out about {shown(day)}, "
                f"the application is of {shown(received)}."
            )
            draft.doubt(CASE, why)
            draft.doubt(RECEIVED, why)


def _check_texts(draft: Draft) -> None:
    """Texts that stop without a full stop, and spine levels that look misread."""
    names = [field("clinical_summary")]
    for issue in draft.issues:
        names += [
            field("issue.title", issue),
            field("issue.claims_administrator_guideline", issue),
            field("issue.maximus_guideline", issue),
            field("issue.rationale", issue),
        ]
    for name in names:
        value = draft.value(name)
        if value is None:
            continue
        text: str = value if isinstance(value, str) else value.text
        if name.name != "issue.title" and not _ENDS.search(text[-6:]):
            draft.doubt(
                name, "The text breaks off without a full stop: a page or line may be missing."
            )
        misread = _MISREAD.search(text)
        if misread:
            draft.doubt(
                name, f"“{misread.group()}” looks misread: a spine level with a letter for a digit?"
            )
    _check_last_rationale(draft)


def _check_last_rationale(draft: Draft) -> None:
    """Letters close with what was concluded; one that stops without it was cut."""
    if not draft.issues:
        return
    last = field("issue.rationale", draft.issues[-1])
    value = draft.value(last)
    if value and not _CONCLUSION.search(value[-400:]):
        draft.doubt(last, "The letter ends without a conclusion: its end may be missing.")


def _check_page_turns(draft: Draft) -> None:
    """A sentence that does not go on over the page: a page between may be missing."""
    sheet = draft.sheet
    turns: list[int] = []
    foot = max((row.bottom for row in sheet.rows), default=1.0)
    for above, row in pairwise(sheet.rows):
        if above.page == row.page:
            continue
        if above.bottom < foot - _UNUSED:
            why = "A page ends far above its foot here: text may be missing."
            at = row.first
            for name in (*draft.across(at), *draft.ending_at(at), *draft.starting_at(at)):
                draft.doubt(name, why)
            draft.notes.append(f"Page {above.page} ends far above its foot: text may be missing.")
        before, after = sheet.texts[row.first - 1], sheet.texts[row.first]
        following = sheet.texts[row.first + 1] if row.last - row.first > 1 else ""
        ended = bool(_ENDS.search(before))
        capital = after[0].isupper() and after[1:2].islower()
        named = before[0].isupper() or following[:1].isupper()
        if (ended and after[0].islower()) or (not ended and capital and not named):
            turns.append(row.first)
    for word in turns:
        for name in draft.across(word):
            draft.doubt(name, "The text does not go on from page to page: a page may be missing.")
