"""How much of something a text asks for: strengths, quantities, refills, visits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from app.services.checks.text import NUMBER_WORDS, Text, as_number
from app.services.checks.vocabulary import DRUG

_N = r"(?:\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
_PAREN = r"(?:\s*\(\s*\d+\s*\))?"
STRENGTH = re.compile(
    r"(\d+(?:\.\d+)?(?:\s?[/-]\s?\d+(?:\.\d+)?)?)\s?(mg|mcg|gms?|grams?|g|ml|cc|%|units?|iu)(?![a-z])",
    re.I,
)
BARE_PAIR = re.compile(r"\b(\d{1,2}(?:\.\d)?)\s?[/-]\s?(325|300|500|650|10|75|200)\b")
QUANTITY = re.compile(
    rf"(?:#\s?|\bqty\.?:?\s?(?:of\s)?|\bquantity(?:\s+of)?:?\s?)(\d{{1,4}})\b"
    rf"|\b({_N}){_PAREN}\s+(?:tablets?|tabs?|capsules?|caps|pills|patches|count)\b",
    re.I,
)
REFILLS = re.compile(
    rf"\b({_N}){_PAREN}\s+(?:\w+\s+)?refills?\b|\brefills?:?\s*(?:x|times|of|#)?\s*({_N})\b", re.I
)
WEEKLY = re.compile(
    rf"\b({_N}){_PAREN}(?:\s+(?:to|or)\s+({_N}))?\s*(?:times?|x|visits?|sessions?|days?)?\s*"
    rf"(?:a|per|each|every|/|x)\s*(?:week|wk)s?(?:ly)?\s*,?\s*(?:for|times|x|over|by)?\s*"
    rf"({_N}){_PAREN}(?:\s*(?:to|or|-)\s*({_N}))?\s*(?:weeks?|wks?)\b",
    re.I,
)
BY_WEEKS = re.compile(r"(?<![\w./#-])([1-7])\s?x\s?(\d{1,2})(?![\w/-]|\.\d)", re.I)
COUNTED = re.compile(
    rf"\b({_N}){_PAREN}\s*(?:-\s*)?(?:(?:additional|more|initial|remaining|further|total|extra|outpatient|supervised|"
    rf"post-?\s?operative|physical|occupational|chiropractic|acupuncture|hand|aquatic|therapy|manipulation|treatment)\s+){{0,4}}"
    rf"(?:sessions?|visits?|treatments?)\b"
    rf"|\b(?:sessions?|visits?|treatments?|therapy|acupuncture|manipulation)\b\s*,?\s*(?:x|times|#|:|of|qty:?)\s*({_N})\b(?!\s*(?:weeks?|times|per|a\b|x\b|/))"
    rf"|(?<!\w)(?:times|x)\s*({_N})\b(?!\s*(?:weeks?|wks?|months?|per|a\b|days?|/|times))",
    re.I,
)
HOURS = re.compile(rf"\b({_N})\s*(?:hours?|hrs?)\s*(?:per|a|/|each)\s*day\b", re.I)


class Strength(NamedTuple):
    """A drug's strength as printed and as compared: `10/325 mg`."""

    drug: str
    printed: str
    value: str


class Visits(NamedTuple):
    """How often: `weekly` as (times a week, weeks), `totals` all counts the text amounts to."""

    weekly: frozenset[tuple[int, int]]
    totals: frozenset[int]


@lru_cache(maxsize=1024)
def visits(raw: str) -> Visits:
    """The visits a text asks for. A range of either number gives no pair."""
    weekly: set[tuple[int, int]] = set()
    totals: set[int] = set()
    rest = raw
    for match in WEEKLY.finditer(raw):
        times, weeks = _number(match[1]), _number(match[3])
        if match[2] is None and match[4] is None and times and weeks:
            weekly.add((times, weeks))
            totals.add(times * weeks)
        rest = rest.replace(match[0], " ", 1)
    for match in BY_WEEKS.finditer(rest):
        weekly.add((int(match[1]), int(match[2])))
        totals.add(int(match[1]) * int(match[2]))
    for match in COUNTED.finditer(BY_WEEKS.sub(" ", rest)):
        total = _number(match[1] or match[2] or match[3])
        if total:
            totals.add(total)
    return Visits(frozenset(weekly), frozenset(totals))


@lru_cache(maxsize=1024)
def quantities(raw: str) -> frozenset[int]:
    """Counts of tablets, patches and the like, and any number behind `#`."""
    return frozenset(n for m in QUANTITY.finditer(raw) if (n := _number(m[1] or m[2])))


@lru_cache(maxsize=1024)
def refills(raw: str) -> frozenset[int]:
    """How many refills."""
    return frozenset(n for m in REFILLS.finditer(raw) if (n := _number(m[1] or m[2])))


@lru_cache(maxsize=1024)
def hours(raw: str) -> frozenset[int]:
    """Hours a day."""
    return frozenset(n for m in HOURS.finditer(raw) if (n := _number(m[1])))


def strengths(text: Text) -> tuple[Strength, ...]:
    """Each drug's strength, where one follows the drug's name at once."""
    drugs = [mention for mention in text.mentions if mention.kind == DRUG]
    found: list[Strength] = []
    for number, drug in enumerate(drugs):
        until = drug.end + 32
        for later in drugs[number + 1 :]:
            if later.start >= drug.end:
                if later.name != drug.name:
                    until = min(until, later.start)
                break
        stretch = text.raw[drug.end : until]
        match = STRENGTH.search(stretch) or BARE_PAIR.search(stretch)
        if match is None or re.search(
            r"[.;:!?](?!\d)|#|\b(?:and|or|up to|maximum|than)\b", stretch[: match.start()]
        ):
            continue
        found.append(Strength(drug.name, match[0], _strength(match)))
    return tuple(found)


def all_strengths(raw: str) -> tuple[str, ...]:
    """Every strength in a text, as compared."""
    return tuple(_strength(match) for match in STRENGTH.finditer(raw))


def _strength(match: re.Match[str]) -> str:
    """The number alone: units are told in too many ways, and a dose never differs in unit only."""
    number = match[1] if match.re is STRENGTH else f"{match[1]}/{match[2]}"
    return re.sub(r"\s?[/-]\s?", "/", number)


def _number(word: str | None) -> int | None:
    return as_number(word) if word else None
