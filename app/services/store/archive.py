"""One file that holds everything: written, put in place of everything, cleaned of erased letters."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from app.errors import UserError
from app.services.database.problems import DatabaseDamaged, NotADatabase, told
from app.services.json_input import read_json
from app.services.private_files import create_private, sync_file, sync_folder
from app.services.store.archive_file import (
    ALL,
    BROKEN,
    MANIFEST,
    Manifest,
    archive_owner,
    as_kept_here,
    cannot_be_read,
    checked_members,
    cipher_of,
    fill,
    header_of,
    new_archive,
    not_an_archive,
    opened_archive,
    pdf_in,
    unpack,
    written_archive,
)
from app.services.store.backup_content import OPENED, hashes_in, known_hashes
from app.services.store.backups import Backups
from app.services.store.files import FileChanged, FileMissing
from app.services.store.store import Store
from app.services.store.values import Backup
from app.services.vault import Cipher, VaultLocked, sql_errors
from app.services.working_folder import working_folder


class Written(msgspec.Struct, frozen=True):
    """What an archive came to: how many PDFs are in it, and of which ones that it lacks, why."""

    pdfs: int
    lacking: tuple[UserError, ...]


def write_archive(store: Store, path: Path) -> Written:
    """Writes everything to `path`, owner-only, whole or not at all; a kept PDF that is missing or
    changed keeps nothing else out. Raises UserError.
    """
    lacking: dict[str, UserError] = {}

    def pdfs(kept: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for sha256 in kept:
            try:
                yield sha256, store.files.get(sha256)
            except (FileMissing, FileChanged) as error:
                lacking[sha256] = error

    with (
        told(path),
        working_folder(store.database.path.parent, OPENED) as folder,
        new_archive(path, store.cipher, header_of(store)) as archive,
    ):
        copy = folder / ALL
        store.database.copy_to(copy)
        kept = sorted(known_hashes(copy, store.cipher))
        count = fill(archive, ALL, copy, pdfs(kept), datetime.now(UTC), lacking)
    return Written(count, tuple(lacking.values()))


def read_archive(store: Store, path: Path, secret: str = "") -> Backup:
    """Puts an archive in place of everything; gives the backup of what was there before.

    `secret` is the passphrase or recovery key of an archive that another data folder encrypted.
    Raises NotAnArchive, VaultLocked, WrongPassphrase, UserError; nothing is changed then, but PDFs
    may have been added.
    """
    with (
        told(store.database.path),
        working_folder(store.folder, OPENED) as folder,
    ):
        copy = folder / ALL
        try:
            with opened_archive(path, store, secret) as (archive, key):
                members = checked_members(archive, ALL, folder, path)
                unpack(archive, ALL, members[ALL], copy)
                needed = hashes_in(copy, cipher_of(copy, key))
                _ensure_all_there(archive, needed, members, path)
                copy = as_kept_here(copy, cipher_of(copy, key), store.cipher)
                for name, sha256 in members.items():
                    if name != ALL and sha256 in needed:
                        store.files.put(pdf_in(archive, sha256))
        except (*BROKEN, *sql_errors(), NotADatabase, DatabaseDamaged) as error:
            raise not_an_archive(path) from error
        except OSError as error:
            raise cannot_be_read(path, error) from error
        return Backups(store.database, store.folder).restore(
            Backup(path=copy, at=datetime.now(UTC))
        )


def _ensure_all_there(
    archive: zipfile.ZipFile, needed: set[str], members: dict[str, str], path: Path
) -> None:
    """Raises NotAnArchive where a letter's PDF is not there and the archive never said so."""
    lacking = read_json(archive.read(MANIFEST), Manifest).lacking
    if needed.difference(members.values(), lacking):
        raise not_an_archive(path)


def rewrite_archive(
    path: Path,
    store: Store,
    folder: Path,
    clean: Callable[[Path, Cipher], bool],
) -> bool:
    """Writes an archive anew, its database as `clean` leaves it, with the PDFs that one needs.

    False where `clean` did nothing and it has no others. `folder` is a place to work in. Raises
    NotAnArchive, DatabaseDamaged, UserError.
    """
    copy, fresh = folder / ALL, folder / "archive.zip"
    try:
        with told(path), opened_archive(path, store) as (archive, key):
            members = checked_members(archive, ALL, folder, path)
            unpack(archive, ALL, members[ALL], copy)
            cleaned = clean(copy, cipher_of(copy, key))
            needed = known_hashes(copy, cipher_of(copy, key))
            kept = [name for name in members if name != ALL and members[name] in needed]
            if not cleaned and len(kept) == len(members) - 1:
                return False
            manifest = read_json(archive.read(MANIFEST), Manifest)
            lacking = needed & set(manifest.lacking)
            create_private(fresh)
            with written_archive(fresh, key, archive_owner(path)) as written:
                pdfs = ((members[name], pdf_in(archive, members[name])) for name in kept)
                fill(written, ALL, copy, pdfs, manifest.made_at, sorted(lacking))
    except (*BROKEN, VaultLocked) as error:
        raise not_an_archive(path) from error
    with told(path):
        sync_file(fresh)
        fresh.replace(path)
        sync_folder(path.parent)
    return True
