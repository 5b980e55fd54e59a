"""The frame of a page that stands in for the library's table for a while: way back, title, foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui import theme
from app.ui.elided import ElidedLabel
from app.ui.enter_button import EnterButton


class Page(QWidget):
    """Escape and the button go back; `body` and `foot` are filled by the page itself."""

    left = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = EnterButton("Library", theme.icon("arrow-left", "accent"))
        self.back.setProperty("flat", True)
        self.back.setAccessibleName("Back to the library")
        self._title = ElidedLabel(title)
        self._title.setProperty("tone", "section")
        self._about = QLabel()
        self._about.setProperty("tone", "muted")
        self._about.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        self.back.clicked.connect(self.left)

    def set_title(self, title: str, about: str = "") -> None:
        self._title.setText(title)
        self._about.setText(about)

    @property
    def about(self) -> str:
        """The words beside the title."""
        return self._about.text()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def button(words: str, *, primary: bool = False, flat: bool = False) -> EnterButton:
    """A button that Enter presses, but never from elsewhere in the window."""
    made = EnterButton(words)
    if primary:
        made.setProperty("primary", True)
    if flat:
        made.setProperty("flat", True)
    return made
