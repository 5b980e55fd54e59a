"""A letter as lines that are meant as one: rows that were broken for want of room are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.services.intake.layout import Layout
from app.services.parsing.rows import Row

_BULLET = re.compile(r"[\u2022\u25cf\u25aa\u2013\u2014*\u00b7\u25e6\uf0b7-]$|^o$")
_NUMBER = re.compile(r"^\(?(?:#|no\.?)?\s?0?(\d{1,2})[.):]$|^0?(\d{1,2})[.)](?=\D)", re.I)
_LETTER = re.compile(r"^\(?([a-h])[.)]$")
_LABEL = re.compile(r"^[A-Z][\w /'&.#-]{1,44}(?::|\s[-\u2013]\s|\?)")
_FULL = 0.62
"""Of the page's width: a row that ends before was not broken for want of room."""


class Line(NamedTuple):
    """Words `first` to before `last` of the sheet, without bullet and number before them.

    `number` is the number in front (0 for none), `is_listed` whether a bullet or number is there.
    """

    page: int
    first: int
    last: int
    text: str
    left: float
    number: int
    is_listed: bool
    is_bold: bool
    is_parted: bool
    """White space parts it from the line above."""


def lines_of(layout: Layout, rows: list[Row]) -> list[Line]:
    """The lines of some rows, in reading order."""
    held: list[Row] = []
    found: list[Line] = []
    for row in rows:
        if held and not _goes_on(layout, held, row):
            found += _line(layout, held)
            held = []
        held.append(row)
    if held:
        found += _line(layout, held)
    return found


def _goes_on(layout: Layout, held: list[Row], row: Row) -> bool:
    above = held[-1]
    if row.gap or _begins(layout, row) or len(layout.pieces(above)) > _own_pieces(layout, above):
        return False
    if above.page != row.page and above.texts[-1][-1:] in ".:;?!":
        return False
    if layout.sheet.bold[row.first] != layout.sheet.bold[above.last - 1]:
        return False
    begin = _text_left(layout, held[0])
    aligned = abs(row.left - begin) < 0.012 or abs(row.left - held[-1].left) < 0.012
    return aligned and above.right > _FULL and not layout.sheet.forced_before(row.first)


def _own_pieces(layout: Layout, row: Row) -> int:
    """How many pieces a row of running text has: a bullet is one of its own."""
    first = row.texts[0]
    return 2 if _BULLET.search(first) or _NUMBER.match(first) or _LETTER.match(first) else 1


def _begins(layout: Layout, row: Row) -> bool:
    first = row.texts[0]
    begins = _BULLET.fullmatch(first) or _NUMBER.match(first) or _LETTER.match(first)
    return bool(begins or _LABEL.match(row.text))


def _text_left(layout: Layout, row: Row) -> float:
    own = _own_pieces(layout, row)
    at = row.first + 1 if own == 2 and row.last > row.first + 1 else row.first
    return row.sides_of(at)[0]


def _line(layout: Layout, rows: list[Row]) -> Iterator[Line]:
    """The line of some rows; a row of several cells is given as it is told by `cells`."""
    row = rows[0]
    first, last = row.first, rows[-1].last
    text = layout.sheet.texts[first]
    number, is_listed = 0, False
    if _BULLET.fullmatch(text) and last > first + 1:
        first, is_listed = first + 1, True
    else:
        match, letter = _NUMBER.match(text), _LETTER.match(text)
        if match and (match.end() == len(text)) and last > first + 1:
            number, first, is_listed = int(match[1] or match[2]), first + 1, True
        elif letter and last > first + 1:
            number, first, is_listed = ord(letter[1]) - ord("a") + 1, first + 1, True
    words = _with_cells(layout, rows, first, last)
    yield Line(
        row.page, first, last, words, row.sides_of(first)[0], number, is_listed,
        layout.sheet.bold[first] and layout.sheet.bold[last - 1], row.gap,
    )  # fmt: skip


def _with_cells(layout: Layout, rows: list[Row], first: int, last: int) -> str:
    """The words; wide gaps between cells are three spaces, but for one behind a label's colon."""
    if len(rows) > 1:
        return layout.sheet.joined(first, last)
    parts: list[str] = []
    for piece in layout.pieces(rows[0]):
        if piece.last <= first:
            continue
        text = " ".join(layout.sheet.texts[max(piece.first, first) : piece.last])
        if parts:
            parts.append(" " if parts[-1].endswith((":", "-")) else "   ")
        parts.append(text)
    return "".join(parts)


def word_at(line: Line, offset: int) -> int:
    """The number of the word that a character of the line's text lies in."""
    return line.first + len(line.text[:offset].split(" ")) - 1 - line.text[:offset].count("   ") * 2
