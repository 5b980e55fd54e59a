"""Of which pages of a long file the words are known: those near the one being read, no others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence

from app.services.pdf import Word

BESIDE, MOST = 4, 48
"""Pages before and behind the one being read whose words are fetched, and of how many they are kept."""


class KnownPages:
    """The words of some pages of a file, by their numbers."""

    def __init__(self, words: Mapping[int, Sequence[Word]] | None = None, count: int = 0) -> None:
        self._words: OrderedDict[int, Sequence[Word]] = OrderedDict(words or {})
        self._count = count
        self._asked: set[int] = set()

    def pages(self) -> list[Sequence[Word]]:
        """The words of each page, none of those that are not known."""
        return [self._words.get(page, ()) for page in range(1, self._count + 1)]

    def ask(self, here: int) -> tuple[int, ...]:
        """The pages near that one which are to be fetched; each is asked for once."""
        near = range(max(1, here - BESIDE), min(self._count, here + BESIDE) + 1)
        for page in near:
            if page in self._words:
                self._words.move_to_end(page)
        lacking = [page for page in near if page not in self._words and page not in self._asked]
        self._asked.update(lacking)
        return tuple(lacking)

    def put(self, words: Mapping[int, Sequence[Word]], kept: Collection[int]) -> None:
        """More pages; others go that were not looked at for long, but none of those `kept`."""
        self._asked -= words.keys()
        self._words.update(words)
        for page in list(self._words):
            if len(self._words) <= MOST:
                return
            if page not in kept and page not in words:
                del self._words[page]
