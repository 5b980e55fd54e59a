"""Which rows of a database are a letter's: what erasing takes out of it, of whatever version."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from app.services.archive import tables as archive_tables
from app.services.database.packing import unpack_text
from app.services.store import case_words

if TYPE_CHECKING:
    import sqlite3

OF_FILES = "SELECT value FROM json_each(?)"


def forget(raw: sqlite3.Connection, hashes: Collection[str]) -> None:
    """Deletes letters with all that hangs on them; of which version the database is, is the same."""
    if "library_uses" in tables_of(raw):
        keys = json_of(sorted(names_of(raw, hashes)))
        raw.execute(f"DELETE FROM library_uses WHERE case_key IN ({OF_FILES})", (keys,))
    if case_words.TABLE in tables_of(raw):
        case_words.forget_all(raw)
    raw.execute(f"DELETE FROM cases WHERE file_sha256 IN ({OF_FILES})", (json_of(hashes),))
    if archive_tables.ITEMS in tables_of(raw):
        archive_tables.forget(raw)


def tables_of(raw: sqlite3.Connection) -> set[str]:
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}


def names_of(raw: sqlite3.Connection, hashes: Collection[str]) -> set[str]:
    """What the letters were ever called where the use of an entry was noted: ids and numbers."""
    names: set[str] = set()
    cases = raw.execute(
        f"SELECT id, number FROM cases WHERE file_sha256 IN ({OF_FILES})", (json_of(hashes),)
    ).fetchall()
    for case_id, number in cases:
        names |= {str(case_id), number}
        for field, *texts in raw.execute(
            "SELECT 'letter', letter, '' FROM letters WHERE case_id = :id "
            "UNION ALL SELECT 'letter', result, '' FROM parses WHERE case_id = :id "
            'UNION ALL SELECT field, "before", "after" FROM journal WHERE case_id = :id',
            {"id": case_id},
        ):
            for text in filter(None, texts):
                value = msgspec.json.decode(unpack_text(text))
                found = value if field == "header.case_number" else _numbers_in(value)
                names |= {found} if isinstance(found, str) else set(found or ())
    return names - {""}


def _numbers_in(value: Any) -> Iterator[str]:
    """Every case number in a letter's JSON, however deep."""
    inner: list[Any] = []
    match value:
        case {"case_number": str(number), **others}:
            yield number
            inner.extend(others.values())
        case dict() | list():
            inner.extend(value.values() if isinstance(value, dict) else value)  # type: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        case _:
            pass
    for one in inner:
        yield from _numbers_in(one)


def json_of(values: Collection[str]) -> str:
    return msgspec.json.encode(tuple(values)).decode()
