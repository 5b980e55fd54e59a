"""The buttons that Enter presses where they have the focus, and never from elsewhere in the window.

Qt's own either takes Enter from every line of a dialog or, told not to, does not take it at all;
a tool button never does.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override


class EnterButton(QPushButton):
    """A push button for Enter and Space alike."""

    def __init__(
        self, words: str = "", icon: QIcon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        if icon is not None:
            self.setIcon(icon)
        self.setAutoDefault(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _presses(event):
            self.click()
        else:
            super().keyPressEvent(event)


class EnterToolButton(QToolButton):
    """A tool button for Enter and Space alike; one that has a menu opens it."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _presses(event):
            super().keyPressEvent(event)
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()


def _presses(event: QKeyEvent) -> bool:
    """Whether a key is Enter alone, pressed and not held down."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return enter and plain and not event.isAutoRepeat()
