"""What is asked when the data folder cannot be used: again, a backup, another folder, or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton

from app.errors import UserError
from app.paths import DATABASE
from app.services.store import (
    Backup,
    DatabaseDamaged,
    backups_in,
    restore_damaged,
    start_empty,
)
from app.services.vault import Cipher
from app.ui.dialogs.frame import DialogFrame, say, words_label
from app.ui.dialogs.restore import BACKUP_ROLE, list_backups


class StartProblem(DialogFrame):
    """Tells the problem before there is a window; `folder` is the data folder to try next.

    For a damaged database the backups are listed. Whatever is chosen, the damaged file is kept.
    """

    tells_of_letters = False

    def __init__(self, error: UserError, folder: Path, cipher: Cipher | None = None) -> None:
        damaged = isinstance(error, DatabaseDamaged)
        super().__init__(None, QSize(720, 520 if damaged else 220))
        self.folder: Path | None = None
        self._cipher = cipher
        self._used = folder
        self.set_title("IMR Desk cannot use its data folder", str(folder))
        self._words = words_label(f"{error.what}\n{error.remedy}", "body")
        self.body.addWidget(self._words)
        self.backups = QListWidget()
        self.foot.addStretch(1)
        if damaged:
            self._add_ways_back()
        self.body.addStretch(1)
        self._add("Try again", partial(self._leave_for, folder))
        self._add("Choose another folder…", self._choose_folder)
        self._add("Quit", self.close)

    def _add_ways_back(self) -> None:
        known = backups_in(self._used / "backups")
        say(self._words, self._words.text().splitlines()[0], "error")
        if known:
            self.body.addWidget(
                words_label(
                    (
                        "Choose a backup and restore it: the letters, the library and the settings "
                        "are then as they were at that time."
                    ),
                    "body",
                )
            )
            list_backups(self.backups, known)
            self.backups.setCurrentRow(0)
            self.body.addWidget(self.backups, 10)
            self._add("Restore this backup", self._restore).setProperty("primary", True)
        else:
            self.body.addWidget(
                words_label(
                    (
                        "There is no backup beside it. The imported PDFs are still in {}: with an "
                        "empty list they can be opened again."
                    ).format(self._used / "files"),
                    "body",
                )
            )
        self.body.addWidget(words_label("Whatever you choose, the damaged file is kept.", "muted"))
        self._add("Start with an empty list", self._start_empty)

    def _add(self, words: str, act: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        self.foot.addWidget(button)
        return button

    def _restore(self) -> None:
        backup: Backup = self.backups.currentItem().data(BACKUP_ROLE)
        try:
            restore_damaged(self._used / DATABASE, backup, self._cipher)
        except UserError as error:
            say(self._words, f"{error.what}\n{'Choose another backup.'}", "error")
            return
        self._leave_for(self._used)

    def _start_empty(self) -> None:
        try:
            start_empty(self._used / DATABASE, self._cipher)
        except UserError as error:
            say(self._words, f"{error.what}\n{error.remedy}", "error")
            return
        self._leave_for(self._used)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Data folder", str(self._used))
        if chosen:
            self._leave_for(Path(chosen))

    def _leave_for(self, folder: Path) -> None:
        self.folder = folder
        self.close()


def ask(error: UserError, folder: Path, cipher: Cipher | None = None) -> Path | None:
    """The data folder to try next, with what was damaged in it put right; None to give up."""
    dialog = StartProblem(error, folder, cipher)
    dialog.exec()
    return dialog.folder
