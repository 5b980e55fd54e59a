"""When and what is saved: ties the open document to the store, so that nobody has to save by hand.

A finished edit is in the database before this object returns to the event loop; text that is
still being typed follows within half a second. Where the database cannot take a write, it waits
here, in order, and is tried again; nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.letter import FieldId
from app.paths import user_name
from app.services.editing import apply_step, describe_step
from app.services.picked_places import PickedPlaces
from app.services.review import State
from app.services.store import (
    NO_HISTORY,
    Act,
    Case,
    EditLog,
    Marks,
    Scope,
    Status,
    Store,
    UndoStep,
)
from app.ui.document import LetterDocument
from app.ui.history import Edit, EditKind, Mark, Past

DRAFT_DELAY_MS = 400
ONE_FRAME = 0.016
"""Seconds an edit may wait for the disk before the window goes on without it."""


class Session(QObject):
    """Keeps what the document does to the open case."""

    saved = Signal()
    """Nothing waits to be written any more."""
    trouble = Signal(object)
    """The UserError that keeps something from being written; it is tried again."""
    status_changed = Signal(int, object)
    """(case id, Status)"""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        parent: QObject | None = None,
        *,
        beside: Session | None = None,
    ) -> None:
        """`beside` is the session of the letter on the desk, for a letter that is not there: all
        that is written goes through one log, in the order in which it was done."""
        super().__init__(parent)
        self._store = store
        self._document = document
        self._case_id: int | None = None
        self._status = Status.NEW
        self._left = (0, 0)
        # The log calls from its own thread; a signal brings that over to this one.
        own = partial(EditLog, on_saved=self.saved.emit, on_trouble=self.trouble.emit)
        self.log = beside.log if beside is not None else own()
        """What writes for this session, and for those beside it."""
        self.waits = True
        """Whether each act waits for the disk, as long as a frame lasts."""
        self._drafts: dict[FieldId, str] = {}
        self._kept_drafts: dict[FieldId, str] = {}
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_DELAY_MS)
        self.by = beside.by if beside is not None else user_name()
        document.edit_made.connect(self._on_document_edit_made)
        document.statuses_changed.connect(self._on_document_statuses_changed)
        document.marked.connect(self._on_document_marked)
        self._draft_timer.timeout.connect(self._on_draft_timer_timeout)

    @property
    def case_id(self) -> int | None:
        return self._case_id

    @property
    def status(self) -> Status:
        """How far the work on the open letter has come."""
        return self._status

    @property
    def unwritten(self) -> int:
        """How many changes are not on the disk yet."""
        return self.log.pending + len(self._drafts)

    @property
    def obstacle(self) -> UserError | None:
        """What keeps them from being written, if anything does."""
        return self.log.trouble

    @property
    def half_typed(self) -> dict[FieldId, str]:
        """The texts of the open letter that are no values yet."""
        return self._kept_drafts | self._drafts

    @property
    def reads_only(self) -> bool:
        """Whether the data folder takes no writing."""
        return self._document.reads_only

    def open(self, case: Case) -> bool:
        """Load a case into the document as it was left; whether its history leads there.

        Where it does not, something else has changed it: the letter comes as it was kept, and
        undo begins anew.
        """
        if self._case_id is not None:
            self.leave()
        self._case_id = case.id
        self._status = case.summary.status
        self._left = (case.summary.doubts, case.summary.errors)
        steps = _steps_of(case)
        confirmed = {FieldId.from_key(key): value for key, value in case.confirmed.items()}
        self._kept_drafts = {FieldId.from_key(key): text for key, text in case.drafts.items()}
        postponed = {FieldId.from_key(key): note for key, note in case.postponed.items()}
        self._document.load(
            case.parsed,
            steps or (),
            case.history.position if steps else 0,
            confirmed,
            postponed,
            letter=case.letter,
            picked=PickedPlaces.of_view(case.view),
        )
        self._write(self._store.mark_opened, case.id)
        return steps is not None

    def settle(self, seconds: float = 1.0) -> bool:
        """Finish what is in hand; whether all of it is on the disk within that time."""
        self.keep_all()
        return self.log.settle(0.0 if self.log.trouble else seconds)

    def leave(self) -> None:
        """Finish what is in hand before another letter comes, or the program ends. Nobody waits
        for the disk: what comes after is written after it."""
        self.keep_all()
        self._case_id = None

    def flush(self) -> None:
        """Write everything now. Raises UserError for what cannot be; it is still tried."""
        self.keep_all()
        self.log.flush()

    def hold(self) -> None:
        """Write nothing until `go_on`: another database is about to take the place of this one."""
        self.keep_all()
        self.log.hold()

    def go_on(self) -> None:
        """End `hold`."""
        self.log.go_on()

    def give_up(self) -> None:
        """Let go of the letter and of what could not be written of it, for good."""
        self._document.seal()
        self._draft_timer.stop()
        self._case_id = None
        self.log.give_up()

    def close(self) -> None:
        """End, before the program does; what cannot be written now is lost: see `flush`."""
        self.leave()
        try:
            self.log.flush()
        except UserError:
            self.log.give_up()
        self.log.close()

    def keep_all(self) -> None:
        """Write whatever is in hand now: something has gone wrong elsewhere."""
        self._document.seal()
        self._flush_drafts()

    def note_typing(self, field: FieldId, text: str) -> None:
        """Text that is still being typed: kept within a second, as it stands."""
        if self._case_id is None:
            return
        self._drafts[field] = text
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def end_typing(self, field: FieldId) -> None:
        """What was typed has become a value (or is the old one again): the draft has served."""
        self._drafts.pop(field, None)
        if field in self._kept_drafts and self._case_id is not None:
            del self._kept_drafts[field]
            self._write(self._store.clear_draft, self._case_id, field.key)

    def set_status(self, status: Status, note: str = "") -> None:
        """Say how far the work on the open letter has come; `note` is kept with it."""
        if self._case_id is None or status is self._status:
            return
        self._status = status
        self._write(self._store.set_status, self._case_id, status, by=self.by, note=note)
        self.log.settle(ONE_FRAME)
        self.status_changed.emit(self._case_id, status)

    def take_status(self, listed: Status) -> None:
        """How far the open letter is as it is kept: its export among many may have changed that."""
        if not self.log.pending:
            self._status = listed

    def set_status_of(self, case_id: int, status: Status, note: str = "") -> None:
        """The same of any letter, on the desk or not."""
        if case_id == self._case_id:
            self.set_status(status, note)
        else:
            self._write(self._store.set_status, case_id, status, by=self.by, note=note)

    def note(self, case_id: int, words: str) -> None:
        """Keep a line in a letter's history."""
        self._write(self._store.note, case_id, words, by=self.by)

    def save_setting(self, key: str, value: Any) -> None:
        """Keep a setting without waiting for the disk."""
        self._write(self._store.save_setting, key, value)

    def save_view(self, case_id: int, view: dict[str, Any]) -> None:
        """Where on the page the user was in a letter."""
        self._write(self._store.save_view, case_id, view)

    def dismiss(self, finding: str, scope: Scope, reason: str) -> None:
        """Set a finding of the checks aside; `finding` is its key for that scope."""
        if self._case_id is not None:
            self._write(
                self._store.dismiss,
                self._case_id,
                finding,
                scope=scope,
                reason=reason,
                by=self.by,
            )
            self.log.settle(ONE_FRAME)

    def recall(self, dismissal_id: int) -> None:
        """Take a dismissal back."""
        if self._case_id is not None:
            self._write(self._store.recall, self._case_id, dismissal_id, by=self.by)

    def _on_document_edit_made(self, kind: EditKind, edit: Edit) -> None:
        case_id = self._case_id
        if case_id is None:
            return
        letter, doubts = self._document.letter, len(self._document.doubts)
        if kind is EditKind.EDIT:
            key, before, after = describe_step(edit.before, edit.after, edit.field)
            self._write(
                self._store.record_edit,
                case_id,
                edit.after,
                field=key,
                before=before,
                after=after,
                by=self.by,
                label=edit.label,
                doubts=doubts,
            )
        else:
            undone = kind is EditKind.UNDO
            record = self._store.record_undo if undone else self._store.record_redo
            self._write(record, case_id, letter, by=self.by, doubts=doubts)
            if edit.field is not None:
                # Typing that was taken back must not come again as a draft.
                self.end_typing(edit.field)
        if self._status is not Status.IN_WORK:
            self.set_status(Status.IN_WORK)
        self.log.settle(ONE_FRAME)

    def _on_document_statuses_changed(self, _fields: object) -> None:
        points = self._document.open_points
        errors = sum(point.state is State.ERROR and not point.postponed for point in points)
        left = (sum(not point.postponed for point in points), errors)
        if self._case_id is not None and left != self._left:
            self._left = left
            self._write(self._store.set_left, self._case_id, *left)

    def _on_document_marked(self, kind: EditKind | None, field: FieldId, marks: Marks) -> None:
        if self._case_id is not None:
            step = None if kind is None else Act(kind.value)
            self._write(
                self._store.put_marks, self._case_id, field.key, marks, by=self.by, step=step
            )
            self.log.settle(ONE_FRAME if self.waits else 0.0)

    def _on_draft_timer_timeout(self) -> None:
        self._flush_drafts()

    def _flush_drafts(self) -> None:
        self._draft_timer.stop()
        drafts, self._drafts = self._drafts, {}
        if self._case_id is None:
            return
        for field, text in drafts.items():
            self._kept_drafts[field] = text
            self._write(self._store.save_draft, self._case_id, field.key, text)

    def _write(self, write: Callable[..., object], *args: Any, **named: Any) -> None:
        self.log.submit(write, *args, **named)


def _steps_of(case: Case) -> list[Past] | None:
    """The steps of the history; None where they do not lead to the letter as it was kept."""
    letter = reached = case.parsed.letter
    steps: list[Past] = []
    try:
        for step in case.history.steps:
            field = _field_of(step.field)
            mark = _mark_of(field, step)
            edit = None
            if step.edits:
                after = apply_step(letter, step.field, step.after)
                edit = Edit(label=step.label, field=field, before=letter, after=after)
                letter = after
            steps.append(Past(edit, mark))
            if len(steps) == case.history.position:
                reached = letter
    except (KeyError, ValueError):
        return None
    if case.history is NO_HISTORY or case.history.position > len(steps):
        return None
    return steps if reached == case.letter else None


def _mark_of(field: FieldId | None, step: UndoStep) -> Mark | None:
    if field is None or step.marks is None:
        return None
    before, after = step.marks
    return Mark(field=field, before=before, after=after)


def _field_of(key: str) -> FieldId | None:
    try:
        return FieldId.from_key(key)
    except ValueError:
        return None
