"""Which rows are page headers and footers: what a letter prints on every page, or page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

_AT_EDGE = 3
"""How many rows from the top and the bottom of a page may be headers and footers."""
_EDGE = 0.088
"""Real letters print nothing above or below this share of the page but on page one."""
_SAME_HEIGHT = 0.012
_SHORT = 60
"""Characters: a row with a page's number has fewer."""
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-\u2013]?\s*\d{1,4}\s*[-\u2013]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_PAGE_OF = re.compile(r"\bpage\s+\d{1,4}\s*(?:of\s+\d{1,4})?\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(
    r"(?:claims administrator|maximus|imro|decision|state\(s\)|certification)\b", re.IGNORECASE
)

_OF_LETTER = re.compile(
    r"(?:[.,;:?!][\"')\]\u201d\u2019]*|\b(?:Upheld|Overturned))$", re.IGNORECASE
)
"""How rows of the letter end, also those that it repeats: sentences and titles with decisions."""


class _Placed(Protocol):
    page: int
    top: float
    bottom: float
    text: str


def running_rows(rows: Sequence[_Placed]) -> frozenset[int]:
    """The numbers of the rows that belong to the page rather than to the letter."""
    seen: dict[str, list[int]] = {}
    found: set[int] = set()
    for number, from_top in _edge_rows(rows):
        row = rows[number]
        text = row.text
        if _LABEL.match(text):
            continue
        outside = row.bottom < _EDGE or row.top > 1 - _EDGE + 0.02
        numbered = outside and len(text) < _SHORT and _is_numbered(text)
        if numbered or (not from_top and _PAGE_OF.fullmatch(text)):
            found.add(number)
        else:
            seen.setdefault(_DIGITS.sub("#", text), []).append(number)
    pages = len({row.page for row in rows})
    least = min(pages, max(pages - 1, 2))
    for numbers in seen.values():
        if len(numbers) >= least:
            found.update(_repeated(rows, numbers, pages))
    return frozenset(found)


def _is_numbered(text: str) -> bool:
    """Whether a row is a page's number, or holds one and does not end as the letter's rows do."""
    if PAGE_NUMBER.fullmatch(text):
        return True
    return bool(_PAGE_OF.search(text)) and not _OF_LETTER.search(text)


def _edge_rows(rows: Sequence[_Placed]) -> list[tuple[int, bool]]:
    """The first and last rows of every page, with whether they stand at its top."""
    found: list[tuple[int, bool]] = []
    start = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or rows[number].page != rows[start].page:
            half = (start + number) // 2
            found.extend((at, True) for at in range(start, min(start + _AT_EDGE, half)))
            found.extend((at, False) for at in range(max(number - _AT_EDGE, half), number))
            start = number
    return found


def _repeated(rows: Sequence[_Placed], numbers: list[int], pages: int) -> list[int]:
    """Those that stand at the same height of all pages but one, apart from the letter's own rows.

    What ends as the letter's rows do must stand on all: two pages may begin with the same row.
    """
    needed = pages if _OF_LETTER.search(rows[numbers[0]].text) else max(pages - 1, 2)
    if len({rows[number].page for number in numbers}) < needed:
        return []
    height = rows[numbers[0]].top
    if any(abs(rows[number].top - height) > _SAME_HEIGHT for number in numbers):
        return []
    return [number for number in numbers if _apart(rows, number)]


def _apart(rows: Sequence[_Placed], number: int) -> bool:
    row = rows[number]
    if row.bottom < _EDGE or row.top > 1 - _EDGE + 0.02:
        return True
    tall = row.bottom - row.top
    gaps: list[float] = []
    if number and rows[number - 1].page == row.page:
        gaps.append(row.top - rows[number - 1].bottom)
    if number + 1 < len(rows) and rows[number + 1].page == row.page:
        gaps.append(rows[number + 1].top - row.bottom)
    return bool(gaps) and max(gaps) > 1.2 * tall
