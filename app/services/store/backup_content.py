"""What is in backups, of all versions: opened as a database, counted, packed, swept.

Backups of older versions are databases of their own; they are packed one an hour.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.services.database import Database, DatabaseDamaged, NotADatabase, open_database
from app.services.database.backup_names import SUFFIX, named_in
from app.services.database.chunks import Chunks
from app.services.database.images import back_up, build_database, decode_rows, read_image
from app.services.database.problems import damaged, not_a_database, told
from app.services.database.shape import refuse_foreign
from app.services.vault import Cipher, sql_errors
from app.services.working_folder import working_folder

if TYPE_CHECKING:
    import sqlite3

OPENED = "opened-"
"""How the folders begin in which a plain copy of a database lies for a while."""
NEEDING = ("cases", "case_files")
"""The tables that name kept PDFs: those of the letters, and of their documents."""
YOUNG = 60 * 60.0
"""A chunk that was put or used within so many seconds is not swept away."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that backups take: all together, and what each would give back if it alone went."""

    together: int
    own: dict[Path, int]


@contextmanager
def opened(path: Path, cipher: Cipher) -> Generator[Database]:
    """A backup as a database of today's version: a copy is opened, the backup stays as it is."""
    with (
        told(path),
        working_folder(path.parent, OPENED) as folder,
    ):
        copy = folder / "imr-desk.db"
        _unpack(path, copy, cipher)
        database = _upgraded(copy, path, cipher)
        try:
            database.check()
            refuse_foreign(copy, path, cipher)
            yield database
        finally:
            database.close()


def _unpack(path: Path, copy: Path, cipher: Cipher) -> None:
    if path.suffix == SUFFIX:
        chunks = Chunks(path.parent, cipher)
        build_database(read_image(path, cipher), chunks, copy, cipher, path)
        return
    shutil.copyfile(path, copy)
    if not copy.stat().st_size:
        raise damaged(path)  # it would be opened as a new one


def _upgraded(copy: Path, path: Path, cipher: Cipher) -> Database:
    # Loaded with the first query, not with the window.
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return open_database(copy, cipher)
    except (*sql_errors(), SQLAlchemyError, NotADatabase) as error:
        # What a database lacks shows here where it is of an older version.
        raise not_a_database(path) from error


# What they need


def known_hashes(path: Path, cipher: Cipher) -> set[str]:
    """Of all letters in a database the SHA-256 of their PDF and their documents. Raises UserError."""
    with told(path), closing(cipher.connect(path)) as raw:
        return hashes_of(raw)


def hashes_of(raw: sqlite3.Connection) -> set[str]:
    """The SHA-256 of all PDFs that an open database needs, of whatever version it is."""
    there = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    queries = (f"SELECT file_sha256 FROM {table}" for table in NEEDING if table in there)
    return {sha256 for query in queries for (sha256,) in raw.execute(query)}


def hashes_in(path: Path, cipher: Cipher) -> set[str]:
    """`known_hashes` of a database from outside. Raises NotADatabase for one that is none of ours."""
    with opened(path, cipher) as then:
        then.close()
        return known_hashes(then.path, cipher)


def hashes_in_backups(folder: Path, cipher: Cipher) -> set[str]:
    """`known_hashes` of all backups in a folder. Raises UserError where one is damaged."""
    chunks = Chunks(folder, cipher)
    found: set[str] = set()
    seen: set[bytes] = set()
    for _, path in named_in(folder):
        if path.suffix != SUFFIX:
            found |= known_hashes(path, cipher)
            continue
        image = read_image(path, cipher)
        tables = [table for name in NEEDING if (table := image.table(name)) is not None]
        if image.table("cases") is None:
            raise damaged(path)
        for table in tables:
            at = table.columns.index("file_sha256")
            for digest in set(table.chunks) - seen:
                found |= {row[at] for row in decode_rows(chunks.get(digest, path))}
                seen.add(digest)
    return found


def room(folder: Path, cipher: Cipher) -> Room:
    """How much room the backups in a folder take. Raises UserError."""
    chunks = Chunks(folder, cipher)
    files: dict[Path, int] = {}
    needed: dict[Path, set[bytes]] = {}
    with told(folder):
        for _, path in named_in(folder):
            files[path] = path.stat().st_size
            needed[path] = _digests(path, cipher)
        users = Counter(digest for digests in needed.values() for digest in digests)
        own = {
            path: files[path] + chunks.size([one for one in digests if users[one] == 1])
            for path, digests in needed.items()
        }
        return Room(together=sum(files.values()) + chunks.size(users), own=own)


def _digests(path: Path, cipher: Cipher) -> set[bytes]:
    if path.suffix != SUFFIX:
        return set()
    try:
        return read_image(path, cipher).digests
    except (DatabaseDamaged, NotADatabase):
        return set()


# Tending them


def sweep_chunks(folder: Path, cipher: Cipher, age: float = YOUNG, *, strict: bool = True) -> None:
    """Removes chunks that no backup needs. Raises UserError.

    `strict` keeps them all while there is a backup whose needs cannot be told.
    """
    needed: set[bytes] = set()
    for _, path in named_in(folder):
        if path.suffix == SUFFIX:
            try:
                needed |= read_image(path, cipher).digests
            except (DatabaseDamaged, NotADatabase):
                if strict:
                    return
    with told(folder):
        Chunks(folder, cipher).sweep(needed, age)


def pack_oldest(folder: Path, cipher: Cipher) -> Path | None:
    """Packs one backup that is a database of its own, the oldest; gives it. Raises UserError.

    One that is damaged stays as it is.
    """
    for _, path in named_in(folder):
        if path.suffix == SUFFIX:
            continue
        packed = path.with_suffix(SUFFIX)
        try:
            with told(path), closing(cipher.connect(path, "ro")) as raw:
                back_up(raw, packed, cipher, path)
                path.unlink()
        except DatabaseDamaged:
            continue
        return packed
    return None
