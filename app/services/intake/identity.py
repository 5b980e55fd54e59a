"""Whether two documents are about the same case: the worker, the claim, the day of the injury."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

import msgspec
from rapidfuzz import fuzz

from app.services.intake.layout import squeezed
from app.services.intake.values import Fact, Facts
from app.services.privacy.folding import tokens
from app.services.wording import value_words

IDENTITY = (Fact.EMPLOYEE, Fact.CLAIM_NUMBER, Fact.DATE_OF_INJURY)
_LIKE = 84
_LEAST_DIGITS = 6
_NO_NAMES = frozenset(("mr", "mrs", "ms", "miss", "jr", "sr", "ii", "iii", "iv", "md", "dr"))


class Agreement(IntEnum):
    """How far two tellings of one thing agree."""

    SAME = 0
    NEARLY = 1
    """The same, told otherwise: to be looked at."""
    ANOTHER = 2


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three that differs between two documents, in a sentence."""

    fact: Fact
    words: str


def differences(one: Facts, first: str, other: Facts, second: str) -> tuple[Difference, ...]:
    """Which of name, claim and injury differ; the documents are named as in a sentence."""
    found: list[Difference] = []
    for fact in IDENTITY:
        mine, theirs = one.get(fact), other.get(fact)
        if mine is None or theirs is None or mine.value is None or theirs.value is None:
            continue
        if agreement(fact, mine.value, theirs.value) is Agreement.ANOTHER:
            words = (
                f"{fact.value}: the {first} says {value_words(mine.value)}, "
                f"the {second} says {value_words(theirs.value)}."
            )
            found.append(Difference(fact=fact, words=words))
    return tuple(found)


def agreement(fact: Fact, one: str | date, other: str | date) -> Agreement:
    """How far two values of a fact agree."""
    if isinstance(one, date) or isinstance(other, date):
        return Agreement.SAME if one == other else Agreement.ANOTHER
    if fact is Fact.CLAIM_NUMBER:
        return _claims(squeezed(one), squeezed(other))
    return _names(one, other)


def _claims(one: str, other: str) -> Agreement:
    """Claims differ by zeros in front, a suffix or a prefix of the office that keeps them."""
    if one.lstrip("0") == other.lstrip("0"):
        return Agreement.SAME
    short, long = sorted((one, other), key=len)
    whole = sum(c.isdigit() for c in short) >= _LEAST_DIGITS
    if whole and (long.startswith(short) or long.endswith(short)):
        return Agreement.NEARLY
    return Agreement.ANOTHER


def _names(one: str, other: str) -> Agreement:
    """Names differ by their order, a middle name, an initial, an accent or a slip of the pen."""
    first, second = _parts(one), _parts(other)
    if sorted(first) == sorted(second):
        return Agreement.SAME
    few, many = sorted(
        ([p for p in first if len(p) > 1], [p for p in second if len(p) > 1]), key=len
    )
    if not few:
        return Agreement.ANOTHER
    exact = sum(part in many for part in few)
    alike = sum(any(_alike(part, other) for other in many) for part in few)
    if exact == len(few):
        return Agreement.SAME if len(few) >= 2 or _initials_fit(first, second) else Agreement.NEARLY
    if alike == len(few) and len(few) >= 2:
        return Agreement.NEARLY
    joined = squeezed(one), squeezed(other)
    return Agreement.NEARLY if _alike(*joined) and min(map(len, joined)) > 6 else Agreement.ANOTHER


def _parts(name: str) -> list[str]:
    return [token.key for token in tokens(name) if token.key not in _NO_NAMES]


def _initials_fit(one: list[str], other: list[str]) -> bool:
    """Whether every initial is that of a part of the other name."""
    pairs = ((one, other), (other, one))
    return all(
        any(part.startswith(letter) for part in theirs)
        for mine, theirs in pairs
        for letter in mine
        if len(letter) == 1
    )


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= _LIKE
