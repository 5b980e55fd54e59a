"""One letter with all that hangs on it, copied from one database of today's version to another.

Ids that a database gives are given anew; the history is copied as it is: its chain hangs on the
letter's file, not on a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.services.database.packing import unpack_text
from app.services.store import case_words

if TYPE_CHECKING:
    import sqlite3

_OF_LETTER = (
    "letters",
    "parses",
    "recognised_pages",
    "journal",
    "undo_steps",
    "drafts",
    "confirmations",
    "postponed",
)
"""Tables whose rows are named by the letter's number and nothing else that is given."""


def copy_case(source: sqlite3.Connection, case_id: int, target: sqlite3.Connection) -> int:
    """Copies a letter and its documents; gives its id in `target`, where it is on the list.

    Where the user was in it and what was set aside in all letters is this desk's own and stays.
    Raises KeyError for a letter that is not there.
    """
    case = next(_rows(source, "cases", "id = ?", case_id), None)
    if case is None:
        raise KeyError(case_id)
    new = _insert(target, "cases", {**case, "id": None, "removed_at": None, "opened_at": None})
    for table in _OF_LETTER:
        for row in _rows(source, table, "case_id = ?", case_id):
            _insert(target, table, {**row, "case_id": new})
    for row in _rows(source, "dismissals", "case_id = ?", case_id):
        _insert(target, "dismissals", {**row, "id": None, "case_id": new})
    for (file_id,) in source.execute("SELECT id FROM case_files WHERE case_id = ?", (case_id,)):
        copy_file(source, file_id, target, new)
    return new


def copy_file(
    source: sqlite3.Connection, file_id: int, target: sqlite3.Connection, case_id: int
) -> int:
    """Copies a document's file with its documents, texts, index and quotations to a letter."""
    file = next(_rows(source, "case_files", "id = ?", file_id))
    new = _insert(target, "case_files", {**file, "id": None, "case_id": case_id})
    copy_documents(source, file_id, target, new, case_id)
    for row in _rows(source, "case_pages", "file_id = ?", file_id):
        page = _insert(
            target, "case_pages", {**row, "id": None, "case_id": case_id, "file_id": new}
        )
        case_words.put(target, page, case_id, unpack_text(row["text"]))
    copy_quotations(source, file_id, target, new, case_id)
    return new


def copy_documents(
    source: sqlite3.Connection, file_id: int, target: sqlite3.Connection, to: int, case_id: int
) -> None:
    """Puts the documents of a file in place of those of another.

    Which one repeats which is kept among them; across files it is found anew.
    """
    target.execute("DELETE FROM case_documents WHERE file_id = ?", (to,))
    ids: dict[int, int] = {}
    for row in _rows(source, "case_documents", "file_id = ?", file_id):
        ids[row["id"]] = _insert(
            target,
            "case_documents",
            {
                **row,
                "id": None,
                "case_id": case_id,
                "file_id": to,
                "copy_of": ids.get(row["copy_of"]),
            },
        )


def copy_quotations(
    source: sqlite3.Connection, file_id: int, target: sqlite3.Connection, to: int, case_id: int
) -> None:
    """Adds the quotations from a file that the other has not."""
    names = ("page", "boxes", "field", "words")
    known = {
        tuple(row[name] for name in names)
        for row in _rows(target, "case_quotations", "file_id = ?", to)
    }
    for row in _rows(source, "case_quotations", "file_id = ?", file_id):
        if tuple(row[name] for name in names) not in known:
            _insert(
                target, "case_quotations", {**row, "id": None, "case_id": case_id, "file_id": to}
            )


def _rows(
    raw: sqlite3.Connection, table: str, condition: str, value: int
) -> Iterator[dict[str, Any]]:
    cursor = raw.execute(f"SELECT * FROM {table} WHERE {condition} ORDER BY 1, 2", (value,))
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _insert(raw: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    cursor = raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)
