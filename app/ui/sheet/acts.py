"""What was done in the sheet, letter by letter, as steps of the desk's one history.

Each is a step of its letter's own history too. It is told by the state of the field before and
after, so that it can be taken back whichever document speaks for the letter by then, also when the
sheet is closed; where something else was done to the field since, it is left alone, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.letter import FieldId, get_value
from app.services.store import Marks
from app.ui.desk_history import DeskHistory, ListAct
from app.ui.document import LetterDocument
from app.ui.history import Step
from app.ui.sheet.documents import Documents


class FieldState(NamedTuple):
    """A field's value and what is said of it."""

    value: Any
    marks: Marks


class Change(NamedTuple):
    """What was done to one field of one letter."""

    case_id: int
    field: FieldId
    before: FieldState
    after: FieldState


def state_of(document: LetterDocument, field: FieldId) -> FieldState:
    """The state of a field now. Raises KeyError where the letter has no such item any more."""
    return FieldState(get_value(document.letter, field), document.marks_of(field))


class SheetActs(QObject):
    """Notes what is done, and takes it back."""

    shown = Signal(int, object)
    """(case id, FieldId): something was taken back, or done again, there."""
    refused = Signal(str)
    """A sentence: why something could not be taken back."""

    def __init__(
        self, documents: Documents, history: DeskHistory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._history = history
        self._begun: tuple[int, FieldId, FieldState] | None = None

    def begin(self, case_id: int, field: FieldId, document: LetterDocument) -> None:
        """A field is in hand: what is done to it from now on is one step."""
        self._begun = case_id, field, state_of(document, field)

    def note(self) -> None:
        """What was done to the field in hand since, if anything was, is a step of its own."""
        if self._begun is None:
            return
        case_id, field, before = self._begun
        document = self._documents.find(case_id)
        if document is None or field not in document.statuses:
            self._begun = None
            return
        after = state_of(document, field)
        if after == before:
            return
        self._begun = case_id, field, after
        words = "Edit %s" if after.value != before.value else "Confirm %s"
        if after.marks.note != before.marks.note:
            put_off = after.marks.note is not None
            words = "Postpone %s" if put_off else "Take up %s"
        label = f"{words % field.spec.label.lower()} ({document.letter.header.case_number})"
        self._add(label, (Change(case_id, field, before, after),))

    def forget(self) -> None:
        """No field is in hand."""
        self._begun = None

    def keep(self, cells: Sequence[tuple[int, FieldId]], words: str) -> int:
        """Confirm the values of these fields as one step; gives how many. Raises UserError."""
        changes: list[Change] = []
        try:
            for case_id, field in cells:
                document = self._documents.get(case_id)
                document.seal()
                before = state_of(document, field)
                with self._documents.together(case_id):
                    document.confirm(field)
                changes.append(Change(case_id, field, before, state_of(document, field)))
        finally:
            if changes:
                self._documents.wait_a_frame()
                self._add(words % len(changes), tuple(changes))
        return len(changes)

    def undo(self) -> None:
        """Take back what was done last, here or on the desk."""
        self._move(self._history.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._move(self._history.redo)

    def _add(self, words: str, changes: tuple[Change, ...]) -> None:
        back = partial(self._put, tuple(reversed(changes)), back=True)
        self._history.add(ListAct(words, back, partial(self._put, changes, back=False)))

    def _move(self, move: Callable[[], None]) -> None:
        desk = self._documents.desk
        before = desk.history.index()
        move()
        case_id, field = self._documents.on_desk, desk.current_field
        if desk.history.index() != before and case_id is not None and field is not None:
            self.shown.emit(case_id, field)

    def _put(self, changes: tuple[Change, ...], *, back: bool) -> None:
        missed = 0
        for change in changes:
            try:
                document = self._documents.get(change.case_id)
                now, wanted = change.after, change.before
                if not back:
                    now, wanted = wanted, now
                with self._documents.together(change.case_id):
                    put = _put_state(document, change.field, now, wanted, back=back)
                missed += not put
            except (KeyError, UserError):  # the letter or the item is gone, or cannot be read
                missed += 1
        self._documents.wait_a_frame()
        # What was in hand begins anew: taking back is no step.
        self._begun = None
        self.shown.emit(changes[-1].case_id, changes[-1].field)
        if missed:
            self.refused.emit(
                "1 value was changed since, or its letter is gone: it stays as it is."
                if missed == 1
                else f"{missed} values were changed since: they stay as they are."
            )


def _put_state(
    document: LetterDocument, field: FieldId, now: FieldState, wanted: FieldState, *, back: bool
) -> bool:
    """Put a field from one state into another; False where it is not in the first one any more."""
    document.seal()
    if state_of(document, field) != now:
        return False
    history = document.history
    place = history.index() - 1 if back else history.index()
    step = history.command(place) if 0 <= place < history.count() else None
    move, undo = (document.undo, document.redo) if back else (document.redo, document.undo)
    if isinstance(step, Step) and step.field == field:
        move()
        if state_of(document, field) == wanted:
            return True
        undo()  # it was another step of the same field
    # Other things were done to the letter since: the former state is a step behind them.
    if wanted.value != now.value:
        document.edit(field, wanted.value)
    document.mark(field, wanted.marks)
    return True
