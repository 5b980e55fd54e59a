"""What is seen while files are held over the window: that it takes them, and how many."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class DropSign(QLabel):
    """Lies over all of a widget while files are held over it; the mouse does not meet it."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._words = QLabel()
        self._words.setProperty("tone", "title")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        self.setProperty("drop", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def words(self) -> str:
        """What is told at the moment; empty where nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def show_for(self, count: int) -> None:
        """So many files or folders are held over the window."""
        words = "Drop to open it" if count == 1 else f"Drop to open all {count}"
        self._words.setText(words)
        self.setGeometry(self._ground.rect().adjusted(8, 8, -8, -8))
        self.raise_()
        self.show()
