"""A database as the program's first start leaves it: made once a run, copied for each test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from app.services.database import open_database
from app.services.library import Library


def put_fresh_database(path: Path) -> None:
    """Where there is no database yet, an empty one with the library the program comes with."""
    if path.exists():
        return
    path.touch(0o600)
    path.write_bytes(_fresh_database())


@cache
def _fresh_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        database = open_database(path)
        Library(database)
        database.close()
        assert [*Path(folder).iterdir()] == [path], "all of it is in one file"
        return path.read_bytes()
