"""How we talk to SQLite: pragmas, transactions, one writer at a time, copies of the live file."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from app.services.database import problems
from app.services.private_files import create_private, sync_folder
from app.services.vault import Cipher

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Engine, ExceptionContext
    from sqlalchemy.orm import Session
    from sqlalchemy.pool import ConnectionPoolEntry

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
    this process take turns here; writers of other processes wait for SQLite's own lock. `cipher`
    is the data folder's, without one nothing is encrypted.
    """

    def __init__(self, path: Path, cipher: Cipher | None = None) -> None:
        self.path = path
        self.cipher = cipher or Cipher()
        self._log_path = path.with_name(path.name + "-wal")
        # Which file is meant, for good, and which log the open connections write to.
        self._file: int | None = None
        self._log: int | None = None
        self._is_shut = False
        # Ready for the next plain reading: opening one costs more than most readings, and pages that
        # were decrypted once stay so. With how often it was closed.
        self._idle: list[sqlite3.Connection] = []
        self._closed = 0
        self._write_turn = threading.Lock()
        self._engine: Engine | None = None
        self._engine_turn = threading.Lock()

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's, which is imported for it: that takes longer than a window to come up."""
        with self._engine_turn:
            if self._engine is None:
                self._engine = self._make_engine()
            return self._engine

    def _make_engine(self) -> Engine:
        from sqlalchemy import QueuePool, create_engine, event

        engine = create_engine(
            "sqlite+pysqlite://",
            module=self.cipher.driver,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
        )
        event.listen(engine, "connect", self._on_connect)
        event.listen(engine, "begin", _on_begin)
        event.listen(engine, "handle_error", self._on_error)
        return engine

    def _session(self, *, writes: bool = False) -> Session:
        from sqlalchemy.orm import Session

        return Session(self.engine.execution_options(writes=writes), expire_on_commit=False)

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session that sees one moment of the database. Raises UserError."""
        with problems.told(self.path), self._session() as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A session whose work is on the disk when the block ends, and undone if it raises.

        Raises UserError (disk full, locked, damaged, read-only, gone). Must not be nested.
        """
        with self._write_turn, problems.told(self.path):
            try:
                with self._session(writes=True) as session, session.begin():
                    yield session
                    self._ensure_in_place()
            except problems.DatabaseGone:
                # The next try opens what lies under the name then. Letting go of a log that
                # was removed folds it into the file first.
                self.close()
                raise

    def check(self) -> None:
        """Reads the whole file. Raises DatabaseDamaged. Takes about a second for 500 MB."""
        with problems.told(self.path), closing(self.raw()) as raw:
            ensure_sound(raw, self.path)

    def copy_to(self, path: Path) -> None:
        """Writes a sound copy of this moment to `path`, owner-only; work goes on meanwhile.

        The copy is checked and moved in place as a whole. Raises UserError.
        """
        with problems.told(self.path), closing(self.raw()) as source:
            copy_database(source, path, self.cipher)

    def replace_with(self, path: Path) -> None:
        """Puts the content of the database file `path` in place of ours, as one transaction.

        It is of the same cipher.
        """
        with (
            self._write_turn,
            problems.told(self.path),
            closing(self.cipher.connect(path)) as source,
            closing(self.raw()) as target,
        ):
            ensure_sound(source, path)
            source.backup(target)

    def compact(self) -> None:
        """Writes the file anew, so that nothing that was deleted is left in it or in its log.

        Raises UserError.
        """
        with self._write_turn, problems.told(self.path), closing(self.raw()) as raw:
            # No temporary file outside the data folder.
            raw.execute("PRAGMA temp_store = MEMORY")
            raw.execute("VACUUM")
            (busy, _, _) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise problems.log_in_use(self.path)

    def exchange(self, path: Path) -> Path:
        """Puts the database file `path` in place of ours, which cannot be read any more.

        Ours is kept: gives the folder it was moved to. Raises UserError.
        """
        with self._write_turn, problems.told(self.path):
            self.close()
            self._file = None
            return exchange_file(self.path, path, self.cipher)

    @contextmanager
    def plainly(self) -> Generator[sqlite3.Connection]:
        """A plain connection, for reading without SQLAlchemy. Raises UserError."""
        with problems.told(self.path):
            closed, raw = self._closed, self._take_idle()
            try:
                yield raw
            except BaseException:
                raw.close()
                raise
            if closed != self._closed or self._idle:
                raw.close()
            else:
                self._idle.append(raw)

    def _take_idle(self) -> sqlite3.Connection:
        try:
            raw = self._idle.pop()
        except IndexError:
            return self.raw()
        if _inode(self.path) == self._file:
            return raw
        raw.close()
        return self.raw()

    def raw(self) -> sqlite3.Connection:
        """A new plain connection of the caller's own."""
        raw = self._connect()
        for pragma in PRAGMAS:
            raw.execute(pragma)
        return raw

    def close(self) -> None:
        """Lets go of the file, until it is used again; the write-ahead log is folded into it."""
        self._closed += 1
        while self._idle:
            self._idle.pop().close()
        if self._engine is not None:
            self._engine.dispose()
            # SQLAlchemy's mappers hold on to the dialect of every engine, and so to all it compiled.
            self._engine.clear_compiled_cache()
        self._log = None

    def renew(self) -> None:
        """Lets go of everything: another file may lie in the place, or be of another cipher."""
        with self._write_turn, self._engine_turn:
            self.close()
            self._engine = None
            self._file = None
            self._is_shut = False

    @property
    def is_available(self) -> bool:
        """Whether it may be opened at this moment: it is neither shut nor locked."""
        return not self._is_shut and not self.cipher.is_locked

    def shut(self) -> None:
        """Lets go of the file and opens it for nobody until `renew`: its files are converted."""
        with self._write_turn:
            self._is_shut = True
            self.close()

    def _connect(self) -> sqlite3.Connection:
        # Never made here: where the file is gone, an empty one would pass for it.
        if self._is_shut:
            raise problems.locked(self.path)
        raw = self.cipher.connect(self.path, "rw")
        file = _inode(self.path)
        self._file = self._file or file
        if file != self._file:
            raw.close()
            raise problems.gone(self.path)
        return raw

    def _on_connect(self, connection: Any, _entry: ConnectionPoolEntry) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        self._log = self._log or _inode(self._log_path)

    def _on_error(self, context: ExceptionContext) -> None:
        problem = problems.problem_of(self.path, context.original_exception)
        if problem is not None:
            raise problem from context.original_exception

    def _ensure_in_place(self) -> None:
        """Raises DatabaseGone where the file or its log is not the one that was opened.

        SQLite would go on in a file that has no name any more, and tell that all is well.
        """
        file, log = _inode(self.path), _inode(self._log_path)
        self._log = self._log or log  # the first write to a new file makes the log
        if (self._file, self._log) == (file, log):
            return
        raise problems.gone(self.path)


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def driver_connection(session: Session) -> sqlite3.Connection:
    """The session's own SQLite connection, for what is too much or too quick for result objects."""
    found = session.connection().connection.driver_connection
    assert found is not None
    return cast("sqlite3.Connection", found)


