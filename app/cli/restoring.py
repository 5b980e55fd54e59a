"""The command `restore`: a backup in place of what is kept, encrypted as it may be."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from app.cli.files import DONE, refuse_to_read, tell
from app.cli.opening import asked, given_secret, opened_vault
from app.paths import DATABASE, data_folder
from app.services.database import Database, DatabaseDamaged, open_database
from app.services.store import Backup, Backups, FolderLock, Store, archive_owner, read_archive
from app.services.store.encrypting import encrypt_folder
from app.services.vault import VaultLocked
from app.services.vault.folder import Vault
from app.services.vault.header import Made, open_header


def restore(chosen: argparse.Namespace) -> int:
    """Put a backup in place of what is kept."""
    refuse_to_read(chosen.file)  # a pipe would be waited for
    folder = data_folder(chosen.data)
    lock = FolderLock(folder)  # a window that is open would go on with what was here before
    try:
        vault = opened_vault(folder, chosen, holds_lock=True)
        _take_over_key(vault, chosen)
        try:
            database = open_database(folder / DATABASE, vault.cipher)
        except DatabaseDamaged:
            # What is to be replaced need not be whole.
            database = Database(folder / DATABASE, vault.cipher)
    except BaseException:
        lock.release()
        raise
    try:
        backups = Backups(database, folder)
        listed = next((one for one in backups.all() if _is_meant(one.path, chosen.file)), None)
        if listed is not None:
            before = backups.restore(listed)
        else:
            before = _read_archive(Store(database, folder), chosen)
        print(f"Restored. What was here before is kept in {before.path}")
    finally:
        database.close()
        lock.release()
    return DONE


def _is_meant(backup: Path, given: Path) -> bool:
    """Whether a backup is the one given, by its place or as `backups` lists it."""
    return backup.name == str(given) or backup.resolve() == given.resolve()


def _take_over_key(vault: Vault, chosen: argparse.Namespace) -> None:
    """An encrypted archive makes a data folder without letters one that opens as it does."""
    path = vault.folder / DATABASE
    header = archive_owner(chosen.file) if chosen.file.is_file() else None
    if header is None or not vault.cipher.is_plain:
        return
    if path.exists() and _has_letters(path):
        tell(
            f"{chosen.file} is encrypted and {vault.folder} is not: what is restored is kept "
            "unencrypted, as what was there. `vault encrypt` encrypts it."
        )
        return
    key = open_header(header, _secret_of_archive(chosen))
    open_database(path).close()
    encrypt_folder(vault, Made(header, key, ""))
    tell(f"{vault.folder} is encrypted now, and opens as the archive does.")


def _has_letters(path: Path) -> bool:
    try:
        with closing(open_database(path)) as database, database.plainly() as raw:
            return raw.execute("SELECT count(*) FROM cases").fetchone() != (0,)
    except DatabaseDamaged:
        return True


def _read_archive(store: Store, chosen: argparse.Namespace) -> Backup:
    """Where another data folder encrypted it, its passphrase is asked for."""
    try:
        return read_archive(store, chosen.file)
    except VaultLocked:
        return read_archive(store, chosen.file, _secret_of_archive(chosen))


def _secret_of_archive(chosen: argparse.Namespace) -> str:
    given = given_secret(chosen, chosen.archive_passphrase_file)
    return asked(f"Passphrase or recovery key of {chosen.file}: ") if given is None else given
