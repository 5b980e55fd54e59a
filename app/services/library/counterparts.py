"""Which entry of the library an entry from a file is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.services.citations.known import words_of
from app.services.library.rows import EntryRow
from app.services.library.stored import ROWS_AT_ONCE, decode_entry, match_key
from app.services.library.values import Entry


def counterparts(session: Session, entries: Sequence[Entry]) -> tuple[Entry | None, ...]:
    """See `Library.counterparts`. Two look-ups for every few hundred entries."""
    keys = {entry.key for entry in entries if entry.key}
    by_key = {there.key: there for there in _load(session, EntryRow.key, keys)}
    by_name: dict[str, list[Entry]] = {}
    for there in _load(session, EntryRow.match_key, map(_name, entries)):
        by_name.setdefault(_name(there), []).append(there)
    return tuple(
        by_key.get(entry.key)
        or next((there for there in by_name.get(_name(entry), ()) if _same(there, entry)), None)
        for entry in entries
    )


def _name(entry: Entry) -> str:
    return match_key(entry.source, entry.title)


def _load(
    session: Session, column: InstrumentedAttribute[str], values: Iterable[str]
) -> list[Entry]:
    wanted = sorted(set(values))
    found: list[Entry] = []
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        rows = session.execute(
            select(EntryRow.id, EntryRow.body)
            .where(column.in_(wanted[start : start + ROWS_AT_ONCE]), ~EntryRow.deleted)
            .order_by(EntryRow.id)
        )
        found.extend(decode_entry(entry_id, body) for entry_id, body in rows)
    return found


def _same(there: Entry, entry: Entry) -> bool:
    return (
        there.edition == entry.edition
        and there.chapter == entry.chapter
        and _first_author(there) == _first_author(entry)
    )


def _first_author(entry: Entry) -> str:
    """The last name alone: programs differ in how they write the first names."""
    return words_of(entry.authors[0]).split(" ")[0] if entry.authors else ""
