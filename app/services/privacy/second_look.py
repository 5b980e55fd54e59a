"""A second, looser reading of a finished text, which shares no pattern with what took the names out.

It knows no titles, parts of speech or separators: letters and digits are run together, whatever
stands between them, and words are compared by how much they are alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, pairwise

import msgspec

from app.services.privacy.folding import Token, fold, tokens
from app.services.privacy.initials import ABBREVIATIONS
from app.services.privacy.ordinary import is_ordinary, is_word

_JOINED = 6
"""Shorter names would be met by chance where words are run together."""
_DIGITS = 5
_ALIKE = 78
"""Per cent of letters in common from which a word is told as resembling a name."""
_DIGIT_RUN = re.compile(
    r"[0-9OolISB](?:[^0-9A-Za-z]{0,6}[A-Za-z]{0,2}[^0-9A-Za-z]{0,6}[0-9OolISB])*"
)
_AS_DIGIT = str.maketrans("OolISB", "001158")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr"))
_INITIALED = re.compile(r"([A-Z][a-z]{1,11})\.?\s([A-Z])(?!\w)")
"""A word with a capital and one letter behind it, which may be a short name and an initial."""
_SHAPES = (
    re.compile(r"\w\s?(?:@|\(at\)|\[at\])\s?\w", re.I),
    re.compile(r"(?<!\d)\d{3}\D{1,3}\d{3}\D{1,3}\d{4}(?!\d)"),
    re.compile(r"(?<!\d)\d{3}\D{1,3}\d{2}\D{1,3}\d{4}(?!\d)"),
    re.compile(r"\b(?:birth|born|dob)\b\W{0,5}(?:\w{1,5}\W{1,3}){0,3}\d", re.I),
    re.compile(r"\b(?:mrn|ssn|chart|record|account|policy|claim)\b\W{1,3}(?:\w{1,7}\W{1,3}){0,2}[A-Z-]{0,4}\d{5,}", re.I),
)  # fmt: skip
"""Loose shapes of an e-mail address, a telephone and a social security number, a birth date, a number."""


class Sight(msgspec.Struct, frozen=True):
    """How often something private was met, and how often something that only resembles it."""

    found: int = 0
    resembling: int = 0


class SecondLook:
    """Looks for words and numbers. `printed` are folded words that the form itself prints.

    `titled` are names that may be ordinary words: they are looked for behind Mr., Ms. and Dr.

    `by_shape` looks for numbers and addresses of fixed shapes too.
    """

    def __init__(
        self,
        words: Iterable[str],
        numbers: Iterable[str] = (),
        *,
        titled: Iterable[str] = (),
        printed: frozenset[str] = frozenset(),
        by_shape: bool = True,
    ) -> None:
        keys = {fold(word) for word in words} - printed
        self._keys = frozenset(key for key in keys if len(key) >= 2)
        digits = {"".join(filter(str.isdigit, number)) for number in numbers}
        self._digits = frozenset(number for number in digits if len(number) >= _DIGITS)
        titled = tuple(titled)
        self._titled = frozenset(fold(name) for name in titled)
        halves = (fold(half) for name in titled for half in re.split(r"[^\w]", name))
        firsts = [half[0] for half in halves if half]
        self._initials = frozenset(firsts)
        short = {"".join(firsts), "".join(firsts[:1] + firsts[-1:])} - ABBREVIATIONS
        self._short = frozenset(one for one in short if len(one) > 1)
        self._by_shape = by_shape

    @cached_property
    def _long(self) -> tuple[str, ...]:
        return tuple(key for key in self._keys if len(key) >= _JOINED)

    def look(self, text: str) -> Sight:
        """What is met in the text of a page."""
        words = tokens(text)
        found = sum(word.key in self._keys for word in words) + self._joined(words)
        found += self._in_digits(text)
        found += sum(
            one.key in _TITLES and other.key in self._titled for one, other in pairwise(words)
        )
        resembling = self._alike(words)
        resembling += self._initialed(text)
        resembling += sum(
            word.key in self._short and text[word.start : word.end].isupper() for word in words
        )
        if self._by_shape:
            resembling += sum(len(shape.findall(text)) for shape in _SHAPES)
        return Sight(found, resembling)

    def _initialed(self, text: str) -> int:
        """A short form of a name, or a title, and the initial of a name: `Rob K.`, `Mr. K.`"""
        found = _INITIALED.findall(text) if self._initials else []
        return sum(
            fold(letter) in self._initials and (fold(word) in _TITLES or not is_word(fold(word)))
            for word, letter in found
        )

    def _joined(self, words: list[Token]) -> int:
        """Names made of several words of the text, whatever stands between these."""
        letters = "".join(word.key for word in words)
        starts = list(accumulate((len(word.key) for word in words), initial=0))
        edges = frozenset(starts)
        found = 0
        for key in self._long:
            place = letters.find(key)
            while place >= 0:
                whole = place in edges and place + len(key) in edges
                inside = bisect_left(starts, place + 1) - 1
                several = place + len(key) > starts[inside] + len(words[inside].key)
                found += whole and several
                place = letters.find(key, place + 1)
        return found

    def _in_digits(self, text: str) -> int:
        runs = [
            "".join(filter(str.isdigit, run.translate(_AS_DIGIT)))
            for run in _DIGIT_RUN.findall(text)
        ]
        return sum(number in run for run in runs for number in self._digits)

    def _alike(self, words: list[Token]) -> int:
        """Words that no list knows and that have most letters in common with a name."""
        names = [key for key in self._keys if len(key) >= _DIGITS and not is_ordinary(key)]
        if not names:
            return 0
        from rapidfuzz import fuzz, process  # not before a copy is proved

        seen = {
            word.key
            for word in words
            if len(word.key) >= _DIGITS
            and word.key.isalpha()
            and word.key not in self._keys
            and not is_word(word.key)
        }
        return sum(
            process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=_ALIKE) is not None
            for key in seen
        )
