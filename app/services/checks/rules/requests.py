"""Rules on what is asked for: the title's item against the same one in the rationale and the summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.letter import FieldId
from app.services.checks.explained import is_explained, tells_it_too
from app.services.checks.facts import ASKED, PASSED, Facts, IssueFacts
from app.services.checks.hits import item_hit
from app.services.checks.naming import listed, overlap, part_names
from app.services.checks.values import Hit
from app.services.language.amounts import find_doses
from app.services.language.items import Item, items_of
from app.services.language.numbers import find_numbers
from app.services.language.seeking import seek
from app.services.language.terms import wider
from app.services.language.texts import Text

SUMMARY = FieldId("clinical_summary")
BEFORE = re.compile(
    r"\b(?:ago|last (?:year|month)|originally|at first|until|used to|back then|at that time|beg[au]n (?:with|at|on)|started (?:with|at|on)|lowered|tapered|weaned|cut (?:to|from|down)|previous\w*|prior|past|formerly|earlier|initial\w*|(?:usual|typical|customary) (?:\w+ )?dos\w+ (?:of|for|range)|label(?:l?ing|s)?\b|start\w* dose|recommended dos\w+|dos(?:e|age) range|titrat\w+|(?:was|were) (?:increased|decreased|changed|started|used|raised|tried)|been (?:increased|decreased|changed|raised|stopped)|raised|in (?:19|20)\d\d|from(?! (?:\d+|[a-z]+) to (?:\d+|[a-z]+)\b)|up to|maximum|comes? (?:in|as)|available|supplied|marketed|discontinued|stopped|history|status post|following|after|underwent)\b",
    re.I,
)
NOT_ASKED = re.compile(
    r"\b(?:not|never|nor|no longer) (?:been |being |now |currently )?(?:requested|asked for|at issue|in dispute|under review|the subject|what (?:is|was) (?:asked|requested))",
    re.I,
)
ASKED_TOO = re.compile(
    r"\b(?:further|another|additional|continued|monthly|next) (?:supply|prescription|script|fill|month)\b|\bprescri(?:b\w+|ption)|\bat issue\b|\bin question\b|\bask(?:s|ed|ing) for\b|\bordered\b|\bunder review\b|\bin dispute\b|\bon request\b"
    r"|\b(?:is|are) (?:not |therefore |thus |now |still |also |currently )?(?:supported|warranted|justified|certified|planned|proposed|sought|wanted|desired)\b|\b(?:is|are) (?:too (?:much|many|long|often|frequent)|excessive|more than)|\bexceed(?:s|ing)?\b|\bgo(?:es)? beyond\b",
    re.I,
)
IN_PLACE_OF = re.compile(r"\b(?:rather than|instead of)\b", re.I)
_BESIDE = 40
NOTHING = re.compile(
    r"\b(?:nothing|neither|nobody|no (?:reason|grounds?|basis|evidence|need|cause|case|justification|finding|indication))\b",
    re.I,
)
"""Of what nothing speaks for it is not the request."""
STARTING = re.compile(r"\bstart\w* dose", re.I)
CLAUSE = re.compile(r"[;:]|,\s+(?:and|but|which|with)\b|\s+and\s+(?=\w+ [\d.]+ ?m?c?g\b)")
ANY_ONE = re.compile(r"\b(?:an?|any|other|such)\s+$", re.I)
CONTAINERS = frozenset(("tube", "bottle", "box", "jar", "vial", "pack"))
BOTH = frozenset(("left", "right", "both"))


class Quality(NamedTuple):
    """One thing told of an item: the rule that compares it, and the name it has in `Item`."""

    rule: str
    name: str
    agree: Callable[[Item, Item], bool] | None = None
    only_asked: bool = True
    open: bool = False

    def get(self, item: Item) -> Any:
        return getattr(item, self.name)

    def agrees(self, one: Item, other: Item) -> bool:
        """Whether two tellings may be meant alike; sets where they share a value."""
        if self.agree is not None:
            return self.agree(one, other)
        ours, theirs = self.get(one), self.get(other)
        return ours == theirs if isinstance(ours, str) else bool(ours & theirs)


def _sides(item: Item) -> frozenset[str]:
    return BOTH if "both" in item.sides or {"left", "right"} <= item.sides else item.sides


def _same_sides(one: Item, other: Item) -> bool:
    return _sides(one) == _sides(other)


def _levels_agree(one: Item, other: Item) -> bool:
    return one.levels <= other.levels or other.levels <= one.levels


def _parts_agree(one: Item, other: Item) -> bool:
    return overlap(one.parts, other.parts)


def _doses_agree(one: Item, other: Item) -> bool:
    return any(ours.agrees(theirs) for ours in one.doses for theirs in other.doses)


def _tablets_agree(one: Item, other: Item) -> bool:
    return bool(one.tablets & (other.tablets | other.visits))


def _visits_agree(one: Item, other: Item) -> bool:
    numbers = one.visits | {n for pair in one.weekly for n in pair} | one.tablets
    if one.weekly and other.weekly:
        counted = other.visits - {times * weeks for times, weeks in other.weekly}
        pairs = {n for pair in other.weekly for n in pair}
        return bool(one.weekly & other.weekly) and counted <= numbers | pairs
    return bool(other.visits & numbers)


def _amounts_agree(one: Item, other: Item) -> bool:
    """Alike in a unit that both are told in; "one injection" of a series may be told too."""
    ours, theirs = one.by_unit, other.by_unit
    units = ours.keys() & theirs.keys()
    if "injection" in units:
        return bool(one.amounts & other.amounts)
    # Two tubes of 100 grams are 200 grams.
    containers = [
        n
        for unit, numbers in (*ours.items(), *theirs.items())
        if unit in CONTAINERS
        for n in numbers
    ]
    return all(
        bool(ours[unit] & theirs[unit])
        or any(
            {n * count for n in ours[unit]} & theirs[unit]
            or {n * count for n in theirs[unit]} & ours[unit]
            for count in containers
            if unit not in CONTAINERS
        )
        for unit in units
    )


def _rates_agree(one: Item, other: Item) -> bool:
    return bool(one.per_week & other.per_week)


def _doses_a_day_agree(one: Item, other: Item) -> bool:
    """ "One or two a day" is one and a half on the whole."""
    least, most = min(one.a_day), max(one.a_day)
    return any(least <= rate <= most for rate in other.a_day) or bool(one.a_day & other.a_day)


def _days_agree(one: Item, other: Item) -> bool:
    """Months are counted as thirty days, or as four weeks and a bit."""
    return any(
        abs(ours - theirs) <= 0.08 * max(ours, theirs) for ours in one.days for theirs in other.days
    )


QUALITIES = (
    Quality("side-request", "sides", _same_sides),
    Quality("level", "levels", _levels_agree, only_asked=False),
    Quality("part-request", "parts", _parts_agree),
    Quality("strength", "doses", _doses_agree, only_asked=False, open=True),
    Quality("quantity", "tablets", _tablets_agree),
    Quality("quantity", "amounts", _amounts_agree),
    Quality("refills", "refills", only_asked=False),
    Quality("visits", "visits", _visits_agree),
    Quality("frequency", "a_day", _doses_a_day_agree, only_asked=False, open=True),
    Quality("frequency", "per_week", _rates_agree),
    Quality("hours", "hours"),
    Quality("duration", "days", _days_agree),
    Quality("contrast", "contrast", only_asked=False),
    Quality("form", "form", only_asked=False, open=True),
    Quality("terms", "terms"),
    Quality("approach", "approach", only_asked=False),
)


OF_PLACE = frozenset(("sides", "parts", "levels", "approach", "terms", "form"))
"""What a sentence that names no item may tell of something else."""


def compared(name: str) -> Callable[[Facts], Iterator[Hit]]:
    """The rule on the qualities that go by one name."""
    qualities = [quality for quality in QUALITIES if quality.rule == name]

    def rule(facts: Facts) -> Iterator[Hit]:
        for quality in qualities:
            yield from _differing(quality)(facts)

    return rule


def _differing(quality: Quality) -> Callable[[Facts], Iterator[Hit]]:
    """A telling of the item that agrees in one quality with no part of its title.

    What the title leaves open, how often a drug is taken, is compared with the summary.
    """

    def rule(facts: Facts) -> Iterator[Hit]:
        everywhere = (item for issue in facts.issues for item in issue.all_items)
        others = [item for item in everywhere if quality.get(item)]
        in_summary = any(quality.get(item) for item in items_of(facts.summary))
        for issue in facts.issues:
            # Where UR granted a part, any part of the request may be meant.
            titled = (*title_items(issue), *(issue.all_items if issue.request else ()))
            known = [item for item in titled if quality.get(item)]
            in_reasons = any(quality.get(item) for item in items_of(issue.rationale))
            for place, field, text, is_told in (
                ("rationale", issue.field("rationale"), issue.rationale, in_reasons),
                ("summary", SUMMARY, facts.summary, in_summary),
            ):
                if not is_told:
                    continue
                if not known and place == "rationale" and quality.open:
                    known = _told(quality, titled, facts.summary, None)
                told = _told(quality, titled, text, issue if place == "rationale" else None)
                # What the summary asks for may be another item of the letter.
                same = known if place == "rationale" else [*known, *others]
                wrong = next(
                    (
                        one
                        for one in told
                        if known
                        and not (one.implied and _is_told(quality, one, facts.summary))
                        and not is_explained(facts, issue, text, quality.name, known, one)
                        and not (
                            place == "summary" and tells_it_too(text, quality.name, known, one)
                        )
                        and not _agrees(quality, same, one, text.sentences[one.sentence].text)
                    ),
                    None,
                )
                if wrong is not None:
                    yield item_hit(
                        issue,
                        place,
                        field,
                        text,
                        known[0],
                        wrong,
                        shown(quality, known[0]),
                        shown(quality, wrong),
                    )
                    break

    return rule


def _agrees(quality: Quality, known: list[Item], told: Item, sentence: str) -> bool:
    """Whether a telling agrees with one of the same item, or its sentence has that number too."""
    same = [item for item in known if item.is_same(told)]
    if not same or any(quality.agrees(item, told) for item in same):
        return True
    if quality.name == "doses":
        # A combination's parts may be told one by one.
        if any(len(dose.figures) > 1 for dose in told.doses):
            return False
        # "Norco 10 mg" is 10/325 as well.
        parts = {figure for item in same for dose in item.doses for figure in dose.figures}
        if any(len(dose.figures) > 1 for item in same for dose in item.doses) and any(
            dose.figures[0] in parts for dose in told.doses
        ):
            return True
        told_here = {found.value for found in find_numbers(sentence)}
        return any(
            len(dose.figures) > 1 and told_here >= {*dose.figures}
            for item in same
            for dose in item.doses
        )
    if quality.name not in ("visits", "tablets"):
        return False
    numbers = {float(number) for item in same for number in quality.get(item)}
    return bool(numbers & {found.value for found in find_numbers(sentence)})


def _told(
    quality: Quality, titled: tuple[Item, ...], text: Text, issue: IssueFacts | None
) -> list[Item]:
    """The tellings of a title's items in a text that this quality can be compared in."""
    return [
        other
        for other in items_of(text)
        if quality.get(other)
        and any(item.is_same(other) for item in titled)
        and (other.name or (issue is not None and _is_meant(other, quality, titled, text)))
        and not (quality.name in OF_PLACE and seek(NOTHING, text.sentences[other.sentence].text))
        and (_is_case(other, titled, text) or is_asked(other, text, issue))
        and (is_asked(other, text, issue) if quality.only_asked else is_now(other, text, issue))
    ]


