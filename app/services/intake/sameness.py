"""How much alike two names of an item are: also where one of them shortens its words."""

from __future__ import annotations

import re

from app.services.checks.items import LEAST, likeness

__all__ = ["LEAST", "sameness"]

_SHORTENED = 0.7
_LEAST_LETTERS = 4
_WORD = re.compile(r"[a-z]{2,}|\d+(?:\.\d+)?")
_SMALL = frozenset(("of", "the", "for", "to", "and", "with", "in", "on", "at", "by", "an", "per"))


def sameness(one: str, other: str) -> float:
    """From 0 (another thing) to 1 (the same words); `LEAST` and more counts as the same."""
    alike = likeness(one, other)
    return _SHORTENED if alike < LEAST and _is_shortened(one, other) else alike


def _is_shortened(one: str, other: str) -> bool:
    """Whether every word of the shorter name begins a word of the longer: “psych evaluation”."""
    words = [
        [word for word in _WORD.findall(name.casefold()) if word not in _SMALL]
        for name in (one, other)
    ]
    few, many = sorted(words, key=len)
    letters = [word for word in few if word[0].isalpha()]
    return len(letters) >= 2 and all(any(_begins(word, more) for more in many) for word in few)


def _begins(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    return len(short) >= _LEAST_LETTERS and short.isalpha() and long.startswith(short)
