"""What was done to letters as wholes, to be taken back in its order: checked, removed, put back.

The history of one letter is the document's. Ctrl+Z takes back whatever was done last: an act on a
letter while nothing was done since to the letter that is on the desk now, else that letter's step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.ui.document import LetterDocument


class ListAct(NamedTuple):
    """Something done to one letter or several, in words, and how it is taken back and done again."""

    words: str
    take_back: Callable[[], None]
    do_again: Callable[[], None]


class DeskHistory(QObject):
    """The acts on letters of this sitting, and the open letter's own history, as one."""

    changed = Signal()

    def __init__(self, document: LetterDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._done: list[ListAct] = []
        self._undone: list[ListAct] = []
        self._arrived_at = 0

    def add(self, act: ListAct) -> None:
        """Something was done just now."""
        self._done.append(act)
        self._undone.clear()
        self.note_arrival()

    def note_arrival(self) -> None:
        """Another letter is on the desk: nothing was done to it yet."""
        self._arrived_at = self._document.history.index()
        self.changed.emit()

    def forget(self) -> None:
        """What is kept is another state of things: nothing of this can be taken back."""
        self._done.clear()
        self._undone.clear()
        self.note_arrival()

    @property
    def undo_words(self) -> str:
        """What undo takes back; empty where nothing can be."""
        if self._is_due(self._done):
            return self._done[-1].words
        return self._document.history.undoText()

    @property
    def redo_words(self) -> str:
        """What redo does again; empty where nothing can be."""
        if self._is_due(self._undone) and not self._document.history.canRedo():
            return self._undone[-1].words
        return self._document.history.redoText()

    @property
    def can_undo(self) -> bool:
        return self._is_due(self._done) or self._document.history.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._is_due(self._undone) or self._document.history.canRedo()

    def undo(self) -> None:
        """Take back what was done last."""
        self._document.seal()
        if not self._is_due(self._done):
            self._document.undo()
            return
        act = self._done.pop()
        self._undone.append(act)
        act.take_back()
        self.changed.emit()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._document.history.canRedo() or not self._is_due(self._undone):
            self._document.redo()
            return
        act = self._undone.pop()
        self._done.append(act)
        act.do_again()
        self.changed.emit()

    def _is_due(self, acts: list[ListAct]) -> bool:
        return bool(acts) and self._document.history.index() == self._arrived_at