def _is_told(quality: Quality, item: Item, summary: Text) -> bool:
    """Whether the summary has that dose of whatever it is: one that was taken before."""
    doses = find_doses(summary.raw) if quality.name == "doses" else ()
    return any(ours.agrees(theirs) for ours in item.doses for theirs in doses)


def _is_meant(item: Item, quality: Quality, titled: tuple[Item, ...], text: Text) -> bool:
    """Whether what names no item goes on about the title's: none of its sort was named since."""
    if not item.implied:
        return True
    kinds = {one.kind for one in titled}
    before = [one for one in items_of(text) if one.kind in kinds and one.start < item.start]
    return quality.name not in OF_PLACE and (
        not before or any(one.is_same(before[-1]) for one in titled)
    )


def _is_case(item: Item, titled: tuple[Item, ...], text: Text) -> bool:
    """Whether it names the title's own kind of item, and not only a wider one."""
    if not item.name or any(one.name in wider(item.name) for one in titled):
        return True
    # "The scan", "a new patch": the title's own item, where it is called by its kind alone.
    if ANY_ONE.search(text.raw, max(0, item.start - 8), item.start):
        return text.raw.startswith("new ", item.start)
    return any(item.name in wider(one.name) or one.is_same(item) for one in titled if one.name)


def is_now(item: Item, text: Text, issue: IssueFacts | None) -> bool:
    """Told of this patient's item as it is, not of a guideline's or of what was before."""
    if is_asked(item, text, issue):
        return True
    marks, sentence = item.marks, text.sentences[item.sentence].text
    if (
        marks.source == "guideline"
        or marks.hedged
        or (marks.denied and marks.done and marks.near <= 3)
    ):
        return False
    if _is_in_place_of(item, text) or seek(NOT_ASKED, sentence):
        return False
    return not BEFORE.search(_own_words(item, text))


