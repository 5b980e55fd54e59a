"""Pages that a file holds twice: scanned or put in again, they say nothing new."""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace

from app.services.pdf import PdfPage, PdfText

_LEAST_WORDS = 12
_MOST_NAMED = 3
_MOST_STAMPED = 3
_STAMPED = re.compile(r"(?!CM\d\d-)[A-Za-z_.-]*\d{1,9}|[Pp]age|of|p\.")
"""A page's number or one stamped on it makes no other page; every other word does."""


def without_repeats(text: PdfText) -> tuple[PdfText, tuple[str, ...]]:
    """The text with each page once, and a note for each that was left out."""
    by_count: dict[int, list[PdfPage]] = {}
    first_of: dict[int, int] = {}
    for at, page in enumerate(text.pages):
        count = len(page.texts)
        if count < _LEAST_WORDS:
            continue
        near = range(count - _MOST_STAMPED, count + _MOST_STAMPED + 1)
        others = (other for each in near for other in by_count.get(each, ()))
        same = next((other for other in others if _is_same(page, other)), None)
        if same is None:
            by_count.setdefault(count, []).append(page)
        else:
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


def _is_same(page: PdfPage, other: PdfPage) -> bool:
    if page.texts == other.texts:
        return True
    if page.texts[0] != other.texts[0] and page.texts[-1] != other.texts[-1]:
        return False
    one, two = Counter(page.texts), Counter(other.texts)
    differing = [*(one - two).elements(), *(two - one).elements()]
    return len(differing) <= 2 * _MOST_STAMPED and all(map(_STAMPED.fullmatch, differing))
