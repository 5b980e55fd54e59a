"""Encryption of the data folder as its user sees it: on, off, passphrase, recovery key, locking."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPainter
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.errors import UserError
from app.services.vault import desktop_keyring
from app.services.vault.folder import Vault
from app.services.vault.header import Header, Made, make_header
from app.ui.dialogs.frame import DialogFrame, labelled, say, scrolling, words_label
from app.ui.dialogs.unlock import secret_line
from app.ui.drop_down import DropDown
from app.ui.jobs import URGENT, Jobs

MINUTES = (0, 2, 5, 10, 15, 30, 60)


class EncryptionDialog(DialogFrame):
    """What can be done depends on whether the folder is encrypted; nothing is before the last step.

    `minutes` is after how long without a key or a click the window locks itself, 0 for never.
    """

    tells_of_letters = False

    encrypt_requested = Signal(object)
    """The Made header with which the folder is to be encrypted: its recovery key is written down."""
    decrypt_requested = Signal()
    lock_requested = Signal()
    minutes_changed = Signal(int)

    def __init__(self, vault: Vault, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(640, 320 if vault.cipher.is_plain else 560))
        self._vault = vault
        self._jobs = Jobs(self)
        self._made: Made | None = None
        self.words = words_label("", "muted")
        self.current = secret_line("Passphrase or recovery key of now")
        self.first = secret_line("New passphrase")
        self.second = secret_line("New passphrase once more")
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(12)
        self.body.addWidget(scrolling(content))
        if vault.cipher.is_plain:
            self._lay_out_plain()
        else:
            self._lay_out_encrypted(minutes)
        self._column.addWidget(self.words)
        self._column.addStretch(1)

    # Building

    def _lay_out_plain(self) -> None:
        self.set_title(
            "Encrypt what is kept",
            (
                "The database, the kept PDFs and all backups are then read by nobody without a "
                "passphrase. Exported letters are not encrypted."
            ),
        )
        self._add_lines(self.first, self.second)
        self._add_button("Go on…", self._make_header, primary=True)
        self.foot.addStretch(1)
        self.add_close_button()
        self.first.setFocus()

    def _lay_out_encrypted(self, minutes: int) -> None:
        self.set_title("What is kept is encrypted", str(self._vault.folder))
        self.minutes = DropDown()
        for value in sorted({*MINUTES, minutes}):
            words = f"{value} minutes" if value else "Never by itself"
            self.minutes.addItem(words, value)
        self.minutes.setCurrentIndex(self.minutes.findData(minutes))
        self.minutes.setAccessibleName("Lock when nothing was done for")
        self._column.addLayout(labelled(self.minutes))
        self.minutes.currentIndexChanged.connect(self._on_minutes_changed)
        self._add_lines(self.current, self.first, self.second)
        row = QVBoxLayout()
        row.setSpacing(8)
        for words, slot in (
            ("Change the passphrase", self._change_passphrase),
            ("Draw a new recovery key", self._draw_recovery_key),
            ("Stop encrypting: decrypt everything", self._decrypt),
        ):
            row.addWidget(self._button(words, slot))
        if self._vault.opens_by_keyring:
            row.addWidget(self._button("Ask for it at each start", self._shut_keyring))
        elif desktop_keyring.is_available():
            words = "Open with this desktop's keyring"
            row.addWidget(self._button(words, self._open_by_keyring))
        self._column.addLayout(row)
        self._add_button("Lock now", self._lock)
        self.foot.addStretch(1)
        self.add_close_button()
        self.current.setFocus()

    def _add_lines(self, *lines: QLineEdit) -> None:
        for line in lines:
            self._column.addLayout(labelled(line))

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _add_button(self, words: str, slot: object, *, primary: bool = False) -> None:
        button = self._button(words, slot)
        button.setProperty("primary", primary)
        button.setDefault(primary)
        self.foot.addWidget(button)

    # Acts

    def _passphrase(self) -> str | None:
        if self.first.text() != self.second.text():
            say(self.words, "The two passphrases differ: type them again.", "error")
            self.second.selectAll()
            self.second.setFocus()
            return None
        return self.first.text()

    def _make_header(self) -> None:
        passphrase = self._passphrase()
        if passphrase is not None:
            self._run(partial(make_header, passphrase), self._on_header_made)

    def _on_header_made(self, made: Made) -> None:
        say(self.words, "", "muted")
        self._made = made
        paper = RecoveryKeyDialog(made.recovery_key, self._vault.folder, self)
        paper.written_down.connect(self._on_written_down)
        paper.open()

    def _on_written_down(self) -> None:
        made, self._made = self._made, None
        if made is not None:
            self.encrypt_requested.emit(made)
            self.close()

    def _change_passphrase(self) -> None:
        passphrase = self._passphrase()
        if passphrase is not None:
            change = partial(self._vault.change_passphrase, self.current.text(), passphrase)
            self._run(change, self._on_passphrase_changed)

    def _on_passphrase_changed(self, _nothing: None) -> None:
        for line in (self.current, self.first, self.second):
            line.clear()
        words = "The passphrase is changed. Backups elsewhere open with the one of then."
        say(self.words, words, "muted")

    def _draw_recovery_key(self) -> None:
        draw = partial(self._vault.draw_recovery_key, self.current.text())
        self._run(draw, self._on_recovery_key_drawn)

    def _on_recovery_key_drawn(self, drawn: tuple[Header, str]) -> None:
        header, recovery_key = drawn
        say(
            self.words,
            "Until the new one is written down the recovery key of before counts.",
            "muted",
        )
        paper = RecoveryKeyDialog(recovery_key, self._vault.folder, self)
        paper.written_down.connect(partial(self._take_recovery_key, header))
        paper.open()

    def _take_recovery_key(self, header: Header) -> None:
        try:
            self._vault.write(header)
        except UserError as error:
            self._on_failed(error)
            return
        say(self.words, "The recovery key of before opens nothing any more.", "muted")

    def _decrypt(self) -> None:
        self._run(partial(self._vault.unlock, self.current.text()), self._on_may_decrypt)

    def _on_may_decrypt(self, _nothing: None) -> None:
        self.decrypt_requested.emit()
        self.close()

    def _open_by_keyring(self) -> None:
        act = partial(self._vault.open_by_keyring, self.current.text())
        self._run(act, self._on_keyring_changed)

    def _shut_keyring(self) -> None:
        self._run(self._vault.shut_keyring, self._on_keyring_changed)

    def _on_keyring_changed(self, _nothing: None) -> None:
        words = (
            "This desktop's keyring opens it at the next start; locking still asks."
            if self._vault.opens_by_keyring
            else "The passphrase is asked for at each start."
        )
        say(self.words, words, "muted")

    def _lock(self) -> None:
        self.close()
        self.lock_requested.emit()

    def _on_minutes_changed(self) -> None:
        self.minutes_changed.emit(int(self.minutes.currentData()))

    def _run(self, act: object, done: object) -> None:
        say(self.words, "One moment…", "muted")
        self._jobs.run(act, done, self._on_failed, key="act", priority=URGENT)  # type: ignore[arg-type]

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            say(self.words, f"{error.what}\n{error.remedy}", "error")


class RecoveryKeyDialog(DialogFrame):
    """Shows a recovery key once, to be printed or written down."""

    tells_of_letters = False

    written_down = Signal()

    def __init__(self, recovery_key: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(600, 240))
        self.recovery_key = recovery_key
        self._folder = folder
        self.set_title(
            "Your recovery key",
            (
                "It opens everything where the passphrase is forgotten, and it is shown this once. "
                "Keep it on paper, away from this computer: without both nothing can be read."
            ),
        )
        shown = words_label(recovery_key, "title")
        shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName("Recovery key")
        self.body.addWidget(shown)
        self.written = QCheckBox("I have written it down")
        self.body.addWidget(self.written)
        self.body.addStretch(1)
        paper = QPushButton("Print…")
        paper.setAutoDefault(False)
        self.go_on = QPushButton("Go on")
        self.go_on.setProperty("primary", True)
        self.go_on.setEnabled(False)
        self.cancel = QPushButton("Cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.setToolTip("Everything stays as it was; this key opens nothing then")
        self.foot.addWidget(paper)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go_on)
        self.foot.addWidget(self.cancel)
        paper.clicked.connect(self._print)
        self.written.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self._on_go_on_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)

    @override
    def reject(self) -> None:
        """Escape leaves it standing until it was written down: only Cancel gives the key up."""
        if self.written.isChecked():
            super().reject()

    def _on_cancel_clicked(self) -> None:
        super().reject()

    def _on_go_on_clicked(self) -> None:
        self.close()
        self.written_down.emit()

    def _print(self) -> None:
        # Only here: the library of printing is not wanted at a start.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            paint_recovery_key(QPainter(printer), printer.width(), self.recovery_key, self._folder)


def paint_recovery_key(painter: QPainter, width: int, recovery_key: str, folder: Path) -> None:
    """The key on a page of that width; ends the painting."""
    painter.setFont(QFont("Liberation Serif", 12))
    line = painter.fontMetrics().height() * 2
    for number, words in enumerate(
        ("IMR Desk recovery key", recovery_key, f"Opens the data folder {folder}")
    ):
        rectangle = QRect(0, line * (number + 1), width, line)
        painter.drawText(rectangle, Qt.AlignmentFlag.AlignHCenter, words)
    painter.end()
