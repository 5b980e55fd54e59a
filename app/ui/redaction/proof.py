"""What is told after a redacted copy was written: where it was searched, and what was not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.pdf_redaction import Proof
from app.ui import theme
from app.ui.dialogs.frame import flat_button, words_label

SEARCHED = {
    "text": ("the text of the page", "the text of the %d pages"),
    "text read a second time": (
        "its text once more, words run together and compared by likeness",
        "their text once more, words run together and compared by likeness",
    ),
    "pictures of pages": ("the picture of the page", "the pictures of %d pages"),
    "boxes": ("the marked area", "the %d marked areas"),
    "streams and objects": ("one object of the file", "%d streams and objects of the file"),
    "metadata": ("one entry of metadata", "%d entries of metadata"),
    "bookmarks": ("one bookmark", "%d bookmarks"),
}
"""What was searched, for one and for more; parts a file has none of are told apart."""


def proof_lines(proof: Proof) -> tuple[str, ...]:
    """One line for each part of the file that was searched, one for all it does not have."""
    lines: list[str] = []
    for part in proof.searched:
        if part.items:
            one, more = SEARCHED.get(part.where, (part.where, part.where))
            words = one if part.items == 1 or "%d" not in more else more % part.items
            lines.append(f"{words}: found {part.found} times")
    without = [part.where for part in proof.searched if not part.items and part.where != "boxes"]
    if without:
        lines.append(f"it has no {', no '.join(without)}")
    return tuple(lines)


def counted(count: int, noun: str) -> str:
    """`1 term`, `2 terms`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


class ProofView(QFrame):
    """The proof in words, and the way to the file."""

    folder_requested = Signal(object)
    """The Path of the copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._path = Path()
        self._mark = QLabel()
        self._title = words_label("", "section")
        self._file = words_label("", "body")
        self._found = words_label("", "body")
        self._parts = words_label("", "label")
        self._unseen = words_label("", "doubt")
        self._whole = True
        self._folder = flat_button("Open its folder")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._mark)
        top.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        for widget in (self._file, self._found, self._parts, self._unseen):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._folder)
        row.addStretch(1)
        column.addLayout(row)
        self._folder.clicked.connect(self._on_folder_clicked)
        self.dress()
        self.hide()

    @property
    def words(self) -> str:
        """All that is told."""
        shown = (self._title, self._file, self._found, self._parts, self._unseen)
        return "\n".join(label.text() for label in shown)

    def show_proof(self, path: Path, proof: Proof) -> None:
        """A copy is written, and nothing was left in it as far as it could be searched."""
        self._path = path
        self._whole = proof.whole
        self._title.setText(
            "Nothing marked is left in the copy"
            if proof.whole
            else "Written, but not all of it could be searched"
        )
        self._unseen.setText("\n".join(words for words in proof.reservations))
        self._file.setText(f"Written: {path.name}")
        self._file.setToolTip(str(path))
        self._found.setText(
            "Searched for {} and in {}, after writing:".format(
                counted(proof.terms, "term"), counted(proof.boxes, "area")
            )
        )
        self._parts.setText("\n".join(f"• {line}" for line in proof_lines(proof)))
        self.setAccessibleName(self.words)
        self.show()

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if visible:
            self.dress()

    def dress(self) -> None:
        """Tint the sign for the scheme in force."""
        icon = (
            theme.icon("shield-check", "ok")
            if self._whole
            else theme.icon("triangle-alert", "doubt")
        )
        self._mark.setPixmap(icon.pixmap(20, 20))

    def _on_folder_clicked(self) -> None:
        self.folder_requested.emit(self._path)
