"""How far a bundle of very many pages is read: a letter inside it is found, the rest costs little.

A file of thousands of pages is records with a letter among them. Every page's words are read until
the letter is over, but only pages that may be the letter's are looked at closely.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.services.pdf.words import PdfPage

CLOSELY = 60
"""The first pages of a file are always looked at closely."""
_MANY = 400
_BEHIND = 60
"""So many pages without a word of the form: the letter is over."""
_OF_FORM = frozenset(("guideline:", "rationale:", "RATIONALES", "Upheld", "Overturned", "SUMMARY"))
_MOST_SURE = frozenset(("guideline:", "rationale:"))


def is_worth_a_look(number: int, texts: Sequence[str]) -> bool:
    """Whether a page may be the letter's."""
    return number <= CLOSELY or not _OF_FORM.isdisjoint(texts)


class Bundle:
    """Follows the pages of a file and says when enough of it was read."""

    def __init__(self, pages: int) -> None:
        self._is_large = pages > _MANY
        self._last = 0
        self.read_to = 0

    @property
    def is_read(self) -> bool:
        """Whether the letter was found and is over, far into a file of very many pages."""
        return self.read_to > 0

    def take(self, page: PdfPage) -> None:
        """One more page was read."""
        if not self._is_large:
            return
        if not _MOST_SURE.isdisjoint(page.texts):
            self._last = page.number
        elif self._last and page.number > max(_MANY, self._last + _BEHIND):
            self.read_to = page.number
