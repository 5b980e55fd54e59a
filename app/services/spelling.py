"""Which words look misspelt: an English word list, a medical one, the guidelines' names, the user's own.

Hides the spelling library and what counts as a word. Nothing is loaded before it is asked for,
as the lists take some tenths of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.paths import WORDS

if TYPE_CHECKING:
    from spellchecker import SpellChecker

# Not a part of a number, a spine level or an address.
_WORD = re.compile(r"(?<![\w@.])[A-Za-z][A-Za-z'’]*[A-Za-z](?![\w@])(?!\.\w)")
_SUGGESTIONS = 6


@cache
def _english() -> SpellChecker:
    """The English list, read once a process: it takes some tenths of a second, and nobody changes it."""
    from spellchecker import SpellChecker

    return SpellChecker(distance=1)


@cache
def english_counts() -> Mapping[str, int]:
    """How often each word stands in the English list's sample."""
    return _english().word_frequency.dictionary


@cache
def _listed(lists: Path) -> tuple[str, ...]:
    """Every word of a folder of lists, as it is written there."""
    return tuple(
        word for path in sorted(lists.glob("*.txt")) for word in path.read_text("utf-8").split()
    )


@cache
def medical_words(lists: Path = WORDS) -> frozenset[str]:
    """The words of medicine that are written in small letters: no names of tests or of drugs."""
    return frozenset(word for word in _listed(lists) if word.islower())


@cache
def _right_words(lists: Path) -> frozenset[str]:
    return frozenset(word.lower() for word in _listed(lists))


class Spelling:
    """Checks English medical prose. `load` may run in any thread; afterwards all is in memory."""

    def __init__(self, lists: Path, further_words: Iterable[str] = ()) -> None:
        """`lists` is a folder of word lists (`*.txt`); `further_words` are texts of right words.

        Both are read by `load`.
        """
        self._lists = lists
        self._further_words = further_words
        self._own: set[str] = set()
        self._english: SpellChecker | None = None
        self._medical: frozenset[str] = frozenset()

    def load(self) -> None:
        """Read the lists: about 0.4 s, once a process."""
        if self._english is not None:
            return
        self._medical = _right_words(self._lists)
        self._own.update(
            word.lower() for text in self._further_words for word in _WORD.findall(text)
        )
        self._english = _english()

    def learn(self, word: str) -> None:
        """The word is right from now on."""
        self._own.add(word.lower())

    def is_word(self, word: str) -> bool:
        """Whether a list has this word; False while the lists are not loaded."""
        return self._english is not None and self._is_known(word)

    def misspelt(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each word of `text` that no list has; none before `load`.

        Abbreviations in capitals, words with digits and addresses are never counted.
        """
        if self._english is None:
            return []
        return [
            match.span()
            for match in _WORD.finditer(text)
            if not match.group().isupper() and not self._is_known(match.group())
        ]

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Known words that differ in one letter or two neighbours swapped, the commonest first."""
        if self._english is None:
            return ()
        low = word.lower()
        near = {candidate for candidate in self._edits(low) if self._is_known(candidate)}
        ranked = sorted(near, key=lambda one: (-self._english_count(one), one))
        cased = (one.capitalize() if word[:1].isupper() else one for one in ranked)
        return tuple(cased)[:_SUGGESTIONS]

    def _is_known(self, word: str) -> bool:
        low = word.lower().replace("’", "'")
        if low.endswith("'s"):
            low = low[:-2]
        elif low.endswith("s") and low[:-1] in self._medical:
            return True
        return (
            low in self._own
            or low in self._medical
            or (self._english is not None and low in self._english.word_frequency.dictionary)
        )

    def _english_count(self, word: str) -> int:
        return self._english.word_frequency.dictionary.get(word, 0) if self._english else 0

    def _edits(self, word: str) -> set[str]:
        return set(self._english.edit_distance_1(word)) if self._english else set()
