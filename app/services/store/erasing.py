"""What it takes that no byte of a letter is left in any file of the data folder.

A row that is deleted leaves its words in free space of the file, in the log, in every backup and
archive. So each database that holds the letter is written anew without it, the one in use in its
place. Files that cannot be read are named to the user, not touched.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from enum import Enum, auto
from functools import partial
from pathlib import Path

import msgspec

from app.services.database import DatabaseDamaged, NotADatabase, refuse_read_only
from app.services.database.backup_names import SUFFIX, named_in
from app.services.database.chunks import FOLDER as CHUNKS
from app.services.database.connection import (
    create_private,
    driver_connection,
    ensure_sound,
    sync_folder,
)
from app.services.database.opening import APPLICATION_ID
from app.services.database.problems import told
from app.services.store.archive import rewrite_archive
from app.services.store.archive_file import NotAnArchive, archive_kind
from app.services.store.backup_content import OPENED, hashes_of, sweep_chunks
from app.services.store.backups import TURN, clear_leftovers
from app.services.store.erasing_backups import BackupEraser
from app.services.store.erasing_rows import OF_FILES, forget, json_of, tables_of
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


class _Kind(Enum):
    """What a copy of letters is."""

    BACKUP = auto()
    DATABASE = auto()
    ARCHIVE = auto()


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
    refuse_read_only(store.folder)  # its database is a copy then, and what lies in it is not
    hashes = tuple(store.summary(case_id).file_sha256 for case_id in case_ids)
    with TURN, told(store.folder):
        clear_leftovers(store.folder)
        erased = _erase_from_copies(store, hashes)
        begun = store.setting(ERASING, [])
        store.save_setting(ERASING, [*begun, *hashes, *_documents_of(store, case_ids)])
        with store.database.writing() as session:
            forget(driver_connection(session), hashes)
        finish_erasing(store)
    return erased


def finish_erasing(store: Store) -> None:
    """Does what is left of an erasing that was begun; nothing where none was. Raises UserError."""
    begun: list[str] = store.setting(ERASING, [])
    if not begun:
        return
    with store.database.plainly() as raw:
        kept = hashes_of(raw)
    for sha256 in begun:
        if sha256 not in kept:
            store.files.remove(sha256)
    sweep_chunks(store.folder / "backups", store.cipher, age=0, strict=False)
    store.database.compact()
    store.save_setting(ERASING, [])


def _documents_of(store: Store, case_ids: Sequence[int]) -> list[str]:
    """The SHA-256 of the letters' documents; one that another letter has too stays."""
    with store.database.plainly() as raw:
        rows = raw.execute(
            "SELECT file_sha256 FROM case_files WHERE case_id IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(tuple(case_ids)).decode(),),
        )
        return [sha256 for (sha256,) in rows]


# Copies


def _erase_from_copies(store: Store, hashes: Collection[str]) -> Erased:
    rewritten: list[Path] = []
    unreadable: list[Path] = []
    eraser = BackupEraser(store.folder / "backups", store.cipher, hashes)
    for path, kind in _copies(store):
        # Beside what it takes the place of; a killed process's folders are looked for there.
        parent = path.parent if path.parent.name == "backups" else store.folder
        try:
            with working_folder(parent, OPENED) as folder:
                clean = partial(_rewrite, folder=folder, hashes=hashes)
                if kind is _Kind.BACKUP:
                    found = eraser.erase(path)
                elif kind is _Kind.ARCHIVE:
                    found = rewrite_archive(path, store, folder, clean)
                else:
                    found = clean(path, store.cipher)
        except (DatabaseDamaged, NotADatabase, NotAnArchive):
            unreadable.append(path)
            continue
        if found:
            rewritten.append(path)
    return Erased(rewritten=tuple(rewritten), unreadable=tuple(unreadable))


def _copies(store: Store) -> Iterator[tuple[Path, _Kind]]:
    """All in the data folder that may hold letters, but for the database in use."""
    folder = store.folder
    for _, path in named_in(folder / "backups"):
        if path.suffix == SUFFIX:
            yield path, _Kind.BACKUP
    for pattern in ("*", "backups/*", "damaged-*/*"):
        for path in sorted(folder.glob(pattern)):
            if path.is_symlink() or not path.is_file() or path == store.database.path:
                continue
            # One whose very beginning is broken is known by its name.
            if path.suffix == ".db" or _begins(path):
                yield path, _Kind.DATABASE
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] == store.files.folder.name or parts[:2] == ("backups", CHUNKS):
            continue
        if path.is_file() and not path.is_symlink() and archive_kind(path) is not None:
            yield path, _Kind.ARCHIVE


def _begins(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(DATABASE_MAGIC)) == DATABASE_MAGIC


def _rewrite(path: Path, cipher: Cipher, folder: Path, hashes: Collection[str]) -> bool:
    """Writes a database that nobody has open anew without the letters; False if it has none.

    Raises DatabaseDamaged.
    """
    copy, clean = folder / "copy.db", folder / "clean.db"
    with told(path), closing(cipher.connect(path, "ro")) as raw:
        if raw.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            return False
        if "cases" not in tables_of(raw):
            return False
        wanted = f"SELECT count(*) FROM cases WHERE file_sha256 IN ({OF_FILES})"
        if raw.execute(wanted, (json_of(hashes),)).fetchone() == (0,):
            return False
        create_private(copy)
        with closing(cipher.connect(copy)) as target:
            raw.backup(target)  # with what its log holds
            ensure_sound(target, path)
            target.execute("PRAGMA foreign_keys = ON")
            target.execute("PRAGMA temp_store = MEMORY")
            target.execute("BEGIN IMMEDIATE")
            forget(target, hashes)
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
