"""A case on its way to another desk: what goes, and whether a passphrase locks the file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from app.errors import UserError
from app.ui.dialogs.frame import DialogFrame, labelled, say, words_label
from app.ui.dialogs.unlock import secret_line


class HandOverDialog(DialogFrame):
    """Stays until the file is written, so that what was wrong is told where it was typed."""

    write_requested = Signal(str)
    """The passphrase of the file; empty where anybody may open it."""

    def __init__(
        self, name: str, documents: int, *, must_lock: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, QSize(560, 340))
        self._must_lock = must_lock
        self.set_title(
            f"Hand {name} over",
            "One file carries the letter, its history and its documents to another desk, and back: "
            "what was done on both is merged.",
        )
        noun = "document" if documents == 1 else "documents"
        self.first = secret_line("Passphrase of the file")
        self.second = secret_line("Passphrase once more")
        why = (
            "This data folder is encrypted, and so is what leaves it."
            if must_lock
            else "Without a passphrase, whoever has the file can read all of it."
        )
        self.words = words_label("", "muted")
        self.body.addWidget(words_label(f"With {documents} {noun}. {why}", "body"))
        for line in (self.first, self.second):
            self.body.addLayout(labelled(line))
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self.write = QPushButton("Write the file…")
        self.write.setProperty("primary", True)
        self.write.setDefault(True)
        self.write.clicked.connect(self._on_write_clicked)
        self.foot.addWidget(self.write)
        self.add_close_button()
        self.first.setFocus()

    def show_problem(self, error: UserError) -> None:
        """Say why nothing was written; what was typed stays."""
        self.write.setEnabled(True)
        say(self.words, f"{error.what} {error.remedy}", "error")

    def show_writing(self) -> None:
        """The file is being written."""
        self.write.setEnabled(False)
        say(self.words, "Writing…", "muted")

    def end(self) -> None:
        """The file is written."""
        self.close()

    def _on_write_clicked(self) -> None:
        if self.first.text() != self.second.text():
            say(self.words, "The two passphrases differ: type them again.", "error")
            self.second.selectAll()
            self.second.setFocus()
        elif self._must_lock and not self.first.text():
            say(self.words, "Type a passphrase, and tell it to the receiver another way.", "error")
            self.first.setFocus()
        else:
            self.write_requested.emit(self.first.text())

    @override
    def done(self, result: int) -> None:
        self.first.clear()
        self.second.clear()
        super().done(result)
