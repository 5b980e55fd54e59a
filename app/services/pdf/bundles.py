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
_LONG_WAIT, _STEP = 150, 50
"""Files of more pages are waited for; every so many pages it is said how far the reading is."""
_OF_FORM = frozenset(("guideline:", "rationale:", "RATIONALES", "Upheld", "Overturned", "SUMMARY"))
_LABEL, _BEFORE_LABEL = "guideline:", frozenset(("MAXIMUS", "Administrator"))
"""Labels of the letter that no other paper has: “MAXIMUS guideline:”."""
_LONGEST = 400
"""So many pages no letter has: what goes on with its words is another one."""


def is_told(read: int, pages: int) -> bool:
    """Whether somebody who waits for a file of so many pages is told now how many were read."""
    return pages > _LONG_WAIT and read > 0 and read % _STEP == 0


def is_worth_a_look(number: int, texts: Sequence[str]) -> bool:
    """Whether a page may be the letter's."""
    return number <= CLOSELY or not _OF_FORM.isdisjoint(texts)


class Bundle:
    """Follows the pages of a file and says when enough of it was read."""

    def __init__(self, pages: int) -> None:
        self._is_large = pages > _MANY
        self._first = self._last = 0
        self.read_to = 0

    @property
    def is_read(self) -> bool:
        """Whether the letter was found and is over, far into a file of very many pages."""
        return self.read_to > 0

    def take(self, page: PdfPage) -> None:
        """One more page was read."""
        if not self._is_large:
            return
        if _LABEL in page.texts and not _BEFORE_LABEL.isdisjoint(page.texts):
            self._first = self._first or page.number
            self._last = page.number
        over = self._last + _BEHIND < page.number or self._first + _LONGEST < page.number
        if self._first and over and page.number > _MANY:
            self.read_to = page.number
