"""What stands in the window's place while the data folder is locked: one line for the passphrase."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from typing_extensions import override

from app.errors import UserError
from app.services.vault.folder import Vault
from app.ui.dialogs.frame import DialogFrame, say, words_label
from app.ui.jobs import URGENT, Jobs


class UnlockDialog(DialogFrame):
    """Asks until it is opened or given up; the work of a try is done in a worker."""

    tells_of_letters = False

    unlocked = Signal()
    refused = Signal()
    given_up = Signal()

    def __init__(self, vault: Vault, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(560, 240))
        self._vault = vault
        self._jobs = Jobs(self)
        self.is_opening = False
        """Whether a passphrase is being tried: the key may be there already, and nobody told yet."""
        self._is_done = False
        self.set_title("IMR Desk is locked", str(vault.folder))
        self.secret = secret_line("Passphrase or recovery key")
        label = words_label(self.secret.accessibleName(), "label")
        label.setBuddy(self.secret)
        self.words = words_label("", "muted")
        if vault.half_done is not None:
            self.words.setText(
                "The conversion of this folder was stopped; it goes on when you unlock."
            )
        for widget in (label, self.secret, self.words):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self._open = QPushButton("Unlock")
        self._open.setDefault(True)
        self._open.setProperty("primary", True)
        self._quit = QPushButton("Quit")
        self._quit.setAutoDefault(False)
        self.foot.addWidget(self._open)
        self.foot.addWidget(self._quit)
        self._open.clicked.connect(self.attempt)
        self._quit.clicked.connect(self.close)
        self.secret.setFocus()

    def attempt(self) -> None:
        """Try what is typed."""
        typed = self.secret.text()
        if not typed or not self._open.isEnabled():
            return
        self._open.setEnabled(False)
        say(self.words, "Unlocking…", "muted")
        self.is_opening = True
        self._jobs.run(
            partial(self._vault.unlock, typed), self._on_unlocked, self._on_refused, priority=URGENT
        )

    def show_letters_waiting(self, paths: list[Path]) -> None:
        """Say that letters were handed over meanwhile."""
        if paths:
            words = f"Letters that wait to be opened: {len(paths)}"
            say(self.words, words, "muted")

    def _on_unlocked(self, _nothing: None) -> None:
        self._is_done = True
        self.secret.clear()
        self.unlocked.emit()
        self.close()

    def _on_refused(self, error: Exception) -> None:
        self.is_opening = False
        self.refused.emit()
        self._open.setEnabled(True)
        self.secret.selectAll()
        self.secret.setFocus()
        if isinstance(error, UserError):
            say(self.words, f"{error.what}\n{error.remedy}", "error")

    @override
    def reject(self) -> None:
        """Escape opens nothing and closes nothing."""
        if self._is_done:
            super().reject()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        given_up = not self._is_done
        self._is_done = True
        super().closeEvent(event)
        if given_up:
            self.given_up.emit()


def secret_line(name: str) -> QLineEdit:
    """A line whose content is not shown and leaves no trace in the clipboard's history."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    line.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    )
    return line
