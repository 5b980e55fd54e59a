"""The list of the application's disputed items: typed, pasted or taken from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget

from app.errors import UserError
from app.letter import Letter
from app.services.application_items import items_of, read_items
from app.services.checks.items import match_items
from app.ui.dialogs.frame import DialogFrame, flat_button, say, words_label
from app.ui.file_places import first_shown

SIZE = QSize(600, 460)
DELAY_MS = 150
MOST_LINES = 4


class ApplicationItemsDialog(DialogFrame):
    """Says while the list is typed which item the letter does not decide."""

    items_given = Signal(str)
    """The list, one item a line; empty where there is none any more."""
    items_wanted = Signal(str)
    """The list: kept, and a disputed item made for each that the letter does not decide."""

    def __init__(self, letter: Letter, parent: QWidget | None = None) -> None:
        super().__init__(parent, SIZE)
        self._letter = letter
        # Tests and scripts put their own answer here.
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.set_title(
            "Disputed items from the application",
            "Type or paste them as the application lists them, one item a line.",
        )
        self.lines = QPlainTextEdit("\n".join(items_of(letter.cover.disputed_items)))
        self.lines.setAccessibleName("Items on the application, one a line")
        self.lines.setPlaceholderText("MRI of the left knee\nPhysical therapy, 12 visits")
        self.lines.setTabChangesFocus(True)
        self.told = words_label("", "muted")
        self.added = words_label("", "doubt")
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.told)
        self.body.addWidget(self.added)
        self._from_file = flat_button("From a file…", "A text or CSV file")
        self._cancel = QPushButton("Cancel")
        self._cancel.setAutoDefault(False)
        self._keep = QPushButton("Keep the list")
        self._keep.setProperty("primary", True)
        self._keep.setAutoDefault(False)
        self._keep.setShortcut("Ctrl+Return")
        self._make = flat_button(
            "Make the items", "A disputed item for each that is not decided yet"
        )
        self.foot.addWidget(self._from_file)
        self.foot.addWidget(self._make)
        self.foot.addStretch(1)
        self.foot.addWidget(self._cancel)
        self.foot.addWidget(self._keep)
        self._matching = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._matching.timeout.connect(self._show_matching)
        self.lines.textChanged.connect(self._matching.start)
        self._from_file.clicked.connect(self._on_from_file_clicked)
        self._cancel.clicked.connect(self.close)
        self._make.clicked.connect(self._on_make_clicked)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._show_matching()
        self.lines.setFocus()

    def _show_matching(self) -> None:
        items = items_of(self.lines.toPlainText())
        found = match_items(self._letter, items)
        self._make.setEnabled(bool(found.lost))
        if not items:
            words = "Without a list, nothing is said about lost or added items."
            say(self.told, words, "muted")
        elif not found.lost:
            words = (
                "The letter decides it."
                if len(items) == 1
                else f"The letter decides all {len(items)} of them."
            )
            say(self.told, words, "ok")
        else:
            words = "Not decided in the letter: %s"
            say(self.told, _lines(words % item for item in found.lost), "error")
        words = "Not on this list: item %d, %s"
        titles = self._letter.issues
        added = found.added if items else ()
        say(self.added, _lines(words % (at, titles[at - 1].title) for at in added), "doubt")
        self.added.setVisible(bool(added))

    def _on_from_file_clicked(self) -> None:
        path = self.ask_file()
        if path is None:
            return
        try:
            items = read_items(path)
        except UserError as error:
            say(self.told, f"{error.what} {error.remedy}", "error")
            return
        self.lines.setPlainText("\n".join(items))
        self.lines.setFocus()

    def _on_keep_clicked(self) -> None:
        self.items_given.emit("\n".join(items_of(self.lines.toPlainText())))
        self.close()

    def _on_make_clicked(self) -> None:
        self.items_wanted.emit("\n".join(items_of(self.lines.toPlainText())))
        self.close()

    def _ask_file(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Items from a file", first_shown(), "Lists (*.txt *.csv *.tsv)"
        )
        return Path(chosen) if chosen else None


def _lines(words: Iterable[str]) -> str:
    """One line each; of many the first ones, and how many more there are."""
    lines = list(words)
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [f"And {len(lines) - MOST_LINES + 1} more"]
    return "\n".join(lines)
