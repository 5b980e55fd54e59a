"""The door to everything kept: each call is one short session, all of it on the disk or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from app.evidence import ParseResult
from app.letter import Letter
from app.services.database import Database, refuse_read_only
from app.services.database.problems import told
from app.services.regular_files import read_regular
from app.services.store import plain, sql
from app.services.store.files import PdfFiles
from app.services.store.values import (
    Act,
    Break,
    Case,
    CaseSummary,
    Dismissal,
    Imported,
    JournalEntry,
    ListState,
    Marks,
    Order,
    Scope,
    Status,
)
from app.services.store.wire import read_value, to_json


class Store:
    """Letters with their files, edits, history, drafts and marks.

    Fields are named by `FieldId.key`. Methods may be called from any thread and raise UserError
    (disk full, locked, damaged, read-only) with nothing half done, KeyError for a case that is
    not there, ValueError for a key that names no field. `by` is the name of who does it.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.cipher = database.cipher
        self.files = PdfFiles(folder / "files", self.cipher)

    # Letters

    def import_pdf(
        self,
        data: bytes | Path,
        result: ParseResult,
        *,
        by: str,
        file_name: str = "",
        doubts: int | None = None,
        errors: int = 0,
    ) -> Imported:
        """Keeps a PDF and what was read from it. The very same file is kept once; one that was
        removed from the list comes back as it was.

        Letters of the same case number from other files are told, with the fields that
        differ from what those letters say now. Without `doubts` the parser's are counted.
        """
        if isinstance(data, Path):
            file_name = file_name or data.name
            with told(data):
                data = read_regular(data)
        # A name may hold bytes that are no letters; the database takes letters only.
        file_name = file_name.encode(errors="replace").decode()
        refuse_read_only(self.folder)
        sha256 = self.files.put(data)
        with self.database.writing() as session:
            there = sql.cases.summary_of_file(session, sha256)
            if there is not None and there.removed_at is not None:
                sql.cases.list_cases(session, (there.id,), by, listed=True)
                there = sql.cases.read_summary(session, there.id)
            summary = there or sql.cases.add_case(
                session, sha256, file_name, result, by, doubts, errors
            )
            twins = sql.cases.find_twins(session, summary, result.letter)
        return Imported(summary=summary, known=there is not None, twins=twins)

    def cases(
        self,
        *,
        status: Status | None = None,
        text: str = "",
        order: Order = Order.IMPORTED,
        descending: bool = False,
        removed: bool = False,
    ) -> tuple[CaseSummary, ...]:
        """The list, without the letters, or with `removed` what was taken off it. `text` is
        looked for in case number and file name."""
        with self.database.plainly() as raw:
            return plain.read_summaries(raw, status, text, order, descending, removed)

    def list_state(self) -> ListState:
        """Of the list, those removed included: whether it is another one is soon asked."""
        with self.database.plainly() as raw:
            return plain.read_list_state(raw)

    def summary(self, case_id: int) -> CaseSummary:
        """One letter of the list: asked for at each step of the work."""
        with self.database.plainly() as raw:
            return plain.read_summary(raw, case_id)

    def case(self, case_id: int) -> Case:
        """Everything of one letter, of one moment. Raises CaseUnreadable."""
        with self.database.reading() as session:
            return sql.cases.read_case(session, case_id)

    def pdf(self, case_id: int) -> bytes:
        """The imported file. Raises FileMissing, FileChanged."""
        return self.files.get(self.summary(case_id).file_sha256)

    def mark_opened(self, case_id: int) -> None:
        with self.database.writing() as session:
            sql.cases.row_of(session, case_id).opened_at = datetime.now(UTC)

    def set_status(self, case_id: int, status: Status, *, by: str, note: str = "") -> None:
        """How far the work has come; `note` is kept with it in the history."""
        with self.database.writing() as session:
            sql.cases.set_status(session, case_id, status, by, note)

    def note(self, case_id: int, words: str, *, by: str) -> None:
        """Keeps a line in a letter's history that changes nothing else."""
        with self.database.writing() as session:
            sql.journal.append(session, case_id, Act.STATUS, by=by, label=words)

    def set_left(
        self,
        case_id: int,
        doubts: int,
        errors: int,
        *,
        unless_changed_since: datetime | None = None,
    ) -> None:
        """How much is left to do in a letter, for the list; what was counted of a letter that was
        changed since is of no use."""
        with self.database.writing() as session:
            row = sql.cases.row_of(session, case_id)
            if unless_changed_since in (None, row.changed_at):
                row.doubts, row.errors = doubts, errors

    def remove_case(self, case_id: int, *, by: str) -> None:
        """Takes a letter off the list. All of it is kept: `put_back` brings it back."""
        self.remove_cases((case_id,), by=by)

    def remove_cases(self, case_ids: Iterable[int], *, by: str) -> None:
        """Takes letters off the list as one act: all of them, or none."""
        with self.database.writing() as session:
            sql.cases.list_cases(session, case_ids, by, listed=False)

    def put_back(self, *case_ids: int, by: str) -> None:
        """Puts removed letters back on the list, as they were: all of them, or none."""
        with self.database.writing() as session:
            sql.cases.list_cases(session, case_ids, by, listed=True)

    def save_view(self, case_id: int, view: Mapping[str, Any]) -> None:
        """Where the user was in this letter: any JSON."""
        with self.database.writing() as session:
            sql.cases.put_view(session, case_id, to_json(view))

    # Edits

    def record_edit(
        self,
        case_id: int,
        letter: Letter,
        *,
        field: str,
        before: Any,
        after: Any,
        by: str,
        label: str,
        act: Act = Act.EDIT,
        doubts: int | None = None,
    ) -> int:
        """One committed edit: journal, undo step and the letter after it; gives its number.

        `field` is a field key, or ISSUES with tuples of issues, or LETTER with whole letters.
        A draft of that field has served its turn and goes. `act` may be REVERT.
        """
        text = to_json(letter)
        was, now = to_json(before), to_json(after)
        read_value(field, was)
        read_value(field, now)
        with self.database.writing() as session:
            seq = sql.history.add_step(
                session,
                case_id,
                act,
                text,
                field=field,
                before=was,
                after=now,
                by=by,
                label=label,
                also=_columns(letter, doubts),
            )
            sql.cases.put_letter(session, case_id, text)
            sql.cases.clear_draft(session, case_id, field)
        return seq

    def record_undo(
        self, case_id: int, letter: Letter, *, by: str, doubts: int | None = None
    ) -> int:
        """One step back, to `letter`. Raises LookupError where nothing is left to undo."""
        return self._move(case_id, Act.UNDO, letter, by, doubts)

    def record_redo(
        self, case_id: int, letter: Letter, *, by: str, doubts: int | None = None
    ) -> int:
        """One step forth, to `letter`. Raises LookupError where nothing is left to redo."""
        return self._move(case_id, Act.REDO, letter, by, doubts)

    def _move(self, case_id: int, act: Act, letter: Letter, by: str, doubts: int | None) -> int:
        text = to_json(letter)
        with self.database.writing() as session:
            also = _columns(letter, doubts)
            seq = sql.history.move(session, case_id, act, text, by=by, also=also)
            sql.cases.put_letter(session, case_id, text)
        return seq

    def journal(self, case_id: int, field: str | None = None) -> tuple[JournalEntry, ...]:
        """What was done to a letter, or to one field of it, oldest first."""
        with self.database.reading() as session:
            return sql.journal.told(sql.journal.read_entries(session, case_id, field))

    def step_times(self, case_id: int) -> tuple[datetime, ...]:
        """When each step of a letter's undo history was taken, UTC, oldest first."""
        with self.database.reading() as session:
            return sql.history.read_times(session, case_id)

    def verify(self, case_id: int) -> Break | None:
        """The first place where the journal was tampered with; None where it holds."""
        with self.database.reading() as session:
            return sql.journal.first_break(session, case_id)

    # Half-typed text

    def save_draft(self, case_id: int, field: str, text: str) -> None:
        with self.database.writing() as session:
            sql.cases.put_draft(session, case_id, field, text)

    def drafts(self, case_id: int) -> dict[str, str]:
        """Text by field key."""
        with self.database.reading() as session:
            return sql.cases.read_drafts(session, case_id)

    def clear_draft(self, case_id: int, field: str) -> None:
        with self.database.writing() as session:
            sql.cases.clear_draft(session, case_id, field)

    # Marks

    def put_marks(
        self, case_id: int, field: str, marks: Marks, *, by: str, step: Act | None = None
    ) -> None:
        """What is said of a field from now on. `step` is EDIT where that is a step of the undo
        history, UNDO or REDO where such a step is taken back or done again, None where it goes
        with the edit before it."""
        with self.database.writing() as session:
            sql.marks.put(session, case_id, field, marks, by, with_edit=step is None)
            if step is not None:
                sql.history.note_marks(session, case_id, step)

    def dismiss(self, case_id: int, finding: str, *, scope: Scope, reason: str, by: str) -> int:
        """Sets a finding aside; gives the dismissal's id. `finding` is the key for that scope."""
        with self.database.writing() as session:
            return sql.marks.dismiss(session, case_id, finding, scope, reason, by)

    def dismissed_always(self) -> tuple[Dismissal, ...]:
        """What was set aside for all letters."""
        with self.database.reading() as session:
            return sql.marks.read_dismissals(session, 0)

    def recall(self, case_id: int, dismissal_id: int, *, by: str) -> None:
        """Takes a dismissal back."""
        with self.database.writing() as session:
            sql.marks.recall(session, case_id, dismissal_id, by)

    # Settings

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting as plain JSON values."""
        with self.database.plainly() as raw:
            value = plain.read_setting(raw, key)
        return default if value is None else msgspec.json.decode(value)

    def save_setting(self, key: str, value: Any) -> None:
        with self.database.writing() as session:
            sql.cases.put_setting(session, key, to_json(value))


def _columns(letter: Letter, doubts: int | None) -> dict[str, Any]:
    """What an edit sets in the case: the list must show the letter as it stands."""
    columns = {"status": Status.IN_WORK.value, "done_at": None, **sql.cases.letter_columns(letter)}
    return columns if doubts is None else {**columns, "doubts": doubts}
