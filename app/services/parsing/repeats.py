"""Pages that a file holds twice: scanned or put in again, they say nothing new."""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace

from app.services.pdf import PdfPage, PdfText

_LEAST_WORDS = 12
_MOST_NAMED = 3
_MOST_STAMPED = 3
_MOST_ALIKE = 8
"""So many pages that differ in nothing but numbers are compared with a further one."""
_STAMPED = re.compile(r"(?!CM\d\d-)[A-Za-z_.-]*\d{1,9}|[Pp]age|of|p\.")
"""A page's number or one stamped on it makes no other page; every other word does."""


def without_repeats(text: PdfText) -> tuple[PdfText, tuple[str, ...]]:
    """The text with each page once, and a note for each that was left out."""
    seen = _Seen()
    first_of: dict[int, int] = {}
    for at, page in enumerate(text.pages):
        if len(page.texts) >= _LEAST_WORDS:
            same = seen.same_as(page)
            if same is not None:
                first_of[at] = same.number
    if not first_of:
        return text, ()
    notes = tuple(
        f"Page {text.pages[at].number} says the same as page {first}: it was read once."
        for at, first in first_of.items()
    )
    if len(notes) > _MOST_NAMED:
        notes = (f"{len(notes)} pages say the same as earlier ones: each was read once.",)
    pages = tuple(
        page.with_words(()) if at in first_of else page for at, page in enumerate(text.pages)
    )
    return replace(text, pages=pages), notes


class _Seen:
    """The pages so far, found again by their words in time that does not grow with their number.

    Only pages that begin or end with the same word are compared, and each is taken apart once: a
    letter has none, a bundle of records has thousands.
    """

    def __init__(self) -> None:
        self._at_edge: dict[str, list[PdfPage]] = {}
        self._by_words: dict[tuple[str, ...], list[PdfPage]] = {}

    def same_as(self, page: PdfPage) -> PdfPage | None:
        """An earlier page that says the same; else this one is kept as one of them."""
        edges = {page.texts[0], page.texts[-1]}
        known = False
        for edge in edges:
            if edge in self._at_edge:
                known = True
                for other in self._at_edge[edge]:
                    self._keep(other)
                self._at_edge[edge].clear()
        if not known:
            for edge in edges:
                self._at_edge[edge] = [page]
            return None
        for edge in edges:
            self._at_edge.setdefault(edge, [])
        alike = self._by_words.get(_unstamped(page), ())
        same = next((other for other in alike if _is_same(page, other)), None)
        if same is None:
            self._keep(page)
        return same

    def _keep(self, page: PdfPage) -> None:
        alike = self._by_words.setdefault(_unstamped(page), [])
        if page not in alike and len(alike) < _MOST_ALIKE:
            alike.append(page)


def _unstamped(page: PdfPage) -> tuple[str, ...]:
    """The words of a page in the order of the alphabet, without numbers such as are stamped on it."""
    return tuple(sorted(text for text in page.texts if not _STAMPED.fullmatch(text)))


def _is_same(page: PdfPage, other: PdfPage) -> bool:
    if page.texts == other.texts:
        return True
    one, two = Counter(page.texts), Counter(other.texts)
    differing = [*(one - two).elements(), *(two - one).elements()]
    return len(differing) <= 2 * _MOST_STAMPED
