"""How much of something a text tells: doses with their units, counts, refills, visits and hours.

A dose is a value with its unit: 50 mcg is not 50 mg, 1 g is 1000 mg, and `10/325 mg` is two
values of one unit. Where a unit is left out, or two texts measure in different ways, the figures
alone are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import isclose
from typing import NamedTuple

from app.services.language.numbers import IN_FIGURES_TOO, NUMBER, VISIT, as_number

_UNITS = {
    "mcg": ("mass", 0.001), "µg": ("mass", 0.001), "μg": ("mass", 0.001), "ug": ("mass", 0.001),
    "microgram": ("mass", 0.001), "mg": ("mass", 1.0), "milligram": ("mass", 1.0),
    "g": ("mass", 1000.0), "gm": ("mass", 1000.0), "gram": ("mass", 1000.0),
    "ml": ("volume", 1.0), "cc": ("volume", 1.0), "milliliter": ("volume", 1.0),
    "oz": ("ounces", 1.0), "ounce": ("ounces", 1.0), "%": ("share", 1.0), "percent": ("share", 1.0),
    "unit": ("units", 1.0), "iu": ("units", 1.0), "meq": ("equivalents", 1.0),
}  # fmt: skip
"""By a unit's name without its plural: what it measures, and how many of the smallest usual one it is."""
_GIVEN_IN = frozenset(("mass", "units"))
_UNIT = r"(?:mcgs?|[µμu]g|micrograms?|mgs?|milligrams?|gms?|grams?|g|mls?|milliliters?|cc|oz|ounces?|%|percent|units?|iu|meq)"
_FIGURES = r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
_DOSE = re.compile(
    rf"(?<![\d.,/])(?P<figures>(?:{_FIGURES})(?:\s?(?P<each>{_UNIT})?\s?[/-]\s?(?:{_FIGURES})){{0,3}})[\s-]?(?P<unit>{_UNIT})(?![a-z])"
    r"(?:\s?(?:/|\bper\b|\ban?\b|\beach\b)\s?(?P<per>hours?|hr|h|days?|ml|mls|cc|kg|patch)\b)?",
    re.I,
)
_BARE_PAIR = re.compile(r"(?<![\d./-])(\d{1,2}(?:\.\d)?)\s?[/-]\s?(325|300|500|650|10|75|200)\b")
_ONE_FIGURE = re.compile(_FIGURES)
_NO_MORE_OF_THE_DRUG = re.compile(r"[.;:!?](?!\d)|#|\b(?:and|or|up to|maximum|than)\b")
_REACH = 32
"""Characters behind a drug's name within which its strength stands."""
_PER = {"hour": "h", "hours": "h", "hr": "h", "days": "day", "mls": "ml", "cc": "ml"}
_TABLETS = re.compile(
    rf"(?:#\s?|\bqty\.?:?\s?(?:of\s)?|\bquantity(?:\s+of)?:?\s?)(\d{{1,4}})\b"
    rf"|(?<![\d/.-])\b({NUMBER}){IN_FIGURES_TOO}\s+(?!mg|mcg|ml|g\b|gm)(?:[a-z]+\s+){{0,2}}?(?:tablets?|tabs?|capsules?|caps|pills|patches|count|pieces)\b(?! (?:(?:a|per|each|every) (?!month|fill|prescription)|twice|daily|three|once|at)\b)"
    rf"|\b(?:tablets|tabs|capsules|caps|pills|patches),\s+(?:quantity\s+|number\s+)?({NUMBER})(?=,|\s+(?:is|are|was|were)\b|\.)"
    rf"|(?<![\d/.-])\b(?=\d{{2}}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:one |a )?hundred)({NUMBER}){IN_FIGURES_TOO}\s+(?!mg|mcg|ml|g\b|gm)(?:[a-z]+\s+){{1,2}}\d+(?:\.\d+)?\s?(?:%|mg|mcg)\s+(?:tablets|tabs|capsules|caps|pills|patches)\b",
    re.I,
)
_REFILLS = re.compile(
    rf"\b({NUMBER}){IN_FIGURES_TOO}\s+(?:(?:\w+\s+)?refills?|(?:additional|extra|further|more)\s+fills?)\b|\b(?:refills?|rf):?\s*(?:x|times|of|#)?\s*({NUMBER})\b|\b(?:renewable|refillable|renewed|refilled|repeatable)\s+(?:up to\s+)?({NUMBER})(?:\s+times)?\b",
    re.I,
)
_WEEKLY = re.compile(
    rf"\b({NUMBER}){IN_FIGURES_TOO}(?:\s+(?:to|or)\s+({NUMBER}))?\s*(?:times?|x|visits?|sessions?|days?)?\s*"
    rf"(?:(?:a|per|each|every|/|x)\s*(?:week|wk)s?(?:ly)?|weekly)\s*,?\s*(?:for|times|x|over|by)?\s*"
    rf"({NUMBER}){IN_FIGURES_TOO}(?:\s*(?:to|or|-)\s*({NUMBER}))?\s*(?:weeks?|wks?)\b",
    re.I,
)
_BY_WEEKS = re.compile(r"(?<![\w./#-])([1-7])\s?x\s?(\d{1,2})(?![\w/-]|\.\d)", re.I)
_VISITS = re.compile(
    rf"\b({NUMBER}){IN_FIGURES_TOO}\s*(?:-\s*)?(?:(?:additional|more|initial|remaining|further|total|extra|outpatient|supervised|"
    rf"post-?\s?operative|physical|occupational|chiropractic|acupuncture|hand|aquatic|therapy|manipulation|treatment)\s+){{0,4}}"
    rf"{VISIT}\b"
    rf"|\b(?:{VISIT}|therapy|acupuncture|manipulation)\b\s*,?\s*(?:x|times|#|:|of|qty:?)\s*({NUMBER})\b(?!\s*(?:weeks?|times|per|a\b|x\b|/))"
    rf"|\b{VISIT}\s+(?:(?:asked for|requested|sought|proposed|wanted)\s+)?(?:number|total|come to|amount to)\s+({NUMBER})\b"
    rf"|(?<!\w)(?:times|x)\s*({NUMBER})\b(?!\s*(?:weeks?|wks?|months?|per|a\b|days?|/|times))",
    re.I,
)
_HOURS = re.compile(
    rf"\b({NUMBER})\s*(?:hours?|hrs?)\s*(?:(?:per|a|/|each|every)\s*day|daily)\b", re.I
)
TABLETS, REFILLS, WEEKLY, VISITS, HOURS = "tablets", "refills", "weekly", "visits", "hours"


