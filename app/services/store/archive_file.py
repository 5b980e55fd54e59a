"""How a file that carries letters to another desk or disk is made: a ZIP with a database and PDFs.

`manifest.json` names each member's SHA-256; nothing is taken in before all of them are right. What
is encrypted is so as a whole, with a header of its own; the database in it is under the same key once
more, so that none ever lies on the disk in the clear.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from pathlib import Path

import msgspec

from app.errors import UserError
from app.services.database.problems import told
from app.services.database.transfer import transfer
from app.services.json_input import read_json
from app.services.private_files import create_private, remove_and_wipe, sync_file, sync_folder
from app.services.store.store import Store
from app.services.vault import Cipher, EncryptedChanged, VaultLocked
from app.services.vault.archives import archive_header, archive_reader, archive_writer
from app.services.vault.cipher import DATABASE_MAGIC
from app.services.vault.header import Header, open_header, read_header

MANIFEST, FILES = "manifest.json", "files/"
ALL, ONE = "imr-desk.db", "case.db"
"""What the database is called in a file of everything, and in one that carries a single letter."""
FORMAT = 1
LARGEST_PDF = 512 * 2**20
_LARGEST_MANIFEST = 64 * 2**20
_PIECE = 2**20
_SHA256 = re.compile("[0-9a-f]{64}")
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    msgspec.ValidationError,
    NotImplementedError,
    RuntimeError,  # a member that asks for a password
    EOFError,
    zlib.error,
    lzma.LZMAError,
    EncryptedChanged,
)
"""What reading a damaged or foreign ZIP raises."""

_WHAT = {ALL: "IMR Desk archive", ONE: "handed-over case of IMR Desk"}
_CHOOSE = {
    ALL: "Nothing was changed: choose a file written by the command `backup`.",
    ONE: "Nothing was changed: choose a file written by Hand over, or ask for it once more.",
}


class NotAnArchive(UserError):
    """The file is no archive of ours, or not a whole one."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the ZIP: the SHA-256 of each member by its name; that of PDFs which could not be
    read any more when it was written."""

    format: int
    made_at: datetime
    members: dict[str, str]
    lacking: tuple[str, ...] = ()


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
                ours = {MANIFEST, ALL} <= set(archive.namelist())
                return ArchiveKind.PLAIN if ours else None
    except UserError:
        return ArchiveKind.ENCRYPTED  # its header is broken
    except BROKEN:
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


# Writing


@contextmanager
def written_archive(
    target: Path, cipher: Cipher, header: Header | None
) -> Generator[zipfile.ZipFile]:
    """A ZIP to fill, encrypted where there is a header."""
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
def new_archive(path: Path, cipher: Cipher, header: Header | None) -> Generator[zipfile.ZipFile]:
    """The same for a file that is to be at `path`: owner-only, there as a whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    try:
        create_private(partial)
        with written_archive(partial, cipher, header) as archive:
            yield archive
        sync_file(partial)
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def fill(
    archive: zipfile.ZipFile,
    name: str,
    database: Path,
    pdfs: Iterable[tuple[str, bytes]],
    made_at: datetime,
    lacking: Collection[str] = (),
) -> int:
    """Writes the database (`ALL` or `ONE`), PDFs by their SHA-256 and the manifest; gives the
    number of PDFs. `lacking` is read when all are written."""
    members = {name: hashlib.sha256(database.read_bytes()).hexdigest()}
    archive.write(database, name)
    for sha256, data in pdfs:
        members[_member_of(sha256)] = sha256
        archive.writestr(_member_of(sha256), data)
    manifest = Manifest(format=FORMAT, made_at=made_at, members=members, lacking=tuple(lacking))
    archive.writestr(MANIFEST, msgspec.json.encode(manifest))
    return len(members) - 1


def header_of(store: Store) -> Header | None:
    """Who may open what leaves this data folder; None where it is not encrypted."""
    return None if store.cipher.is_plain else read_header(store.folder)


# Reading


@contextmanager
def opened_archive(
    path: Path, store: Store, secret: str = ""
) -> Generator[tuple[zipfile.ZipFile, Cipher]]:
    """An archive, and the cipher of what wrote it. Raises VaultLocked, WrongPassphrase."""
    with path.open("rb") as file:
        header = archive_header(file, path)
        if header is None:
            with zipfile.ZipFile(file) as archive:
                yield archive, Cipher()
            return
        ours = header_of(store)
        if ours is not None and ours.id == header.id:
            cipher = store.cipher
        elif secret:
            cipher = Cipher(open_header(header, secret))
        else:
            raise VaultLocked(
                f"{path} was encrypted with a passphrase of its own.",
                "Give that passphrase, or the recovery key of the folder it was written in.",
            )
        reader = io.BufferedReader(archive_reader(file, cipher), _PIECE)
        with zipfile.ZipFile(reader) as archive:
            yield archive, cipher


