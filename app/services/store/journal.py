"""How acts are chained: each row's hash covers its words and the hash of the row before.

The first row hangs on the SHA-256 of the letter's PDF; the last one is named in the case. Each
row also holds the hash of the letter after it. Changing, removing or adding anything without
making the whole chain anew shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.services.store.rows import CaseRow, JournalRow, LetterRow, ParseRow, table_of, utc_text
from app.services.store.values import Act, Break, JournalEntry
from app.services.store.wire import read_value, text_hash, to_json

_OF_VALUES = frozenset({Act.EDIT, Act.UNDO, Act.REDO, Act.REVERT, Act.CONFIRM, Act.UNCONFIRM})
"""Acts whose before and after are values of the field; others say a word or a sentence."""
_NO_TIME = datetime.fromtimestamp(0, UTC)


class Head(msgspec.Struct, frozen=True):
    """Where a letter's history stands: its last entry, and how much of it is undone."""

    journal_length: int
    journal_hash: str
    undo_position: int
    letter_hash: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the journal, its columns in the order of the table."""

    case_id: int
    seq: int
    at: str
    by: str
    kind: str
    label: str
    field: str
    before: str
    after: str
    letter_hash: str
    previous_hash: str
    hash: str = ""

    def own_hash(self) -> str:
        """SHA-256 over the canonical JSON of everything the row says.

        Not the case's number: it is ours alone, the chain hangs on the letter's file.
        """
        return text_hash(
            to_json(
                (
                    self.previous_hash,
                    self.seq,
                    self.at,
                    self.by,
                    self.kind,
                    self.label,
                    self.field,
                    self.before,
                    self.after,
                    self.letter_hash,
                )
            )
        )


# Built once: putting a statement together costs SQLAlchemy more than SQLite needs to run it.
_JOURNAL = table_of(JournalRow)
_CASES = table_of(CaseRow)
_HEAD = (
    select(
        _CASES.c.journal_length,
        _CASES.c.journal_hash,
        _CASES.c.undo_position,
        func.coalesce(_JOURNAL.c.letter_hash, ""),
    )
    .select_from(_CASES)
    .outerjoin(
        _JOURNAL,
        (_JOURNAL.c.case_id == _CASES.c.id) & (_JOURNAL.c.seq == _CASES.c.journal_length),
    )
    .where(_CASES.c.id == bindparam("of_case"))
)
_ADD = insert(_JOURNAL)
_SET_CASE = update(_CASES).where(_CASES.c.id == bindparam("of_case"))
_ENTRIES = select(_JOURNAL).where(_JOURNAL.c.case_id == bindparam("of_case"))


def read_head(session: Session, case_id: int) -> Head:
    """Raises KeyError for a case that is not there."""
    row = session.connection().execute(_HEAD, {"of_case": case_id}).one_or_none()
    if row is None:
        raise KeyError(case_id)
    return Head(*row)


def append(
    session: Session,
    case_id: int,
    act: Act,
    *,
    by: str,
    label: str,
    field: str = "",
    before: str = "null",
    after: str = "null",
    letter_hash: str | None = None,
    also: Mapping[str, Any] | None = None,
) -> int:
    """Adds an entry and names it in the case; gives its number.

    `before` and `after` are JSON; without `letter_hash` the letter stays as it was; `also` are
    more columns of the case to set. Raises KeyError for a case that is not there.
    """
    head = read_head(session, case_id)
    now = datetime.now(UTC)
    entry = Entry(
        case_id=case_id,
        seq=head.journal_length + 1,
        at=utc_text(now),
        by=by,
        kind=act.value,
        label=label,
        field=field,
        before=before,
        after=after,
        letter_hash=head.letter_hash if letter_hash is None else letter_hash,
        previous_hash=head.journal_hash,
    )
    entry = replace(entry, hash=entry.own_hash())
    connection = session.connection()
    connection.execute(_ADD, asdict(entry))
    connection.execute(
        _SET_CASE,
        {
            "of_case": case_id,
            "journal_length": entry.seq,
            "journal_hash": entry.hash,
            "changed_at": now,
            **(also or {}),
        },
    )
    return entry.seq


def read_entries(session: Session, case_id: int, field: str | None = None) -> tuple[Entry, ...]:
    """All entries of a letter, or of one field of it, oldest first."""
    query = _ENTRIES.order_by(_JOURNAL.c.seq)
    if field is not None:
        query = query.where(_JOURNAL.c.field == field)
    rows = session.connection().execute(query, {"of_case": case_id})
    return tuple(Entry(**row) for row in rows.mappings())


def told(entries: Sequence[Entry]) -> tuple[JournalEntry, ...]:
    """The entries with their values decoded; one that cannot be read is given as it stands."""
    return tuple(_told(row) for row in entries)


def _told(row: Entry) -> JournalEntry:
    try:
        act, at = Act(row.kind), datetime.fromisoformat(row.at)
        before, after = _value(row, row.before), _value(row, row.after)
    except ValueError:
        act, at, before, after = Act.UNREADABLE, _NO_TIME, row.before, row.after
    return JournalEntry(
        seq=row.seq,
        at=at,
        by=row.by,
        act=act,
        label=row.label,
        field=row.field,
        before=before,
        after=after,
    )


def first_break(session: Session, case_id: int) -> Break | None:
    """The first place where the chain of a letter does not hold; None where all is well.

    Raises KeyError for a case that is not there.
    """
    case = session.get(CaseRow, case_id)
    if case is None:
        raise KeyError(case_id)
    rows = read_entries(session, case_id)
    previous = case.file_sha256
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            return Break(seq=expected, reason="an entry is missing")
        if row.previous_hash != previous:
            return Break(seq=row.seq, reason="the entry does not follow the one before it")
        if row.hash != row.own_hash():
            return Break(seq=row.seq, reason="the entry was changed")
        previous = row.hash
    if not rows or len(rows) != case.journal_length or previous != case.journal_hash:
        return Break(seq=len(rows) + 1, reason="entries at the end are missing or were added")
    letter = session.get(LetterRow, case_id)
    if letter is None or text_hash(letter.letter) != rows[-1].letter_hash:
        return Break(seq=rows[-1].seq, reason="the letter is not the one the last entry left")
    read = next(row for row in reversed(rows) if row.seq == 1 or row.kind == Act.READ)
    if _import_said(session, case_id) != read.after:
        return Break(seq=read.seq, reason="the parsed values are not those that were imported")
    return None


def _import_said(session: Session, case_id: int) -> str | None:
    """What the entry of the import says of the parsed values as they are now; None without any."""
    try:
        parsed = session.get(ParseRow, case_id)
    except ValueError:
        return None  # what is packed there cannot be read
    return None if parsed is None else to_json(text_hash(parsed.result))


def _value(row: Entry, text: str) -> Any:
    if row.kind in _OF_VALUES:
        return read_value(row.field, text)
    return msgspec.json.decode(text)
