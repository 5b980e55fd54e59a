"""The one thing that changes: the open letter, its history, and which field is in hand.

Every change, also a citation inserted or an issue moved, is one command that swaps one frozen
letter for another. Changes typed into one field merge until the field is left; only then is the
edit told to the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.evidence import Evidence, ParseResult, Place, SetAside
from app.letter import FieldId, Issue, Letter, get_value
from app.services.checks import Finding
from app.services.citations import Guidelines, Style, standard_guidelines
from app.services.editing import TITLE, edit_value, place_of_change
from app.services.picked_places import PickedPlaces
from app.services.review import (
    FieldStatus,
    OpenPoint,
    all_statuses,
    following,
    open_points,
    still_said,
)
from app.services.store import Marks
from app.services.wording import value_words
from app.ui.history import Edit, EditKind, Mark, Past, Step, Swap


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
    marked = Signal(object, object, object)
    """(EditKind, FieldId, Marks): what is said of a field is another now, for the journal. The kind
    is None where that goes with the edit told before it."""
    words_changed = Signal(object)
    """The FieldId whose editor has to show its value, or the `words` that stood there before."""

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
        self._begin(ParseResult(letter=Letter(), evidence={}, layout=""), is_open=False)
        self._unsealed: Swap | None = None
        self.written: FieldId | None = None
        """The field whose value is being typed: its word is not finished and not judged by lists."""
        self._restoring = False
        self._ids_given = 0
        self.reads_only = False
        """Whether the letter is only looked at: no edit changes it then."""

    def _begin(
        self, parsed: ParseResult, letter: Letter | None = None, *, is_open: bool = True
    ) -> None:
        """As a letter is that nothing was done to yet."""
        self._parsed = parsed
        self._letter = self._checked = letter or parsed.letter
        self._is_open = is_open
        self._confirmed: dict[FieldId, Any] = {}
        self._postponed: dict[FieldId, str] = {}
        self._wrong: dict[FieldId, str] = {}
        self._words: dict[FieldId, str] = {}
        self._findings: tuple[Finding, ...] = ()
        self._statuses: dict[FieldId, FieldStatus] = {}
        self._current: FieldId | None = None
        self._issue: int | None = None
        self._latest: Swap | None = None
        self.picked = PickedPlaces()
        """Where values were taken from by hand."""

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
    def set_aside(self) -> tuple[SetAside, ...]:
        """The print on the pages that was not read as part of the letter."""
        return self._parsed.set_aside

    def places_of(self, field: FieldId) -> tuple[Place, ...]:
        """Where on the page a field's value stands: where it was picked, else where it was read."""
        try:
            value = get_value(self._letter, field)
        except KeyError:
            return ()
        place = self.picked.of(field, value)
        if place is not None:
            return (place,)
        seen = self._parsed.evidence.get(field)
        return seen.places if seen is not None else ()

    def fill(self, field: FieldId, value: Any, place: Place | None) -> None:
        """Change a field to what was picked at a place of the page."""
        if place is not None and place.boxes:
            # First: whoever hears of the new value asks where it stands.
            after = edit_value(self._letter, field, value, self.guidelines)
            self.picked.add(field, value_words(get_value(after, field)), place)
        self.edit(field, value)

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
    def words(self) -> Mapping[FieldId, str]:
        """What stands in a field's editor, where it is more than the value, or none."""
        return self._words

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
        steps: Iterable[Past] = (),
        position: int | None = None,
        confirmed: Mapping[FieldId, Any] | None = None,
        postponed: Mapping[FieldId, str] | None = None,
        *,
        letter: Letter | None = None,
        picked: PickedPlaces | None = None,
    ) -> None:
        """Open a letter as it was left: its parsed values, the steps since, how many of them are in
        force, the values confirmed; `letter` as it stands, where no steps tell it."""
        self.seal()
        self.history.clear()
        self._begin(parsed, letter)
        self.picked = picked or self.picked
        self._confirmed.update(confirmed or {})
        self._postponed.update(postponed or {})
        self._restore(tuple(steps), position)
        self._statuses = self._compute_statuses()
        self._issue = self._letter.issues[0].id if self._letter.issues else None
        self.loaded.emit()
        self.current_field_changed.emit(self._current)  # the cursor may be in one by now

    def close(self) -> None:
        """Back to no letter."""
        self.seal()
        self.history.clear()
        self._begin(ParseResult(letter=Letter(), evidence={}, layout=""), is_open=False)
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
        self._latest = None
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

    def edit(self, field: FieldId, value: Any, *, typing: bool = False, words: str = "") -> None:
        """Change one field, and what hangs on it. With `typing` the change may still grow.

        `words` are what stands in its editor, where that is more than the value, or none.
        """
        after = edit_value(self._letter, field, value, self.guidelines)
        label = f"Edit {field.spec.label.lower()}"
        if not typing and self._unsealed is not None and self._unsealed.field == field:
            # The last keystroke's commit: it belongs to the same step.
            self._push(after, label, field, typing=True, words=words)
            self.seal()
            return
        self.replace_letter(after, label, field, typing=typing, words=words)

    def replace_letter(
        self,
        after: Letter,
        label: str,
        field: FieldId | None = None,
        *,
        typing: bool = False,
        words: str = "",
    ) -> None:
        """Swap the letter for another one: every change comes through here."""
        if self._unsealed is not None and (not typing or self._unsealed.field != field):
            self.seal()
        self._push(after, label, field, typing=typing, words=words)

    def _push(
        self, after: Letter, label: str, field: FieldId | None, *, typing: bool, words: str
    ) -> None:
        if self.reads_only:
            return
        had = self._words.get(field, "") if field is not None else ""
        edit = Edit(
            label=label,
            field=field,
            before=self._letter,
            after=after,
            words_before=had,
            words_after=words,
        )
        if edit.is_empty:
            return
        if not (edit.changes_letter or words or typing):
            self._forget_words(field)
            return
        self._ids_given = max(self._ids_given, after.issues_made)
        self.written = field if typing else None
        swap = Swap(edit, self._put, open_ended=typing)
        grows = typing and self._unsealed is not None
        self.history.push(swap)
        if not typing:
            self._finish(swap)
        elif not grows:
            self._unsealed = swap
        elif self._unsealed is not None and self._unsealed.edit.is_empty:
            self._unsealed = None

    def _forget_words(self, field: FieldId | None) -> None:
        """The field is left: what stood in its editor beside the value goes, which is no step."""
        if field is None or not self._words.pop(field, ""):
            return
        self.words_changed.emit(field)
        step = self._step_at(self.history.index() - 1) if self.history.canUndo() else None
        if isinstance(step, Swap) and step.field == field:
            step.forget_words()
            if step.edit.is_empty:
                self.history.undo()  # drops it

    def seal(self) -> None:
        """End the step that typing has made, and tell it to the journal."""
        written, self.written = self.written, None
        if written is not None and written.spec.vocabulary:
            self._update_statuses()  # the word is finished: now it is judged
        if self._unsealed is None:
            return
        swap, self._unsealed = self._unsealed, None
        swap.open_ended = False
        self._finish(swap)

    def _finish(self, swap: Swap) -> None:
        if swap.edit.changes_letter:
            self._latest = swap
            self.edit_made.emit(EditKind.EDIT, swap.edit)

    def undo(self) -> None:
        """Take the last step back and go to its field."""
        self.seal()
        if self.history.canUndo():
            step = self._step_at(self.history.index() - 1)
            self._move(step, EditKind.UNDO, self.history.undo)

    def redo(self) -> None:
        """Do the step again that was last taken back."""
        self.seal()
        if self.history.canRedo():
            self._move(self._step_at(self.history.index()), EditKind.REDO, self.history.redo)

    def _move(self, step: Step, kind: EditKind, move: Callable[[], None]) -> None:
        """Move the history past a step, then put what was said with it."""
        self._latest = None
        field, mark = step.field, step.mark
        edit = step.edit if isinstance(step, Swap) else None
        move()
        if edit is not None and edit.changes_letter:
            self.edit_made.emit(kind, edit)
        if mark is not None:
            wanted = mark.before if kind is EditKind.UNDO else mark.after
            self._put_marks(mark.field, wanted, kind if edit is None else None)
        if field is not None and field in self._statuses:
            self.set_current_field(field)
            if edit is not None:
                self.words_changed.emit(field)

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
        """Say that the field's value is right as it stands.

        What one key did is one step: the value that was typed and is confirmed with it.
        """
        self.seal()
        had = self.marks_of(field)
        now = Marks(confirmed=True, value=get_value(self._letter, field))
        if had.confirmed and had.value == now.value:
            return
        latest = self._latest
        if latest is None or latest.field != field:
            self.mark(field, now)
            return
        first = latest.mark.before if latest.mark is not None else had
        latest.mark = Mark(field=field, before=first, after=now)
        self._put_marks(field, now, None)

    def postpone(self, field: FieldId, note: str) -> None:
        """Leave a doubt for later."""
        self.mark(field, replace(self.marks_of(field), note=note))

    def resume(self, field: FieldId) -> None:
        """A doubt counts again."""
        self.mark(field, replace(self.marks_of(field), note=None))

    def mark(self, field: FieldId, marks: Marks) -> None:
        """Say something else of a field, as one step of the history."""
        self.seal()
        mark = Mark(field=field, before=self.marks_of(field), after=marks)
        if mark.before == mark.after:
            return
        self.history.push(Step(mark.label, field, mark))
        self._latest = None
        self._put_marks(field, marks, EditKind.EDIT)

    def marks_of(self, field: FieldId) -> Marks:
        """What is said of a field now."""
        return Marks(
            confirmed=field in self._confirmed,
            value=self._confirmed.get(field),
            note=self._postponed.get(field),
        )

    def _put_marks(self, field: FieldId, marks: Marks, kind: EditKind | None) -> None:
        had = self._postponed.pop(field, None)
        self._confirmed.pop(field, None)
        if marks.confirmed:
            self._confirmed[field] = marks.value
        if marks.note is not None:
            self._postponed[field] = marks.note
        self._update_statuses(frozenset({field}) if marks.note != had else frozenset())
        self.marked.emit(kind, field, marks)

    def set_wrong(self, field: FieldId, why: str) -> None:
        """The words in a field's editor make no value; with no reason they do again."""
        if self._wrong.get(field, "") == why:
            return
        if why:
            self._wrong[field] = why
        else:
            del self._wrong[field]
        self._update_statuses()

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        """What the checks found in the letter and nobody set aside.

        They come from a worker: those of a letter that was closed meanwhile speak of nothing.
        """
        if not self.is_open:
            return
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

    def _restore(self, steps: tuple[Past, ...], position: int | None) -> None:
        self._restoring = True
        for edit, mark in steps:
            step = Swap(edit, self._put, mark=mark) if edit is not None else None
            if step is None and mark is not None:
                step = Step(mark.label, mark.field, mark)
            if step is not None:
                self.history.push(step)
        in_force = len(steps) if position is None else position
        self.history.setIndex(in_force)
        self._restoring = False
        edits = [(place, step.edit) for place, step in enumerate(steps) if step.edit is not None]
        if edits:
            done = [edit.after for place, edit in edits if place < in_force]
            self._letter = done[-1] if done else edits[0][1].before
        every = (self._parsed.letter, self._letter, *(edit.after for _, edit in edits))
        self._ids_given = max(one.issues_made for one in every)

    def _step_at(self, index: int) -> Step:
        command = self.history.command(index)
        assert isinstance(command, Step)
        return command

    def _put(self, edit: Edit, backwards: bool) -> None:
        """Put what an edit made in place, or what was before it."""
        if self._restoring:
            return
        if edit.field is not None:
            words = edit.words_before if backwards else edit.words_after
            self._words.pop(edit.field, None)
            if words:
                self._words[edit.field] = words
        if edit.changes_letter:
            self._put_letter(edit.before if backwards else edit.after, backwards=backwards)

    def _put_letter(self, letter: Letter, *, backwards: bool) -> None:
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
            written=self.written,
        )

    def _update_statuses(self, also: frozenset[FieldId] = frozenset()) -> None:
        before, self._statuses = self._statuses, self._compute_statuses()
        changed = frozenset(
            field
            for field in before.keys() | self._statuses.keys()
            if before.get(field) != self._statuses.get(field)
        )
        if changed | also:
            self.statuses_changed.emit(changed | also)