class Dose(NamedTuple):
    """A dose with its place. `figures` as printed, `values` in the smallest usual unit of what is measured."""

    figures: tuple[float, ...]
    values: tuple[float, ...]
    measure: str
    per: str
    text: str
    start: int
    end: int

    def agrees(self, other: Dose) -> bool:
        """Whether both may tell the same: by value where both measure alike, else by figures."""
        if self.per and other.per and self.per != other.per:
            return False
        alike = bool(self.measure) and self.measure == other.measure
        if self.measure and other.measure and not alike:
            # A cream of 1% in a tube of 100 grams; 100 mg for 100 units is a slip of the pen.
            return self.figures != other.figures or not {self.measure, other.measure} <= _GIVEN_IN
        mine, theirs = (self.values, other.values) if alike else (self.figures, other.figures)
        return len(mine) == len(theirs) and all(map(isclose, mine, theirs))


class Strength(NamedTuple):
    """A drug's strength: the drug's name as the caller has it, and the dose behind it."""

    drug: str
    dose: Dose


class Count(NamedTuple):
    """So many of `what`, with its place; for visits a week, `weeks` is how long."""

    what: str
    number: int
    text: str
    start: int
    end: int
    weeks: int | None = None


class Visits(NamedTuple):
    """How often: `weekly` as (times a week, weeks), `totals` all counts the text amounts to."""

    weekly: frozenset[tuple[int, int]]
    totals: frozenset[int]


