"""What one file that holds everything looks like: a ZIP with the database and the PDFs.

`manifest.json` names each member's SHA-256; nothing is taken in before all of them are right. Of an
encrypted data folder the whole ZIP is encrypted, with a header of its own; its database is under the
same key once more, so that none ever lies on the disk in the clear.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

import msgspec

from app.errors import UserError
from app.services.database.problems import DatabaseDamaged, NotADatabase, told
from app.services.database.transfer import transfer
from app.services.json_input import read_json
from app.services.private_files import create_private, remove_and_wipe, sync_file, sync_folder
from app.services.store.backup_content import OPENED, hashes_in, known_hashes
from app.services.store.backups import Backups
from app.services.store.store import Store
from app.services.store.values import Backup
from app.services.vault import Cipher, EncryptedChanged, VaultLocked, sql_errors
from app.services.vault.archives import archive_header, archive_reader, archive_writer
from app.services.vault.cipher import DATABASE_MAGIC
from app.services.vault.header import Header, open_header, read_header
from app.services.working_folder import working_folder

_MANIFEST, _DATABASE, _FILES = "manifest.json", "imr-desk.db", "files/"
FORMAT = 1
LARGEST_PDF = 512 * 2**20
_LARGEST_MANIFEST = 64 * 2**20
_PIECE = 2**20
_SHA256 = re.compile("[0-9a-f]{64}")
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    msgspec.ValidationError,
    NotImplementedError,
    RuntimeError,  # a member that asks for a password
    EOFError,
    zlib.error,
    lzma.LZMAError,
)
"""What reading a damaged or foreign ZIP raises."""

_CHOOSE = "Nothing was changed: choose a file written by the command `backup`."


class NotAnArchive(UserError):
    """The file is no archive of ours, or not a whole one."""


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    format: int
    made_at: datetime
    members: dict[str, str]


def write_archive(store: Store, path: Path) -> int:
    """Writes everything to `path`, owner-only, whole or not at all; gives the number of PDFs.

    Raises UserError: also where a kept PDF is missing or changed.
    """
    partial = path.with_name(path.name + ".partial")
    with told(path):
        try:
            create_private(partial)
            with (
                working_folder(store.database.path.parent, OPENED) as folder,
                _written(partial, store.cipher, _header_of(store)) as archive,
            ):
                copy = folder / _DATABASE
                store.database.copy_to(copy)
                kept = sorted(known_hashes(copy, store.cipher))
                pdfs = ((sha256, store.files.get(sha256)) for sha256 in kept)
                count = _write(archive, copy, pdfs, datetime.now(UTC))
            sync_file(partial)
            partial.replace(path)
            sync_folder(path.parent)
        finally:
            partial.unlink(missing_ok=True)
    return count


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
        copy = folder / _DATABASE
        try:
            with _opened(path, store, secret) as (archive, key):
                members = _members(archive, path)
                _refuse_bomb(archive, folder, path)
                _unpack(archive, _DATABASE, members[_DATABASE], copy)
                needed = hashes_in(copy, _cipher_of(copy, key))
                copy = _for_folder(copy, _cipher_of(copy, key), store.cipher)
                for name, sha256 in members.items():
                    if name != _DATABASE and sha256 in needed:
                        store.files.put(_pdf(archive, name, sha256))
        except (*_BROKEN, *sql_errors(), NotADatabase, DatabaseDamaged, EncryptedChanged) as error:
            raise _not_ours(path) from error
        except FileNotFoundError as error:
            raise NotAnArchive(f"There is no file {path}.", _CHOOSE) from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise NotAnArchive(f"The file {path} cannot be read ({reason}).", _CHOOSE) from error
        return Backups(store.database, store.folder).restore(
            Backup(path=copy, at=datetime.now(UTC))
        )


class ArchiveKind(Enum):
    """How an archive of ours is written."""

    PLAIN = "plain"
    ENCRYPTED = "encrypted"


def archive_kind(path: Path) -> ArchiveKind | None:
    """Which kind a file says that it is; None for no archive of ours. Raises OSError."""
    try:
        with path.open("rb") as file:
            if archive_header(file, path) is not None:
                return ArchiveKind.ENCRYPTED
            with zipfile.ZipFile(file) as archive:
                ours = {_MANIFEST, _DATABASE} <= set(archive.namelist())
                return ArchiveKind.PLAIN if ours else None
    except UserError:
        return ArchiveKind.ENCRYPTED  # its header is broken
    except _BROKEN:
        return None


def archive_owner(path: Path) -> Header | None:
    """Who may open an archive; None where it is not encrypted. Raises UserError."""
    with told(path), path.open("rb") as file:
        return archive_header(file, path)


def encrypt_archive(path: Path, target: Path, cipher: Cipher, header: Header) -> None:
    """Writes a plain archive encrypted to `target`, on the disk. Raises OSError."""
    create_private(target)
    with path.open("rb") as source, target.open("wb") as file:
        writer = archive_writer(file, cipher, header)
        shutil.copyfileobj(source, writer)
        writer.finish()
    sync_file(target)


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
    copy, fresh = folder / _DATABASE, folder / "archive.zip"
    try:
        with told(path), _opened(path, store) as (archive, key):
            members = _members(archive, path)
            _refuse_bomb(archive, folder, path)
            _unpack(archive, _DATABASE, members[_DATABASE], copy)
            cleaned = clean(copy, _cipher_of(copy, key))
            needed = known_hashes(copy, _cipher_of(copy, key))
            kept = [name for name in members if name != _DATABASE and members[name] in needed]
            if not cleaned and len(kept) == len(members) - 1:
                return False
            made_at = read_json(archive.read(_MANIFEST), _Manifest).made_at
            create_private(fresh)
            with _written(fresh, key, archive_owner(path)) as written:
                pdfs = ((members[name], _pdf(archive, name, members[name])) for name in kept)
                _write(written, copy, pdfs, made_at)
    except (*_BROKEN, EncryptedChanged, VaultLocked) as error:
        raise _not_ours(path) from error
    with told(path):
        sync_file(fresh)
        fresh.replace(path)
        sync_folder(path.parent)
    return True


@contextmanager
def _written(target: Path, cipher: Cipher, header: Header | None) -> Generator[zipfile.ZipFile]:
    with target.open("wb") as file:
        if header is None:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                yield archive
            return
        writer = archive_writer(file, cipher, header)
        with zipfile.ZipFile(writer, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive
        writer.finish()


@contextmanager
def _opened(
    path: Path, store: Store, secret: str = ""
) -> Generator[tuple[zipfile.ZipFile, Cipher]]:
    """An archive, and the cipher of what wrote it. Raises VaultLocked, WrongPassphrase."""
    with path.open("rb") as file:
        header = archive_header(file, path)
        if header is None:
            with zipfile.ZipFile(file) as archive:
                yield archive, Cipher()
            return
        ours = _header_of(store)
        if ours is not None and ours.id == header.id:
            cipher = store.cipher
        elif secret:
            cipher = Cipher(open_header(header, secret))
        else:
            raise VaultLocked(
                f"{path} was encrypted by another data folder.",
                "Give the passphrase or the recovery key of that one.",
            )
        reader = io.BufferedReader(archive_reader(file, cipher), _PIECE)
        with zipfile.ZipFile(reader) as archive:
            yield archive, cipher


def _header_of(store: Store) -> Header | None:
    return None if store.cipher.is_plain else read_header(store.folder)


def _cipher_of(database: Path, key: Cipher) -> Cipher:
    """Of a database from an archive: one that was encrypted later has a plain one in it."""
    with database.open("rb") as file:
        is_plain = file.read(len(DATABASE_MAGIC)) == DATABASE_MAGIC
    return Cipher() if is_plain else key


def _for_folder(database: Path, was: Cipher, becomes: Cipher) -> Path:
    """The database as the data folder keeps its own."""
    if was.same_as(becomes):
        return database
    fresh = database.with_name("as-here.db")
    transfer(database, was, fresh, becomes)
    remove_and_wipe(database)
    return fresh


def _write(
    archive: zipfile.ZipFile, database: Path, pdfs: Iterable[tuple[str, bytes]], made_at: datetime
) -> int:
    """Fills an archive; gives the number of PDFs."""
    members = {_DATABASE: hashlib.sha256(database.read_bytes()).hexdigest()}
    archive.write(database, _DATABASE)
    for sha256, data in pdfs:
        members[_member_of(sha256)] = sha256
        archive.writestr(_member_of(sha256), data)
    manifest = _Manifest(format=FORMAT, made_at=made_at, members=members)
    archive.writestr(_MANIFEST, msgspec.json.encode(manifest))
    return len(members) - 1


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    """The members and their SHA-256, as the manifest has them. Raises NotAnArchive."""
    if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise _not_ours(path)
    manifest = read_json(archive.read(_MANIFEST), _Manifest)
    if manifest.format != FORMAT:
        raise NotAnArchive(
            f"{path} was written by another version of IMR Desk (format {manifest.format}).",
            "Nothing was changed: read it with the version that wrote it, or with a newer one.",
        )
    for name, sha256 in manifest.members.items():
        if name != _DATABASE and (not _SHA256.fullmatch(sha256) or name != _member_of(sha256)):
            raise _not_ours(path)
    return manifest.members


def _refuse_bomb(archive: zipfile.ZipFile, folder: Path, path: Path) -> None:
    """Raises NotAnArchive where the members are larger than they can be, before one is read.

    What a member says of its size is all that is ever read of it.
    """
    free = shutil.disk_usage(folder).free
    pdfs = [one for one in archive.infolist() if one.filename.startswith(_FILES)]
    whole = sum(one.file_size for one in archive.infolist())
    if whole > free or any(one.file_size > LARGEST_PDF for one in pdfs):
        raise NotAnArchive(
            f"{path} would unpack to {whole / 2**20:,.0f} MB, more than can be taken in.", _CHOOSE
        )


def _unpack(archive: zipfile.ZipFile, name: str, sha256: str, target: Path) -> None:
    """Writes a member to the disk piece by piece. Raises BadZipFile for another than promised."""
    told_hash = hashlib.sha256()
    create_private(target)
    with archive.open(name) as source, target.open("wb") as file:
        while piece := source.read(_PIECE):
            told_hash.update(piece)
            file.write(piece)
    if told_hash.hexdigest() != sha256:
        raise zipfile.BadZipFile(name)


def _pdf(archive: zipfile.ZipFile, name: str, sha256: str) -> bytes:
    data = archive.read(name)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise zipfile.BadZipFile(name)
    return data


def _member_of(sha256: str) -> str:
    return f"{_FILES}{sha256}.pdf"


def _not_ours(path: Path) -> NotAnArchive:
    return NotAnArchive(f"{path} is not a whole IMR Desk archive.", _CHOOSE)
