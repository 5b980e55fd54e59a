"""The words of a form or letter in rows and in pieces: what stands together, and where.

A piece is a run of words of one row with no wide gap in it: a cell, a label with its value, a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.evidence import Box, Place
from app.services.parsing.rows import Row, page_rows
from app.services.parsing.sheet import Sheet
from app.services.pdf import FormText, PdfPage, PdfText, TextField, upright

GAP = 0.0145
"""Of the page's width: white space so wide parts two pieces."""
_BESIDE = 0.002
_HEAD, _FOOT = 0.15, 0.9
"""Of the page's height: where heads and feet stand."""
_FIGURES = re.compile(r"\d+")
_LEADERS = re.compile(r"\.{2,}|\u2026{1,}|(?:\.\s?){3,}")
_NOT_TOLD = re.compile(r"[^a-z0-9]+")


class Piece(NamedTuple):
    """Words `first` to before `last` of the sheet, in a row; sides are those of the upright page."""

    page: int
    row: int
    first: int
    last: int
    left: float
    right: float
    text: str


class Layout:
    """The rows and pieces of some pages of a file."""

    def __init__(self, text: PdfText, pages: tuple[int, ...] = (), form: FormText | None = None):
        self.form = form
        self.shown = {page.number: page for page in text.pages}
        rows: list[Row] = []
        for page in text.pages:
            if not pages or page.number in pages:
                rows += page_rows(_without_leaders(page))
        if form is None or not form.pages:
            rows = _without_running(rows)
        self.sheet = Sheet(rows)
        self.rows = self.sheet.rows
        self._pieces: dict[int, tuple[Piece, ...]] = {}

    def pieces(self, row: Row) -> tuple[Piece, ...]:
        """The pieces of a row, from left to right."""
        found = self._pieces.get(row.number)
        if found is None:
            found = self._pieces[row.number] = tuple(self._parted(row))
        return found

    def all_pieces(self) -> Iterator[Piece]:
        """Every piece, in reading order."""
        for row in self.rows:
            yield from self.pieces(row)

    def piece(self, row: Row, first: int, last: int) -> Piece:
        """Some words of a row as a piece."""
        left, right = row.sides_of(first)[0], row.sides_of(last - 1)[1]
        text = " ".join(self.sheet.texts[first:last])
        return Piece(row.page, row.number, first, last, left, right, text)

    def places(self, first: int, last: int) -> tuple[Place, ...]:
        """Where words stand on the pages as shown."""
        return self.sheet.places(first, last)

    def upright(self, page: int, box: Box) -> Box:
        """A box of the page as shown, on the page turned upright as rows are."""
        return upright(box, self.shown[page].turned)

    def _parted(self, row: Row) -> Iterator[Piece]:
        fields = self._fields(row)
        first = row.first
        for word in range(row.first + 1, row.last):
            before, here = row.sides_of(word - 1), row.sides_of(word)
            apart = here[0] - before[1] > GAP
            if apart or _field_at(fields, row, before) is not _field_at(fields, row, here):
                yield self.piece(row, first, word)
                first = word
        yield self.piece(row, first, row.last)

    def _fields(self, row: Row) -> list[tuple[TextField, Box]]:
        if self.form is None:
            return []
        page = self.form.page(row.page)
        return [(field, self.upright(row.page, field.box)) for field in page.fields]


def _field_at(
    fields: list[tuple[TextField, Box]], row: Row, sides: tuple[float, float]
) -> TextField | None:
    """The field of the file that a word of the row stands in."""
    across, down = (sides[0] + sides[1]) / 2, (row.top + row.bottom) / 2
    for field, (x0, y0, x1, y1) in fields:
        if x0 - _BESIDE <= across <= x1 + _BESIDE and y0 - _BESIDE <= down <= y1 + _BESIDE:
            return field
    return None


def _without_running(rows: list[Row]) -> list[Row]:
    """The rows without heads and feet that stand on page after page; the first page keeps its own,
    which may tell whose case it is."""
    seen: dict[str, int] = {}
    kept: list[Row] = []
    for row in rows:
        at_edge = row.top < _HEAD or row.bottom > _FOOT
        words = _FIGURES.sub("", squeezed(row.text)) if at_edge else ""
        if words and seen.setdefault(words, row.page) != row.page:
            continue
        kept.append(row)
    return kept


def _without_leaders(page: PdfPage) -> PdfPage:
    """The page without the dots that lead from a label to its value: the gap says as much."""
    if not any(_LEADERS.fullmatch(text) for text in page.texts):
        return page
    return page.with_words(word for word in page.words if not _LEADERS.fullmatch(word.text))


def squeezed(text: str) -> str:
    """The letters and figures of a text alone, in small letters; `#` is the word number."""
    return _NOT_TOLD.sub("", text.casefold().replace("#", "number").replace("&", "and"))


def has_words(page: PdfPage) -> bool:
    """Whether the page says something that can be read."""
    return bool(page.texts) and not page.unread
