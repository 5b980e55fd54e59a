"""Where a popup stands: under what it belongs to, on the screen, over its own window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

GAP = 4


def beside(anchor: QWidget, wanted: QSize) -> QRect:
    """The place on the screen for a popup of that size, under `anchor` or else above it."""
    screen = anchor.screen().availableGeometry()
    size = wanted.boundedTo(screen.size())
    below = anchor.mapToGlobal(QPoint(0, anchor.height() + GAP))
    top = below.y()
    if top + size.height() > screen.bottom():
        above = anchor.mapToGlobal(QPoint(0, -GAP)).y() - size.height()
        top = above if above >= screen.top() else screen.bottom() - size.height()
    left = below.x()
    window = anchor.window().frameGeometry()
    if left + size.width() > window.right():
        # In line with the anchor's other end, over the letter rather than beside the window.
        left = max(left + anchor.width() - size.width(), window.left())
    left = min(max(left, screen.left()), screen.right() - size.width())
    return QRect(QPoint(left, max(top, screen.top())), size)
