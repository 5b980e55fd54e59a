"""Pages that a file holds twice: scanned or put in again, they say nothing new."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from app.services.pdf import PdfPage, PdfText

_LEAST_WORDS = 12
_ALIKE = 0.94
"""Of the words of both: a number stamped on one of them makes no other page."""
_NEAR = 40
"""Pages back that a page is compared with word by word; farther back only in its whole text."""


def without_repeats(text: PdfText) -> tuple[PdfText, tuple[str, ...]]:
    """The text with each page once, and a note for each that was left out."""
    seen: dict[tuple[str, ...], int] = {}
    pages: list[PdfPage] = []
    notes: list[str] = []
    compared: list[PdfPage] = []
    for page in text.pages:
        first = _same(page, seen, compared)
        if first is None:
            seen.setdefault(page.texts, page.number)
            if len(page.texts) >= _LEAST_WORDS:
                compared = [*compared[1 - _NEAR :], page]
            pages.append(page)
        else:
            pages.append(page.with_words(()))
            notes.append(f"Page {page.number} says the same as page {first}: it was read once.")
    return (replace(text, pages=tuple(pages)), tuple(notes)) if notes else (text, ())


def _same(page: PdfPage, seen: dict[tuple[str, ...], int], compared: list[PdfPage]) -> int | None:
    if len(page.texts) < _LEAST_WORDS:
        return None
    if page.texts in seen:
        return seen[page.texts]
    count = len(page.texts)
    for other in compared:
        both = count + len(other.texts)
        if abs(count - len(other.texts)) > (1 - _ALIKE) * both:
            continue
        shared = (Counter(page.texts) & Counter(other.texts)).total()
        if 2 * shared >= _ALIKE * both:
            return other.number
    return None
