"""What can be wrong with an encrypted data folder, in words for its user."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

from app.errors import UserError


class VaultLocked(UserError):
    """What is kept is encrypted, and its key is not here."""


class WrongPassphrase(UserError):
    """Neither the passphrase nor the recovery key."""


class HeaderDamaged(UserError):
    """The file with the wrapped keys is gone or broken, and so is its copy."""


class NewerVault(UserError):
    """The header was written by a later version of the program."""


class EncryptedChanged(UserError):
    """Encrypted bytes are not those that were written, or of another key."""


class EncryptionUnavailable(UserError):
    """A library that encryption needs is not installed."""


def locked(path: Path) -> VaultLocked:
    return VaultLocked(
        f"{path} is encrypted, and it is locked.", "Unlock it with its passphrase or recovery key."
    )


def unavailable(library: str | None) -> EncryptionUnavailable:
    return EncryptionUnavailable(
        f"Encryption needs the library {library}, which is not installed.",
        "Install it with: pip install sqlcipher3 cryptography",
    )


def changed(name: str) -> EncryptedChanged:
    return EncryptedChanged(
        f"The encrypted file {name} was changed after it was written, or belongs to another "
        "data folder.",
        "Put it back from a backup of the disk; everything else can still be opened.",
    )


def sql_errors() -> tuple[type[Exception], ...]:
    """The errors of whichever SQLite is in use: the encrypting one has classes of its own.

    To be asked in the `except` line itself, so that nothing is imported for it.
    """
    module: Any = sys.modules.get("sqlcipher3.dbapi2")
    # Another thread may be importing it at this moment: then nothing of it has failed yet.
    error = getattr(module, "Error", None)
    return (sqlite3.Error,) if error is None else (sqlite3.Error, error)
