"""What a user says about fields and findings without changing the letter: journalled all the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.services.store import journal
from app.services.store.rows import ConfirmationRow, DismissalRow, PostponedRow
from app.services.store.values import Act, Dismissal, Scope
from app.services.store.wire import read_value, to_json


def confirm(session: Session, case_id: int, field: str, value: Any, by: str) -> None:
    said = to_json(value)
    read_value(field, said)
    _log(session, case_id, Act.CONFIRM, by, "Confirmed", field, after=said)
    session.merge(
        ConfirmationRow(case_id=case_id, field=field, value=said, at=datetime.now(UTC), by=by)
    )
    # Looking at it was what had been put off.
    session.execute(_of_field(PostponedRow, case_id, field))


def unconfirm(session: Session, case_id: int, field: str, by: str) -> None:
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


def postpone(session: Session, case_id: int, field: str, note: str, by: str) -> None:
    _log(session, case_id, Act.POSTPONE, by, "Postponed", field, after=to_json(note))
    session.merge(
        PostponedRow(case_id=case_id, field=field, note=note, at=datetime.now(UTC), by=by)
    )


def resume(session: Session, case_id: int, field: str, by: str) -> None:
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
