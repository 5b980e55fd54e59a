"""What the store hands out and takes: frozen values, never rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from app.errors import UserError
from app.evidence import ParseResult
from app.letter import Letter


class CaseUnreadable(UserError):
    """What is kept of one letter makes no sense any more; the other letters do."""


class Status(StrEnum):
    """How far the work on a letter has come."""

    NEW = "new"
    IN_WORK = "in work"
    CHECKED = "checked"
    EXPORTED = "exported"

    @property
    def is_done(self) -> bool:
        """Whether nothing is expected to be done to the letter any more."""
        return self in (Status.CHECKED, Status.EXPORTED)


class Act(StrEnum):
    """What a journal entry tells of."""

    IMPORT = "import"
    READ = "read"
    """The pictures of its pages were read, and what was parsed is another since."""
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    REVERT = "revert"
    CONFIRM = "confirm"
    UNCONFIRM = "unconfirm"
    POSTPONE = "postpone"
    RESUME = "resume"
    DISMISS = "dismiss"
    RECALL = "recall"
    STATUS = "status"
    EXPORT = "export"
    MERGE = "merge"
    """What another desk did to the letter was taken in."""
    UNREADABLE = "unreadable"
    """An entry that was changed by something other than this program."""


class Scope(StrEnum):
    """How far a dismissal reaches: this finding, its like in this letter, its like anywhere."""

    ONE = "one"
    ALIKE = "alike"
    ALWAYS = "always"


class Order(StrEnum):
    """What the list of letters can be sorted by."""

    NUMBER = "number"
    FILE_NAME = "file_name"
    STATUS = "status"
    DOUBTS = "doubts"
    PRIORITY = "priority"
    DATE_ASSIGNED = "date_assigned"
    APPLICATION_RECEIVED = "application_received"
    DECISION_DATE = "decision_date"
    IMPORTED = "imported_at"
    OPENED = "opened_at"
    CHANGED = "changed_at"


class CaseSummary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of the list. Dates and outcome follow the letter as it stands; times are UTC.

    `outcome` is a value of `app.letter.Outcome` or None. `doubts` are the fields where something
    is left to do, `errors` those of them that do not hold together, `postponed` those put off.
    `done_at` is when the letter was marked checked or exported, `removed_at` when it was taken
    off the list.
    """

    id: int
    number: str
    file_sha256: str
    file_name: str
    status: Status
    doubts: int
    issues: int
    outcome: str | None
    layout: str
    pages: int
    priority: str
    date_assigned: date | None
    date_of_injury: date | None
    decision_date: date | None
    ur_denial_date: date | None
    application_received: date | None
    imported_at: datetime
    opened_at: datetime | None
    changed_at: datetime
    errors: int = 0
    postponed: int = 0
    done_at: datetime | None = None
    removed_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing is expected to be done to the letter any more."""
        return self.status.is_done


class ListState(NamedTuple):
    """What differs between two lists of letters; `changed_at` is of the letter changed last."""

    letters: int = 0
    removed: int = 0
    highest_id: int = 0
    changed_at: datetime | None = None

    @classmethod
    def of(cls, cases: Collection[CaseSummary]) -> ListState:
        """Of a list that is shown, its removed letters included."""
        return cls(
            len(cases),
            sum(case.removed_at is not None for case in cases),
            max((case.id for case in cases), default=0),
            max((case.changed_at for case in cases), default=None),
        )


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a field without changing it: that `value` is right, where it is
    `confirmed`, and the note with which it was put off, None where it was not."""

    confirmed: bool = False
    value: Any = None
    note: str | None = None


class UndoStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step back or forth. `field` is a `FieldId.key`, or `issues`, or `letter`.

    A step of which `edits` is false changed no value, only the marks of its field; one that has
    marks besides said with one key that the new value is right. `marks` are those before and after.
    """

    label: str
    field: str
    before: Any
    after: Any
    edits: bool = True
    marks: tuple[Marks, Marks] | None = None


class UndoHistory(msgspec.Struct, frozen=True, kw_only=True):
    """All steps, oldest first; those before `position` are done, the rest can be redone."""

    steps: tuple[UndoStep, ...] = ()
    position: int = 0


NO_HISTORY = UndoHistory(position=-1)
"""A history that was changed by something other than this program, so that it leads nowhere."""


class Dismissal(msgspec.Struct, frozen=True, kw_only=True):
    """A finding someone set aside. `finding` is the key the checks gave for this scope."""

    id: int
    finding: str
    scope: Scope
    reason: str
    by: str
    at: datetime


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything kept of one letter. The mappings are by `FieldId.key`.

    `confirmed` holds the value that was confirmed, `postponed` the note, `drafts` the text
    that was being typed when the program stopped.
    """

    summary: CaseSummary
    letter: Letter
    parsed: ParseResult
    history: UndoHistory
    view: Mapping[str, Any]
    drafts: Mapping[str, str]
    confirmed: Mapping[str, Any]
    postponed: Mapping[str, str]
    dismissals: tuple[Dismissal, ...]

    @property
    def id(self) -> int:
        return self.summary.id


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One act on one letter. `before` and `after` are the field's values, decoded."""

    seq: int
    at: datetime
    by: str
    act: Act
    label: str
    field: str
    before: Any
    after: Any


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """Another letter here with the same case number, and the fields (keys) that differ."""

    summary: CaseSummary
    differing: tuple[str, ...]


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import came to. `known` says that the very same file was here already."""

    summary: CaseSummary
    known: bool = False
    twins: tuple[Twin, ...] = ()


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """The first place where a letter's journal does not hold together, and why."""

    seq: int
    reason: str


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """One backup file. `reason` is empty for the rotating ones.

    `at` is what the clock said. `clock_set_back` tells that it said a later time when the backup
    before this one was made.
    """

    path: Path
    at: datetime
    reason: str = ""
    clock_set_back: bool = False


class Change(StrEnum):
    """How a letter in a backup differs from now."""

    ONLY_IN_BACKUP = "only in the backup"
    ONLY_NOW = "only now"
    DIFFERENT = "different"


class CaseDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One letter that is not the same in a backup as now. `fields` are keys."""

    number: str
    file_name: str
    change: Change
    fields: tuple[str, ...] = ()
    status_then: Status | None = None
    status_now: Status | None = None
