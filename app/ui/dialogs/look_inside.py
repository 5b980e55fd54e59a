"""A look into a PDF before it is sent: what it holds that its pages do not show."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget
from typing_extensions import override

from app.services.inspection import Look, Remark
from app.ui import theme
from app.ui.dialogs.frame import DialogFrame, say, words_label

_REMARK = Qt.ItemDataRole.UserRole


class LookDialog(DialogFrame):
    """What to be careful of first, with a sign; then all else that was looked at."""

    clean_requested = Signal()
    """The file is to be written without all that may go."""

    def __init__(self, path: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(680, 520))
        self.set_title("Look before sending", path.name)
        self._words = words_label("", "body")
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setAccessibleName("What the file holds, what to be careful of first")
        self.body.addWidget(self._words)
        self.body.addWidget(self._list, 1)
        self._clean = QPushButton("Take out what may go…")
        self._clean.setProperty("primary", True)
        self._clean.setAutoDefault(False)
        self._clean.clicked.connect(self._on_clean_clicked)
        self.foot.addStretch(1)
        self.foot.addWidget(self._clean)
        self.add_close_button()
        self.show_look(path, look)
        self._list.setFocus()

    def show_look(self, path: Path, look: Look, done: str = "") -> None:
        """Another look: at the file, or at the copy that was written without all that may go."""
        self.set_title("Look before sending", path.name)
        self._list.clear()
        for remark in look.remarks:
            item = QListWidgetItem(remark.words, self._list)
            item.setData(_REMARK, remark)
            sign = "look twice: " if remark.careful else ""
            item.setData(Qt.ItemDataRole.AccessibleTextRole, sign + remark.words)
        self._clean.setEnabled(any(remark.can_go for remark in look.remarks))
        count = len(look.careful)
        if not count:
            words = "The file holds nothing that its pages do not show."
            say(self._words, f"{done} {words}".strip(), "ok")
        else:
            one = "One thing in it deserves a second look."
            more = f"{count} things in it deserve a second look."
            say(self._words, f"{done} {one if count == 1 else more}".strip(), "doubt")
        self._list.setCurrentRow(0)
        self.dress()

    def show_problem(self, words: str) -> None:
        """The copy was not written."""
        say(self._words, words, "error")

    @override
    def dress(self) -> None:
        for row in range(self._list.count()):
            remark: Remark = self._list.item(row).data(_REMARK)
            icon = theme.icon("triangle-alert", "doubt") if remark.careful else theme.icon("check")
            self._list.item(row).setIcon(icon)

    def _on_clean_clicked(self) -> None:
        self.clean_requested.emit()
