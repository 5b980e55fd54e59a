"""How far a page's rows fall to the right: paper that went through the scanner askew."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median

from app.evidence import Box
from app.services.pdf.words import PdfPage

_LEAST = 0.0026
"""Of a slope: half a point in a row of letter paper's width."""
_MOST = math.tan(math.radians(8))
_LEAST_ROWS = 4
_WIDE = 90.0
"""Points that a line must have for its slope to count."""


def slope_of(page: PdfPage) -> float:
    """By how many points the rows of a page fall for each point to the right, text upright.

    The middle of what its lines say from their first to their last word; 0 where that is too
    little to matter or the lines do not agree.
    """
    slopes: list[float] = []
    for first, end in pairwise((*page.starts, len(page.texts))):
        if end - first < 3:
            continue
        one, other = _upright_middle(page, first), _upright_middle(page, end - 1)
        if other[0] - one[0] > _WIDE:
            slopes.append((other[1] - one[1]) / (other[0] - one[0]))
    if len(slopes) < _LEAST_ROWS:
        return 0.0
    slope = median(slopes)
    agreeing = sum(1 for each in slopes if abs(each - slope) < _LEAST + abs(slope) / 4)
    if not _LEAST < abs(slope) < _MOST or agreeing * 2 < len(slopes):
        return 0.0
    return slope


def levelled(page: PdfPage) -> PdfPage:
    """The page with its text upright and its rows level, for telling rows: places are moved.

    Of a part of a page its frame is the whole.
    """
    width, height = page.width, page.height
    if page.turned in (90, 270):
        width, height = height, width
    turn = math.hypot(1, page.slope)
    cos, sin = 1 / turn, page.slope / turn
    boxes: list[Box] = []
    for number in range(len(page.texts)):
        x0, y0, x1, y1 = upright(_box(page, number), page.turned)
        wide, tall = (x1 - x0) * width, (y1 - y0) * height
        # What a turned box is larger by than the word in it.
        tall = max(tall - abs(sin) * wide, tall / 3)
        x, y = ((x0 + x1) / 2 - 0.5) * width, ((y0 + y1) / 2 - 0.5) * height
        x, y = x * cos + y * sin, y * cos - x * sin
        boxes.append(
            (
                (x - wide / 2) / width + 0.5,
                (y - tall / 2) / height + 0.5,
                (x + wide / 2) / width + 0.5,
                (y + tall / 2) / height + 0.5,
            )
        )
    left, top, right, bottom = page.frame
    wide, tall = right - left, bottom - top
    boxes = [
        ((x0 - left) / wide, (y0 - top) / tall, (x1 - left) / wide, (y1 - top) / tall)
        for x0, y0, x1, y1 in boxes
    ]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return PdfPage(
        page.number, width * wide, height * tall, 0, page.texts, lefts, tops, rights, bottoms, page.bold,
        page.starts, page.looks, page.look_of,
    )  # fmt: skip


def upright(box: Box, turned: int) -> Box:
    """The box as seen with the text upright."""
    x0, y0, x1, y1 = box
    if turned == 90:
        return (y0, 1 - x1, y1, 1 - x0)
    if turned == 180:
        return (1 - x1, 1 - y1, 1 - x0, 1 - y0)
    if turned == 270:
        return (1 - y1, x0, 1 - y0, x1)
    return box


def _box(page: PdfPage, number: int) -> Box:
    return (page.lefts[number], page.tops[number], page.rights[number], page.bottoms[number])


def _upright_middle(page: PdfPage, number: int) -> tuple[float, float]:
    """A word's middle in points, the text upright."""
    x0, y0, x1, y1 = upright(_box(page, number), page.turned)
    width, height = page.width, page.height
    if page.turned in (90, 270):
        width, height = height, width
    return (x0 + x1) / 2 * width, (y0 + y1) / 2 * height