@lru_cache(maxsize=2048)
def find_doses(text: str) -> tuple[Dose, ...]:
    """Every dose with its unit, in order."""
    return tuple(map(_dose, _DOSE.finditer(text)))


def find_strengths(text: str, drugs: Iterable[tuple[str, int, int]]) -> tuple[Strength, ...]:
    """Each drug's strength, where one follows its name at once; drugs as name, start and end."""
    named = list(drugs)
    found: list[Strength] = []
    for number, (name, _, end) in enumerate(named):
        until = end + _REACH
        for later, start, _ in named[number + 1 :]:
            if start >= end:
                if later != name:
                    until = min(until, start)
                break
        match = _DOSE.search(text, end, until) or _BARE_PAIR.search(text, end, until)
        if match is not None and not _NO_MORE_OF_THE_DRUG.search(text, end, match.start()):
            found.append(Strength(name, _dose(match)))
    return tuple(found)


@lru_cache(maxsize=2048)
def find_counts(text: str) -> tuple[Count, ...]:
    """Tablets, refills, visits and hours a day that a text counts. A range counts nothing."""
    found = [*_counts(TABLETS, _TABLETS, text), *_counts(REFILLS, _REFILLS, text)]
    found += _counts(HOURS, _HOURS, text)
    rest = text
    for match in _WEEKLY.finditer(text):
        times, weeks = as_number(match[1]), as_number(match[3])
        if match[2] is None and match[4] is None and times and weeks:
            found.append(Count(WEEKLY, times, match[0], *match.span(), weeks))
        rest = _blanked(rest, match)
    for match in _BY_WEEKS.finditer(rest):
        found.append(Count(WEEKLY, int(match[1]), match[0], *match.span(), int(match[2])))
        rest = _blanked(rest, match)
    found += (count for count in _counts(VISITS, _VISITS, rest) if count.number)
    return tuple(sorted(found, key=lambda count: count.start))


def visits(text: str) -> Visits:
    """The visits a text asks for. A range of either number gives no pair."""
    counts = find_counts(text)
    weekly = frozenset((c.number, c.weeks) for c in counts if c.what == WEEKLY and c.weeks)
    totals = frozenset(c.number for c in counts if c.what == VISITS)
    return Visits(weekly, totals | {times * weeks for times, weeks in weekly})


def quantities(text: str) -> frozenset[int]:
    """Counts of tablets, patches and the like, and any number behind `#`."""
    return _numbers(TABLETS, text)


def refills(text: str) -> frozenset[int]:
    """How many refills."""
    return _numbers(REFILLS, text)


def hours(text: str) -> frozenset[int]:
    """Hours a day."""
    return _numbers(HOURS, text)


def _numbers(what: str, text: str) -> frozenset[int]:
    return frozenset(count.number for count in find_counts(text) if count.what == what)


def _counts(what: str, pattern: re.Pattern[str], text: str) -> Iterator[Count]:
    for match in pattern.finditer(text):
        number = as_number(next(group for group in match.groups() if group))
        if number is not None:
            yield Count(what, number, match[0], *match.span())


def _blanked(text: str, match: re.Match[str]) -> str:
    """The text without what was read, everything else at its place."""
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :]


def _dose(match: re.Match[str]) -> Dose:
    if match.re is _BARE_PAIR:
        pair = (float(match[1]), float(match[2]))
        return Dose(pair, pair, "", "", match[0], *match.span())
    figures = tuple(float(f.replace(",", "")) for f in _ONE_FIGURE.findall(match["figures"]))
    measure, factor = _unit(match["unit"])
    per = (match["per"] or "").lower()
    values = tuple(figure * factor for figure in figures)
    return Dose(figures, values, measure, _PER.get(per, per), match[0], *match.span())


def _unit(name: str) -> tuple[str, float]:
    lower = name.lower()
    known = _UNITS.get(lower) or _UNITS.get(lower.removesuffix("s"))
    return known or ("", 1.0)
