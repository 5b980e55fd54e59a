"""The room that a screen has for a window: none is larger, and none lies partly outside.

A laptop of 1920 by 1080 pixels at 150 per cent has 1280 by 720 for everything.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

FRAME = QSize(16, 40)
"""What a desktop draws around a window at most, as long as it has not told how much it is."""


def bounded(wanted: QSize, screen: QScreen) -> QSize:
    """That size, or what the screen has left for it beside its bars and the window's frame."""
    return wanted.boundedTo(screen.availableSize() - FRAME)


def keep_on_screen(window: QWidget) -> None:
    """Make a window no larger than its screen, and move it until all of it is seen."""
    if window.isMaximized() or window.isFullScreen():
        return
    # One that was never shown does not know yet on which screen it was put.
    screen = QGuiApplication.screenAt(window.geometry().center()) or window.screen()
    room = screen.availableGeometry()
    frame = _frame_of(window)
    size = window.size().boundedTo(room.size() - frame)
    if size != window.size():
        window.setMinimumSize(window.minimumSize().boundedTo(size))
        window.resize(size)
    outside = QRect(window.pos(), window.size() + frame)
    inside = QPoint(
        max(room.left(), min(outside.left(), room.left() + room.width() - outside.width())),
        max(room.top(), min(outside.top(), room.top() + room.height() - outside.height())),
    )
    if inside != window.pos():
        window.move(inside)


def _frame_of(window: QWidget) -> QSize:
    if window.windowFlags() & Qt.WindowType.FramelessWindowHint:
        return QSize(0, 0)
    drawn = window.frameGeometry().size() - window.size()
    return drawn if window.isVisible() and not drawn.isEmpty() else FRAME
