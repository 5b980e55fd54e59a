"""How the window comes by its data folder: for itself alone, and what happens where it cannot."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app import crash
from app.errors import UserError, problem_in
from app.paths import DATABASE, ICON, data_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.services.database import Database, ReadingCopy
    from app.services.store import FolderLock
    from app.services.vault.folder import Vault


class DataFolder(NamedTuple):
    """An open data folder; nobody else edits in it until `lock` is released."""

    folder: Path
    lock: FolderLock | None
    database: Database
    vault: Vault
    copy: ReadingCopy | None = None
    """Where the folder takes no writing: the copy that is read; nothing done to it stays."""
    waiting: tuple[Path, ...] = ()
    """Letters that a later start handed over while the passphrase was asked for."""

    def close(self) -> None:
        """Lets others in."""
        self.database.close()
        if self.lock is not None:
            self.lock.release()
        if self.copy is not None:
            self.copy.close()


class HandedOver(Exception):
    """The window that is open on the data folder has taken the letters."""


def open_data_folder(
    named: str | None, letters: Sequence[Path] = (), secret: str | None = None
) -> DataFolder | None:
    """Opens the data folder; where it cannot be used the user is asked. None is giving up.

    `secret` is the passphrase or recovery key of an encrypted one, where it is not to be asked for.

    Raises HandedOver where a window has it open and has taken `letters`.
    """
    from app.services.database import ReadingCopy, is_read_only, open_database
    from app.services.store import FolderInUse, FolderLock, clear_leftovers
    from app.services.vault.folder import Vault

    while True:
        folder = Path(named or "")
        lock, vault = None, None
        try:
            folder = data_folder(named)
            if (folder / DATABASE).exists() and is_read_only(folder):
                vault = Vault(folder)
                if not _unlock(vault, secret, writes=False):
                    return None
                copy = ReadingCopy(folder / DATABASE)
                database = open_database(copy.path, vault.cipher)
                return DataFolder(folder, None, database, vault, copy)
            lock = FolderLock(folder)
            vault = Vault(folder)
            waiting: list[Path] = []
            if not _unlock(vault, secret, waiting):
                lock.release()
                return None
            database = open_database(folder / DATABASE, vault.cipher)
            clear_leftovers(folder)
            _finish_erasing(database, folder)
            log_to(folder)
            return DataFolder(folder, lock, database, vault, waiting=tuple(waiting))
        except (UserError, OSError) as error:
            problem = problem_in(error)
            if isinstance(error, FolderInUse) and _hand_over(folder, letters):
                raise HandedOver from error
            print(problem, file=sys.stderr)
            chosen = _ask_for_folder(problem, folder, vault)
            if lock is not None:
                lock.release()
            if chosen is None:
                return None
            named = str(chosen)


def _unlock(
    vault: Vault, secret: str | None, waiting: list[Path] | None = None, *, writes: bool = True
) -> bool:
    """Whether an encrypted folder is open, and its conversion at an end; False is giving up.

    `waiting` takes the letters that are handed over while it is asked for.
    """
    if vault.is_locked and secret is not None:
        vault.unlock(secret)
    if vault.is_locked and not vault.unlock_by_keyring() and not _ask_for_secret(vault, waiting):
        return False
    if vault.half_done is not None:
        if not writes:
            raise UserError(
                f"The conversion of {vault.folder} was stopped half way, and it can only be read.",
                "Copy it to a disk that can be written, and open it there.",
            )
        from app.services.store.encrypting import go_on

        go_on(vault)
    return True


def _ask_for_secret(vault: Vault, waiting: list[Path] | None) -> bool:
    application = _dressed()
    if application is None:
        raise UserError(
            f"The data folder {vault.folder} is encrypted, and nobody is there to be asked.",
            "Give its passphrase with --passphrase-file, or in IMR_DESK_PASSPHRASE.",
        )
    from app.ui.dialogs.unlock import UnlockDialog

    dialog = UnlockDialog(vault)
    if waiting is not None:
        from app.ui.second_start import Reception

        reception = Reception(vault.folder, dialog)
        reception.letters_named.connect(waiting.extend)
        reception.letters_named.connect(dialog.show_letters_waiting)
        reception.letters_named.connect(dialog.activateWindow)
    dialog.unlocked.connect(application.quit)
    dialog.given_up.connect(application.quit)
    dialog.show()
    dialog.activateWindow()
    application.exec()
    return not vault.is_locked


def _finish_erasing(database: Database, folder: Path) -> None:
    from app.services.store import Store, finish_erasing

    try:
        finish_erasing(Store(database, folder))
    except UserError as error:
        print(error, file=sys.stderr)  # no reason not to work; the next start tries again


def _hand_over(folder: Path, letters: Sequence[Path]) -> bool:
    the_application()  # what speaks to the other window belongs to one
    from app.ui.second_start import hand_over

    return hand_over(folder, letters)


def log_to(folder: Path) -> None:
    """Keep the log in the data folder, where it takes one."""
    with suppress(OSError):  # a disk that takes no log may still give its letters
        crash.log_to(folder / "logs")


def the_application() -> QApplication:
    """The toolkit's application object, made when it is first wanted."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    application = QApplication([sys.argv[0]])
    application.setApplicationName("IMR Desk")
    application.setDesktopFileName("imr-desk")
    application.setWindowIcon(QIcon(str(ICON)))
    return application


def _dressed() -> QApplication | None:
    """The application as it usually looks; None where nobody is there to be asked."""
    from app.services.settings import Settings
    from app.ui import theme

    application = the_application()
    if application.platformName() in ("offscreen", "minimal"):
        return None
    usual = Settings()
    theme.apply(application, theme.Scheme(usual.scheme), usual.text_points)
    return application


def _ask_for_folder(error: UserError, folder: Path, vault: Vault | None) -> Path | None:
    if _dressed() is None:
        return None
    from app.ui import start_problem

    return start_problem.ask(error, folder, None if vault is None else vault.cipher)
