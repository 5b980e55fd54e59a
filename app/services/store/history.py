"""What undo means across a restart: steps point at journal rows, a position parts done from undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from app.services.store import journal
from app.services.store.rows import JournalRow, UndoRow, table_of
from app.services.store.values import NO_HISTORY, Act, UndoHistory, UndoStep
from app.services.store.wire import read_value, text_hash

_JOURNAL = table_of(JournalRow)
_UNDO = table_of(UndoRow)
_STEPS = (
    select(_JOURNAL.c.label, _JOURNAL.c.field, _JOURNAL.c.before, _JOURNAL.c.after)
    .join(_UNDO, (_UNDO.c.case_id == _JOURNAL.c.case_id) & (_UNDO.c.seq == _JOURNAL.c.seq))
    .where(_UNDO.c.case_id == bindparam("of_case"))
    .order_by(_UNDO.c.position)
)
_STEP = _STEPS.where(_UNDO.c.position == bindparam("at_position"))
_FORGET = delete(_UNDO).where(
    _UNDO.c.case_id == bindparam("of_case"), _UNDO.c.position >= bindparam("at_position")
)
_ADD = insert(_UNDO)


def read_history(session: Session, case_id: int) -> UndoHistory:
    """NO_HISTORY where it cannot be read. Raises KeyError for a case that is not there."""
    rows = session.connection().execute(_STEPS, {"of_case": case_id})
    try:
        steps = tuple(
            UndoStep(
                label=label,
                field=field,
                before=read_value(field, before),
                after=read_value(field, after),
            )
            for label, field, before, after in rows
        )
    except ValueError:
        return NO_HISTORY
    return UndoHistory(steps=steps, position=journal.read_head(session, case_id).undo_position)


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
    connection = session.connection()
    connection.execute(_FORGET, {"of_case": case_id, "at_position": position})
    connection.execute(_ADD, {"case_id": case_id, "position": position, "seq": seq})
    return seq


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
    label, field, before, after = step
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
