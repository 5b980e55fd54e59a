"""A text of several rows as one string, and which words of the page a stretch of it is printed in."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from app.services.parsing.draft import Draft

_OFFSET = itemgetter(0)


class Prose:
    """The text of the words `first` to `last` (not included)."""

    def __init__(self, draft: Draft, first: int, last: int) -> None:
        self.draft = draft
        self.text, self.rows = draft.sheet.prose_with_starts(first, last)
        self.last = last

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words that characters `start` to `end` lie in."""
        return self._word(start), self._word(max(end - 1, start)) + 1

    def _word(self, offset: int) -> int:
        number = bisect_right(self.rows, offset, key=_OFFSET) - 1
        begin, word = self.rows[number]
        return min(word + self.text.count(" ", begin, offset), self.last - 1)


def any_in(text: str, hints: tuple[str, ...]) -> bool:
    # A loop, not any(): asked some fifty times a letter.
    for hint in hints:  # noqa: SIM110
        if hint in text:
            return True
    return False
