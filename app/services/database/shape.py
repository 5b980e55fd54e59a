"""Whether a database from outside is made as ours are: nothing of its own runs in it.

A trigger or a view is code of whoever wrote the file; a table that is missing would be found
missing only when a letter is asked for.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.services.database import problems
from app.services.vault import Cipher

FRESH = Path(__file__).parent / "fresh.sql"
_CODE = ("trigger", "view")


def refuse_foreign(path: Path, shown: Path, cipher: Cipher) -> None:
    """Raises NotADatabase for a database of today's version that is not made as a new one is.

    `shown` is what it is called in the words for the user.
    """
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(FRESH.read_text(encoding="utf-8"))
        code, tables = _code(made), _tables(made)
    with problems.told(path), closing(cipher.connect(path)) as raw:
        raw.execute("PRAGMA trusted_schema = OFF")
        foreign = _code(raw) - code
        found = _tables(raw)
    lacking = [name for name, columns in tables.items() if not columns <= found.get(name, set())]
    if foreign or lacking:
        raise problems.not_a_database(shown)


def _code(raw: sqlite3.Connection) -> set[tuple[str, str]]:
    """Triggers and views, each with its text in one line."""
    rows = raw.execute("SELECT type, name, sql FROM sqlite_master")
    return {(name, " ".join(str(sql).split())) for kind, name, sql in rows if kind in _CODE}


def _tables(raw: sqlite3.Connection) -> dict[str, set[str]]:
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: {row[0] for row in raw.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        for name in names
        if not name.startswith("sqlite_")
    }
