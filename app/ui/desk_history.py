"""What was done to letters as wholes, to be taken back in its order: checked, removed, put back.

The history of one letter is the document's. Ctrl+Z takes back whatever was done last: an act on a
letter while nothing was done since to the letter that is on the desk now, else that letter's step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.ui.document import LetterDocument
from app.ui.history import EditKind


class ListAct(NamedTuple):
    """Something done to one letter or several, in words, and how it is taken back and done again."""

    words: str
    take_back: Callable[[], None]
    do_again: Callable[[], None]


class Earlier(NamedTuple):
    """An act of an earlier sitting, and how many steps the letter on the desk had behind it then;
    `of_letter` where it was done to that very letter."""

    act: ListAct
    at: int
    of_letter: bool = False


class _Placed(NamedTuple):
    """An act, and how many steps the letter on the desk had behind it then."""

    act: ListAct
    at: int


class DeskHistory(QObject):
    """The acts on letters of this sitting, and the open letter's own history, as one."""

    changed = Signal()
    stepped = Signal(str)
    """In a sentence: what undo took back, or redo did again."""

    def __init__(self, document: LetterDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._done: list[_Placed] = []
        self._undone: list[_Placed] = []
        self._earlier: list[Earlier] = []
        document.edit_made.connect(self._on_document_step_taken)
        document.marked.connect(self._on_document_step_taken)

    def add(self, act: ListAct) -> None:
        """Something was done just now."""
        self._done.append(_Placed(act, self._document.history.index()))
        self._undone.clear()
        self.changed.emit()

    def note_arrival(self, earlier: Sequence[Earlier] = ()) -> None:
        """Another letter is on the desk: nothing was done to it yet. `earlier` is what was done to
        letters as wholes in earlier sittings, oldest first: undo comes to it among its steps."""
        here = self._document.history.index()
        self._earlier = list(earlier)
        self._done, self._undone = (
            [_Placed(act, here) for act, _ in acts] for acts in (self._done, self._undone)
        )
        self.changed.emit()

    def forget_earlier(self) -> None:
        """The letter is not any more as the earlier sitting left it."""
        self._earlier = [one for one in self._earlier if not one.of_letter]

    def forget(self) -> None:
        """What is kept is another state of things: nothing of this can be taken back."""
        self._done.clear()
        self._undone.clear()
        self.note_arrival()

    @property
    def here(self) -> int:
        """How many steps the letter on the desk has behind it now."""
        return self._document.history.index()

    @property
    def undo_words(self) -> str:
        """What undo takes back; empty where nothing can be."""
        due = self._due()
        return self._document.history.undoText() if due is None else due.words

    @property
    def redo_words(self) -> str:
        """What redo does again; empty where nothing can be."""
        if self._is_due(self._undone):
            return self._undone[-1].act.words
        return self._document.history.redoText()

    @property
    def can_undo(self) -> bool:
        return self._due() is not None or self._document.history.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._is_due(self._undone) or self._document.history.canRedo()

    def undo(self) -> None:
        """Take back what was done last."""
        self._document.seal()
        words = self.undo_words
        act, before = self._due(), self._document.history.index()
        if act is None:
            self._document.undo()
            self._tell_step("Taken back", words)
            return
        if self._is_due(self._done):
            self._done.pop()
            self.forget_earlier()
        else:
            self._earlier.pop()
        act.take_back()
        # It may have been a step of this letter: what was done before it is due next all the same.
        now = self._document.history.index()
        self._done = [_Placed(one, now if at == before else at) for one, at in self._done]
        self._undone.append(_Placed(act, now))
        self.changed.emit()
        self._tell_step("Taken back", words)

    def redo(self) -> None:
        """Do again what was taken back last."""
        words = self.redo_words
        if not self._is_due(self._undone):
            self._document.redo()
            self._tell_step("Done again", words)
            return
        act = self._undone.pop().act
        act.do_again()
        self._done.append(_Placed(act, self._document.history.index()))
        self.changed.emit()
        self._tell_step("Done again", words)

    def _tell_step(self, done: str, words: str) -> None:
        if words:
            self.stepped.emit(f"{done}: {words}.")

    def _due(self) -> ListAct | None:
        """The act that undo takes back; None where that is a step of the letter, or nothing."""
        if self._is_due(self._done):
            return self._done[-1].act
        if self._earlier and self._document.history.index() == self._earlier[-1].at:
            return self._earlier[-1].act
        return None

    def _is_due(self, acts: list[_Placed]) -> bool:
        return bool(acts) and self._document.history.index() == acts[-1].at

    def _on_document_step_taken(self, kind: EditKind | None, *_: object) -> None:
        """Something new was done to the letter on the desk: what was taken back before it is past."""
        if kind is EditKind.EDIT:
            self._undone.clear()
