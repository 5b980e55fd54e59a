"""Pages that a feeder or a copier has put out of order: the last one first, or all backs behind all fronts.

Only such orders are tried as a machine makes, and one is taken only where the letter then opens on
its first page, goes on at every turn and ends on the one page that is not full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from app.services.parsing.page_order import breaks_between
from app.services.parsing.several import UNUSED
from app.services.pdf import WHOLE, PdfPage, PdfText

_MOST_PAGES = 40
"""Of a letter; what has more is a bundle."""
_OPENING = ("HOW", "DETERMINATION", "WAS", "MADE")
_MOST_SHOWN = 8


def in_order(text: PdfText) -> tuple[PdfText, str | None]:
    """The text with its pages as they are read, and a sentence where that is another order."""
    pages = [page for page in text.pages if page.texts]
    if not 1 < len(pages) <= _MOST_PAGES or text.unread_pages:
        return text, None
    if any(page.frame != WHOLE for page in pages) or not _faults(pages):
        return text, None
    found = next((order for order in _orders(pages) if not _faults(order)), None)
    if found is None:
        return text, None
    shown = ", ".join(str(page.number) for page in found[:_MOST_SHOWN])
    more = " …" if len(found) > _MOST_SHOWN else ""
    note = f"The pages are out of order: they were read as {shown}{more}."
    return replace(text, pages=tuple(found)), note


def _faults(pages: Sequence[PdfPage]) -> int:
    """What speaks against an order: turns where nothing goes on, pages that end early, a late opening."""
    lows = [max(page.bottoms) for page in pages]
    early = max(lows) - UNUSED
    short = sum(1 for low in lows[:-1] if low < early)
    opens = all(word in pages[0].texts for word in _OPENING)
    return breaks_between(pages) + short + (not opens)


def _orders(pages: list[PdfPage]) -> Iterator[list[PdfPage]]:
    yield pages[::-1]
    half = (len(pages) + 1) // 2
    for given in (pages, pages[::-1]):
        fronts, backs = given[:half], given[half:]
        for behind in (backs[::-1], backs):
            woven = [page for pair in zip(fronts, behind, strict=False) for page in pair]
            yield woven + fronts[len(behind) :]
