"""Pages printed in two columns, and sheets of two or four pages: which part is read first.

A part is a page of its own with the sheet's number: its words stand where they are printed, and its
`frame` is what it takes of the sheet. What stands above two columns in the full width, as the
letter's table does, is a part too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
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
_SMALL, _BETWEEN = 0.011, 0.02
"""Of a sheet's height: what print of four pages a sheet is lower than; half of the white between
the upper and the lower two, at least."""
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
    if _holds_four(lines):
        return _as_parts(page, [_quarter(lines, gutter, at) for at in range(4)])
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


def _holds_four(lines: Sequence[_Line]) -> bool:
    """Whether a sheet of two columns holds two pages above two others, in small print."""
    heights = sorted(line.box[3] - line.box[1] for line in lines)
    small = heights[len(heights) // 2] < _SMALL
    upper, lower = 0.5 - _BETWEEN, 0.5 + _BETWEEN
    parted = not any(line.box[1] < lower and line.box[3] > upper for line in lines)
    return small and parted and any(line.box[1] > 0.5 for line in lines)


def _quarter(lines: Sequence[_Line], gutter: float, at: int) -> tuple[list[_Line], Box]:
    """The lines of one of four pages, which are read row by row, and where it lies on the sheet."""
    low, right = divmod(at, 2)
    inside = [
        line for line in lines if (line.box[1] > 0.5) == low and (line.box[0] >= gutter) == right
    ]
    frame = (right * gutter, low / 2, 1.0 if right else gutter, (low + 1) / 2)
    return inside, frame


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
