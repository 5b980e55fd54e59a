"""What happens to a database file before the program may use it: made, refused or upgraded."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from app.errors import UserError
from app.services.database import backup_names, connection, images, problems
from app.services.database.connection import Database
from app.services.vault import Cipher, sql_errors
from app.services.vault.cipher import DATABASE_MAGIC

APPLICATION_ID = 0x494D5244
"""`IMRD` in the file's header (PRAGMA application_id): tells our files from other programs'."""

PACKAGE = Path(__file__).parent
MIGRATIONS = PACKAGE / "migrations"
FRESH = PACKAGE / "fresh.sql"
"""What the migrations amount to on an empty file; written by `snapshot.py`, checked by a test."""


def open_database(path: Path, cipher: Cipher | None = None) -> Database:
    """Opens the database, or makes it with its folder, owner-only, by the cipher of its folder.

    A file of an older version is copied to `backups/` beside it and then upgraded. Raises
    NewerDatabase, NotADatabase, DatabaseDamaged, DatabaseLocked, DatabaseFull,
    DatabaseUnreachable; the file is then as it was.
    """
    cipher = cipher or Cipher()
    with problems.told(path):
        _make_file(path, cipher)
        with closing(_raw(path, cipher)) as raw:
            stored = _stored_revision(raw, path)
            if stored is None:
                stored = _create(raw, path)
            elif stored != head_revision():
                _back_up(raw, path, stored, cipher)
    if stored != head_revision():
        _upgrade(path, cipher)
    return Database(path, cipher)


def revisions() -> tuple[str, ...]:
    """Every revision this program knows, oldest first: the first part of each file's name."""
    return tuple(
        sorted(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
    )


def head_revision() -> str:
    return revisions()[-1]


def _make_file(path: Path, cipher: Cipher) -> None:
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True)
    if path.is_dir():
        raise problems.not_a_database(path)
    start = b""
    if path.exists():
        with path.open("rb") as file:
            start = file.read(len(DATABASE_MAGIC))
    # An encrypted file begins with anything.
    is_one = start == DATABASE_MAGIC if cipher.is_plain else bool(start)
    # An empty file is what a first start leaves that was stopped before its first commit.
    if not is_one and _was_in_use(path.parent):
        raise problems.damaged(path) if start else problems.emptied(path)
    if start and not is_one:
        raise problems.not_a_database(path)
    if not path.exists():
        connection.create_private(path)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _was_in_use(folder: Path) -> bool:
    """Whether letters or backups lie beside the place of a database."""
    if backup_names.named_in(folder / "backups"):
        return True
    return next(folder.glob("files/??/*.pdf"), None) is not None


def _raw(path: Path, cipher: Cipher) -> sqlite3.Connection:
    raw = cipher.connect(path)
    raw.execute(f"PRAGMA busy_timeout = {connection.BUSY_TIMEOUT_MS}")
    return raw


def _stored_revision(raw: sqlite3.Connection, path: Path) -> str | None:
    """The revision of a database of ours, None for an empty one. Refuses all others."""
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    (application,) = raw.execute("PRAGMA application_id").fetchone()
    if not tables and application in (0, APPLICATION_ID):
        if _was_in_use(path.parent):
            raise problems.emptied(path)
        return None
    if application != APPLICATION_ID:
        raise problems.not_a_database(path)
    if "alembic_version" not in tables:
        raise problems.damaged(path)
    found = raw.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(found) != 1:
        raise problems.damaged(path)
    (revision,) = found[0]
    if revision not in revisions():
        raise problems.newer(path)
    return str(revision)


def _create(raw: sqlite3.Connection, path: Path) -> str:
    """Fills an empty file in one transaction and tells the revision it is then at."""
    raw.execute("PRAGMA journal_mode = WAL")
    try:
        raw.executescript(f"BEGIN IMMEDIATE;\n{FRESH.read_text(encoding='utf-8')}\nCOMMIT;")
    except sql_errors():
        if raw.in_transaction:
            raw.rollback()
        # Another process may have filled it while we waited for our turn.
        revision = _stored_revision(raw, path)
        if revision is None:
            raise
        return revision
    (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(revision)


def _back_up(raw: sqlite3.Connection, path: Path, revision: str, cipher: Cipher) -> None:
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = backup_names.next_name(folder, f"before-upgrade-from-{revision}")
    images.back_up(raw, folder / name.text(), cipher, path)


def _upgrade(path: Path, cipher: Cipher) -> None:
    # Imported here: Alembic takes a tenth of a second that an ordinary start need not spend.
    from app.services.database import upgrading

    upgrading.upgrade(path, head_revision(), cipher)
    # What a step took out or packed gives its room back. Nothing hangs on that.
    with suppress(UserError), closing(Database(path, cipher)) as database:
        database.compact()
