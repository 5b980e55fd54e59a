"""The one thing that changes: the open letter, its history, and which field is in hand.

Every change, also a citation inserted or an issue moved, is one command that swaps one frozen
letter for another. Changes typed into one field merge until the field is left; only then is the
edit told to the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from app.evidence import Evidence, ParseResult
from app.letter import FieldId, Issue, Letter, get_value
from app.services.checks import Finding
from app.services.citations import Guidelines, Style, standard_guidelines
from app.services.editing import TITLE, edit_value, place_of_change
from app.services.review import (
    FieldStatus,
    OpenPoint,
    all_statuses,
    following,
    open_points,
    still_said,
)


class EditKind(StrEnum):
    """How a letter came to change."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the history: the letter before and after, and what was done in words.

    `field` is None where the step changed more than one field.
    """

    label: str
    field: FieldId | None
    before: Letter
    after: Letter


def _by_section(_letter: Letter) -> Style:
    return Style.SECTIONS_2016


class LetterDocument(QObject):
    """The open letter. Panes read from it, show it, and ask it to change."""

    loaded = Signal()
    """Another letter is open, or none."""
    letter_changed = Signal(object)
    """The new Letter."""
    statuses_changed = Signal(object)
    """frozenset of the FieldIds whose status is another one now."""
    current_field_changed = Signal(object)
    """The FieldId in hand, or None."""
    edit_made = Signal(object, object)
    """(EditKind, Edit): a finished step, for the journal."""
    confirmation_changed = Signal(object, object)
    """(FieldId, value): a field was confirmed with that value, or, as `confirmed` says, no longer
    is. The value None can be confirmed too: nothing stands there, and that is right."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        guidelines: Callable[[], Guidelines] = standard_guidelines,
        style_of: Callable[[Letter], Style] = _by_section,
    ) -> None:
        """`guidelines` tells which are known when a field is read, `style_of` how the layout
        of a letter prints citations."""
        super().__init__(parent)
        self._guidelines = guidelines
        self._style_of = style_of
        self.history = QUndoStack(self)
        self._parsed = ParseResult(letter=Letter(), evidence={}, layout="")
        self._letter = Letter()
        self._is_open = False
        self._confirmed: dict[FieldId, Any] = {}
        self._postponed: dict[FieldId, str] = {}
        self._wrong: dict[FieldId, str] = {}
        self._findings: tuple[Finding, ...] = ()
        self._checked = self._letter
        self._statuses: dict[FieldId, FieldStatus] = {}
        self._current: FieldId | None = None
        self._issue: int | None = None
        self._unsealed: _Swap | None = None
        self._restoring = False
        self._ids_given = 0

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def letter(self) -> Letter:
        return self._letter

    @property
    def ids_given(self) -> int:
        """The highest id an issue has had since the letter was opened, also one that was undone."""
        return self._ids_given

    @property
    def guidelines(self) -> Guidelines:
        """The guidelines that are known now."""
        return self._guidelines()

    @property
    def citation_style(self) -> Style:
        """How the letter prints citations."""
        return self._style_of(self._letter)

    @property
    def parsed(self) -> ParseResult:
        return self._parsed

    @property
    def evidence(self) -> Mapping[FieldId, Evidence]:
        return self._parsed.evidence

    @property
    def statuses(self) -> Mapping[FieldId, FieldStatus]:
        return self._statuses

    @property
    def confirmed(self) -> Mapping[FieldId, Any]:
        return self._confirmed

    @property
    def postponed(self) -> Mapping[FieldId, str]:
        """The doubts left for later, with their notes."""
        return self._postponed

    @property
    def wrong(self) -> Mapping[FieldId, str]:
        """Fields whose editor holds words that make no value, and why they do not."""
        return self._wrong

    @property
    def current_field(self) -> FieldId | None:
        """The field in hand: what every command on a field speaks of."""
        return self._current

    @property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """All that is left to do in the letter, in the order of the form."""
        return open_points(self._statuses, self._postponed)

    @property
    def current_issue(self) -> int | None:
        """The id of the disputed item in hand, also while a field of no item is: the last one
        that was, or the first of the letter. None where it has none."""
        return self._issue

    @property
    def doubts(self) -> tuple[FieldId, ...]:
        """The fields where something is left to do, in the order of the form; not those postponed."""
        return tuple(point.field for point in self.open_points if not point.postponed)

    def load(
        self,
        parsed: ParseResult,
        steps: Iterable[Edit] = (),
        position: int | None = None,
        confirmed: Mapping[FieldId, Any] | None = None,
        postponed: Mapping[FieldId, str] | None = None,
        *,
        letter: Letter | None = None,
    ) -> None:
        """Open a letter as it was left: its parsed values, the steps since, how many of them
        are in force, and the values confirmed.

        `letter` is the letter as it stands, where no steps tell it and it is not as parsed.
        """
        self.seal()
        self.history.clear()
        self._parsed = parsed
        self._letter = letter or parsed.letter
        self._confirmed = dict(confirmed or {})
        self._postponed = dict(postponed or {})
        self._wrong = {}
        self._findings = ()
        self._is_open = True
        steps = tuple(steps)
        self._ids_given = max(
            one.issues_made for one in (parsed.letter, self._letter, *(s.after for s in steps))
        )
        self._restore(steps, position)
        self._statuses = self._compute_statuses()
        self._current = None
        self._issue = self._letter.issues[0].id if self._letter.issues else None
        self.loaded.emit()
        self.current_field_changed.emit(None)

    def close(self) -> None:
        """Back to no letter."""
        self.seal()
        self.history.clear()
        self._parsed = ParseResult(letter=Letter(), evidence={}, layout="")
        self._letter = Letter()
        self._confirmed = {}
        self._postponed = {}
        self._wrong = {}
        self._findings = ()
        self._statuses = {}
        self._current = self._issue = None
        self._is_open = False
        self.loaded.emit()
        self.current_field_changed.emit(None)

    def set_current_field(self, field: FieldId | None) -> None:
        """Take a field of the letter in hand; taking the same one again does nothing.

        Whatever moves on says so here, and the form's cursor, the page's light and the outline
        follow. What was typed into the field before is a step of its own.
        """
        if field == self._current or (field is not None and field not in self._statuses):
            return
        self.seal()
        self._current = field
        if field is not None and field.issue is not None:
            self._issue = field.issue
        self.current_field_changed.emit(field)

    def take_issue(self, step: int) -> None:
        """Take another disputed item in hand, so many further on; the ends are not passed."""
        ids = [issue.id for issue in self._letter.issues]
        if self._issue in ids:
            place = min(max(ids.index(self._issue) + step, 0), len(ids) - 1)
            self.set_current_field(FieldId(TITLE, ids[place]))

    def edit(self, field: FieldId, value: Any, *, typing: bool = False) -> None:
        """Change one field, and what hangs on it. With `typing` the change may still grow."""
        after = edit_value(self._letter, field, value, self.guidelines)
        self.replace_letter(after, f"Edit {field.spec.label.lower()}", field, typing=typing)

    def replace_letter(
        self, after: Letter, label: str, field: FieldId | None = None, *, typing: bool = False
    ) -> None:
        """Swap the letter for another one: every change comes through here."""
        if self._unsealed is not None and (not typing or self._unsealed.edit.field != field):
            if not typing and self._unsealed.edit.field == field and field is not None:
                # The last keystroke's commit: it belongs to the same step.
                self._push(after, label, field, typing=True)
                self.seal()
                return
            self.seal()
        self._push(after, label, field, typing=typing)

    def _push(self, after: Letter, label: str, field: FieldId | None, *, typing: bool) -> None:
        if after == self._letter:
            return
        self._ids_given = max(self._ids_given, after.issues_made)
        edit = Edit(label=label, field=field, before=self._letter, after=after)
        swap = _Swap(self, edit, open_ended=typing)
        grows = typing and self._unsealed is not None
        self.history.push(swap)
        if typing:
            if not grows:
                self._unsealed = swap
            elif self._unsealed is not None and self._unsealed.is_empty:
                self._unsealed = None
        else:
            self.edit_made.emit(EditKind.EDIT, edit)

    def seal(self) -> None:
        """End the step that typing has made, and tell it to the journal."""
        if self._unsealed is None:
            return
        self._unsealed.open_ended = False
        edit = self._unsealed.edit
        self._unsealed = None
        self.edit_made.emit(EditKind.EDIT, edit)

    def undo(self) -> None:
        """Take the last step back and go to its field."""
        self.seal()
        if self.history.canUndo():
            step = self._step_at(self.history.index() - 1)
            self.history.undo()
            self.edit_made.emit(EditKind.UNDO, step)
            self._show_step(step.field)

    def redo(self) -> None:
        """Do the step again that was last taken back."""
        self.seal()
        if self.history.canRedo():
            step = self._step_at(self.history.index())
            self.history.redo()
            self.edit_made.emit(EditKind.REDO, step)
            self._show_step(step.field)

    def revert(self, field: FieldId) -> None:
        """Back to the value that was read from the letter; in an added issue, to nothing."""
        self.seal()
        try:
            value = get_value(self._parsed.letter, field)
        except KeyError:
            bare = Letter(issues=(Issue(id=field.issue or 0),))
            value = get_value(bare, field)
        self.edit(field, value)

    def confirm(self, field: FieldId) -> None:
        """Say that the field's value is right as it stands."""
        self.seal()
        value = get_value(self._letter, field)
        if self._confirmed.get(field) == value and field in self._confirmed:
            return
        self._confirmed[field] = value
        self._postponed.pop(field, None)
        self._update_statuses()
        self.confirmation_changed.emit(field, value)

    def unconfirm(self, field: FieldId) -> None:
        """Take a confirmation back."""
        if field in self._confirmed:
            del self._confirmed[field]
            self._update_statuses()
            self.confirmation_changed.emit(field, None)

    def set_wrong(self, field: FieldId, why: str) -> None:
        """The words in a field's editor make no value; with no reason they do again."""
        if self._wrong.get(field, "") == why:
            return
        if why:
            self._wrong[field] = why
        else:
            del self._wrong[field]
        self._update_statuses()

    def postpone(self, field: FieldId, note: str) -> None:
        """Leave a doubt for later."""
        self._postponed[field] = note
        self.statuses_changed.emit(frozenset({field}))

    def resume(self, field: FieldId) -> None:
        """A doubt counts again."""
        if self._postponed.pop(field, None) is not None:
            self.statuses_changed.emit(frozenset({field}))

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        """What the checks found in the letter and nobody set aside."""
        self._checked = self._letter
        if findings != self._findings:
            self._findings = findings
            self._update_statuses()

    def next_point(self, *, backwards: bool = False, waiting: bool = False) -> FieldId | None:
        """The next field where something is left to do, from the current one on, round the end.

        With `waiting` only what nobody has looked at yet and was not put off.
        """
        points = [p for p in self.open_points if p.waits] if waiting else self.open_points
        return following(points, self._statuses, self._current, backwards=backwards)

    def _restore(self, steps: tuple[Edit, ...], position: int | None) -> None:
        self._restoring = True
        for step in steps:
            self.history.push(_Swap(self, step, open_ended=False))
        in_force = len(steps) if position is None else position
        self.history.setIndex(in_force)
        self._restoring = False
        if steps:
            self._letter = steps[in_force - 1].after if in_force else steps[0].before

    def _step_at(self, index: int) -> Edit:
        command = self.history.command(index)
        assert isinstance(command, _Swap)
        return command.edit

    def _show_step(self, field: FieldId | None) -> None:
        if field is not None:
            self.set_current_field(field)

    def swap(self, letter: Letter, *, backwards: bool = False) -> None:
        """Put a letter in place; only the commands of the history call this."""
        if self._restoring:
            return
        before, self._letter = self._letter, letter
        shown = FieldId(TITLE, self._issue) if self._issue is not None else None
        place = place_of_change(before, letter, shown, backwards=backwards)
        has_moved = place != shown
        if has_moved and place is not None:
            self._issue = place.issue
            if self._current is not None:
                self._current = place
        self._update_statuses()
        self.letter_changed.emit(letter)
        if has_moved:
            self.current_field_changed.emit(self._current)

    def _compute_statuses(self) -> dict[FieldId, FieldStatus]:
        return all_statuses(
            self._letter,
            self._parsed.letter,
            self._parsed.evidence,
            self._confirmed,
            self._wrong,
            still_said(self._findings, self._checked, self._letter),
        )

    def _update_statuses(self) -> None:
        before, self._statuses = self._statuses, self._compute_statuses()
        changed = frozenset(
            field
            for field in before.keys() | self._statuses.keys()
            if before.get(field) != self._statuses.get(field)
        )
        if changed:
            self.statuses_changed.emit(changed)


class _Swap(QUndoCommand):
    """One step of the history; grows by what is typed into the same field."""

    def __init__(self, document: LetterDocument, edit: Edit, *, open_ended: bool) -> None:
        super().__init__(edit.label)
        self.edit = edit
        self.open_ended = open_ended
        self._document = document

    @property
    def is_empty(self) -> bool:
        return self.edit.before == self.edit.after

    @override
    def id(self) -> int:
        return 1

    @override
    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Swap) or not (self.open_ended and other.open_ended):
            return False
        self.edit = msgspec.structs.replace(self.edit, after=other.edit.after)
        # Typed back to where it began: the history drops the step.
        self.setObsolete(self.is_empty)
        return True

    @override
    def redo(self) -> None:
        self._document.swap(self.edit.after)

    @override
    def undo(self) -> None:
        self._document.swap(self.edit.before, backwards=True)