def _is_in_place_of(item: Item, text: Text) -> bool:
    """Told beside the item as what it stands in place of: "40 mg instead of 60"."""
    if seek(IN_PLACE_OF, text.sentences[item.sentence].text) is None:
        return False
    start, _ = text.place(item.sentence)
    return bool(IN_PLACE_OF.search(text.raw, max(start, item.start - _BESIDE), item.end))


def _own_words(item: Item, text: Text) -> str:
    """The sentence up to the end of what is told of the item, without the clauses behind it."""
    if item.implied:
        return STARTING.sub("", text.raw[item.start : item.end])
    start, end = text.place(item.sentence)
    behind = CLAUSE.search(text.raw, max(item.start, item.end - 2), end)
    return text.raw[start : behind.start() if behind else end]


def title_items(issue: IssueFacts) -> tuple[Item, ...]:
    """What the title asks for; where UR granted a part, what is left."""
    return issue.items


def is_asked(item: Item, text: Text, issue: IssueFacts | None) -> bool:
    """Whether a place speaks of the request: it is asked for or refused, or concluded on."""
    sentence = text.sentences[item.sentence].text
    if seek(PASSED, sentence) or seek(NOT_ASKED, sentence) or item.marks.source == "guideline":
        return False
    if _is_in_place_of(item, text):
        return False
    if item.marks.asked or seek(ASKED, sentence) or seek(ASKED_TOO, sentence):
        return not item.marks.hedged or item.marks.asked
    return issue is not None and sentence in issue.reasons[-1:]


