"""Whether a hyphen at a row's end broke a word or belongs to it: the word lists know."""

from __future__ import annotations

from app.services.spelling import english_counts, medical_words

_PREFIXES = frozenset(
    ("all", "anti", "co", "ex", "extra", "intra", "inter", "mid", "multi", "non", "over", "para",
     "peri", "post", "pre", "pro", "re", "self", "semi", "sub", "trans", "ultra", "under", "well")
)  # fmt: skip
"""What is written with a hyphen as well as without: the print decides."""
_COMMON = 200
"""A word list holds odd words too; so often does a part occur that is a word of its own."""


def is_broken_word(first: str, second: str) -> bool:
    """Whether two parts, in small letters, are one word and not two that a hyphen ties."""
    whole = first + second
    if first in _PREFIXES or not (whole in medical_words() or english_counts().get(whole, 0)):
        return False
    counts = english_counts()
    return min(counts.get(first, 0), counts.get(second, 0)) < _COMMON
