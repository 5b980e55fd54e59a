"""Which disputed item of a letter decides which item of the application.

They are seldom told in the same words: what is compared are the drugs, treatments, body parts and
sides they name and, where neither names any, their words, with room for a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz import fuzz

from app.letter import Issue, Letter
from app.services.language.terms import DRUG, PART, SIDE, TREATMENT, meet
from app.services.language.texts import Text, read_text

LEAST = 0.57
"""How much alike two items have to be to count as the same one."""
_SAME_NAMES = 0.65
"""What share of their words counts as said where both name the same drug or treatment."""
_OF_NUMBERS = 0.05
"""Amounts are often told otherwise: they only say which of two such items it is."""
_SAME_WORD = 84
"""Out of 100: `injection` and `injections` are the same word, `lumbar` and `lumber` too."""
_SAID_OF_ANY = frozenset(
    ("associated", "surgical", "service", "services", "retrospective", "prospective", "request",
     "requested", "dos", "qty", "quantity", "refill", "refills", "unit", "units", "purchase",
     "rental", "visit", "visits", "session", "sessions", "times", "week", "weeks", "month",
     "months", "day", "days", "mg", "ml", "oz", "gm", "x", "for", "of", "the", "with", "without",
     "and", "to", "a", "an", "in", "on", "per", "is")
)  # fmt: skip
"""Words that do not tell one item from another."""


class Matching(msgspec.Struct, frozen=True):
    """`decided` pairs an item with the number of the letter's item that decides it, from 1."""

    decided: tuple[tuple[str, int], ...] = ()
    lost: tuple[str, ...] = ()
    added: tuple[int, ...] = ()


def match_items(letter: Letter, items: Sequence[str]) -> Matching:
    """Pairs the application's items with the letter's, each used once, the most alike first."""
    issues = {number: issue for number, issue in enumerate(letter.issues, 1) if issue.title}
    pairs = [
        (alike, at, number)
        for at, item in enumerate(items)
        for number, issue in issues.items()
        if (alike := max(likeness(item, text) for text in _told(issue))) >= LEAST
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1:]))
    decided: dict[int, int] = {}
    for _, at, number in pairs:
        if at not in decided and number not in decided.values():
            decided[at] = number
    return Matching(
        tuple((item, decided[at]) for at, item in enumerate(items) if at in decided),
        tuple(item for at, item in enumerate(items) if at not in decided),
        tuple(number for number in issues if number not in decided.values()),
    )


def _told(issue: Issue) -> Iterable[str]:
    """The texts that may say the same as the application."""
    yield issue.title
    if issue.request is not None:
        yield from (part for part in (issue.request.original, issue.request.in_dispute) if part)


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """How much alike two items are, from 0 (not the same thing) to 1 (the same words)."""
    first, second = read_text(one), read_text(other)
    if first.squeezed == second.squeezed:
        return 1.0
    for kind in (DRUG, TREATMENT, PART, SIDE):
        wanted, had = first.named(kind), second.named(kind)
        if wanted and had and not meet(wanted, had):
            return 0.0
    shared = _shared(_telling(first), _telling(second))
    names = [text.named(DRUG) | text.named(TREATMENT) for text in (first, second)]
    if all(names) and (names[0] <= names[1] or names[1] <= names[0]):
        shared = _SAME_NAMES + (1 - _SAME_NAMES) * shared
    numbers = _shared(_numbers(first), _numbers(second))
    return (1 - _OF_NUMBERS) * shared + _OF_NUMBERS * numbers


def _telling(text: Text) -> tuple[str, ...]:
    """The words that say what the item is: not where, on which side or how much."""
    places = {
        at
        for mention in text.mentions
        if mention.kind in (PART, SIDE)
        for at in range(mention.first, mention.last)
    }
    words = tuple(
        word.text
        for at, word in enumerate(text.words)
        if at not in places and not word.text[0].isdigit() and word.text not in _SAID_OF_ANY
    )
    return words or tuple(word.text for word in text.words)


def _numbers(text: Text) -> tuple[str, ...]:
    return tuple(word.text for word in text.words if word.text[0].isdigit())


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """What part of the shorter one's words the longer one has too."""
    few, many = sorted((one, other), key=len)
    if not few:
        return 0.0
    return sum(any(_same_word(word, another) for another in many) for word in few) / len(few)


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0].isdigit() or other[0].isdigit():
        return False
    return fuzz.ratio(one, other, score_cutoff=_SAME_WORD) > 0
