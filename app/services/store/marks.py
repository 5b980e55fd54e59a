"""What a user says about fields and findings without changing the letter: journalled all the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.services.store import journal
from app.services.store.rows import (
    ConfirmationRow,
    DismissalRow,
    JournalRow,
    PostponedRow,
    table_of,
)
from app.services.store.values import Act, Dismissal, Marks, Scope
from app.services.store.wire import read_value, to_json

WITH_EDIT = "Confirmed as written"
"""Label of a confirmation that is no step of its own: one key kept the value and said it is right."""
BETWEEN = 2
"""So many entries after an edit its confirmation stands at most: the status may change with it."""
_JOURNAL = table_of(JournalRow)
_OF_FIELDS = (Act.CONFIRM.value, Act.UNCONFIRM.value, Act.POSTPONE.value, Act.RESUME.value)


def put(
    session: Session, case_id: int, field: str, wanted: Marks, by: str, *, with_edit: bool = False
) -> None:
    """Has a field marked as it is wanted, each change journalled."""
    had = _marks_of(session, case_id, field)
    if wanted.confirmed and (not had.confirmed or had.value != wanted.value):
        label = WITH_EDIT if with_edit else "Confirmed"
        _confirm(session, case_id, field, wanted.value, by, label)
        had = replace(had, note=None)
    elif had.confirmed and not wanted.confirmed:
        _unconfirm(session, case_id, field, by)
    if wanted.note is None:
        _resume(session, case_id, field, by)
    elif wanted.note != had.note:
        _postpone(session, case_id, field, wanted.note, by)


def _marks_of(session: Session, case_id: int, field: str) -> Marks:
    kept = session.get(ConfirmationRow, (case_id, field))
    put_off = session.get(PostponedRow, (case_id, field))
    return Marks(
        confirmed=kept is not None,
        value=None if kept is None else read_value(field, kept.value),
        note=None if put_off is None else put_off.note,
    )


class MarkChange(NamedTuple):
    """An entry of the journal that changed the marks of a field."""

    field: str
    label: str
    marks: tuple[Marks, Marks]


def read_changes(session: Session, case_id: int) -> dict[int, MarkChange]:
    """What the entries of the journal, by their numbers, did to the marks of fields.

    Raises ValueError for one that cannot be read.
    """
    columns = _JOURNAL.c
    rows = session.connection().execute(
        select(columns.seq, columns.kind, columns.label, columns.field, columns.after)
        .where(columns.case_id == case_id, columns.kind.in_(_OF_FIELDS))
        .order_by(columns.seq)
    )
    standing: dict[str, Marks] = {}
    changes: dict[int, MarkChange] = {}
    for seq, kind, label, field, after in rows:
        before = standing.get(field, Marks())
        follow(standing, kind, field, after)
        changes[seq] = MarkChange(field, label, (before, standing[field]))
    return changes


def follow(standing: dict[str, Marks], kind: str, field: str, after: str) -> None:
    """Brings what is said of fields up to an entry of the journal; others than of marks say nothing.

    Raises ValueError for one that cannot be read.
    """
    if kind not in _OF_FIELDS:
        return
    before = standing.get(field, Marks())
    if kind == Act.CONFIRM:
        now = Marks(confirmed=True, value=read_value(field, after))
    elif kind == Act.UNCONFIRM:
        now = Marks(note=before.note)
    else:
        note = msgspec.json.decode(after, type=str) if kind == Act.POSTPONE else None
        now = replace(before, note=note)
    standing[field] = now


def given_with(
    changes: Mapping[int, MarkChange], seq: int, field: str
) -> tuple[Marks, Marks] | None:
    """The marks that an edit's own key gave its field; None where it gave none."""
    for later in range(seq + 1, seq + BETWEEN + 1):
        change = changes.get(later)
        if change is not None and (change.field, change.label) == (field, WITH_EDIT):
            return change.marks
    return None


