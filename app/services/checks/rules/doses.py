"""Rules on how strong a drug is and how often it is taken: the title's, and those no title asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from app.services.checks.facts import Facts
from app.services.checks.rules.requests import (
    QUALITIES,
    compared,
    is_now,
    item_hit,
    shown,
    title_items,
)
from app.services.checks.values import Hit
from app.services.language.amounts import Dose, find_doses
from app.services.language.items import items_of
from app.services.language.terms import DRUG


def strength(facts: Facts) -> Iterator[Hit]:
    """Another strength than the title's or the summary's, or the same figure in another unit."""
    yield from chain(compared("strength")(facts), _untitled("doses")(facts), _thousandfold(facts))


def frequency(facts: Facts) -> Iterator[Hit]:
    """Taken at other times than the title or the summary tells."""
    yield from chain(compared("frequency")(facts), _untitled("a_day")(facts))


def _untitled(name: str) -> Callable[[Facts], Iterator[Hit]]:
    """A quality of a drug that no title asks for: another than any the summary has of it."""
    quality = next(one for one in QUALITIES if one.name == name)

    def rule(facts: Facts) -> Iterator[Hit]:
        titled = {item.name for issue in facts.issues for item in issue.all_items}
        theirs = [one for one in items_of(facts.summary) if one.kind == DRUG and quality.get(one)]
        theirs = [one for one in theirs if one.name not in titled]
        for issue in facts.issues if theirs else ():
            text = issue.rationale
            for ours in items_of(text):
                same = [item for item in theirs if item.name == ours.name]
                if not same or not quality.get(ours) or not is_now(ours, text, issue):
                    continue
                if not any(quality.agrees(item, ours) for item in same):
                    words = shown(quality, same[0]), shown(quality, ours)
                    field = issue.field("rationale")
                    yield item_hit(issue, "rationale", field, text, same[0], ours, *words)
                    break

    return rule


def _thousandfold(facts: Facts) -> Iterator[Hit]:
    """The figure of the title's strength with a unit that is a thousand times another."""
    for issue in facts.issues:
        ours = [(item, dose) for item in title_items(issue) for dose in item.doses]
        for found in find_doses(issue.rationale.raw):
            slip = next((pair for pair in ours if _is_slip(pair[1], found)), None)
            known = any(found.agrees(dose) for dose in find_doses(facts.summary.raw))
            if slip is not None and not known:
                item, dose = slip
                field, place = issue.field("rationale"), (found.start, found.end)
                theirs = item._replace(start=place[0], end=place[1])
                yield item_hit(
                    issue, "rationale", field, issue.rationale, item, theirs, dose.text, found.text
                )
                break


def _is_slip(ours: Dose, theirs: Dose) -> bool:
    if ours.measure != "mass" or theirs.measure != "mass" or ours.figures != theirs.figures:
        return False
    ratio = theirs.values[0] / ours.values[0] if ours.values[0] else 1.0
    return round(ratio, 6) in (1000.0, 0.001)


RULES = {"strength": strength, "frequency": frequency}
