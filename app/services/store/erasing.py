"""What it takes that no byte of a letter is left in any file of the data folder.

A row that is deleted leaves its words in free space of the file, in the log, in every backup and
archive. So each database that holds the letter is written anew without it, the one in use in its
place. Files that cannot be read are named to the user, not touched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from app.services.database import DatabaseDamaged, NotADatabase
from app.services.database.connection import create_private, ensure_sound, sync_folder
from app.services.database.opening import APPLICATION_ID
from app.services.database.packing import unpack_text
from app.services.database.problems import told
from app.services.store.archive import NotAnArchive, is_archive, rewrite_archive
from app.services.store.backups import OPENED, TURN, clear_leftovers
from app.services.store.store import Store
from app.services.vault import Cipher
from app.services.vault.cipher import DATABASE_MAGIC
from app.services.working_folder import working_folder

BEYOND_REACH = (
    "Beyond its reach are letters exported or printed, backups and folders elsewhere, copies of "
    "this disk, and what you added to the library, the ready sentences and the word list."
)
ERASING = "erasing"
"""The setting that lists the files whose erasing was begun and has not ended."""
_OF_FILES = "SELECT value FROM json_each(?)"


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What erasing came to: the copies that were written anew, and those that cannot be read."""

    rewritten: tuple[Path, ...]
    unreadable: tuple[Path, ...]

    @property
    def words(self) -> str:
        """What was erased and what was not, in sentences."""
        count = len(self.rewritten)
        others = f" and from {count} backup{'' if count == 1 else 's'}" if count else ""
        told_parts = [f"Erased from the database, the kept files{others} in the data folder."]
        if self.unreadable:
            names = ", ".join(str(path) for path in self.unreadable)
            told_parts.append(
                f"Not from what cannot be read and may hold it too; delete it yourself: {names}."
            )
        return " ".join((*told_parts, BEYOND_REACH))


def erase(store: Store, case_ids: Sequence[int]) -> Erased:
    """Erases letters for good: from the database, its log, backups, archives and kept files.

    Raises UserError; what was not reached then is reached by doing it again, and what is left of
    letters that are off the list by `finish_erasing`.
    """
    hashes = tuple(store.summary(case_id).file_sha256 for case_id in case_ids)
    with TURN, told(store.folder):
        clear_leftovers(store.folder)
        erased = _erase_from_copies(store, hashes)
        begun = store.setting(ERASING, [])
        store.save_setting(ERASING, [*begun, *hashes])
        with store.database.writing() as session:
            raw: Any = session.connection().connection.driver_connection
            _forget(raw, hashes)
        finish_erasing(store)
    return erased


def finish_erasing(store: Store) -> None:
    """Does what is left of an erasing that was begun; nothing where none was. Raises UserError."""
    begun: list[str] = store.setting(ERASING, [])
    if not begun:
        return
    with store.database.plainly() as raw:
        kept = {sha256 for (sha256,) in raw.execute("SELECT file_sha256 FROM cases")}
    for sha256 in begun:
        if sha256 not in kept:
            store.files.remove(sha256)
    store.database.compact()
    store.save_setting(ERASING, [])


# Copies


def _erase_from_copies(store: Store, hashes: Collection[str]) -> Erased:
    rewritten: list[Path] = []
    unreadable: list[Path] = []
    for path, is_zip in _copies(store):
        # Beside what it takes the place of; a killed process's folders are looked for there.
        parent = path.parent if path.parent.name == "backups" else store.folder
        try:
            with working_folder(parent, OPENED) as folder:
                if is_zip:
                    found = rewrite_archive(
                        path,
                        folder,
                        hashes,
                        lambda copy: _rewrite(copy, folder, hashes, store.cipher),
                    )
                else:
                    found = _rewrite(path, folder, hashes, store.cipher)
        except (DatabaseDamaged, NotADatabase, NotAnArchive):
            unreadable.append(path)
            continue
        if found:
            rewritten.append(path)
    return Erased(rewritten=tuple(rewritten), unreadable=tuple(unreadable))


def _copies(store: Store) -> Iterator[tuple[Path, bool]]:
    """The databases and archives (True) in the data folder, but for the database in use."""
    folder = store.folder
    for pattern in ("*", "backups/*", "damaged-*/*"):
        for path in sorted(folder.glob(pattern)):
            if path.is_symlink() or not path.is_file() or path == store.database.path:
                continue
            # One whose very beginning is broken is known by its name.
            if path.suffix == ".db" or _begins(path):
                yield path, False
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).parts[0] == store.files.folder.name:
            continue
        if path.is_file() and not path.is_symlink() and is_archive(path):
            yield path, True


def _begins(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(DATABASE_MAGIC)) == DATABASE_MAGIC


def _rewrite(path: Path, folder: Path, hashes: Collection[str], cipher: Cipher) -> bool:
    """Writes a database that nobody has open anew without the letters; False if it has none.

    Raises DatabaseDamaged.
    """
    copy, clean = folder / "copy.db", folder / "clean.db"
    with told(path), closing(cipher.connect(path, "ro")) as raw:
        if raw.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            return False
        if "cases" not in _tables(raw):
            return False
        wanted = f"SELECT count(*) FROM cases WHERE file_sha256 IN ({_OF_FILES})"
        if raw.execute(wanted, (_json(hashes),)).fetchone() == (0,):
            return False
        create_private(copy)
        with closing(cipher.connect(copy)) as target:
            raw.backup(target)  # with what its log holds
            ensure_sound(target, path)
            target.execute("PRAGMA foreign_keys = ON")
            target.execute("PRAGMA temp_store = MEMORY")
            target.execute("BEGIN IMMEDIATE")
            _forget(target, hashes)
            target.execute("COMMIT")
            create_private(clean)
            target.execute("VACUUM INTO ?", (str(clean),))
    with told(path), closing(cipher.connect(clean)) as target:
        target.execute("PRAGMA journal_mode = DELETE")
        ensure_sound(target, path)
    with told(path):
        _put_in_place(clean, path)
    return True


def _put_in_place(clean: Path, path: Path) -> None:
    with clean.open("rb") as file:
        os.fsync(file.fileno())
    clean.replace(path)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    sync_folder(path.parent)


# Rows


def _forget(raw: sqlite3.Connection, hashes: Collection[str]) -> None:
    """Deletes letters with all that hangs on them; of which version the database is, is the same."""
    if "library_uses" in _tables(raw):
        keys = _json(sorted(_names_of(raw, hashes)))
        raw.execute(f"DELETE FROM library_uses WHERE case_key IN ({_OF_FILES})", (keys,))
    raw.execute(f"DELETE FROM cases WHERE file_sha256 IN ({_OF_FILES})", (_json(hashes),))


def _tables(raw: sqlite3.Connection) -> set[str]:
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}


def _names_of(raw: sqlite3.Connection, hashes: Collection[str]) -> set[str]:
    """What the letters were ever called where the use of an entry was noted: ids and numbers."""
    names: set[str] = set()
    cases = raw.execute(
        f"SELECT id, number FROM cases WHERE file_sha256 IN ({_OF_FILES})", (_json(hashes),)
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


def _json(values: Collection[str]) -> str:
    return msgspec.json.encode(tuple(values)).decode()
