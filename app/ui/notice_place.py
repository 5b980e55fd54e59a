"""Where notices lie: over what they may, in the room they need, and never over the field in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect

WIDTH, MARGIN = 760, 24
BESIDE = 8
"""Pixels of air at its sides where there is little room."""
NARROWEST = 360
"""Pixels a notice should have: where its own place has fewer, it lies over more of the ground."""


def place(
    ground: QRect, own: QRect, kept_clear: QRect, needed: int, height_of: Callable[[int], int]
) -> QRect:
    """Where notices that cannot do with less than `needed` pixels lie on the ground.

    Best over the part they have of their `own`; `kept_clear` is covered by none that fit beside it.
    `height_of` gives the height they take in a width.
    """
    found = [
        there
        for room in _rooms(ground, own, kept_clear, needed)
        for there in _edges(room, needed, height_of)
    ]
    free = (there for there in found if not there.intersects(kept_clear))
    return next(free, None) or min(found, key=lambda there: _area(there & kept_clear))


def _rooms(ground: QRect, own: QRect, kept_clear: QRect, needed: int) -> Iterator[QRect]:
    """Their own part, all of the ground, then what is left of it beside what is kept clear."""
    if own.width() >= max(NARROWEST, needed + 2 * BESIDE):
        yield own
    yield ground
    if kept_clear.isValid():
        beside = QRect(ground.topLeft(), QPoint(kept_clear.left() - 1, ground.bottom()))
        if beside.width() >= needed:
            yield beside


def _edges(room: QRect, needed: int, height_of: Callable[[int], int]) -> tuple[QRect, QRect]:
    """At the lower edge of a room, and at its upper one."""
    width = min(WIDTH, max(room.width() - 2 * MARGIN, needed))
    height = height_of(width)
    left = room.left() + (room.width() - width) // 2
    lower = QRect(left, room.bottom() + 1 - height - MARGIN, width, height)
    return lower, QRect(left, room.top() + MARGIN, width, height)


def _area(rect: QRect) -> int:
    return max(rect.width(), 0) * max(rect.height(), 0)
