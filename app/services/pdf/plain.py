"""Whether a page is plain: one hand's print, line by line down the page, so that no closer look is due.

It is asked of every page of every letter, so it looks only at what costs next to nothing: where
lines begin and how high they are, in how many pieces the page was written, what is drawn on it. A
font or size of its own shows in a line's height; what was put on later, in the order of the lines.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, count, islice
from operator import itemgetter, lt, not_, sub

import pymupdf

from app.services.pdf.engine import streams_of
from app.services.pdf.looks import Columns, Looks

_STREAMS = (1, 8)
"""In so many pieces programs write a page; what is stamped on it later adds some."""
_TALL = 1.5
_SAME_HEIGHT = 0.008
"""Points by which lines of one font and size differ at most."""
_FEW = 6
_SHARED = 3.0
"""Points by which a line may reach into the one before it."""
_UNEVEN_STEP, _HALF_STEP = 0.06, (0.46, 0.52)
"""Of a step from line to line; and what stands above and below headings."""
_HEADINGS = frozenset(("HOW", "CLINICAL", "DOCUMENTS", "IMR"))
"""How the form's headings begin, which stand in the middle of a line and may end a page."""
_TABLE = 0.25
"""Of the first page's height: its table stands above."""
_SHAPE = 3
"""The engine's number for blocks that are drawn."""
_SAMPLE = 120
"""Words by which an askew page is told."""


def is_plain(
    page: pymupdf.Page,
    text_page: pymupdf.TextPage,
    words: Columns,
    starts: Sequence[int],
    how: Looks,
) -> bool:
    """Whether nothing on the page hints at more than one hand's print on it.

    `starts` are the words that begin lines. The first page's table has its cells side by side and
    in a font of its own.
    """
    if how.italic or page.first_annot or streams_of(page) not in _STREAMS:
        return False
    first = page.number == 0
    if len(starts) > 1:
        of_lines = itemgetter(*starts)
        tops, bottoms = of_lines(words.y0s), of_lines(words.y1s)
        if not _in_few_prints(tops, bottoms, of_lines(how.bold), 2 if first else 1):
            return False
        table = text_page.rect.height * _TABLE if first else 0.0
        if not _in_order(tops, bottoms, table) or not _ends_evenly(words, starts, tops):
            return False
        sample = len(set(words.y0s[:_SAMPLE]))
        if sample > 2 * bisect_left(starts, _SAMPLE) + _FEW:
            return False  # the words of a line stand at different heights: the page is askew
        return not _has_shapes(text_page, table)
    return False


def _in_few_prints(
    tops: Sequence[float], bottoms: Sequence[float], bold: Sequence[bool], most: int
) -> bool:
    """Whether the lines, bold ones and others, have no more than so many heights each."""
    heights = list(map(sub, bottoms, tops))
    if max(heights) > _TALL * min(heights):
        return False
    for of_kind in (compress(heights, bold), compress(heights, map(not_, bold))):
        kinds = sorted(of_kind)
        steps = map(sub, islice(kinds, 1, None), kinds)
        if sum(map(_SAME_HEIGHT.__lt__, steps)) >= most:
            return False
    return True


def _in_order(tops: Sequence[float], bottoms: Sequence[float], table: float) -> bool:
    """Whether each line below the table stands below the one before it."""
    low = map(_SHARED.__add__, islice(tops, 1, None))
    return all(tops[at] < table for at in compress(count(), map(lt, low, bottoms)))


def _ends_evenly(words: Columns, starts: Sequence[int], tops: Sequence[float]) -> bool:
    """Whether the first and the last line of a page stand a whole or half step from the next one.

    The last also where most lines begin, unless it is a heading.
    """
    steps = sorted([step for step in map(sub, islice(tops, 1, None), tops) if step > _SHARED])
    if not steps:
        return False
    usual = steps[len(steps) // 4 if len(steps) > _FEW else 0]
    for top, below in (tops[:2], tops[-2:]):
        over = (below - top) / usual % 1
        if min(over, 1 - over) > _UNEVEN_STEP and not _HALF_STEP[0] < over < _HALF_STEP[1]:
            return False
    lefts = sorted(itemgetter(*starts)(words.x0s))
    last = starts[-1]
    even = abs(words.x0s[last] - lefts[len(lefts) // 4]) < _SHARED
    return even or words.texts[last] in _HEADINGS


def _has_shapes(text_page: pymupdf.TextPage, table: float) -> bool:
    """Whether something is drawn behind the last text or below the table of a first page."""
    block = last = text_page.this.m_internal.last_block
    while block is not None and block.type != _SHAPE:
        block = block.prev
    if block is None:
        return False
    return block is last or block.bbox.y1 > table
