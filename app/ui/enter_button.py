"""The button that Enter presses where it has the focus, and never from elsewhere in the window.

Qt's own either takes Enter from every line of a dialog or, told not to, does not take it at all.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
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
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)
