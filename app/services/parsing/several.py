"""Files with more than one letter: where the second one begins."""

from __future__ import annotations

import re

import msgspec

from app.services.parsing.sheet import Sheet
from app.services.pdf import PdfText

_OPENING = re.compile(
    r"HOW THE IMR FINAL DETERMINATION WAS MADE|Notice of Independent Medical Review"
)
_TABLE = re.compile(r"Case Number:? ?(CM\d\d-\d{7})")
_ONCE = ("HOW THE IMR FINAL", "Notice of Independent", "Case Number")
"""What one letter prints no more than once."""


def first_letter(text: PdfText, sheet: Sheet) -> tuple[PdfText, str | None]:
    """The pages of the first letter, and a sentence for the user where there are more."""
    page = _second_opening(sheet)
    if page is None:
        return text, None
    note = f"The file holds another letter from page {page} on: only the first one was read."
    return msgspec.structs.replace(text, pages=text.pages[: page - 1]), note


def _second_opening(sheet: Sheet) -> int | None:
    if max(sheet.text.count(phrase) for phrase in _ONCE) < 2:
        return None
    openings = [
        sheet.row_at(sheet.word_at(match.start())) for match in _OPENING.finditer(sheet.text)
    ]
    openings = [row for row in openings if row.last - row.first <= 9]
    first_page = openings[0].page if openings else 1
    tables = [
        (sheet.row_at(sheet.word_at(match.start())).page, match[1])
        for match in _TABLE.finditer(sheet.text)
    ]
    others = [row.page for row in openings if row.page > first_page]
    others += [page for page, number in tables if page > first_page and number != tables[0][1]]
    return min(others, default=None)
