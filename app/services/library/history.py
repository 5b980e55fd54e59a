"""Undo, redo and the history of an entry."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.services.library.rows import ChangeRow, StepRow
from app.services.library.stored import Stored, decode_stored, load, put
from app.services.library.values import Change, Entry, Version


def last_change(session: Session, *, undone: bool) -> Change | None:
    """The change that undo would take back, or that redo would do again."""
    order = ChangeRow.id.asc() if undone else ChangeRow.id.desc()
    row = session.execute(
        select(ChangeRow).where(ChangeRow.undone == undone).order_by(order).limit(1)
    ).scalar()
    return None if row is None else _change(session, row)


def _change(session: Session, row: ChangeRow) -> Change:
    ids = session.scalars(select(StepRow.entry_id).where(StepRow.change_id == row.id))
    return Change(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        label=row.label,
        undone=row.undone,
        entry_ids=tuple(ids),
    )


def take_back(session: Session, change: Change, *, again: bool) -> None:
    """Puts every entry of the change into its state before it (`again`: after it).

    Raises UserError where one of them was changed since by something else.
    """
    steps = list(session.scalars(select(StepRow).where(StepRow.change_id == change.id)))
    for step in steps:
        before, after = decode_stored(step.before), decode_stored(step.after)
        assert after is not None
        expected, target = (before, after) if again else (after, before)
        missing = Stored(entry=after.entry, deleted=True)
        if not _same(load(session, step.entry_id), expected or missing):
            raise UserError(
                "An entry was changed since, so this step cannot be taken back.",
                "Open the entry's history and take the wanted values from there.",
            )
        put(session, target or missing)
    session.execute(update(ChangeRow).where(ChangeRow.id == change.id).values(undone=not again))


def _same(there: Stored | None, expected: Stored) -> bool:
    if there is None:
        return False
    if there.deleted and expected.deleted:
        return True
    # an update of the program may have brought new facts meanwhile: the user's are what counts
    mine = expected.entry.changed_fields
    if expected.entry.starter_version != there.entry.starter_version:
        return mine == there.entry.changed_fields and there.deleted == expected.deleted
    return there == expected


def versions(session: Session, entry_id: int) -> tuple[Version, ...]:
    """Everything that was done to an entry, newest first."""
    rows = session.execute(
        select(ChangeRow, StepRow.before, StepRow.after)
        .join(StepRow, StepRow.change_id == ChangeRow.id)
        .where(StepRow.entry_id == entry_id)
        .order_by(ChangeRow.id.desc())
    )
    return tuple(
        Version(change=_change(session, row), before=_entry(before), after=_entry(after))
        for row, before, after in rows
    )


def _entry(body: str | None) -> Entry | None:
    stored = decode_stored(body)
    return None if stored is None or stored.deleted else replace(stored.entry)
