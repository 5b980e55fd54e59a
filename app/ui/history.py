"""What Ctrl+Z takes back: one letter swapped for another, words typed that are no value, what was
said of a field."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import msgspec
from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from app.letter import FieldId, Letter
from app.services.store import Marks


class EditKind(StrEnum):
    """How a letter came to change."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the history: the letter before and after, and what was done in words.

    `field` is None where the step changed more than one field. `words_before` and `words_after`
    are what stood in the field's editor where it was more than the value, or none: a blank line,
    half of a date.
    """

    label: str
    field: FieldId | None
    before: Letter
    after: Letter
    words_before: str = ""
    words_after: str = ""

    @property
    def changes_letter(self) -> bool:
        """Whether it has to be kept; words that are no value are not part of a letter."""
        return self.before != self.after

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be seen of taking it back."""
        return not self.changes_letter and self.words_before == self.words_after


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Something said of a field that does not change it: what is said before and after."""

    field: FieldId
    before: Marks
    after: Marks

    @property
    def label(self) -> str:
        """What was done, in words."""
        name = self.field.spec.label.lower()
        if self.after.note != self.before.note and not self.after.confirmed:
            return f"Take up {name}" if self.after.note is None else f"Postpone {name}"
        return f"Confirm {name}"


class Past(NamedTuple):
    """A step as it is kept: a change of the letter, what was said of a field, or both."""

    edit: Edit | None
    mark: Mark | None


class Step(QUndoCommand):
    """An entry of the history: something said of a field, or a change with what was said by the
    same key. The stack only moves past it; `LetterDocument` puts the marks when it has moved."""

    def __init__(self, label: str, field: FieldId | None, mark: Mark | None = None) -> None:
        super().__init__(label)
        self.field = field
        self.mark = mark


class Swap(Step):
    """A change of the letter; grows by what is typed into the same field."""

    def __init__(
        self,
        edit: Edit,
        put: Callable[[Edit, bool], None],
        *,
        open_ended: bool = False,
        mark: Mark | None = None,
    ) -> None:
        """`put` puts the edit in place, or, where it is told True, what was before it."""
        super().__init__(edit.label, edit.field, mark)
        self.edit = edit
        self.open_ended = open_ended
        self._put = put

    @override
    def id(self) -> int:
        return 1

    @override
    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Swap) or not (self.open_ended and other.open_ended):
            return False
        self.edit = msgspec.structs.replace(
            self.edit, after=other.edit.after, words_after=other.edit.words_after
        )
        # Typed back to where it began: the history drops the step.
        self.setObsolete(self.edit.is_empty)
        return True

    def forget_words(self) -> None:
        """The field was left: what stood in its editor beside the value is gone."""
        self.edit = msgspec.structs.replace(self.edit, words_after="")
        self.setObsolete(self.edit.is_empty)

    @override
    def redo(self) -> None:
        self._put(self.edit, False)

    @override
    def undo(self) -> None:
        self._put(self.edit, True)
