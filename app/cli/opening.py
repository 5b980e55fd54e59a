"""How a command opens the data folder: passphrase from a file, the environment or a terminal."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.files import bytes_of, tell
from app.errors import UserError
from app.paths import DATABASE, data_place

if TYPE_CHECKING:
    from app.services.citations import Guidelines
    from app.services.settings import Settings
    from app.services.store import FolderLock, Store
    from app.services.vault.folder import Vault

PASSPHRASE_VARIABLE = "IMR_DESK_PASSPHRASE"
NEW_PASSPHRASE_VARIABLE = "IMR_DESK_NEW_PASSPHRASE"
TRIES = 3


def kept_settings(chosen: argparse.Namespace) -> Settings:
    """What is set in the data folder; the usual where nothing is kept yet."""
    from app.services.settings import Settings, load_settings

    folder = data_place(chosen.data)
    if not (folder / DATABASE).exists():
        return Settings()
    with open_store(folder, chosen, reading=True) as store:
        return load_settings(store)


def kept_guidelines(chosen: argparse.Namespace) -> Guidelines | None:
    """The guidelines of the library in the data folder; None where nothing is kept yet."""
    from app.services.library import Library

    folder = data_place(chosen.data)
    if not (folder / DATABASE).exists():
        return None
    with open_store(folder, chosen, reading=True) as store:
        return Library(store.database).guidelines()


@contextmanager
def open_store(
    folder: Path,
    chosen: argparse.Namespace | None = None,
    *,
    reading: bool = False,
    holds_lock: bool = False,
) -> Iterator[Store]:
    """What is kept in a data folder, for as long as a command takes.

    With `reading` also where the folder takes no writing: nothing is noted in it then.
    """
    from app.services.database import ReadingCopy, is_read_only, open_database
    from app.services.store import Store, clear_leftovers

    path = folder / DATABASE
    copy = ReadingCopy(path) if reading and path.exists() and is_read_only(folder) else None
    if copy is not None:
        tell(f"{folder} can only be read: nothing is noted in it.")
    try:
        vault = opened_vault(folder, chosen, reading=copy is not None, holds_lock=holds_lock)
        database = open_database(copy.path if copy else path, vault.cipher)
        try:
            if copy is None:
                clear_leftovers(folder)
            yield Store(database, folder)
        finally:
            database.close()
    finally:
        if copy is not None:
            copy.close()


def opened_vault(
    folder: Path,
    chosen: argparse.Namespace | None,
    *,
    reading: bool = False,
    holds_lock: bool = False,
) -> Vault:
    """The encryption of a data folder, unlocked; a conversion that was stopped is gone on with.

    Raises UserError where nobody can be asked, or the passphrase is wrong.
    """
    from app.services.store import FolderLock
    from app.services.vault.folder import Vault

    vault = Vault(folder)
    if vault.is_locked:
        _unlock(vault, chosen)
    if vault.half_done is not None:
        if reading:
            raise UserError(
                f"The conversion of {folder} was stopped half way, and it can only be read here.",
                "Copy it to a disk that can be written, and open it there.",
            )
        _go_on(vault, None if holds_lock else FolderLock(vault.folder))
    return vault


def _go_on(vault: Vault, lock: FolderLock | None) -> None:
    from app.services.store.encrypting import go_on

    encrypts = vault.half_done == "encrypting"
    try:
        tell(go_on(vault).words(encrypted=encrypts))
    finally:
        if lock is not None:
            lock.release()


def _unlock(vault: Vault, chosen: argparse.Namespace | None) -> None:
    given = given_secret(chosen)
    if given is not None:
        vault.unlock(given)
        return
    if vault.unlock_by_keyring():
        return
    for left in reversed(range(TRIES)):
        try:
            typed = asked(f"Passphrase or recovery key of {vault.folder}: ")
            vault.unlock(typed)
            if chosen is not None:
                chosen.typed = typed  # a command may open the folder twice
            return
        except UserError as error:
            if not left or not sys.stdin.isatty():
                raise
            tell(str(error))


def given_secret(chosen: argparse.Namespace | None, file: Path | None = None) -> str | None:
    """The passphrase or recovery key from a file or the environment; None where it is in neither.

    `file` is another one than the data folder's.
    """
    if typed := getattr(chosen, "typed", None):
        return str(typed)
    named = None if chosen is None else chosen.passphrase_file
    return _given(file or named, PASSPHRASE_VARIABLE)


def current_secret(chosen: argparse.Namespace) -> str:
    """The passphrase or recovery key, asked for where it was not given. Raises UserError."""
    given = given_secret(chosen)
    return asked("Passphrase or recovery key: ") if given is None else given


def new_passphrase(chosen: argparse.Namespace) -> str:
    """A passphrase that is to hold from now on, asked for twice where it was not given."""
    given = _given(chosen.new_passphrase_file, NEW_PASSPHRASE_VARIABLE)
    if given is not None:
        return given
    first = asked("New passphrase: ", _NEW)
    if asked("Once more: ", _NEW) != first:
        raise UserError("The two passphrases differ.", "Nothing was changed: try again.")
    return first


_NOW = (
    "The data folder is encrypted, and there is no terminal to ask for its passphrase.",
    f"Give it with --passphrase-file FILE, or in {PASSPHRASE_VARIABLE}.",
)
_NEW = (
    "There is no terminal to ask for the new passphrase.",
    f"Give it with --new-passphrase-file FILE, or in {NEW_PASSPHRASE_VARIABLE}.",
)


def asked(prompt: str, otherwise: tuple[str, str] = _NOW) -> str:
    """What is typed at the terminal, unseen. Raises UserError, as `otherwise`, where there is none."""
    if not sys.stdin.isatty():
        raise UserError(*otherwise)
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise UserError("No passphrase was given.", "Nothing was changed: try again.") from error


def _given(file: Path | None, variable: str) -> str | None:
    if file is not None:
        first = bytes_of(file).decode("utf-8", "surrogateescape").splitlines()[:1]
        return "".join(first)
    return os.environ.get(variable)
