"""Which words of a misread letter are right all the same: those it prints more than once alike.

A misread word seldom turns out the same twice, while titles and guidelines repeat what summary and
rationale say. A word counts as right where it is printed at least twice, and three times as often
as any word that looks like it: that one may be meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

_ALIKE = (
    "ceo", "ao", "0oc", "ijl1t7", "ft", "fp", "ef", "rn", "rk", "nhuv", "mn", "bh6", "gq9", "op", "sz52", "8b3", "uvyw", "a4",
)  # fmt: skip
"""Characters that are misread for each other, folded: they decide where words are short."""
_PAIRS = (("rn", "m"), ("cl", "d"), ("ri", "n"), ("vv", "w"), ("ii", "u"))
_MARKS = ".,;:()[]{}\"'“”‘’?!-–"
_LONG = 5
"""Letters. Two words of so many that differ in one are one word, whatever the letter."""
_FAR_MORE = 3
_SHORTEST_SUSPECT = 4


class Corroboration:
    """The words of one letter and how often each is printed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = Counter(map(_bare, texts))
        self._near: dict[str, list[str]] = {}
        for word in self._counts:
            for at in range(len(word)):
                self._near.setdefault(f"{word[:at]}\0{word[at + 1 :]}", []).append(word)

    def is_right(self, text: str) -> bool:
        """Whether a word as printed is repeated, and far more often than what looks like it.

        Of short words that look alike both may be right, and either may be meant.
        """
        word = _bare(text)
        count = self._counts[word]
        like = [self._counts[each] for each in self._like(word)]
        if len(word) < _LONG and max(like, default=0) > 1:
            return False
        return not word or (count > 1 and all(each * _FAR_MORE <= count for each in like))

    def is_suspect(self, text: str) -> bool:
        """Whether a word looks misread: it mixes letters and digits, or another is meant by it."""
        word = _bare(text)
        if len(word) < _SHORTEST_SUSPECT or self._counts[word] > 1:
            return False
        mixed = word.isalnum() and not word.isalpha() and word[0].isalpha() and word[-1].isalpha()
        return mixed or any(self._counts[each] > 1 for each in self._like(word))

    def _like(self, word: str) -> set[str]:
        """The letter's other words that look like this one."""
        found: set[str] = set()
        for at, character in enumerate(word):
            for other in self._near.get(f"{word[:at]}\0{word[at + 1 :]}", ()):
                long = len(word) >= _LONG
                if other != word and (long or _look_alike(character, other[at])):
                    found.add(other)
        for two, one in _PAIRS:
            found.update(each for each in _with(word, two, one) if each in self._counts)
            found.update(each for each in _with(word, one, two) if each in self._counts)
        return found


def misreadings(word: str) -> Iterator[str]:
    """A word with one character misread, in all ways that are likely."""
    for at, character in enumerate(word):
        for group in _ALIKE:
            if character in group:
                for other in group.replace(character, ""):
                    yield word[:at] + other + word[at + 1 :]
    for two, one in _PAIRS:
        yield from _with(word, one, two)
        yield from _with(word, two, one)


def _with(word: str, printed: str, meant: str) -> Iterator[str]:
    """The word with one of its places read otherwise."""
    at = word.find(printed)
    while at >= 0:
        yield word[:at] + meant + word[at + len(printed) :]
        at = word.find(printed, at + 1)


def _bare(text: str) -> str:
    return text.strip(_MARKS).casefold()


def _look_alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _ALIKE)
