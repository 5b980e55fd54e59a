"""Whether a database from outside is made as ours are: nothing of its own runs in it.

A trigger, a view, a generated column or a virtual table is code of whoever wrote the file; a table
that is missing would be found missing only when a letter is asked for; one that is not ours would
stay for ever.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.services.database import problems
from app.services.vault import Cipher

FRESH = Path(__file__).parent / "fresh.sql"


def refuse_foreign(path: Path, shown: Path, cipher: Cipher) -> None:
    """Raises NotADatabase for a database of today's version that is not made as a new one is.

    `shown` is what it is called in the words for the user.
    """
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(FRESH.read_text(encoding="utf-8"))
        ours = _parts(made)
    with problems.told(path), closing(cipher.connect(path)) as raw:
        raw.execute("PRAGMA trusted_schema = OFF")
        found = _parts(raw)
    if found != ours:
        raise problems.not_a_database(shown)


def _parts(raw: sqlite3.Connection) -> set[tuple[str, ...]]:
    """All that a database is made of but for its rows and what SQLite keeps for itself: triggers and
    views with their text, virtual tables with their module, tables with their columns, indexes."""
    found: set[tuple[str, ...]] = set()
    for kind, name, sql in raw.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if name.lower().startswith("sqlite_"):
            continue  # the name is SQLite's own: nobody else can make one
        text = " ".join(str(sql).split())
        is_table = kind == "table" and not text.upper().startswith("CREATE VIRTUAL")
        found.add((kind, name, "" if is_table or kind == "index" else text))
        if is_table:
            found |= set(_columns(raw, name))
    return found


def _columns(raw: sqlite3.Connection, table: str) -> Iterator[tuple[str, ...]]:
    """The columns of a table, each with whether it is hidden or generated."""
    rows = raw.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (table,)).fetchall()
    for name, hidden in rows:
        yield ("column", f"{table}.{name}", str(hidden))
