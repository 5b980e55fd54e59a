"""Writes `fresh.sql`, what the migrations amount to on an empty file: run after adding one.

`python -m app.services.database.snapshot`. New databases are made from it without Alembic,
which is ten times as fast; a test compares the two ways.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from app.services.database.connection import create_private
from app.services.database.opening import APPLICATION_ID, FRESH, head_revision
from app.services.database.upgrading import upgrade

_HEADING = "-- Written by `python -m app.services.database.snapshot`: do not edit."


def snapshot_sql() -> str:
    """The statements that make an empty file into a database at the latest revision."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        create_private(path)
        upgrade(path, head_revision())
        with closing(sqlite3.connect(path)) as raw:
            return _statements(raw)


def _statements(raw: sqlite3.Connection) -> str:
    # A virtual table makes its own shadow tables; SQLite names which ones they are.
    shadows = {row[1] for row in raw.execute("PRAGMA table_list") if row[2] == "shadow"}
    made = raw.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rowid")
    parts = [
        _HEADING,
        f"PRAGMA application_id = {APPLICATION_ID};",
        *(
            f"{sql};"
            for table, sql in made
            if table not in shadows and not table.startswith("sqlite_")
        ),
        f"INSERT INTO alembic_version (version_num) VALUES ('{head_revision()}');",
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    FRESH.write_text(snapshot_sql(), encoding="utf-8")
