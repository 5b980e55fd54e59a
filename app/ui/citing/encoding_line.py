"""How the characters of a file were read, and the question where that is not sure."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.services.library.exchange import ENCODINGS
from app.ui import theme
from app.ui.citing.file_exchange import FileRead
from app.ui.drop_down import DropDown


class EncodingLine(QWidget):
    """Hidden for Unicode; `chosen` carries the file's path and the encoding the user says it has."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self.asks = False
        """Whether nothing may be taken in before the user has chosen."""
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.box = DropDown()
        self.box.setAccessibleName("How the characters of the file are written")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._words, 1)
        line.addWidget(self.box)
        self.box.activated.connect(self._on_box_activated)

    def show_file(self, read: FileRead) -> None:
        """Say how a file was read, and offer the other ways."""
        self._path = read.path
        self.asks = len(read.encodings) > 1
        self.setVisible(read.encoding != "utf-8")
        self._words.setText(
            "The characters of this file can be read in more than one way. Which is right?"
            if self.asks
            else "The characters were read as:"
        )
        theme.set_property(self._words, "tone", "doubt" if self.asks else "muted")
        self.box.clear()
        for name, sample in read.encodings:
            self.box.addItem(f"{sample}   ({ENCODINGS[name]})", name)
        offered = {name for name, _ in read.encodings}
        for name, words in ENCODINGS.items():
            if name not in offered:
                self.box.addItem(words, name)
        self.box.setCurrentIndex(-1 if self.asks else self.box.findData(read.encoding))
        self.box.setPlaceholderText("Choose")
        self.box.setMinimumContentsLength(28)

    def _on_box_activated(self) -> None:
        self.chosen.emit(self._path, self.box.currentData())
