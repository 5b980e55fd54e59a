"""Where each page lies in the long strip of pages: the geometry of continuous scrolling.

Strip coordinates are logical pixels from the strip's top left corner; page coordinates are 0..1
of the page as printed, whatever its rotation on the screen. Pages count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from app.evidence import Box

GAP = 12
"""Pixels between two pages, and around the strip."""


class Spot(NamedTuple):
    """A point on a page, in 0..1 of that page."""

    page: int
    x: float
    y: float


class PageLayout:
    """The strip of pages at one scale, rotation and width of the view."""

    def __init__(
        self,
        sizes: Sequence[tuple[float, float]] = (),
        *,
        scale: float = 1.0,
        rotation: int = 0,
        room: int = 0,
    ) -> None:
        """`sizes` in points, `scale` in logical pixels a point, `room` the view's width."""
        self.scale = scale
        self.rotation = rotation % 360
        turned = [turned_size(size, self.rotation) for size in sizes]
        widths = [max(1, round(width * scale)) for width, _ in turned]
        heights = [max(1, round(height * scale)) for _, height in turned]
        self.width = max([room, *(width + 2 * GAP for width in widths)])
        self.rects: list[QRectF] = []
        self._tops: list[float] = []
        top = GAP
        for width, height in zip(widths, heights, strict=True):
            self.rects.append(QRectF((self.width - width) // 2, top, width, height))
            self._tops.append(top)
            top += height + GAP
        self.height = top

    @property
    def count(self) -> int:
        return len(self.rects)

    def rect(self, page: int) -> QRectF:
        """Where the page lies. Raises IndexError for a page that is not there."""
        if not 1 <= page <= self.count:
            raise IndexError(page)
        return self.rects[page - 1]

    def page_at(self, y: float) -> int:
        """The page at that height of the strip; in a gap the page above it, 0 without pages."""
        return max(1, bisect_right(self._tops, y)) if self.rects else 0

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages that show between two heights."""
        if not self.rects:
            return range(0)
        first = self.page_at(top)
        if self.rect(first).bottom() <= top:
            first += 1
        return range(first, bisect_right(self._tops, bottom) + 1)

    def to_strip(self, page: int, box: Box) -> QRectF:
        """A box of a page, on the strip."""
        rect = self.rect(page)
        x0, y0, x1, y1 = turned_box(box, self.rotation)
        return QRectF(
            rect.x() + x0 * rect.width(),
            rect.y() + y0 * rect.height(),
            (x1 - x0) * rect.width(),
            (y1 - y0) * rect.height(),
        )

    def to_page(self, point: QPointF, *, nearest: bool = False) -> Spot | None:
        """The point of a page under a point of the strip; None beside the pages.

        With `nearest` a point beside the pages counts as the nearest point of the page there.
        """
        if not self.rects:
            return None
        page = self.page_at(point.y())
        rect = self.rect(page)
        if not rect.contains(point):
            if not nearest:
                return None
            if point.y() > rect.bottom() + GAP / 2 and page < self.count:
                page += 1
        return Spot(page, *self.onto_page(page, point))

    def onto_page(self, page: int, point: QPointF) -> tuple[float, float]:
        """A point of the strip in 0..1 of a page, moved onto that page where it is beside it."""
        rect = self.rect(page)
        x = min(1.0, max(0.0, (point.x() - rect.x()) / rect.width()))
        y = min(1.0, max(0.0, (point.y() - rect.y()) / rect.height()))
        x, y, _, _ = turned_box((x, y, x, y), -self.rotation % 360)
        return x, y


def turned_size(size: tuple[float, float], rotation: int) -> tuple[float, float]:
    """Width and height after turning by quarter turns (degrees clockwise)."""
    width, height = size
    return (height, width) if rotation in (90, 270) else (width, height)


def turned_box(box: Box, rotation: int) -> Box:
    """A box in 0..1 of a page, in 0..1 of the page turned by quarter turns clockwise."""
    x0, y0, x1, y1 = box
    if rotation == 90:
        return (1 - y1, x0, 1 - y0, x1)
    if rotation == 180:
        return (1 - x1, 1 - y1, 1 - x0, 1 - y0)
    if rotation == 270:
        return (y0, 1 - x1, y1, 1 - x0)
    return box
