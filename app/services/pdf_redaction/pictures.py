"""What the pictures of pages say, where text recognition is installed: what must go is found there
too, and the finished copy is read once more.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

import pymupdf

from app.evidence import Box
from app.services.pdf import PdfPage
from app.services.pdf.engine import open_document, working_on
from app.services.pdf.scans import DOTS, drawn_scan, scan_of
from app.services.privacy.reading import PrivateTerms
from app.services.recognition import is_installed

_OUTLINES = 12
"""So many curves on a page may be a word: a few letters have more."""
_PRINTED_DOTS = 200
"""What a program printed is read as well as at 300, in less time."""
_ENOUGH = 0.6
"""Of the words of a page that its picture must give."""
_ROOM = 0.004
"""Of the page, around a word: a letter's foot may stand out of its box."""


def drawn_pages(pdf: bytes, password: str | None = None) -> tuple[int, ...]:
    """The pages on which words may be drawn: as a picture, or as outlines."""
    with working_on(open_document(pdf, password)) as document:
        return tuple(
            number
            for number, page in enumerate(document.pages(), 1)
            if page.get_images() or sum(map(_curves, page.get_cdrawings() or ())) >= _OUTLINES
        )


def drawn_in(page: pymupdf.Page, boxes: Iterable[Box]) -> int:
    """How many outlines are left in boxes of a page."""
    areas = list(boxes_on(page, boxes))
    if not areas:
        return 0
    return sum(
        any(pymupdf.Rect(drawing["rect"]).intersects(area) for area in areas)
        for drawing in page.get_cdrawings() or ()
        if _curves(drawing)
    )


def boxes_on(page: pymupdf.Page, boxes: Iterable[Box]) -> Iterator[pymupdf.Rect]:
    """Boxes in the page's own unturned points."""
    shown = page.rect
    for x0, y0, x1, y1 in boxes:
        area = pymupdf.Rect(
            x0 * shown.width, y0 * shown.height, x1 * shown.width, y1 * shown.height
        )
        yield area * page.derotation_matrix


def _curves(drawing: dict[str, Any]) -> int:
    return sum(item[0] == "c" for item in drawing.get("items", ()))


def pages_seen(
    pdf: bytes,
    password: str | None = None,
    numbers: Iterable[int] = (),
    tell: Callable[[], None] = lambda: None,
) -> tuple[PdfPage, ...] | None:
    """The words in the pictures of these pages; some seconds each.

    None without a recogniser. `tell` is called after each page.
    """
    if not is_installed():
        return None
    # It is there only with the extra.
    from app.services.recognition.engine import read_scan

    seen: list[PdfPage] = []
    with working_on(open_document(pdf, password)) as document:
        for number in numbers:
            seen.append(read_scan(scan_of(document[number - 1], number)))
            tell()
    return tuple(seen)


def printed_seen(pdf: bytes, numbers: Iterable[int], tell: Callable[[], None]) -> tuple[str, ...]:
    """What stands on the pictures of pages that are all text, a second each.

    Where less is read than the page has words it may lie on its side: then it is read as a scan is.
    """
    from app.services.recognition.engine import read_printed, read_scan

    seen: list[str] = []
    with working_on(open_document(pdf, None)) as document:
        for number in numbers:
            page = document[number - 1]
            text = read_printed(drawn_scan(page, number, _PRINTED_DOTS))
            if len(text.split()) < _ENOUGH * len(page.get_text("words")):
                text = text_of(read_scan(drawn_scan(page, number, DOTS)))
            seen.append(text)
            tell()
    return tuple(seen)


def private_boxes(page: PdfPage, terms: PrivateTerms) -> Iterator[Box]:
    """Where on the page words stand that must go."""
    text = text_of(page)
    ends = list(accumulate(len(word) + 1 for word in page.texts))
    for start, end in terms.read(text).private:
        for word, stop in zip(page.words, ends, strict=True):
            if stop - 1 > start and stop - 1 - len(word.text) < end:
                x0, y0, x1, y1 = word.box
                yield (x0 - _ROOM, y0 - _ROOM, x1 + _ROOM, y1 + _ROOM)


def text_of(page: PdfPage) -> str:
    """The words of a page, each line of its own."""
    parts: list[str] = []
    line = 0
    for word in page.words:
        if parts:
            parts.append(" " if word.line == line else "\n")
        parts.append(word.text)
        line = word.line
    return "".join(parts)
