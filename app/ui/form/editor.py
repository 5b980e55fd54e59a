"""What every editor of a field can do. Editors show a value, say what is typed, and hold nothing else.

Each editor has the same four members: `show_value`, the signals `typed` (a valid value, while
typing), `committed` (a value to keep) and `confirm_requested`, and `problem_changed` for words
that make no value, which stay in the editor and never reach the letter.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextDocumentFragment
from PySide6.QtWidgets import (
    QHBoxLayout,
    QWidget,
)
from typing_extensions import override


def plain_text(source: QMimeData) -> str:
    """What was copied as plain text, also where the other program gave formatted text only."""
    if source.hasText() and source.text():
        return source.text()
    words = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
    return words.replace("\ufffc", "").strip()  # where pictures stood


ENTER_ENDS = "Enter: right, letter checked"

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class Editor(QWidget):
    """What all editors have in common; `text_typed` carries the raw words for the draft."""

    typed = Signal(object, str)
    """(value, what stands in the editor where that is more than the value, or none)"""
    step_ended = Signal()
    """What is typed from now on is another step of the history."""
    committed = Signal(object)
    text_typed = Signal(str)
    confirm_requested = Signal()
    problem_changed = Signal(str)
    enter_changed = Signal()
    """`enter_words` are others now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def take_over(self, words: tuple[int, int] | None) -> None:
        """The flow of the work came here: what is typed next replaces the value, or of a long
        text the `words` between two of its places, which are in doubt."""

    def show_words(self, words: str) -> None:
        """Words that make no value, or more than one: undo brought them back."""
        raise NotImplementedError

    def show_draft(self, text: str) -> None:
        """Words that were half-typed when the program ended; they count as typed now."""
        raise NotImplementedError

    def withdraw(self) -> None:
        """Another field is in hand: what is proposed for this one goes."""

    def finish(self) -> None:
        """What was typed is done: another field is about to be shown here."""

    def forget(self) -> None:
        """Drop words that make no value: another value, or another field's, comes."""

    def says_wrong(self) -> bool:
        """Whether the words in the editor make no value; they are told at once then."""
        return False

    @property
    def enter_words(self) -> str:
        """What Enter will do, where that is not the same at all times."""
        return ENTER_ENDS if self._ends else ""

    def set_ends(self, ends: bool) -> None:
        """Whether nothing is left to do in the letter once the value is kept."""
        if ends != self._ends:
            self._ends = ends
            self.enter_changed.emit()

    def set_asks(self, asks: bool) -> None:
        """Whether the field waits for a person."""

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says of the editor."""
        focus = self.focusProxy() or self
        focus.setAccessibleName(name)
        focus.setAccessibleDescription(description)

    def caret(self) -> QRect:
        """Where it is written, in pixels of the editor."""
        return self.rect()

    def add_stretch(self) -> None:
        """Keep a narrow editor at the left of its place."""
        self._row.addStretch(1)

    def _take_focus_of(self, widget: QWidget) -> None:
        self.setFocusProxy(widget)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in _KEYS:
            undoes = event.matches(QKeySequence.StandardKey.Undo)
            if undoes or event.matches(QKeySequence.StandardKey.Redo):
                # There is one history, the document's: a box's own would take the key from it, and
                # where nothing is left to undo, take back the very text that was read.
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.ignore()
                return True
        return super().eventFilter(watched, event)
