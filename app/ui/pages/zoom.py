"""How large pages are shown: what the scale may follow, its limits and its steps."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QSize

from app.ui.pages.layout import GAP

SMALLEST, LARGEST = 0.1, 6.0
_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)
_SAME = 0.01
"""Part by which two factors may differ and still show as the same percentage."""


class Fit(StrEnum):
    """What the scale follows; NONE keeps the factor."""

    WIDTH = "width"
    PAGE = "page"
    NONE = "none"


def limited(factor: float) -> float:
    """The nearest factor that pages can be shown at."""
    return min(LARGEST, max(SMALLEST, factor))


def step_up(factor: float) -> float:
    """The next larger of the usual factors."""
    return next((step for step in _STEPS if step > factor * (1 + _SAME)), LARGEST)


def step_down(factor: float) -> float:
    """The next smaller of the usual factors."""
    return next((step for step in reversed(_STEPS) if step < factor * (1 - _SAME)), SMALLEST)


def fitting_factor(
    sizes: Sequence[tuple[float, float]], fit: Fit, room: QSize, pixels_per_point: float
) -> float:
    """The factor at which the widest page (and the highest, for PAGE) just fits into the room.

    `sizes` are those of the pages as they are turned, in points.
    """
    scale = (room.width() - 2 * GAP) / max(width for width, _ in sizes)
    if fit is Fit.PAGE:
        scale = min(scale, (room.height() - 2 * GAP) / max(height for _, height in sizes))
    return limited(scale / pixels_per_point)
