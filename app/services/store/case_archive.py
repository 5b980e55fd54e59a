"""The file that carries one letter from desk to desk: with its documents, its history, its marks.

It is an archive of a database that holds that letter alone, so that a newer version of the program
reads it as it reads its own database of then.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.errors import UserError
from app.services.database import DatabaseDamaged, NotADatabase, open_database
from app.services.database.problems import told
from app.services.store.archive_file import (
    BROKEN,
    ONE,
    as_kept_here,
    cannot_be_read,
    checked_members,
    cipher_of,
    fill,
    new_archive,
    not_an_archive,
    opened_archive,
    pdf_in,
    unpack,
)
from app.services.store.backup_content import OPENED, hashes_in
from app.services.store.case_copy import copy_case
from app.services.store.case_files import CaseFiles
from app.services.store.store import Store
from app.services.vault import Cipher, sql_errors
from app.services.vault.header import make_header
from app.services.working_folder import working_folder


class Altered(UserError):
    """What was handed over is not what its own history says."""


class PassphraseWanted(UserError):
    """A letter of an encrypted data folder leaves it encrypted only."""


def pack_case(store: Store, case_id: int, path: Path, passphrase: str = "") -> int:
    """Writes a letter with all that is kept of it to `path`, owner-only, whole or not at all; gives
    the number of documents.

    Raises PassphraseWanted for an encrypted data folder without one, PassphraseTooShort,
    UserError, KeyError.
    """
    if not store.cipher.is_plain and not passphrase:
        raise PassphraseWanted(
            "This data folder is encrypted, and so is what is handed over from it.",
            "Give a passphrase for the file, and tell it to the receiver by another way.",
        )
    made = make_header(passphrase) if passphrase else None
    cipher = Cipher() if made is None else Cipher(made.key)
    hashes = [
        store.summary(case_id).file_sha256,
        *(file.sha256 for file in CaseFiles(store).files(case_id)),
    ]
    with (
        told(path),
        working_folder(store.folder, OPENED) as folder,
        new_archive(path, cipher, made and made.header) as archive,
    ):
        copy = folder / ONE
        _copy_out(store, case_id, copy, cipher)
        pdfs = ((sha256, store.files.get(sha256)) for sha256 in dict.fromkeys(hashes))
        return fill(archive, ONE, copy, pdfs, datetime.now(UTC)) - 1


@contextmanager
def opened_case(store: Store, path: Path, secret: str = "") -> Generator[tuple[Store, int]]:
    """What was handed over, as a store of its own beside ours, and the letter's id in it.

    It is of the cipher of our folder and goes when the block ends. Raises NotAnArchive for a
    damaged file or another one, Altered, NewerDatabase, VaultLocked where it needs a passphrase,
    WrongPassphrase, UserError.
    """
    with told(store.folder), working_folder(store.folder, OPENED) as folder:
        try:
            copy = folder / ONE
            with opened_archive(path, store, secret) as (archive, key):
                members = checked_members(archive, ONE, folder, path)
                unpack(archive, ONE, members[ONE], copy)
                needed = hashes_in(copy, cipher_of(copy, key))
                copy = as_kept_here(copy, cipher_of(copy, key), store.cipher)
                theirs = Store(open_database(copy, store.cipher), folder)
                for sha256 in needed:
                    theirs.files.put(pdf_in(archive, sha256))
        except (*BROKEN, *sql_errors(), NotADatabase, DatabaseDamaged) as error:
            raise not_an_archive(path, ONE) from error
        except OSError as error:
            raise cannot_be_read(path, error, ONE) from error
        with closing(theirs.database):
            yield theirs, _the_letter(theirs, path)


def _copy_out(store: Store, case_id: int, copy: Path, cipher: Cipher) -> None:
    with closing(open_database(copy, cipher)) as database, closing(database.raw()) as target:
        with store.database.plainly() as source, target:
            source.execute("BEGIN")
            copy_case(source, case_id, target)
            source.execute("COMMIT")
        # One file goes into the archive.
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _the_letter(theirs: Store, path: Path) -> int:
    cases = theirs.cases()
    if len(cases) != 1:
        raise not_an_archive(path, ONE)
    (case,) = cases
    broken = theirs.verify(case.id)
    if broken is not None:
        raise Altered(
            f"{path} was changed after it was handed over: {broken.reason}.",
            "Nothing was taken in: ask for the file once more.",
        )
    return case.id
