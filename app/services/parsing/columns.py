"""Pages printed in two columns, and sheets of two, four or more pages: which part is read first.

A part is a page of its own with the sheet's number: its words stand where they are printed, and its
`frame` is what it takes of the sheet. What stands above two columns in the full width, as the
letter's table does, is a part too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import median

import msgspec
from msgspec.structs import replace

from app.evidence import Box
from app.services.parsing.page_order import breaks_between
from app.services.pdf import PdfPage, PdfText, levelled

_LEAST_WORDS = 100
_GUTTERS = tuple(at / 100 for at in range(38, 63))
_MOST_CROSSING = 0.2
_LEAST_LINES = 6
_WIDE = 0.6
"""Of a column's width: what running text fills."""
_ROW = (0.0125, 0.0157, 0.0225)
"""Of a page's height: a row of a letter at least, mostly and at most."""
_BETWEEN, _OFF = 0.08, 0.05
"""The least white between a page and the one below it, of a page's height; how far it may lie from
where the sheet is divided evenly, of the sheet's."""
_MOST_ROWS = 4
"""Of pages on a sheet."""
_IN_TABLE = 3
"""So many short lines on both sides above the columns are a table in the full width."""


class _Line(msgspec.Struct, frozen=True):
    first: int
    last: int
    box: Box


def in_parts(text: PdfText) -> PdfText:
    """The text with each page of two columns as its parts, in the order they are read."""
    if not any(page.look_of for page in text.pages):
        return text
    sheets = [_parts(page) for page in text.pages]
    pages = [part for parts in sheets for part in parts]
    if len(pages) == len(text.pages):
        return text
    folded = _as_booklet(sheets)
    if folded and breaks_between(folded) < breaks_between(pages):
        pages = folded
    return replace(text, pages=tuple(pages))


def _as_booklet(sheets: Sequence[Sequence[PdfPage]]) -> list[PdfPage]:
    """The halves of the sheets in the order of a booklet folded from them; none where it is no such.

    The outer sheet holds the last page and the first, its back the second and the last but one.
    """
    if any(len(parts) > 2 for parts in sheets) or len(sheets) % 2:
        return []
    count = 2 * len(sheets)
    order: dict[int, PdfPage] = {}
    for at, parts in enumerate(sheets):
        places = (at, count - 1 - at) if at % 2 else (count - 1 - at, at)
        if len(parts) == 1:
            half = parts[0]
            order[places[bool(half.lefts) and median(half.lefts) > 0.5]] = half
        else:
            order.update(zip(places, parts, strict=True))
    return [order[at] for at in sorted(order)]


def _parts(page: PdfPage) -> Sequence[PdfPage]:
    if not page.look_of or page.unread or len(page.texts) < _LEAST_WORDS:
        return (page,)
    lines = _lines(levelled(page) if page.turned or page.slope else page)
    shown = [line for line in lines if page.looks[page.look_of[line.first]].seen]
    gutter = _gutter(shown)
    left = [line for line in shown if line.box[2] <= gutter]
    right = [line for line in shown if line.box[0] >= gutter]
    if len(left) + len(right) < (1 - _MOST_CROSSING) * len(shown):
        return (page,)
    wide_left, wide_right = _wide(left), _wide(right)
    if min(len(wide_left), len(wide_right)) < _LEAST_LINES:
        return (page,)
    borders = _rows_of_pages(lines)
    if borders:
        return _read_on(page, [*_cells(lines, gutter, borders)])
    begins = min(line.box[1] for line in (*wide_left, *wide_right))
    above = [line for line in shown if line.box[3] <= begins]
    sides = [sum(1 for line in above if line in side) for side in (left, right)]
    if min(sides) < _IN_TABLE and len(above) == sum(sides):
        above = []
    rest = [line for line in lines if line not in above]
    parts = (
        (above, (0.0, 0.0, 1.0, 1.0)),
        ([line for line in rest if line.box[0] < gutter], (0.0, 0.0, gutter, 1.0)),
        ([line for line in rest if line.box[0] >= gutter], (gutter, 0.0, 1.0, 1.0)),
    )
    return _as_parts(page, parts)


