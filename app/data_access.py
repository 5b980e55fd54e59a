"""How the window comes by its data folder: for itself alone, and what happens where it cannot."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app import crash
from app.errors import UserError
from app.paths import DATABASE, ICON, data_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.services.database import Database, ReadingCopy
    from app.services.store import FolderLock


class DataFolder(NamedTuple):
    """An open data folder; nobody else edits in it until `lock` is released."""

    folder: Path
    lock: FolderLock | None
    database: Database
    copy: ReadingCopy | None = None
    """Where the folder takes no writing: the copy that is read; nothing done to it stays."""

    def close(self) -> None:
        """Lets others in."""
        self.database.close()
        if self.lock is not None:
            self.lock.release()
        if self.copy is not None:
            self.copy.close()


class HandedOver(Exception):
    """The window that is open on the data folder has taken the letters."""


def open_data_folder(named: str | None, letters: Sequence[Path] = ()) -> DataFolder | None:
    """Opens the data folder; where it cannot be used the user is asked. None is giving up.

    Raises HandedOver where a window has it open and has taken `letters`.
    """
    from app.services.database import ReadingCopy, is_read_only, open_database
    from app.services.store import FolderInUse, FolderLock, clear_leftovers

    while True:
        folder = Path(named or "")
        lock = None
        try:
            folder = data_folder(named)
            if (folder / DATABASE).exists() and is_read_only(folder):
                copy = ReadingCopy(folder / DATABASE)
                return DataFolder(folder, None, open_database(copy.path), copy)
            lock = FolderLock(folder)
            database = open_database(folder / DATABASE)
            clear_leftovers(folder)
            _finish_erasing(database, folder)
            log_to(folder)
            return DataFolder(folder, lock, database)
        except UserError as error:
            if isinstance(error, FolderInUse) and _hand_over(folder, letters):
                raise HandedOver from error
            print(error, file=sys.stderr)
            chosen = _ask_for_folder(error, folder)
            if lock is not None:
                lock.release()
            if chosen is None:
                return None
            named = str(chosen)


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


def _ask_for_folder(error: UserError, folder: Path) -> Path | None:
    from app.services.settings import Settings
    from app.ui import start_problem, theme

    application = the_application()
    if application.platformName() in ("offscreen", "minimal"):
        return None  # nobody is there to be asked
    usual = Settings()
    theme.apply(application, theme.Scheme(usual.scheme), usual.text_points)
    return start_problem.ask(error, folder)