def copy_database(source: sqlite3.Connection, path: Path, cipher: Cipher) -> None:
    """Writes what `source` holds to `path`: checked, owner-only, never half there.

    `cipher` is that of the source and of the copy.

    Raises errors of `sql_errors`, OSError, DatabaseDamaged.
    """
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        create_private(partial)
        with closing(cipher.connect(partial)) as target:
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


def copy_file(source: Path, path: Path, cipher: Cipher) -> None:
    """Copies a closed database file to `path`: owner-only, never half there."""
    with closing(cipher.connect(source)) as raw:
        copy_database(raw, path, cipher)


def exchange_file(path: Path, source: Path, cipher: Cipher) -> Path:
    """Puts a copy of the closed database `source` in place of one that cannot be used any more.

    Nothing may have that open. It is kept: gives the folder it was moved to. Raises errors of `sql_errors`,
    OSError, DatabaseDamaged.
    """
    fresh = path.with_name(path.name + ".fresh")
    copy_file(source, fresh, cipher)
    aside = path.parent / f"damaged-{datetime.now(UTC).strftime('%Y%m%d-%H%M%S-%f')}"
    aside.mkdir(mode=0o700)
    # The log first: without its log the old file could not be taken for whole.
    for end in ("-wal", "-shm", ""):
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(aside / part.name)
    fresh.replace(path)
    sync_folder(path.parent)
    return aside


def ensure_sound(raw: sqlite3.Connection, path: Path) -> None:
    """Raises DatabaseDamaged where SQLite finds a fault in the file's structure or links."""
    if raw.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise problems.damaged(path)
    if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise problems.damaged(path)


def _on_begin(connection: Connection) -> None:
    # A writer takes the lock at its first statement: one that began by reading could find the
    # database changed under it and would fail without waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