def _rows_of_pages(lines: Sequence[_Line]) -> list[float]:
    """The borders, edges included, of the rows that small pages stand in on a sheet of two columns.

    Empty where the sheet has one row of them: how low its print is tells how many there may be.
    """
    heights = sorted(line.box[3] - line.box[1] for line in lines)
    usual = heights[len(heights) // 2]
    likely = [rows for rows in range(2, _MOST_ROWS + 1) if _ROW[0] < rows * usual < _ROW[2]]
    spans = sorted((line.box[1], line.box[3]) for line in lines)
    lows = accumulate((bottom for _, bottom in spans), max)
    white = [*zip(lows, [*(top for top, _ in spans[1:]), 1.0], strict=True)]
    for rows in sorted(likely, key=lambda each: abs(each * usual - _ROW[1])):
        borders = [_border(white, at / rows, _BETWEEN / rows) for at in range(1, rows)]
        inner = [border for border in borders if border]
        if len(inner) == len(borders) and any(top > inner[0] for top, _ in spans):
            return [0.0, *inner, 1.0]
    return []


def _border(white: Iterable[tuple[float, float]], even: float, least: float) -> float:
    """The place next to an even division in the widest white there, 0 where there is none so wide."""
    near = [
        (low, top)
        for low, top in white
        if top - low >= least and low < even + _OFF and top > even - _OFF
    ]
    low, top = max(near, key=lambda each: each[1] - each[0], default=(0.0, 0.0))
    return min(max(even, low), top)


def _cells(
    lines: Sequence[_Line], gutter: float, borders: Sequence[float]
) -> Iterator[tuple[list[_Line], Box]]:
    """The lines of each small page, row by row, and where it lies on the sheet."""
    for low, high in pairwise(borders):
        row = [line for line in lines if low <= line.box[1] < high]
        yield [line for line in row if line.box[0] < gutter], (0.0, low, gutter, high)
        yield [line for line in row if line.box[0] >= gutter], (gutter, low, 1.0, high)


def _read_on(page: PdfPage, cells: list[tuple[list[_Line], Box]]) -> Sequence[PdfPage]:
    """The small pages row by row, or column by column where the text goes on so more often."""
    across, down = (_as_parts(page, each) for each in (cells, [*cells[::2], *cells[1::2]]))
    return down if breaks_between(down) < breaks_between(across) else across


def _as_parts(page: PdfPage, parts: Iterable[tuple[list[_Line], Box]]) -> Sequence[PdfPage]:
    words = page.words
    return [
        replace(
            page.with_words(words[at] for line in part for at in range(line.first, line.last)),
            frame=frame,
        )
        for part, frame in parts
        if part
    ]


def _lines(level: PdfPage) -> list[_Line]:
    return [
        _Line(
            first,
            last,
            (
                min(level.lefts[first:last]),
                min(level.tops[first:last]),
                max(level.rights[first:last]),
                max(level.bottoms[first:last]),
            ),
        )
        for first, last in pairwise((*level.starts, len(level.texts)))
    ]


def _gutter(lines: Sequence[_Line]) -> float:
    """Where the fewest lines are crossed near the page's middle: in the middle of such places."""
    crossed = [sum(1 for line in lines if line.box[0] < at < line.box[2]) for at in _GUTTERS]
    fewest = min(crossed)
    best = [at for at, count in zip(_GUTTERS, crossed, strict=True) if count == fewest]
    return best[len(best) // 2]


def _wide(lines: Sequence[_Line]) -> list[_Line]:
    """The lines that fill most of the width that the side's lines take."""
    if not lines:
        return []
    width = max(line.box[2] for line in lines) - min(line.box[0] for line in lines)
    return [line for line in lines if line.box[2] - line.box[0] >= _WIDE * width]
