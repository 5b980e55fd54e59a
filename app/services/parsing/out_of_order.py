"""Pages that a feeder or a copier has put out of order: the last one first, or all backs behind all fronts.

Only such orders are tried as a machine makes, and one is taken only where the given one cannot be
the letter's, and the letter then opens on its first page, has its labels in their turn, goes on from
page to page and ends on the one page that is not full. A short page in the middle alone says no more
than that something else may follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from app.services.parsing.page_order import breaks_between
from app.services.parsing.several import UNUSED
from app.services.pdf import WHOLE, PdfPage, PdfText

_MOST_PAGES = 40
"""Of a letter; what has more is a bundle."""
_OPENING = ("HOW", "DETERMINATION", "WAS", "MADE")
_LABELS = ("Administrator", "MAXIMUS", "Decision")
"""The words before `guideline:` and `rationale:` in the labels of an item, in their turn."""
_MOST_SHOWN = 8


def in_order(text: PdfText) -> tuple[PdfText, str | None]:
    """The text with its pages as they are read, and a sentence where that is another order."""
    pages = [page for page in text.pages if page.texts]
    if not 1 < len(pages) <= _MOST_PAGES or text.unread_pages:
        return text, None
    if any(page.frame != WHOLE for page in pages) or not _cannot_be(pages):
        return text, None
    orders = (order for order in _orders(pages) if not _cannot_be(order))
    found = next((order for order in orders if _ends_short(order)), None)
    if found is None:
        return text, None
    shown = ", ".join(str(page.number) for page in found[:_MOST_SHOWN])
    more = " …" if len(found) > _MOST_SHOWN else ""
    note = f"The pages are out of order: they were read as {shown}{more}."
    return replace(text, pages=tuple(found)), note


def _cannot_be(pages: Sequence[PdfPage]) -> bool:
    """Whether the letter opens late, a turn breaks it off or its labels do not follow in turn."""
    opens = all(word in pages[0].texts for word in _OPENING)
    return not opens or breaks_between(pages) > 0 or not _in_turn(pages)


def _in_turn(pages: Sequence[PdfPage]) -> bool:
    """Whether each item has its three labels, one behind the other."""
    texts = [*chain.from_iterable([page.texts for page in pages])]
    found: list[tuple[int, str]] = []
    for end in ("guideline:", "rationale:"):
        at = -1
        for _ in range(texts.count(end)):
            at = texts.index(end, at + 1)
            found.append((at, texts[at - 1]))
    labels = [label for _, label in sorted(found) if label in _LABELS]
    return labels == [*_LABELS] * (len(labels) // len(_LABELS))


def _ends_short(pages: Sequence[PdfPage]) -> bool:
    """Whether every page but the last is full."""
    lows = [max(page.bottoms) for page in pages]
    return min(lows[:-1]) >= max(lows) - UNUSED


def _orders(pages: list[PdfPage]) -> Iterator[list[PdfPage]]:
    yield pages[::-1]
    half = (len(pages) + 1) // 2
    for given in (pages, pages[::-1]):
        fronts, backs = given[:half], given[half:]
        for behind in (backs[::-1], backs):
            woven = [page for pair in zip(fronts, behind, strict=False) for page in pair]
            yield woven + fronts[len(behind) :]