def shown(quality: Quality, item: Item) -> str:
    """A value as a reader is told it."""
    match quality.name:
        case "sides":
            return "both sides" if _sides(item) is BOTH else f"the {listed(item.sides)}"
        case "parts":
            return part_names(item.parts)
        case "doses":
            return listed(dose.text for dose in item.doses)
        case "tablets":
            return f"#{listed(item.tablets)}"
        case "visits":
            return _visits(item)
        case "amounts":
            return listed(f"{number} {unit}{'s' * (number > 1)}" for unit, number in item.amounts)
        case "per_week":
            return listed(f"{rate:g} a week" for rate in item.per_week)
        case "a_day":
            return listed(f"{rate:g} a day" for rate in item.a_day)
        case "days":
            return listed(f"{days} days" for days in item.days)
        case "contrast":
            return f"{item.contrast} contrast"
        case _:
            value = quality.get(item)
            return value if isinstance(value, str) else listed(value)


def _visits(item: Item) -> str:
    if item.weekly:
        return ", ".join(
            f"{times} a week for {weeks} weeks" for times, weeks in sorted(item.weekly)
        )
    return f"{listed(item.visits)} visits"


RULES: dict[str, Callable[[Facts], Iterator[Hit]]] = {
    **{name: compared(name) for name in dict.fromkeys(quality.rule for quality in QUALITIES)},
}
