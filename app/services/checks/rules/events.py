"""Rules on the day of an event: a scan, an operation, an injection or a trial, told of two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.services.checks.facts import Facts
from app.services.checks.rules.patient import pair
from app.services.checks.values import Hit
from app.services.language.dates import find_dates, find_partial_dates, find_stretches
from app.services.language.facts import Fact
from app.services.language.terms import TREATMENT, are_related, concepts, in_words
from app.services.language.texts import Text

BEFORE_IT, BEHIND_IT = 40, 70
"""Characters around what was done in which its day stands."""
GROUPS = frozenset(("imaging", "surgery", "injection", "electrodiagnostic"))
TRIAL = re.compile(r"\b(?:trial|tried|used|rented|wore)\b", re.I)


class _Event(NamedTuple):
    """What was done, and between which days."""

    fact: Fact
    first: date
    last: date

    def is_other_day(self, other: _Event) -> bool:
        return self.last < other.first or other.last < self.first


def event_date(facts: Facts) -> Iterator[Hit]:
    """The day, month or year of an event: another than any that the summary has of the same."""
    theirs = tuple(_dated(facts.summary))
    for issue in facts.issues if theirs else ():
        for ours in _dated(issue.rationale):
            same = [
                other
                for other in theirs
                if are_related(ours.fact.name, other.fact.name)
                and _may_be_one(ours.fact, other.fact)
            ]
            exact = [other for other in same if other.fact.name == ours.fact.name] or same
            if exact and all(ours.is_other_day(other) for other in exact):
                what = f"day of the {in_words(ours.fact.name)}"
                yield pair(facts, issue, ours.fact, exact[0].fact, what)
                break


def _dated(text: Text) -> Iterator[_Event]:
    """Events of this patient with the only day, month, year or stretch told beside them."""
    for fact in text.of_kind(TREATMENT):
        start, end = text.place(fact.sentence)
        sentence = text.raw[start:end]
        trial = TRIAL.search(sentence) and concepts()[fact.name].group == "equipment"
        if (concepts()[fact.name].group not in GROUPS and not trial) or not fact.marks.plain:
            continue
        if fact.negative or fact.marks.source:
            continue
        before, behind = (len(sentence),) * 2 if trial else (BEFORE_IT, BEHIND_IT)
        near = text.raw[max(start, fact.start - before) : min(end, fact.end + behind)]
        days = _days(near)
        if len(days) == 1:
            yield _Event(fact, *days[0])


def _days(near: str) -> list[tuple[date, date]]:
    stretches = find_stretches(near)
    if stretches:
        return [(a.value, b.value) for a, b in stretches if a.value and b.value][:1]
    exact = [(one.value, one.value) for one in find_dates(near) if one.value is not None]
    return sorted(set(exact)) or [(part.first, part.last) for part in find_partial_dates(near)]


def _may_be_one(one: Fact, other: Fact) -> bool:
    return (not one.parts or not other.parts or bool(one.parts & other.parts)) and (
        not one.sides or not other.sides or bool(one.sides & other.sides)
    )


RULES = {"event-date": event_date}
