"""How a case is put into rows and read back as one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    bindparam,
    delete,
    literal_column,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.evidence import ParseResult
from app.letter import Letter
from app.services.store import journal, marks, plain
from app.services.store.compare import differing_fields
from app.services.store.history import read_history
from app.services.store.rows import (
    CaseRow,
    DraftRow,
    LetterRow,
    ParseRow,
    SettingRow,
    ViewRow,
    table_of,
)
from app.services.store.values import Act, Case, CaseSummary, CaseUnreadable, Status, Twin
from app.services.store.wire import parse_to_json, read_letter, read_parse, text_hash, to_json

_NAMES = CaseSummary.__struct_fields__


# As SQLite has them: msgspec reads dates and times ten times as fast as SQLAlchemy does.
def _column(name: str) -> ColumnElement[Any]:
    if name == "postponed":
        return literal_column(plain.POSTPONED, Integer).label(name)
    column = getattr(CaseRow, name)
    return column if isinstance(column.type, Integer) else type_coerce(column, Text)


_COLUMNS = tuple(_column(name) for name in _NAMES)
_PUT_LETTER = update(table_of(LetterRow)).where(LetterRow.case_id == bindparam("of_case"))
_CLEAR_DRAFT = delete(table_of(DraftRow)).where(
    DraftRow.case_id == bindparam("of_case"),
    DraftRow.field == bindparam("of_field"),
)


def letter_columns(letter: Letter) -> dict[str, Any]:
    """What the list shows of a letter."""
    header = letter.header
    return {
        "number": header.case_number,
        "priority": header.priority,
        "date_assigned": header.date_assigned,
        "date_of_injury": header.date_of_injury,
        "decision_date": header.decision_date,
        "ur_denial_date": header.ur_denial_date,
        "application_received": header.application_received,
        "issues": len(letter.issues),
        "outcome": None if letter.outcome is None else letter.outcome.value,
    }


def add_case(
    session: Session,
    sha256: str,
    file_name: str,
    result: ParseResult,
    by: str,
    doubts: int | None,
    errors: int = 0,
) -> CaseSummary:
    now = datetime.now(UTC)
    if doubts is None:
        doubts = sum(1 for evidence in result.evidence.values() if evidence.doubt is not None)
    row = CaseRow(
        file_sha256=sha256,
        file_name=file_name,
        status=Status.NEW.value,
        doubts=doubts,
        layout=result.layout,
        pages=result.pages,
        imported_at=now,
        opened_at=None,
        changed_at=now,
        undo_position=0,
        journal_length=0,
        journal_hash=sha256,
        errors=errors,
        **letter_columns(result.letter),
    )
    session.add(row)
    session.flush()
    letter, parsed = to_json(result.letter), parse_to_json(result)
    session.add(LetterRow(case_id=row.id, letter=letter))
    session.add(ParseRow(case_id=row.id, result=parsed))
    session.flush()
    journal.append(
        session,
        row.id,
        Act.IMPORT,
        by=by,
        label="Imported",
        after=to_json(text_hash(parsed)),
        letter_hash=text_hash(letter),
    )
    return read_summary(session, row.id)


def put_letter(session: Session, case_id: int, text: str) -> None:
    """Stores the letter as it stands now."""
    session.connection().execute(_PUT_LETTER, {"of_case": case_id, "letter": text})


def row_of(session: Session, case_id: int) -> CaseRow:
    """Raises KeyError for a case that is not there."""
    row = session.get(CaseRow, case_id)
    if row is None:
        raise KeyError(case_id)
    return row


def set_status(session: Session, case_id: int, status: Status, by: str, note: str) -> None:
    """`note` says what more the history keeps of it."""
    before = read_summary(session, case_id)
    if before.status is status:
        return
    done = status in (Status.CHECKED, Status.EXPORTED)
    journal.append(
        session,
        case_id,
        Act.EXPORT if status is Status.EXPORTED else Act.STATUS,
        by=by,
        label=f"Marked {status}. {note}" if note else f"Marked {status}",
        before=to_json(before.status),
        after=to_json(status),
        # Exporting what was checked before is no second letter done.
        also={
            "status": status.value,
            "done_at": (before.done_at or datetime.now(UTC)) if done else None,
        },
    )


def list_cases(session: Session, case_ids: Iterable[int], by: str, *, listed: bool) -> None:
    """Take letters off the list, with all that is kept of them, or put them back on: one act, of
    one moment."""
    now = datetime.now(UTC)
    for case_id in case_ids:
        _list_case(session, case_id, by, None if listed else now)


def _list_case(session: Session, case_id: int, by: str, removed_at: datetime | None) -> None:
    listed = removed_at is None
    if (read_summary(session, case_id).removed_at is None) is listed:
        return
    journal.append(
        session,
        case_id,
        Act.STATUS,
        by=by,
        label="Put back on the list" if listed else "Removed from the list",
        also={"removed_at": removed_at},
    )


def put_view(session: Session, case_id: int, view: str) -> None:
    row_of(session, case_id)
    session.merge(ViewRow(case_id=case_id, view=view))


def put_draft(session: Session, case_id: int, field: str, text: str) -> None:
    row_of(session, case_id)
    session.merge(DraftRow(case_id=case_id, field=field, text=text, at=datetime.now(UTC)))


def put_setting(session: Session, key: str, value: str) -> None:
    session.merge(SettingRow(key=key, value=value))


def read_summary(session: Session, case_id: int) -> CaseSummary:
    """Raises KeyError for a case that is not there."""
    row = session.execute(select(*_COLUMNS).where(CaseRow.id == case_id)).one_or_none()
    if row is None:
        raise KeyError(case_id)
    return _summary(row)


def summary_of_file(session: Session, sha256: str) -> CaseSummary | None:
    row = session.execute(select(*_COLUMNS).where(CaseRow.file_sha256 == sha256)).one_or_none()
    return None if row is None else _summary(row)


def read_case(session: Session, case_id: int) -> Case:
    """Raises KeyError for a case that is not there, CaseUnreadable for one changed from outside."""
    summary = read_summary(session, case_id)
    try:
        return _read_case(session, case_id, summary)
    except (ValueError, NoResultFound) as error:
        raise CaseUnreadable(
            "What is kept of this letter was changed by something other than this program and "
            "cannot be read.",
            "Restore a backup in which it is whole; the other letters are not touched.",
        ) from error


def _read_case(session: Session, case_id: int, summary: CaseSummary) -> Case:
    view = session.get(ViewRow, case_id)
    return Case(
        summary=summary,
        letter=read_letter(session.get_one(LetterRow, case_id).letter),
        parsed=read_parse(session.get_one(ParseRow, case_id).result),
        history=read_history(session, case_id),
        view={} if view is None else msgspec.json.decode(view.view),
        drafts=read_drafts(session, case_id),
        confirmed=marks.read_confirmed(session, case_id),
        postponed=marks.read_postponed(session, case_id),
        dismissals=marks.read_dismissals(session, case_id),
    )


def read_drafts(session: Session, case_id: int) -> dict[str, str]:
    rows = session.execute(select(DraftRow.field, DraftRow.text).where(DraftRow.case_id == case_id))
    return {row.field: row.text for row in rows}


def clear_draft(session: Session, case_id: int, field: str) -> None:
    session.connection().execute(_CLEAR_DRAFT, {"of_case": case_id, "of_field": field})


def find_twins(session: Session, summary: CaseSummary, letter: Letter) -> tuple[Twin, ...]:
    """Other cases with the same number, with what this letter has differently from what they
    say now, corrections included."""
    if not summary.number:
        return ()
    rows = session.execute(
        select(*_COLUMNS, LetterRow.letter)
        .join(LetterRow, LetterRow.case_id == CaseRow.id)
        .where(
            CaseRow.number == summary.number,
            CaseRow.id != summary.id,
            CaseRow.removed_at.is_(None),
        )
        .order_by(CaseRow.id)
    )
    return tuple(
        Twin(
            summary=_summary(row[:-1]),
            differing=differing_fields(read_letter(row[-1]), letter),
        )
        for row in rows
    )


def _summary(row: Sequence[Any]) -> CaseSummary:
    return msgspec.convert(dict(zip(_NAMES, row, strict=True)), type=CaseSummary)
