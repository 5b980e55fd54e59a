"""How we talk to SQLite: pragmas, transactions, one writer at a time, copies of the live file."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from app.services.database import problems

BUSY_TIMEOUT_MS = 2_000
"""How long a statement waits for another program. A waiting edit is tried again after that."""

PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    # A commit is on the disk, not only with the operating system, when it returns.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
)


class Database:
    """One open SQLite file, for use from any thread.

    `reading()` and `writing()` give a short session: all of one call, or nothing. Writers of
    this process take turns here; writers of other processes wait for SQLite's own lock.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: Engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(path)), pool_size=4
        )
        event.listen(self.engine, "connect", _on_connect)
        event.listen(self.engine, "begin", _on_begin)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._write_sessions = sessionmaker(
            self.engine.execution_options(writes=True), expire_on_commit=False
        )
        self._write_turn = threading.Lock()

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session that sees one moment of the database. Raises UserError."""
        with problems.told(self.path), self.sessions() as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A session whose work is on the disk when the block ends, and undone if it raises.

        Raises UserError (disk full, locked, damaged, read-only). Must not be nested.
        """
        with self._write_turn, problems.told(self.path), self._write_sessions.begin() as session:
            yield session

    def check(self) -> None:
        """Reads the whole file. Raises DatabaseDamaged. Takes about a second for 500 MB."""
        with problems.told(self.path), closing(self.raw()) as raw:
            ensure_sound(raw, self.path)

    def copy_to(self, path: Path) -> None:
        """Writes a sound copy of this moment to `path`, owner-only; work goes on meanwhile.

        The copy is checked and moved in place as a whole. Raises UserError.
        """
        with problems.told(self.path), closing(self.raw()) as source:
            copy_database(source, path)

    def replace_with(self, path: Path) -> None:
        """Puts the content of the database file `path` in place of ours, as one transaction."""
        with (
            self._write_turn,
            problems.told(self.path),
            closing(sqlite3.connect(path)) as source,
            closing(self.raw()) as target,
        ):
            ensure_sound(source, path)
            source.backup(target)

    def raw(self) -> sqlite3.Connection:
        """A new plain connection of the caller's own."""
        raw = sqlite3.connect(self.path, isolation_level=None)
        for pragma in PRAGMAS:
            raw.execute(pragma)
        return raw

    def close(self) -> None:
        """Lets go of the file; the write-ahead log is folded into it."""
        self.engine.dispose()


def copy_database(source: sqlite3.Connection, path: Path) -> None:
    """Writes what `source` holds to `path`: checked, owner-only, never half there.

    Raises sqlite3.Error, OSError, DatabaseDamaged.
    """
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        create_private(partial)
        with closing(sqlite3.connect(partial, isolation_level=None)) as target:
            source.backup(target)
            # A backup is one file: no write-ahead log beside it.
            target.execute("PRAGMA journal_mode = DELETE")
            ensure_sound(target, path)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def copy_file(source: Path, path: Path) -> None:
    """Copies a closed database file to `path`: owner-only, never half there."""
    with closing(sqlite3.connect(source)) as raw:
        copy_database(raw, path)


def ensure_sound(raw: sqlite3.Connection, path: Path) -> None:
    """Raises DatabaseDamaged where SQLite finds a fault in the file's structure or links."""
    if raw.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise problems.damaged(path)
    if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise problems.damaged(path)


def create_private(path: Path) -> None:
    """Makes an empty file that only its owner can read; SQLite's side files follow its mode."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # Python's sqlite3 would begin transactions on its own, and only before some statements.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    # A writer takes the lock at its first statement: one that began by reading could find the
    # database changed under it and would fail without waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