def checked_members(
    archive: zipfile.ZipFile, name: str, folder: Path, path: Path
) -> dict[str, str]:
    """The members and their SHA-256, as the manifest has them.

    Raises NotAnArchive for another make, another format, a database of another name, and where the
    members are larger than they can be: what a member says of its size is all that is ever read of it.
    """
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise not_an_archive(path, name)
    manifest = read_json(archive.read(MANIFEST), Manifest)
    if manifest.format != FORMAT:
        raise NotAnArchive(
            f"{path} was written by another version of IMR Desk (format {manifest.format}).",
            "Nothing was changed: read it with the version that wrote it, or with a newer one.",
        )
    for member, sha256 in manifest.members.items():
        if member not in _WHAT and (not _SHA256.fullmatch(sha256) or member != _member_of(sha256)):
            raise not_an_archive(path, name)
    other = ONE if name == ALL else ALL
    if name not in manifest.members and other in manifest.members:
        raise NotAnArchive(
            f"{path} is no {_WHAT[name]}: it holds "
            f"{'one letter that was handed over' if other == ONE else 'everything of a data folder'}.",
            "Nothing was changed: "
            + ("`unpack` takes it in." if other == ONE else "`restore` puts it in place of all."),
        )
    _refuse_bomb(archive, folder, path, name)
    return manifest.members


def unpack(archive: zipfile.ZipFile, name: str, sha256: str, target: Path) -> None:
    """Writes a member to the disk piece by piece. Raises BadZipFile for another than promised."""
    told_hash = hashlib.sha256()
    create_private(target)
    with archive.open(name) as source, target.open("wb") as file:
        while piece := source.read(_PIECE):
            told_hash.update(piece)
            file.write(piece)
    if told_hash.hexdigest() != sha256:
        raise zipfile.BadZipFile(name)


def pdf_in(archive: zipfile.ZipFile, sha256: str) -> bytes:
    """A PDF. Raises BadZipFile for another than promised, KeyError where it is not there."""
    data = archive.read(_member_of(sha256))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise zipfile.BadZipFile(sha256)
    return data


def cipher_of(database: Path, key: Cipher) -> Cipher:
    """Of a database from an archive: one that was encrypted later has a plain one in it."""
    with database.open("rb") as file:
        is_plain = file.read(len(DATABASE_MAGIC)) == DATABASE_MAGIC
    return Cipher() if is_plain else key


def as_kept_here(database: Path, was: Cipher, becomes: Cipher) -> Path:
    """The database as the data folder keeps its own."""
    if was.same_as(becomes):
        return database
    fresh = database.with_name("as-here.db")
    transfer(database, was, fresh, becomes)
    remove_and_wipe(database)
    return fresh


def not_an_archive(path: Path, name: str = ALL) -> NotAnArchive:
    """What is told of a file that is damaged or of another make."""
    return NotAnArchive(f"{path} is not a whole {_WHAT[name]}.", _CHOOSE[name])


def cannot_be_read(path: Path, error: OSError, name: str = ALL) -> NotAnArchive:
    """What is told where the system does not give the file."""
    if isinstance(error, FileNotFoundError):
        return NotAnArchive(f"There is no file {path}.", _CHOOSE[name])
    reason = error.strerror or type(error).__name__
    return NotAnArchive(f"The file {path} cannot be read ({reason}).", _CHOOSE[name])


def _refuse_bomb(archive: zipfile.ZipFile, folder: Path, path: Path, name: str) -> None:
    free = shutil.disk_usage(folder).free
    pdfs = [one for one in archive.infolist() if one.filename.startswith(FILES)]
    whole = sum(one.file_size for one in archive.infolist())
    if whole > free or any(one.file_size > LARGEST_PDF for one in pdfs):
        raise NotAnArchive(
            f"{path} would unpack to {whole / 2**20:,.0f} MB, more than can be taken in.",
            _CHOOSE[name],
        )


def _member_of(sha256: str) -> str:
    return f"{FILES}{sha256}.pdf"
