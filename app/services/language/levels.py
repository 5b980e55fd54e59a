"""Spine levels: `L4`, `L5-S1`, `C5-6`, and those with a letter read for a digit."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEVEL = re.compile(
    r"(?<![A-Za-z0-9])([CTLS])\s?-?(\d{1,2})(?:\s?[-/\u2010-\u2013]\s?(?:([CTLS])\s?)?(\d{1,2}))?(?![\d/%]|\s?(?:mg|tesla))"
)
_MISREAD = re.compile(
    r"[CTLS](?:(?P<rest>\d{1,2}\s?[-/]\s?[CTLS])(?:[lIO|]|\s(?P<digit>\d))(?!\w)|[lI|]\s?[-/]\s?[CTLS]?\d\b)"
)
"""Begins with a set of characters: every text of a letter is gone through for it."""
_LAST = {"C": 8, "T": 12, "L": 6, "S": 5}
REGION_OF_LEVEL = {"C": "neck", "T": "upper_back", "L": "low_back", "S": "low_back"}


class Level(NamedTuple):
    """A level or the two ends of a stretch of them, with the place: `("L5", "S1")`."""

    names: tuple[str, ...]
    text: str
    start: int
    end: int


class MisreadLevel(NamedTuple):
    """What looks like a level misread. `right` is what is meant, where that can be told."""

    right: str | None
    text: str
    start: int
    end: int


def find_levels(text: str) -> tuple[Level, ...]:
    """Every spine level of a text, in order."""
    found: list[Level] = []
    for match in _LEVEL.finditer(text):
        letter, first, second_letter, second = match.groups()
        names = [_name(letter, first), _name(second_letter or letter, second or "0")]
        if names[0]:
            told = tuple(name for name in names if name)
            found.append(Level(told, match[0], *match.span()))
    return tuple(found)


def levels_in(text: str) -> frozenset[str]:
    """The names of all levels of a text; a stretch counts both ends."""
    return frozenset(name for level in find_levels(text) for name in level.names)


def levels_within(text: str) -> frozenset[str]:
    """The same with the levels between the ends of a stretch: C5 in `C4-6`."""
    found = set(levels_in(text))
    for level in find_levels(text):
        ends = level.names
        if len(ends) == 2 and ends[0][0] == ends[1][0]:
            low, high = sorted(int(name[1:]) for name in ends)
            found.update(f"{ends[0][0]}{at}" for at in range(low, high + 1))
    return frozenset(found)


def names_in_region(region: str) -> tuple[str, ...]:
    """The names of all levels of a region, as `REGION_OF_LEVEL` names it."""
    return tuple(
        f"{letter}{number}"
        for letter, its in REGION_OF_LEVEL.items()
        if its == region
        for number in range(1, _LAST[letter] + 1)
    )


def sites_in(text: str) -> frozenset[str]:
    """What a text names as the place of a disc or a root: a single level, or each pair of a stretch."""
    found: set[str] = set()
    for level in find_levels(text):
        first, *rest = level.names
        if not rest:
            found.add(first)
        elif rest[0][0] != first[0] or int(rest[0][1:]) - int(first[1:]) in (0, 1):
            found.add(f"{first}-{rest[0]}")
        else:
            ends = range(int(first[1:]), int(rest[0][1:]))
            found.update(f"{first[0]}{at}-{first[0]}{at + 1}" for at in ends)
    return frozenset(found)


def sites_meet(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one place may be meant by both: a root may leave at either end of its disc."""
    return any(
        one == other
        or (("-" in one) != ("-" in other) and set(one.split("-")) & set(other.split("-")))
        for one in ours
        for other in theirs
    )


def misread_levels(text: str) -> tuple[MisreadLevel, ...]:
    """What looks like a level with a letter for its digit, or a space before it: `L5-Sl`, `L5-S 1`."""
    found: list[MisreadLevel] = []
    for match in _MISREAD.finditer(text):
        if text[max(match.start() - 1, 0) : match.start()].isalnum():
            continue
        right = None
        if match["rest"]:
            last = match["digit"] or ("0" if match[0][-1] == "O" else "1")
            before = (match[0][0] + match["rest"]).replace(" ", "")
            right = None if last == "0" else before + last
        found.append(MisreadLevel(right, match[0], *match.span()))
    return tuple(found)


def _name(letter: str, number: str) -> str:
    return f"{letter}{int(number)}" if 1 <= int(number) <= _LAST[letter] else ""
