"""The command `vault`: encryption of the data folder on and off, its passphrase and recovery key."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from app.cli.files import DONE, tell
from app.cli.opening import current_secret, new_passphrase
from app.errors import UserError
from app.paths import DATABASE, data_folder
from app.services.database import open_database
from app.services.store import FolderLock
from app.services.store.encrypting import decrypt_folder, encrypt_folder, go_on
from app.services.vault.cipher import ensure_libraries
from app.services.vault.folder import Vault
from app.services.vault.header import make_header

WRITE_DOWN = (
    "Write the recovery key down and keep it away from this computer: it opens everything without "
    "the passphrase, and it is shown this once. Without both nothing can be read."
)


def vault(chosen: argparse.Namespace) -> int:
    """Do one of the acts on the data folder."""
    acts: dict[str, Callable[[Path, argparse.Namespace], None]] = {
        "status": _status,
        "encrypt": _encrypt,
        "decrypt": _decrypt,
        "passphrase": _passphrase,
        "recovery-key": _recovery_key,
    }
    acts[chosen.action](data_folder(chosen.data), chosen)
    return DONE


def _status(folder: Path, _chosen: argparse.Namespace) -> None:
    known = Vault(folder)
    if known.half_done is not None:
        print(f"{folder}: {known.half_done}, stopped half way; the next start goes on with it")
    elif known.cipher.is_plain:
        print(f"{folder}: not encrypted")
    else:
        doors = "passphrase, recovery key"
        print(
            f"{folder}: encrypted; opened by {doors}{', keyring' if known.opens_by_keyring else ''}"
        )


def _encrypt(folder: Path, chosen: argparse.Namespace) -> None:
    lock = FolderLock(folder)
    try:
        known = Vault(folder)
        if not known.cipher.is_plain:
            if known.half_done is None:
                raise UserError(f"{folder} is encrypted already.", "Nothing was changed.")
            _go_on(known, chosen)
            return
        ensure_libraries()
        made = make_header(new_passphrase(chosen))
        open_database(folder / DATABASE).close()  # made where there is none, of today's version
        # First: a kill must not come between the key and the paper.
        print(f"Recovery key: {made.recovery_key}", flush=True)
        tell(WRITE_DOWN)
        converted = encrypt_folder(known, made, _progress("encrypted"))
        print(converted.words(encrypted=True))
    finally:
        lock.release()


def _go_on(known: Vault, chosen: argparse.Namespace) -> None:
    """Go on with what was stopped, holding the folder's lock."""
    encrypts = known.half_done == "encrypting"
    known.unlock(current_secret(chosen))
    print(go_on(known, _progress("done")).words(encrypted=encrypts))


def _decrypt(folder: Path, chosen: argparse.Namespace) -> None:
    lock = FolderLock(folder)
    try:
        known = Vault(folder)
        if known.half_done is not None:
            _go_on(known, chosen)
            if known.cipher.is_plain:
                return
        elif not known.cipher.is_plain:
            known.unlock(current_secret(chosen))
        else:
            raise UserError(f"{folder} is not encrypted.", "Nothing was changed.")
        print(decrypt_folder(known, _progress("decrypted")).words(encrypted=False))
    finally:
        lock.release()


def _passphrase(folder: Path, chosen: argparse.Namespace) -> None:
    known = Vault(folder)
    secret = current_secret(chosen)
    known.change_passphrase(secret, new_passphrase(chosen))
    print("The passphrase is changed. Archives written before open with the one of then.")


def _recovery_key(folder: Path, chosen: argparse.Namespace) -> None:
    known = Vault(folder)
    drawn, recovery_key = known.draw_recovery_key(current_secret(chosen))
    print(f"Recovery key: {recovery_key}", flush=True)
    known.write(drawn)
    tell(f"The one from before opens this data folder no more. {WRITE_DOWN}")


def _progress(done_words: str) -> Callable[[int, int], None]:
    def report(done: int, total: int) -> None:
        if done and done % 1000 == 0:
            tell(f"{done} of {total} files {done_words}")

    return report