def _confirm(
    session: Session, case_id: int, field: str, value: Any, by: str, label: str = "Confirmed"
) -> None:
    said = to_json(value)
    read_value(field, said)
    _log(session, case_id, Act.CONFIRM, by, label, field, after=said)
    session.merge(
        ConfirmationRow(case_id=case_id, field=field, value=said, at=datetime.now(UTC), by=by)
    )
    # Looking at it was what had been put off.
    session.execute(_of_field(PostponedRow, case_id, field))


def _unconfirm(session: Session, case_id: int, field: str, by: str) -> None:
    row = session.get(ConfirmationRow, (case_id, field))
    if row is None:
        return
    _log(session, case_id, Act.UNCONFIRM, by, "No longer confirmed", field, before=row.value)
    session.delete(row)


def read_confirmed(session: Session, case_id: int) -> dict[str, Any]:
    rows = session.execute(
        select(ConfirmationRow.field, ConfirmationRow.value).where(
            ConfirmationRow.case_id == case_id
        )
    )
    return {field: read_value(field, value) for field, value in rows}


def _postpone(session: Session, case_id: int, field: str, note: str, by: str) -> None:
    _log(session, case_id, Act.POSTPONE, by, "Postponed", field, after=to_json(note))
    session.merge(
        PostponedRow(case_id=case_id, field=field, note=note, at=datetime.now(UTC), by=by)
    )


def _resume(session: Session, case_id: int, field: str, by: str) -> None:
    row = session.get(PostponedRow, (case_id, field))
    if row is None:
        return
    _log(session, case_id, Act.RESUME, by, "Taken up again", field, before=to_json(row.note))
    session.delete(row)


def read_postponed(session: Session, case_id: int) -> dict[str, str]:
    rows = session.execute(
        select(PostponedRow.field, PostponedRow.note).where(PostponedRow.case_id == case_id)
    )
    return {row.field: row.note for row in rows}


def dismiss(
    session: Session, case_id: int, finding: str, scope: Scope, reason: str, by: str
) -> int:
    said = to_json({"finding": finding, "scope": scope, "reason": reason})
    _log(session, case_id, Act.DISMISS, by, "Finding dismissed", "", after=said)
    row = DismissalRow(
        case_id=None if scope is Scope.ALWAYS else case_id,
        finding=finding,
        scope=scope.value,
        reason=reason,
        at=datetime.now(UTC),
        by=by,
    )
    session.add(row)
    session.flush()
    return row.id


def recall(session: Session, case_id: int, dismissal_id: int, by: str) -> None:
    """Takes a dismissal back; the act is kept with the letter it was done in."""
    row = session.get(DismissalRow, dismissal_id)
    if row is None:
        return
    said = to_json({"finding": row.finding, "scope": row.scope, "reason": row.reason})
    _log(session, case_id, Act.RECALL, by, "Finding shown again", "", before=said)
    session.delete(row)


def read_dismissals(session: Session, case_id: int) -> tuple[Dismissal, ...]:
    """Those of the letter and those that hold for all letters."""
    rows = session.scalars(
        select(DismissalRow)
        .where(or_(DismissalRow.case_id == case_id, DismissalRow.case_id.is_(None)))
        .order_by(DismissalRow.id)
    )
    return tuple(
        Dismissal(
            id=row.id,
            finding=row.finding,
            scope=Scope(row.scope),
            reason=row.reason,
            by=row.by,
            at=row.at,
        )
        for row in rows
    )


def _of_field(table: type[PostponedRow], case_id: int, field: str) -> Any:
    return delete(table).where(table.case_id == case_id, table.field == field)


def _log(
    session: Session,
    case_id: int,
    act: Act,
    by: str,
    label: str,
    field: str,
    *,
    before: str = "null",
    after: str = "null",
) -> None:
    journal.append(
        session, case_id, act, by=by, label=label, field=field, before=before, after=after
    )
