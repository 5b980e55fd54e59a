"""The foot of the window for redacting: what will be taken out, the button that writes it, and how
far the writing is.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.dialogs.frame import say, words_label
from app.ui.redaction.marks import Marks
from app.ui.redaction.proof import counted


class WritingFoot(QWidget):
    """Words at the left, the buttons beside them."""

    write_requested = Signal()
    stop_requested = Signal()
    """The copy being written is not wanted."""
    left = Signal()
    """The button that had the cursor is gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.write = QPushButton("Write redacted copy…")
        self.write.setProperty("primary", True)
        self.write.setAutoDefault(False)
        self.stop = QPushButton("Stop")
        self.stop.setAutoDefault(False)
        self.stop.hide()
        self._words = words_label("", "muted")
        self._is_working = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.write)
        row.addWidget(self.stop)
        self.write.clicked.connect(self.write_requested)
        self.stop.clicked.connect(self.stop_requested)

    @property
    def words(self) -> str:
        """What is told."""
        return self._words.text()

    def tell(self, words: str, role: str = "muted") -> None:
        """Say something in the foot, until what is shown there changes."""
        say(self._words, words, role)

    def show_state(self, marks: Marks, standing: int, *, ready: bool, working: bool) -> None:
        """What can be done now; `standing` of the marked terms stand on a page."""
        self._is_working = working
        had_cursor = self.stop.hasFocus()
        self.stop.setVisible(working)
        self.write.setEnabled(ready and bool(marks))
        if had_cursor and not working:
            self.left.emit()
        if working:
            self.tell("Writing, and searching what was written…")
        elif not ready:
            self.tell("The letter is being fetched…")
        elif not marks:
            self.tell("Nothing is marked yet.")
        else:
            self.tell(_will_go(marks, standing))

    def show_progress(self, done: int, of: int) -> None:
        """So many pictures of pages are read, to find what must go or to prove that it is gone."""
        if self._is_working:
            self.tell(f"Reading the pictures of the pages: {done} of {of}…")


def _will_go(marks: Marks, standing: int) -> str:
    words = "{} and {} will be taken out of the copy.".format(
        counted(standing, "term"), counted(len(marks.areas), "area")
    )
    nowhere = len(marks.terms) - standing
    if not nowhere:
        return words
    stands = "stands" if nowhere == 1 else "stand"
    return f"{words} {counted(nowhere, 'term')} {stands} on no page."
