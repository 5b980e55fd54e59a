"""Whether a value that is not the title's has another owner in the letter: then it is no slip of the pen.

A slip tells one thing otherwise than the letter has it, and tells it rightly nowhere. Where the same text
has the right value too, and the other one is what was had before, another item's, another limb's or what
the numbers of the letter come to, both are meant. What is told of the request itself is never explained so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import overlap
from app.services.language.amounts import Dose
from app.services.language.items import Item, items_of
from app.services.language.levels import levels_in
from app.services.language.numbers import NUMBER, VISIT, find_numbers
from app.services.language.seeking import seek
from app.services.language.terms import SIDE
from app.services.language.texts import Text

OF_THE_REQUEST = re.compile(
    r"\b(?:request(?:s|ed)?|order(?:s|ed)?|ask(?:s|ed|ing) for|sought|prescri(?:bes|ption)|den(?:y|ied|ial|ies)|authoriz\w*)\b|\bnon-?certif|\b(?:is|are) (?:not )?medically",
    re.I,
)
NUMBERS = frozenset(("visits", "tablets", "doses", "hours"))
"""The qualities of an item that are numbers."""
CONTRARY = frozenset(("terms", "contrast"))
"""Those of which one sentence may weigh two against each other: rental and purchase."""
A_DAY = re.compile(
    r"\s*(?:of \w+ )?(?:(?:a|per|each|every|in the) day\b|daily\b|/day)|\s*x\s*\d|[^.;]{0,40}\b(?:MED|MME|equivalents?)\b",
    re.I,
)
RANGE = re.compile(rf"\b{NUMBER}\s?(?:-|–|to)\s?{NUMBER}\s+(?:\w+\s+)?{VISIT}\b", re.I)
"""So many visits to so many: a guideline's."""
MOST_A_DAY, LEAST_SUPPLY = 8, 20
"""Tablets that may be taken in a day, and that a prescription has at least."""


def is_explained(
    facts: Facts, issue: IssueFacts, text: Text, quality: str, known: list[Item], told: Item
) -> bool:
    """Whether what a text tells otherwise of an item is told rightly there too, and is owned elsewhere."""
    asked = seek(OF_THE_REQUEST, text.sentences[told.sentence].text) is not None
    if quality == "tablets" and _is_of_a_day_or_all(issue, known, told, asked):
        return True
    if quality == "doses" and _is_of_a_day(text, known, told):
        return True
    if quality == "visits" and RANGE.search(text.raw[told.start : told.end]):
        return True
    if quality == "contrast" and told.contrast == "with" and _weighed(text, quality, known, told):
        return any(item.contrast == "with and without" for item in known)
    if asked:
        return False
    if quality in NUMBERS:
        return _numbers_explained(facts, issue, text, quality, known, told)
    if quality == "sides":
        return _side_explained(facts, issue, text, known, told)
    if quality == "levels":
        right = frozenset[str]().union(*(item.levels for item in known))
        elsewhere = frozenset(levels_in(facts.summary.raw))
        return bool(right & frozenset(levels_in(text.raw))) and told.levels <= elsewhere
    return quality in CONTRARY and _weighed(text, quality, known, told)


def tells_it_too(text: Text, quality: str, known: list[Item], told: Item) -> bool:
    """Whether a text has the title's own value too, and the other one where nothing is asked for."""
    if seek(OF_THE_REQUEST, text.sentences[told.sentence].text):
        return False
    return any(
        getattr(item, quality) and getattr(item, quality) == getattr(one, quality)
        for item in items_of(text)
        for one in known
        if item.name and item.is_same(one)
    )


def _numbers_explained(
    facts: Facts, issue: IssueFacts, text: Text, quality: str, known: list[Item], told: Item
) -> bool:
    right = {n for item in known for n in _numbers_of(item, quality)}
    owned = _told_elsewhere(facts, issue)
    if quality != "doses":
        owned |= _reckoned(right, _numbers_in(facts.summary.raw))
    others = set(_numbers_of(told, quality)) - right
    return bool(right & _numbers_in(text.raw)) and others <= owned


def _is_of_a_day_or_all(issue: IssueFacts, known: list[Item], told: Item, asked: bool) -> bool:
    """So many tablets a day, "two tablets of fifty", or all that a prescription with its refills comes to."""
    right = {n for item in known for n in item.tablets}
    refills = {n for item in issue.items for n in item.refills}
    comes_to = {mine * (more + 1) for mine in right for more in refills}
    return all(
        (n in comes_to and not (asked and told.refills))
        or (n <= MOST_A_DAY and min(right, default=0) >= LEAST_SUPPLY)
        for n in told.tablets
    )


def _is_of_a_day(text: Text, known: list[Item], told: Item) -> bool:
    """What is taken in a day of tablets of the known strength: "80 mg a day" of 40 mg twice daily."""
    start, end = text.place(told.sentence)
    single = {figure for item in known for dose in item.doses for figure in dose.figures}
    return all(
        A_DAY.match(text.raw[min(end, start + dose_end(text, start, dose)) : end]) is not None
        and any(
            figure == mine * often
            for figure in dose.figures
            for mine in single
            for often in range(2, 7)
        )
        for dose in told.doses
    )


def dose_end(text: Text, start: int, dose: Dose) -> int:
    """Where a dose ends in its sentence."""
    return text.raw.find(dose.text, start) + len(dose.text) - start


def _told_elsewhere(facts: Facts, issue: IssueFacts) -> set[float]:
    """The numbers of the summary and of the other titles."""
    others = (one.title.raw for one in facts.issues if one is not issue)
    return {n for raw in (facts.summary.raw, *others) for n in _numbers_in(raw)}


def _reckoned(right: set[float], summary: frozenset[float]) -> set[float]:
    """What the title's own number comes to with those of the summary: more, fewer, so many times."""
    sums = {mine + more for mine, more in product(right, summary)}
    parts = {mine - less for mine, less in product(right, summary) if mine > less}
    return sums | parts | {mine * often for mine in right for often in range(2, 7)}


def _numbers_of(item: Item, quality: str) -> Iterator[float]:
    if quality == "doses":
        yield from (figure for dose in item.doses for figure in dose.figures)
    else:
        yield from map(float, getattr(item, quality))


@lru_cache(maxsize=2048)
def _numbers_in(raw: str) -> frozenset[float]:
    return frozenset(found.value for found in find_numbers(raw))


def _side_explained(
    facts: Facts, issue: IssueFacts, text: Text, known: list[Item], told: Item
) -> bool:
    """The right side is told too, and the other one is another item's, or of that limb in the summary."""
    right = frozenset[str]().union(*(item.sides for item in known))
    named = frozenset(mention.name for mention in text.mentions if mention.kind == SIDE)
    titled = (one.title.sided_parts for one in facts.issues if one is not issue)
    sided = [*facts.summary.sided_parts, *(one for parts in titled for one in parts)]
    elsewhere = {
        one.side for one in sided if not told.parts or overlap(told.parts, frozenset((one.part,)))
    }
    return bool(right & named) and told.sides <= elsewhere


def _weighed(text: Text, quality: str, known: list[Item], told: Item) -> bool:
    """Where both stand in one text, and the title's own is what is concluded on."""
    right = {getattr(item, quality) for item in known}
    same = [item for item in items_of(text) if getattr(item, quality) in right]
    return any(item.sentence >= told.sentence for item in same)
