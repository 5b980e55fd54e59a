"""The documents of the case file, and what is said of each: correctable, split and joined."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.casefile.values import CaseFile, Document, DocumentKind
from app.services.casefile.wording import days_words, document_words, file_words, pages_words
from app.services.language.dates import date_text, whole_date
from app.ui.casefile.shelf import Shelf
from app.ui.dialogs.frame import flat_button, say, words_label
from app.ui.drop_down import DropDown

_OF_ROW = Qt.ItemDataRole.UserRole
NOTE = 5
LONG = (0, 2, NOTE)
"""The columns of words, which may be of any length; their tips have all of them."""
_HEADS = ("Document", "Kind", "Provider", "Dates", "Pages", "")


class DocumentsTab(QWidget):
    """Files with their documents; below them what is said of the one in hand."""

    shown = Signal(int, int)
    """(file id, page): to be shown in the page pane."""
    corrected = Signal(int, object)
    """(document id, the fields that were set)"""
    split_requested = Signal(int)
    """A new document is to begin in this one, at the page that is shown."""
    join_requested = Signal(int)
    remove_requested = Signal(object)
    """The CaseFile that is to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = Shelf()
        self._loading = False
        self._in_hand = 0
        self._rows: list[QTreeWidgetItem] = []
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(_HEADS)
        self.tree.setAccessibleName("Documents of the case file")
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        # All columns are in sight: what is long takes the room that the rest leaves.
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in LONG:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._told = words_label("", "muted")
        self._make_editors()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.tree, 1)
        column.addWidget(self._told)
        column.addLayout(self._editors)
        self.tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        self.tree.itemActivated.connect(self._on_tree_item_activated)
        self._show_hand()

    def _make_editors(self) -> None:
        self.kind = DropDown()
        self.kind.addItems([kind.value for kind in DocumentKind])
        self.kind.setAccessibleName("Kind")
        self.name, self.provider = QLineEdit(), QLineEdit()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.listed = QCheckBox("In the list of documents reviewed")
        self._said = QLabel()
        form = QFormLayout()
        for words, editor in (
            ("Kind", self.kind),
            ("Name", self.name),
            ("Provider", self.provider),
        ):
            editor.setAccessibleName(words)
            form.addRow(words, editor)
        days = QFormLayout()
        for words, editor in (("Date", self.first), ("To", self.last)):
            editor.setAccessibleName("Last date" if words == "To" else words)
            days.addRow(words, editor)
        days.addRow("", self.listed)
        self._editors = QVBoxLayout()
        both = QHBoxLayout()
        both.addLayout(form, 3)
        both.addLayout(days, 2)
        row = QHBoxLayout()
        self._open = flat_button("Show it", "Show the document in the page pane (Enter)")
        self._split = flat_button(
            "New document at the page shown", "A document begins at the page that is shown"
        )
        self._join = flat_button("Join to the one before", "It goes on the document before it")
        self._remove = flat_button("Remove the file", "Take the whole file out of the case file")
        for button in (self._open, self._split, self._join, self._remove):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._said)
        self._editors.addLayout(both)
        self._editors.addLayout(row)
        self.kind.activated.connect(self._on_kind_activated)
        for editor in (self.name, self.provider, self.first, self.last):
            editor.editingFinished.connect(self._on_editing_finished)
        self.listed.clicked.connect(self._on_listed_clicked)
        self._open.clicked.connect(self._on_open_clicked)
        self._split.clicked.connect(self._on_split_clicked)
        self._join.clicked.connect(self._on_join_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)

    def tell_lacking(self, words: str) -> None:
        """What others name and the file does not have."""
        say(self._told, words, "doubt")
        self._told.setVisible(bool(words))

    def take_in_hand(self, document_id: int) -> None:
        """The document that the page pane shows."""
        document = next((one for one in self._shelf.documents if one.id == document_id), None)
        if document is not None:
            self._select(document)

    def show_shelf(self, shelf: Shelf) -> None:
        """The documents as they are now."""
        here = self._current()
        self._shelf = shelf
        self._loading = True
        self._rows.clear()
        self.tree.clear()
        for file in shelf.files:
            top = QTreeWidgetItem([file.name, "", "", "", file_words(file), ""])
            top.setData(0, _OF_ROW, file)
            top.setToolTip(4, file_words(file))
            rows = [self._row(one) for one in shelf.documents if one.file_id == file.id]
            top.addChildren(rows)
            self._rows += [top, *rows]
            self._speak_empty(top)
            self.tree.addTopLevelItem(top)
            top.setExpanded(True)
        self.tree.setColumnHidden(NOTE, all(not row.text(NOTE) for row in self._rows))
        self._loading = False
        self._select(here)
        self._show_hand()

    def _row(self, document: Document) -> QTreeWidgetItem:
        copy = next((one for one in self._shelf.documents if one.id == document.copy_of), None)
        note = f"repeats {document_words(copy)} ({pages_words(copy)})" if copy else ""
        cells = [
            document.name, document.kind.value, document.provider, days_words(document),
            pages_words(document), note,
        ]  # fmt: skip
        row = QTreeWidgetItem(cells)
        row.setData(0, _OF_ROW, document)
        for column, words in enumerate(cells):
            row.setToolTip(column, words)
        self._speak_empty(row)
        return row

    def _speak_empty(self, row: QTreeWidgetItem) -> None:
        """Say of each cell without words that there is nothing, for those who hear the row."""
        heads = self.tree.headerItem()
        for column in range(self.tree.columnCount()):
            if not row.text(column):
                told = f"{heads.text(column)}: none".removeprefix(": ")
                row.setData(column, Qt.ItemDataRole.AccessibleTextRole, told)

    def _select(self, wanted: Document | CaseFile | None) -> None:
        for row in self._rows:
            there = row.data(0, _OF_ROW)
            if wanted is not None and type(there) is type(wanted) and there.id == wanted.id:
                self.tree.setCurrentItem(row)
                return
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first.child(0) or first)

    def _current(self) -> Document | CaseFile | None:
        item = self.tree.currentItem()
        return item.data(0, _OF_ROW) if item is not None else None

    def _document(self) -> Document | None:
        current = self._current()
        return current if isinstance(current, Document) else None

    def _show_hand(self) -> None:
        """What is said of the document in hand."""
        document, current = self._document(), self._current()
        editors = (self.kind, self.name, self.provider, self.first, self.last, self.listed)
        for widget in (*editors, self._split, self._join):
            widget.setEnabled(document is not None)
        for button in (self._open, self._remove):
            button.setEnabled(current is not None)
        self._said.clear()
        if document is None:
            for editor in (self.name, self.provider, self.first, self.last):
                editor.clear()
            return
        last = document.last_date if document.last_date != document.first_date else None
        values = {
            self.name: document.name,
            self.provider: document.provider,
            self.first: date_text(document.first_date),
            self.last: date_text(last),
        }
        for editor, words in values.items():
            # What is being typed is not taken away by what comes from the background.
            if document.id != self._in_hand or not (editor.hasFocus() and editor.isModified()):
                editor.setText(words)
        self._in_hand = document.id
        self.kind.setCurrentText(document.kind.value)
        self.listed.setChecked(document.is_listed)
        self._join.setEnabled(document.first_page > 1)
        self._split.setEnabled(document.pages > 1)

    # What is said

    def _on_editing_finished(self) -> None:
        document = self._document()
        if document is None or self._loading:
            return
        values: dict[str, Any] = {}
        for name, editor in (("name", self.name), ("provider", self.provider)):
            if (words := " ".join(editor.text().split())) != getattr(document, name):
                values[name] = words
        days = [_day(editor.text()) for editor in (self.first, self.last)]
        if not all(is_day for _, is_day in days):
            self._said.setText("That is no date: 03/04/2016, or empty.")
            return
        first, last = days[0][0], days[1][0] or days[0][0]
        if first and last and last < first:
            first, last = last, first
        if (first, last) != (document.first_date, document.last_date):
            values |= {"first_date": first, "last_date": last}
        self._say(document, values)

    def _on_kind_activated(self, _index: int) -> None:
        document = self._document()
        if document is not None:
            kind = DocumentKind(self.kind.currentText())
            self._say(document, {"kind": kind} if kind is not document.kind else {})

    def _on_listed_clicked(self, listed: bool) -> None:
        document = self._document()
        if document is not None:
            self._say(document, {"is_listed": listed})

    def _say(self, document: Document, values: dict[str, Any]) -> None:
        self._said.clear()
        if values:
            self.corrected.emit(document.id, values)

    # What is done

    def _on_tree_current_item_changed(self, *_: object) -> None:
        if not self._loading:
            self._show_hand()

    def _on_tree_item_activated(self, _item: QTreeWidgetItem, _column: int) -> None:
        self._on_open_clicked()

    def _on_open_clicked(self) -> None:
        current = self._current()
        if isinstance(current, Document):
            self.shown.emit(current.file_id, current.first_page)
        elif current is not None:
            self.shown.emit(current.id, 1)

    def _on_split_clicked(self) -> None:
        document = self._document()
        if document is not None:
            self.split_requested.emit(document.id)

    def _on_join_clicked(self) -> None:
        document = self._document()
        if document is not None:
            self.join_requested.emit(document.id)

    def _on_remove_clicked(self) -> None:
        current = self._current()
        if current is not None:
            file_id = current.file_id if isinstance(current, Document) else current.id
            file = next(one for one in self._shelf.files if one.id == file_id)
            self.remove_requested.emit(file)

    def tell(self, words: str) -> None:
        """A sentence beside the buttons."""
        self._said.setText(words)


def _day(text: str) -> tuple[date | None, bool]:
    """The day that was typed, and whether it was one, or nothing."""
    if not text.strip():
        return None, True
    found = whole_date(text)
    value = found.value if found is not None else None
    return value, value is not None
