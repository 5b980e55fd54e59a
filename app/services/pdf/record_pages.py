"""The words of pages of records: read fast, with no look at how each of them is printed.

What matters of a letter's page (stamps, print set aside, sloping rows) does not matter here: records
are searched and quoted, by a person who sees them.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable

import pymupdf

from app.services.pdf.engine import ENGINE_ERRORS
from app.services.pdf.extraction import plain_page
from app.services.pdf.legible import PictureFinder
from app.services.pdf.words import PdfPage


def record_pages(document: pymupdf.Document, numbers: Iterable[int]) -> tuple[PdfPage, ...]:
    """These pages (from 1) with their words; a broken one, or one that is not there, has none."""
    pictures = PictureFinder()
    found: list[PdfPage] = []
    for number in numbers:
        try:
            found.append(plain_page(document.load_page(number - 1), number, pictures))
        except ENGINE_ERRORS:
            found.append(PdfPage(number, 612.0, 792.0))
    return tuple(found)
