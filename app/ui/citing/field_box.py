"""One field of the entry form: its label, its editor, and below it what the checks say."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.services.library import Entry, Library
from app.ui.citing.entry_fields import EntryField, Shape
from app.ui.citing.entry_line import EntryLine
from app.ui.citing.excerpts_edit import ExcerptsEdit
from app.ui.drop_down import DropDown

BLOCK_LINES = {"sections": 8, "notes": 5}


class FieldBox(QWidget):
    """Turns the shape of a field into an editor, and what is typed there into its value."""

    edited = Signal()

    def __init__(self, field: EntryField, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._library = library
        self._label = QLabel(field.label)
        self._label.setProperty("tone", "label")
        self.editor = self._make_editor(field)
        self.editor.setObjectName(field.name)
        self.editor.setAccessibleName(field.label)
        if field.hint:
            self.editor.setAccessibleDescription(field.hint)
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if field.shape is not Shape.TICK:
            self._label.setBuddy(self.editor)
            column.addWidget(self._label)
        column.addWidget(self.editor)
        column.addWidget(self._says)

    def _make_editor(self, field: EntryField) -> QWidget:
        if field.shape is Shape.ENTRY:
            other = EntryLine(self._library)
            other.setPlaceholderText(field.hint)
            other.changed.connect(self._on_editor_edited)
            return other
        if field.shape is Shape.LINE:
            line = QLineEdit()
            line.setPlaceholderText(field.hint)
            line.textEdited.connect(self._on_editor_edited)
            return line
        if field.shape is Shape.BLOCK:
            block = QPlainTextEdit()
            block.setTabChangesFocus(True)
            block.setPlaceholderText(field.hint)
            lines = BLOCK_LINES.get(field.name, 3)
            block.setFixedHeight(lines * block.fontMetrics().lineSpacing() + 18)
            block.textChanged.connect(self._on_editor_edited)
            return block
        if field.shape is Shape.TICK:
            tick = QCheckBox(field.label)
            tick.clicked.connect(self._on_editor_edited)
            return tick
        if field.shape is Shape.CHOICE:
            choice = DropDown()
            # by place, not by data: Qt would turn a StrEnum into a mere str
            choice.addItems([words for words, _ in field.choices])
            choice.activated.connect(self._on_editor_edited)
            return choice
        excerpts = ExcerptsEdit()
        excerpts.changed.connect(self._on_editor_edited)
        return excerpts

    def offer_for(self, entry: Entry) -> None:
        """Which entry is being edited: a field that names another one offers its like."""
        if isinstance(self.editor, EntryLine):
            self.editor.offer_for(entry)

    def _on_editor_edited(self) -> None:
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        editor = self.editor
        editor.blockSignals(True)
        if isinstance(editor, EntryLine):
            editor.show_key(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(self.field.write(value))
            editor.setCursorPosition(0)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(self.field.write(value))
        elif isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QComboBox):
            values = [one for _, one in self.field.choices]
            editor.setCurrentIndex(values.index(value))
        elif isinstance(editor, ExcerptsEdit):
            editor.show_value(value)
        editor.blockSignals(False)

    def value(self) -> Any:
        """What the editor holds. Raises Unreadable where it is no value of the field."""
        editor = self.editor
        if isinstance(editor, EntryLine):
            return editor.key()
        if isinstance(editor, QLineEdit):
            return self.field.read(editor.text())
        if isinstance(editor, QPlainTextEdit):
            return self.field.read(editor.toPlainText())
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        if isinstance(editor, QComboBox):
            return self.field.choices[editor.currentIndex()][1]
        if isinstance(editor, ExcerptsEdit):
            return editor.value()
        raise TypeError(editor)

    def show_says(self, words: str, tone: str) -> None:
        """What the checks say of this field; nothing hides the line."""
        self._says.setText(words)
        self._says.setVisible(bool(words))
        self.editor.setProperty("wrong", tone == "error")
        if self._says.property("tone") != tone:
            self._says.setProperty("tone", tone)
            self._says.style().polish(self._says)
        self.editor.style().polish(self.editor)
