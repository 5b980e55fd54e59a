"""The list of documents reviewed, as it will stand in the letter, in the house's wording."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.services.casefile.reviewed import ListBy, ReviewedStyle, lacks_records, reviewed_lines
from app.services.casefile.values import Document
from app.ui.dialogs.frame import flat_button, say, words_label
from app.ui.drop_down import DropDown

_CHOICES = {
    ListBy.DOCUMENT: "Each document: kind, author, date",
    ListBy.PROVIDER: "Each provider with its dates of service",
}


class ReviewedTab(QWidget):
    """The fixed lines and what a line is, for all letters of the house; below them the list."""

    style_changed = Signal(object)
    """The ReviewedStyle from now on."""
    list_given = Signal(str)
    """The list, a line each, that the letter is to have."""

    def __init__(self, style: ReviewedStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents: tuple[Document, ...] = ()
        self._style = style
        self.by = DropDown()
        self.by.setAccessibleName("What one line is")
        for by, words in _CHOICES.items():
            self.by.addItem(words, by)
        self.by.setCurrentIndex(list(_CHOICES).index(style.by))
        self.first = QPlainTextEdit("\n".join(style.first))
        self.first.setAccessibleName("Lines that always come first")
        self.first.setTabChangesFocus(True)
        self.first.setMaximumHeight(5 * self.fontMetrics().lineSpacing())
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("Documents reviewed")
        self.lines.setTabChangesFocus(True)
        self._told = words_label("", "muted")
        self.give = flat_button(
            "Put into the letter", "Fill the field “Documents reviewed” with it"
        )
        row = QHBoxLayout()
        row.addWidget(QLabel("One line is"))
        row.addWidget(self.by)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(row)
        column.addWidget(QLabel("Lines that always come first ({ur_date}: the UR decision's date)"))
        column.addWidget(self.first)
        column.addWidget(QLabel("The list; it can be corrected here and in the letter"))
        column.addWidget(self.lines, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(self.give)
        column.addLayout(foot)
        self.by.activated.connect(self._on_style_changed)
        self.first.textChanged.connect(self._on_style_changed)
        self.give.clicked.connect(self._on_give_clicked)

    def show_documents(self, documents: tuple[Document, ...]) -> None:
        """Make the list of these."""
        if documents != self._documents:
            self._documents = documents
            self._show()

    def _show(self) -> None:
        self.lines.setPlainText("\n".join(reviewed_lines(self._documents, self._style)))
        lacking = bool(self._documents) and lacks_records(self._documents)
        words = "No record is listed: a determination is not made on the UR letter alone."
        say(self._told, words if lacking else "", "doubt" if lacking else "muted")

    def _on_style_changed(self, *_: object) -> None:
        first = tuple(line.strip() for line in self.first.toPlainText().split("\n") if line.strip())
        self._style = ReviewedStyle(by=ListBy(self.by.currentData()), first=first)
        self.style_changed.emit(self._style)
        self._show()

    def _on_give_clicked(self) -> None:
        self.list_given.emit(self.lines.toPlainText())
        say(self._told, "Put into the field “Documents reviewed”.", "ok")
