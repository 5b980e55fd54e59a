"""Pages that a file holds twice: scanned or put in again, they say nothing new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from app.services.parsing.draft import Draft
from app.services.parsing.page_order import breaks_between
from app.services.pdf import PdfPage, PdfText

_LEAST_WORDS = 12
_MOST_NAMED = 3
_MOST_STAMPED = 3
_MOST_ALIKE = 8
"""So many pages that differ in nothing but numbers are compared with a further one."""
_STAMPED = re.compile(r"(?!CM\d\d-)[A-Za-z_.-]*\d{1,9}|[Pp]age|of|p\.")
"""A page's number or one stamped on it makes no other page; every other word does."""


class Repeats(NamedTuple):
    """The text with each page once, a note for each that was left out, and which pages may as well
    stand where their other copy does."""

    text: PdfText
    notes: tuple[str, ...] = ()
    unsure: tuple[int, ...] = ()


def without_repeats(text: PdfText) -> Repeats:
    """The text with each page once."""
    seen = _Seen()
    first_of: dict[int, int] = {}
    for at, page in enumerate(text.pages):
        if len(page.texts) >= _LEAST_WORDS:
            same = seen.same_as(page)
            if same is not None:
                first_of[at] = same.number
    if not first_of:
        return Repeats(text)
    first_of, unsure = _misplaced(text.pages, first_of)
    notes = tuple(
        f"Page {max(text.pages[at].number, first)} says the same as page "
        f"{min(text.pages[at].number, first)}: it was read once."
        for at, first in first_of.items()
    )
    if len(notes) > _MOST_NAMED:
        notes = (f"{len(notes)} pages say the same as earlier ones: each was read once.",)
    pages = tuple(
        page.with_words(()) if at in first_of else page for at, page in enumerate(text.pages)
    )
    return Repeats(replace(text, pages=pages), notes, unsure)


def doubt_places(draft: Draft, unsure: tuple[int, ...]) -> None:
    """Doubts the texts that go on over the border of a page which may stand elsewhere."""
    for above, row in pairwise(draft.sheet.rows):
        page = row.page if row.page in unsure else above.page
        if above.page != row.page and page in unsure:
            why = f"Page {page} stands twice in the file, and the text could go on at both places."
            for name in draft.across(row.first):
                draft.doubt(name, why)


def _misplaced(
    pages: Sequence[PdfPage], first_of: dict[int, int]
) -> tuple[dict[int, int], tuple[int, ...]]:
    """Of each two copies the one that is left out: the earlier one where the text goes on better so.

    And the pages of which nothing tells where they belong.
    """
    if len(first_of) > _MOST_NAMED:
        return first_of, ()  # the whole letter twice, say
    chosen, unsure = dict(first_of), list[int]()
    for at, number in first_of.items():
        first = next(place for place, page in enumerate(pages) if page.number == number)
        if first in chosen or not any(pages[n].texts for n in range(first + 1, at)):
            continue
        other = {**chosen, first: pages[at].number}
        del other[at]
        here, there = _breaks(pages, chosen), _breaks(pages, other)
        if there < here:
            chosen = other
        elif there == here:
            unsure.append(number)
    return chosen, tuple(unsure)


def _breaks(pages: Sequence[PdfPage], without: dict[int, int]) -> int:
    return breaks_between(page for at, page in enumerate(pages) if at not in without)


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
