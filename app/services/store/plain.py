"""What a start reads: the settings and the list of letters, by plain SQL.

Importing SQLAlchemy takes longer than all else that stands before the window's first picture.
"""

from __future__ import annotations

import sqlite3

import msgspec

from app.services.store.values import CaseSummary, ListState, Order, Status

_COLUMNS = CaseSummary.__struct_fields__
POSTPONED = "(SELECT count(*) FROM postponed WHERE postponed.case_id = cases.id)"
"""How many fields of a letter are put off: counted where they lie, not kept a second time."""
_SELECTED = ", ".join(POSTPONED if name == "postponed" else name for name in _COLUMNS)
_WORKFLOW = " ".join(f"WHEN '{status}' THEN {step}" for step, status in enumerate(Status))
_ORDERS = {Order.STATUS: f"CASE status {_WORKFLOW} END"}


def read_setting(raw: sqlite3.Connection, key: str) -> str | None:
    """A setting as JSON; None where it was never set."""
    row = raw.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return None if row is None else row[0]


def read_summaries(
    raw: sqlite3.Connection,
    status: Status | None,
    text: str,
    order: Order,
    descending: bool,
    removed: bool = False,
) -> tuple[CaseSummary, ...]:
    conditions: list[str] = [f"removed_at IS {'NOT ' if removed else ''}NULL"]
    values: list[str] = []
    if status is not None:
        conditions.append("status = ?")
        values.append(status.value)
    if text:
        conditions.append("(instr(lower(number), lower(?)) OR instr(lower(file_name), lower(?)))")
        values += [text, text]
    rows = raw.execute(
        f"SELECT {_SELECTED} FROM cases WHERE {' AND '.join(conditions)} "
        f"ORDER BY {_ORDERS.get(order, order.value)} {'DESC' if descending else 'ASC'} NULLS LAST, id",
        values,
    )
    return msgspec.convert(
        [dict(zip(_COLUMNS, row, strict=True)) for row in rows], type=tuple[CaseSummary, ...]
    )


def read_summary(raw: sqlite3.Connection, case_id: int) -> CaseSummary:
    """Raises KeyError for a case that is not there."""
    row = raw.execute(f"SELECT {_SELECTED} FROM cases WHERE id = ?", (case_id,)).fetchone()
    if row is None:
        raise KeyError(case_id)
    return msgspec.convert(dict(zip(_COLUMNS, row, strict=True)), type=CaseSummary)


def read_list_state(raw: sqlite3.Connection) -> ListState:
    """What another list of letters would show in."""
    row = raw.execute(
        "SELECT count(*), count(removed_at), coalesce(max(id), 0), max(changed_at) FROM cases"
    ).fetchone()
    return msgspec.convert(row, type=ListState)
