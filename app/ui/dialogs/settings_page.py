"""How one section of the settings is laid out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.ui.dialogs.frame import card, words_label
from app.ui.dialogs.switch import GAP, TRACK, Switch


class SettingsPage(QWidget):
    """One section: label above, editor, a muted line that says what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("column")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = card()
        outer.addWidget(frame)
        outer.addStretch(1)
        self._column = QVBoxLayout(frame)
        self._column.setContentsMargins(24, 20, 24, 24)
        self._column.setSpacing(0)
        self.last_words = words_label("", "muted")

    def add(self, label: str, editor: QWidget, words: str = "") -> None:
        name = words_label(label, "label")
        name.setBuddy(editor)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(words)
        self._space()
        self._column.addWidget(name)
        self._column.addSpacing(4)
        if isinstance(editor, QComboBox):
            editor.setMinimumWidth(200)
            self._column.addWidget(editor, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.addWidget(editor)
        self.add_words(words)

    def add_switch(self, box: Switch, words: str) -> None:
        box.setAccessibleDescription(words)
        self._space()
        self._column.addWidget(box)
        self.add_words(words)
        self.last_words.setContentsMargins(TRACK.width() + GAP, 0, 0, 0)

    def add_words(self, words: str) -> None:
        if not words:
            return
        self._column.addSpacing(4)
        self.last_words = words_label(words, "muted")
        self._column.addWidget(self.last_words)

    def _space(self) -> None:
        if self._column.count():
            self._column.addSpacing(16)


def switch_of(name: str, words: str, *, on: bool) -> Switch:
    """A switch for the setting of that name."""
    box = Switch(words)
    box.setChecked(on)
    box.setProperty("setting", name)
    return box
