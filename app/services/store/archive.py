"""What one file that holds everything looks like: a ZIP with the database and the PDFs.

`manifest.json` names each member's SHA-256; nothing is taken in before all of them are right.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from app.errors import UserError
from app.services.database.connection import create_private, sync_folder
from app.services.database.problems import told
from app.services.store.backups import Backups
from app.services.store.store import Store
from app.services.store.values import Backup

_MANIFEST, _DATABASE, _FILES = "manifest.json", "imr-desk.db", "files/"
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
                tempfile.TemporaryDirectory(dir=store.folder, prefix="opened-") as folder,
                zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive,
            ):
                copy = Path(folder) / _DATABASE
                store.database.copy_to(copy)
                hashes = [case.file_sha256 for case in store.cases()]
                members = {_DATABASE: hashlib.sha256(copy.read_bytes()).hexdigest()}
                archive.write(copy, _DATABASE)
                for sha256 in hashes:
                    members[f"{_FILES}{sha256}.pdf"] = sha256
                    archive.writestr(f"{_FILES}{sha256}.pdf", store.files.get(sha256))
                manifest = _Manifest(format=1, made_at=datetime.now(UTC), members=members)
                archive.writestr(_MANIFEST, msgspec.json.encode(manifest))
            partial.replace(path)
            sync_folder(path.parent)
        finally:
            partial.unlink(missing_ok=True)
    return len(hashes)


def read_archive(store: Store, path: Path) -> Backup:
    """Puts an archive in place of everything; gives the backup of what was there before.

    Raises NotAnArchive, UserError; nothing is changed then, but PDFs may have been added.
    """
    with (
        told(store.database.path),
        tempfile.TemporaryDirectory(dir=store.folder, prefix="opened-") as folder,
    ):
        try:
            with zipfile.ZipFile(path) as archive:
                members = msgspec.json.decode(archive.read(_MANIFEST), type=_Manifest).members
                database = _member(archive, _DATABASE, members[_DATABASE])
                for name, sha256 in members.items():
                    if name != _DATABASE:
                        store.files.put(_member(archive, name, sha256))
        except (zipfile.BadZipFile, KeyError, msgspec.DecodeError, EOFError, zlib.error) as error:
            raise _not_ours(path) from error
        except FileNotFoundError as error:
            raise NotAnArchive(f"There is no file {path}.", _CHOOSE) from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise NotAnArchive(f"The file {path} cannot be read ({reason}).", _CHOOSE) from error
        copy = Path(folder) / _DATABASE
        copy.write_bytes(database)
        return Backups(store.database, store.folder).restore(
            Backup(path=copy, at=datetime.now(UTC), size=len(database))
        )


def _member(archive: zipfile.ZipFile, name: str, sha256: str) -> bytes:
    data = archive.read(name)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise zipfile.BadZipFile(name)
    return data


def _not_ours(path: Path) -> NotAnArchive:
    return NotAnArchive(f"{path} is not a whole IMR Desk archive.", _CHOOSE)
