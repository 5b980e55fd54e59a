"""Pages that a file holds twice: scanned or put in again, they say nothing new."""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace

from app.services.pdf import PdfPage, PdfText

_LEAST_WORDS = 12
_MOST_STAMPED = 3
_STAMPED = re.compile(r"(?!CM\d\d-)[A-Za-z_.-]*\d{1,9}|[Pp]age|of|p\.")
"""A page's number or one stamped on it makes no other page; every other word does."""
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
        if abs(count - len(other.texts)) > _MOST_STAMPED:
            continue
        one, two = Counter(page.texts), Counter(other.texts)
        differing = [*(one - two).elements(), *(two - one).elements()]
        if len(differing) <= 2 * _MOST_STAMPED and all(map(_STAMPED.fullmatch, differing)):
            return other.number
    return None
