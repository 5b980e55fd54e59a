"""What undo means across a restart: steps point at journal rows, a position parts done from undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.services.store import journal, marks
from app.services.store.rows import CaseRow, JournalRow, UndoRow, table_of
from app.services.store.values import NO_HISTORY, Act, UndoHistory, UndoStep
from app.services.store.wire import read_value, text_hash

_JOURNAL = table_of(JournalRow)
_UNDO = table_of(UndoRow)
_STEPS = (
    select(
        _JOURNAL.c.seq,
        _JOURNAL.c.kind,
        _JOURNAL.c.label,
        _JOURNAL.c.field,
        _JOURNAL.c.before,
        _JOURNAL.c.after,
    )
    .join(_UNDO, (_UNDO.c.case_id == _JOURNAL.c.case_id) & (_UNDO.c.seq == _JOURNAL.c.seq))
    .where(_UNDO.c.case_id == bindparam("of_case"))
    .order_by(_UNDO.c.position)
)
_TIMES = _STEPS.with_only_columns(_JOURNAL.c.at)
_STEP = _STEPS.where(_UNDO.c.position == bindparam("at_position"))
_FORGET = delete(_UNDO).where(
    _UNDO.c.case_id == bindparam("of_case"), _UNDO.c.position >= bindparam("at_position")
)
_ADD = insert(_UNDO)
_CASES = table_of(CaseRow)
_SET_POSITION = update(_CASES).where(_CASES.c.id == bindparam("of_case"))
_EDITS = (Act.EDIT.value, Act.REVERT.value)


def read_history(session: Session, case_id: int) -> UndoHistory:
    """NO_HISTORY where it cannot be read. Raises KeyError for a case that is not there."""
    rows = session.connection().execute(_STEPS, {"of_case": case_id}).all()
    try:
        changes = marks.read_changes(session, case_id) if rows else {}
        steps = tuple(_step(changes, *row) for row in rows)
    except (KeyError, ValueError):
        return NO_HISTORY
    return UndoHistory(steps=steps, position=journal.read_head(session, case_id).undo_position)


def read_times(session: Session, case_id: int) -> tuple[datetime, ...]:
    """When each step was taken first."""
    rows = session.connection().execute(_TIMES, {"of_case": case_id}).scalars()
    return tuple(datetime.fromisoformat(at) for at in rows)


def _step(
    changes: Mapping[int, marks.MarkChange],
    seq: int,
    kind: str,
    label: str,
    field: str,
    before: str,
    after: str,
) -> UndoStep:
    if kind not in _EDITS:
        own = changes[seq].marks
        return UndoStep(label=label, field=field, before=None, after=None, edits=False, marks=own)
    return UndoStep(
        label=label,
        field=field,
        before=read_value(field, before),
        after=read_value(field, after),
        marks=marks.given_with(changes, seq, field),
    )


def add_step(
    session: Session,
    case_id: int,
    act: Act,
    letter: str,
    *,
    field: str,
    before: str,
    after: str,
    by: str,
    label: str,
    also: Mapping[str, Any],
) -> int:
    """Journals a new edit; what could be redone before can be no more. Gives the entry's number.

    `letter` is the JSON of the letter after it, `also` are columns of the case to set.
    """
    position = journal.read_head(session, case_id).undo_position
    seq = journal.append(
        session,
        case_id,
        act,
        by=by,
        label=label,
        field=field,
        before=before,
        after=after,
        letter_hash=text_hash(letter),
        also={**also, "undo_position": position + 1},
    )
    _put_step(session, case_id, position, seq)
    return seq


def _put_step(session: Session, case_id: int, position: int, seq: int) -> None:
    connection = session.connection()
    connection.execute(_FORGET, {"of_case": case_id, "at_position": position})
    connection.execute(_ADD, {"case_id": case_id, "position": position, "seq": seq})


def note_marks(session: Session, case_id: int, act: Act) -> None:
    """The marks that were just journalled are a step of their own (EDIT), or that step was taken
    back or done again (UNDO, REDO)."""
    head = journal.read_head(session, case_id)
    position = head.undo_position
    if act is Act.EDIT:
        _put_step(session, case_id, position, head.journal_length)
    moved = position - 1 if act is Act.UNDO else position + 1
    session.connection().execute(_SET_POSITION, {"of_case": case_id, "undo_position": moved})


def move(
    session: Session, case_id: int, act: Act, letter: str, *, by: str, also: Mapping[str, Any]
) -> int:
    """Journals an UNDO or REDO of one step. Raises LookupError where there is none."""
    back = act is Act.UNDO
    position = journal.read_head(session, case_id).undo_position
    step = (
        session.connection()
        .execute(_STEP, {"of_case": case_id, "at_position": position - back})
        .one_or_none()
    )
    if step is None:
        raise LookupError(f"nothing to {act}")
    _, _, label, field, before, after = step
    return journal.append(
        session,
        case_id,
        act,
        by=by,
        label=label,
        field=field,
        before=after if back else before,
        after=before if back else after,
        letter_hash=text_hash(letter),
        also={**also, "undo_position": position - 1 if back else position + 1},
    )
