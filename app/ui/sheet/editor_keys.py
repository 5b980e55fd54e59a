"""The keys of an editor that are the table's while it stands there: from value to value, and to keep all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.form.editor import Editor
from app.ui.form.text_editor import TextEditor

SHIFT = Qt.KeyboardModifier.ShiftModifier


class EditorKeys(QObject):
    """Takes them before the editor does: a date would be a day later at each step down."""

    def __init__(
        self,
        next_cell: Callable[[int], bool],
        step_row: Callable[[int], None],
        keep: Callable[[], None],
        parent: QObject,
    ) -> None:
        """`next_cell` goes so many values on and says whether there is one: behind the last one
        Tab leaves the table."""
        super().__init__(parent)
        self._next_cell = next_cell
        self._step_row = step_row
        self._keep = keep
        self._watched: set[QWidget] = set()
        self._writes = False

    def watch(self, editor: Editor) -> None:
        """Take the keys of this editor too; in a text of many lines none but Tab."""
        self._writes = isinstance(editor, TextEditor) and not editor.is_one_line
        for widget in (editor, *editor.findChildren(QWidget)):
            if widget not in self._watched:
                self._watched.add(widget)
                widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self._next_cell(-1 if key == Qt.Key.Key_Backtab else 1)
            if self._writes:
                return super().eventFilter(watched, event)  # they move in the text, and break it
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & SHIFT:
                self._keep()
                return True
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step_row(1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)
