"""Where words are broken by a hyphen or run together for want of a space: the word lists know."""

from __future__ import annotations

import re
from functools import lru_cache

from app.services.spelling import english_counts, medical_words

_PREFIXES = frozenset(
    ("all", "anti", "co", "ex", "extra", "intra", "inter", "mid", "multi", "non", "over", "para",
     "peri", "post", "pre", "pro", "re", "self", "semi", "sub", "trans", "ultra", "under", "well")
)  # fmt: skip
"""What is written with a hyphen as well as without: the print decides."""
_COMMON = 200
"""A word list holds odd words too; so often does a part occur that is a word of its own."""


_OFTEN = {2: 1_000_000, 3: 50_000}
_OFTEN_ELSE, _LEAST_MEDICAL = 1000, 6
"""So often do parts of so few letters occur that are words of their own, and longer ones; shorter
words of medicine are parts of names as well."""
_JOINED = re.compile(r"[a-z]{3,}(?:\((?=\w{2})|(?=\d))")
_LETTERS = re.compile(r"[^\W\d_]{5,}")


def run_together(text: str) -> tuple[str, str] | None:
    """The first word of a text that is two with the space between them lost, and those two."""
    for word in text.split():
        joined = _JOINED.match(word)
        if joined:
            cut = joined.end() - word[: joined.end()].endswith("(")
            return word, f"{word[:cut]} {word[cut:]}"
        for letters in _LETTERS.finditer(word):
            at = _two_words(letters.group())
            if at:
                at += letters.start()
                return word, f"{word[:at]} {word[at:]}"
    return None


@lru_cache(maxsize=2048)
def _two_words(word: str) -> int:
    """Where a word that no list has parts into two that they have; 0 where it does not."""
    folded = word.lower()
    counts, medical = english_counts(), medical_words()
    if folded in medical or counts.get(folded, 0) or word.isupper():
        return 0

    def is_word(part: str) -> bool:
        often = len(part) > 1 and counts.get(part, 0) >= _OFTEN.get(len(part), _OFTEN_ELSE)
        return part == "a" or often or (len(part) >= _LEAST_MEDICAL and part in medical)

    cuts = range(1, len(word))
    return next((at for at in cuts if is_word(folded[:at]) and is_word(folded[at:])), 0)


def is_broken_word(first: str, second: str) -> bool:
    """Whether two parts, in small letters, are one word and not two that a hyphen ties."""
    whole = first + second
    if first in _PREFIXES or not (whole in medical_words() or english_counts().get(whole, 0)):
        return False
    counts = english_counts()
    return min(counts.get(first, 0), counts.get(second, 0)) < _COMMON
