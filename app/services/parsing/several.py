"""Files with more than one letter in them: where the first one ends."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from app.services.language.sentences import SENTENCE_END
from app.services.parsing.sheet import Sheet
from app.services.pdf import PdfText

_OPENING = re.compile(
    r"HOW THE IMR FINAL DETERMINATION WAS MADE|Notice of Independent Medical Review"
)
_TABLE = re.compile(r"Case Number:? ?(CM\d\d-\d{7})")
_HEADINGS = (
    "CLINICAL CASE SUMMARY",
    "IMR ISSUES, DECISIONS AND RATIONALES",
    "IMR DECISION(S) AND RATIONALE(S)",
)
_ONCE = ("HOW THE IMR FINAL", "Notice of Independent", "Case Number", *_HEADINGS)
"""What one letter prints no more than once."""

UNUSED = 0.09
"""Of a page's height. Real letters fill every page but the last to within 0.06 of its foot."""
_LONGEST_HEADING = 8
_CONCLUDED = 25
"""Words of the sentence that ends a letter."""
_RECORDS = 3
"""Over so many more pages the last text of no letter goes on: they are a bundle's."""


_HOW = "HOW THE IMR FINAL DETERMINATION WAS MADE"
_ROWS_ABOVE = 34
"""Rows: a letter has fewer above that heading, with a cover of a fax before it too."""
_OF_ITEMS = frozenset(("guideline:", "rationale:"))
OUT_OF_ORDER = "Put them in order and open the file again."
_LONGEST_COVER = 2
"""Pages of a letter to the parties before the determination that it tells of."""


def without_records_before(text: PdfText, sheet: Sheet) -> tuple[PdfText, str | None]:
    """The text less the pages of a bundle before its letter, and a sentence where there are any."""
    opening = next((row for row in sheet.rows if row.text == _HOW), None)
    if opening is None or opening.page in (1, text.pages[0].number):
        return text, None
    tables = [
        (sheet.row_at(sheet.word_at(match.start())).page, match[1])
        for match in _TABLE.finditer(sheet.text)
    ]
    own = next((number for page, number in tables if page == opening.page), None)
    if own is None and opening.number <= _ROWS_ABOVE:
        return text, None
    begins = _cover(tables, own, opening.page)
    if begins == 1:
        return text, None
    pages = tuple(page.with_words(()) if page.number < begins else page for page in text.pages)
    before = (page for page in text.pages if page.number < begins)
    if any(not _OF_ITEMS.isdisjoint(page.texts) for page in before):
        note = (
            f"The letter begins on page {begins}, but pages before it hold disputed items: the "
            f"pages may be out of order. {OUT_OF_ORDER}"
        )
    else:
        note = f"The letter begins on page {begins}: the pages before it were left out."
    return msgspec.structs.replace(text, pages=pages), note


def _cover(tables: list[tuple[int, str]], own: str | None, opening: int) -> int:
    """The page that a letter begins on: its cover's, which tells the case by the same number."""
    covers = [
        page
        for page, number in tables
        if number == own and opening - _LONGEST_COVER <= page <= opening
    ]
    return min(covers, default=opening)


def first_letter(text: PdfText, sheet: Sheet) -> tuple[PdfText, str | None]:
    """The pages of the first letter, and a sentence for the user where there are more."""
    page = _second_opening(sheet)
    if page is None:
        return text, None
    note = f"The file holds another letter from page {page} on: only the first one was read."
    pages = tuple(each for each in text.pages if each.number < page)
    return msgspec.structs.replace(text, pages=pages), note


def _second_opening(sheet: Sheet) -> int | None:
    if max(sheet.text.count(phrase) for phrase in _ONCE) < 2:
        return None
    words = [sheet.word_at(match.start()) for match in _OPENING.finditer(sheet.text)]
    openings = [sheet.row_at(word) for word in words if sheet.starts_row(word)]
    openings = [row for row in openings if row.last - row.first <= 9]
    first_page = openings[0].page if openings else 1
    tables = [
        (sheet.row_at(sheet.word_at(match.start())).page, match[1])
        for match in _TABLE.finditer(sheet.text)
    ]
    others = [row.page for row in openings if row.page > first_page]
    others += [page for page, number in tables if page > first_page and number != tables[0][1]]
    for heading in _HEADINGS:
        pages = [row.page for row in sheet.rows if row.text == heading]
        others += [page for page in pages if page > pages[0]]
    return min(others, default=None)


def end_of_letter(sheet: Sheet, after: int) -> int:
    """The word behind the letter's last one, where word `after` is in its last text.

    A page that was not filled, and a heading in capitals at the top of the next: an addendum or a
    proof of service begins there. Where the page ends with what was concluded, whatever follows; and
    where more pages follow than a text can fill, a bundle's records.
    """
    foot = _own_foot(sheet, after)
    for above, row in pairwise(sheet.rows[sheet.row_of[after] :]):
        if above.page != row.page and above.bottom < foot - UNUSED:
            short = row.last - row.first <= _LONGEST_HEADING
            if (
                (short and row.text.isupper())
                or _concludes(sheet, max(after, row.first - _CONCLUDED), row.first)
                or len({below.page for below in sheet.rows[row.number :]}) >= _RECORDS
            ):
                return row.first
    return len(sheet.texts)


def _own_foot(sheet: Sheet, after: int) -> float:
    """How far down the letter's fullest page is printed, whatever is bound in behind it."""
    last = sheet.row_at(after).page
    pages = {row.page for row in sheet.rows if row.page <= last}
    if len(pages) < 2 or sheet.rows[-1].page - last < _RECORDS:
        return sheet.foot
    return max(row.bottom for row in sheet.rows if row.page <= last)


def _concludes(sheet: Sheet, first: int, last: int) -> bool:
    """Whether these words end a letter: with a whole sentence, on whether there is a need."""
    text = sheet.joined(first, last).casefold()
    return SENTENCE_END.search(text) is not None and "medical" in text and "necess" in text
