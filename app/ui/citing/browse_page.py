"""The library's main page: what to look for, the table of what is there, one entry beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import Source
from app.services.language.dates import date_text
from app.services.library import Entry, EntryKind, Library
from app.ui.citing.entry_details import EntryDetails
from app.ui.citing.entry_editor import EntryEditor
from app.ui.citing.entry_fields import Unreadable, read_date
from app.ui.citing.entry_table import ENTRY_ROLE, EntryTable, Force, View
from app.ui.citing.words import KIND_WORDS, SOURCE_WORDS
from app.ui.drop_down import DropDown

WIDEST_WORDS = ("", "3rd ed.", "Other source", "Ch.", "Guideline", "00/00/0000 – 00/00/0000")
"""What each column has room for; the title gets the rest."""
SPARE = (4, 3, 2)
"""The columns that go where the titles have no room: kind, chapter, source, in this order."""
LEAST_OF_A_TITLE = 26
"""So many letters of a title are to be seen."""
AIR, ICON = 14, 22
"""Pixels beside the words of a cell, and of the picture before a title."""
LOOKED_AT = 300


class _Line(QLineEdit):
    """A search line from which Down goes into the table."""

    left_downwards = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _Table(QTableView):
    """A table whose title always has room: where there is little, the columns of SPARE go, and
    words that are longer than their column take a second line."""

    def fit_columns(self) -> None:
        """Show as many columns as leave the titles their room."""
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(words) + 24 for words in WIDEST_WORDS]
        room = self.viewport().width() - metrics.horizontalAdvance("x") * LEAST_OF_A_TITLE
        taken = sum(widths)
        for column in SPARE:
            self.setColumnHidden(column, taken > room)
            taken -= widths[column] if taken > room else 0
        lines = 2 if self._overflows() else 1
        self.verticalHeader().setDefaultSectionSize(lines * metrics.lineSpacing() + AIR)

    def _overflows(self) -> bool:
        """Whether words are longer than their column; of a long list the first rows tell."""
        metrics, model = self.fontMetrics(), self.model()
        shown = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
        return any(
            metrics.horizontalAdvance(str(model.index(row, column).data() or ""))
            > self.columnWidth(column) - (ICON if column == 0 else 0) - AIR
            for row in range(min(model.rowCount(), LOOKED_AT))
            for column in shown
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()


class BrowsePage(QWidget):
    """Asks for what the table should show (`view_changed`) and is handed it."""

    view_changed = Signal()
    current_changed = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column, self._descending = 0, False
        self.search = _Line()
        self.search.setPlaceholderText("Find by title, chapter, topic, body part, author, note")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Find in the library")
        self.kind = DropDown()
        self.kind.setAccessibleName("Kind of entry")
        self.kind.addItem("All kinds")
        self.kind.addItems(list(KIND_WORDS.values()))
        self.source = DropDown()
        self.source.setAccessibleName("Source")
        self.source.addItem("All sources")
        self.source.addItems(list(SOURCE_WORDS.values()))
        self.force = DropDown()
        self.force.setAccessibleName("In force or not")
        for force in Force:
            self.force.addItem(force.value, force)
        self.day = QLineEdit(date_text(date.today()))
        self.day.setAccessibleName("The day for “in force”")
        self.day.setToolTip("The day for “in force”: 12/31/2016")
        self.day.setEnabled(False)
        self.model = EntryTable(self)
        self.table = _Table()
        self._dress_table()
        self.details = EntryDetails()
        self.editor = EntryEditor(library)
        self.side = QStackedWidget()
        self.side.addWidget(self.details)
        self.side.addWidget(self.editor)
        self._lay_out()
        self._connect()

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("Library entries")
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        for column, words in enumerate(WIDEST_WORDS):
            table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(words) + 24)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.search, 1)
        for box in (self.kind, self.source, self.force):
            # Their lists show each entry whole; beside large text they give way to the search.
            box.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(11)
            filters.addWidget(box)
        self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("00/00/0000") + 32)
        filters.addWidget(self.day)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.table)
        self.panes.addWidget(self.side)
        self.panes.setStretchFactor(0, 3)
        self.panes.setStretchFactor(1, 2)
        self.panes.setSizes([860, 400])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(filters)
        column.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_filter_changed)
        self.search.left_downwards.connect(self._on_search_left_downwards)
        for box in (self.kind, self.source):
            box.activated.connect(self._on_filter_changed)
        self.force.activated.connect(self._on_force_activated)
        self.day.editingFinished.connect(self._on_day_editing_finished)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._on_header_sort_changed)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_row_changed)

    # ---- What is asked for

    def view(self) -> View:
        """What the table should show now."""
        # by place, not by data: Qt would turn a StrEnum into a mere str
        kinds: tuple[EntryKind | None, ...] = (None, *KIND_WORDS)
        sources: tuple[Source | None, ...] = (None, *SOURCE_WORDS)
        return View(
            text=self.search.text(),
            kind=kinds[self.kind.currentIndex()],
            source=sources[self.source.currentIndex()],
            force=self.force.currentData(),
            day=self._day() or date.today(),
            column=self._column,
            descending=self._descending,
        )

    def _day(self) -> date | None:
        try:
            return read_date(self.day.text())
        except Unreadable:
            return None

    # ---- What is there

    def show_entries(self, entries: tuple[Entry, ...], select: int | None) -> None:
        """Take over the rows; the entry `select`, else the current one, else the first is marked."""
        current = self.current
        wanted = select if select is not None else (current.id if current is not None else None)
        last_row = self.table.currentIndex().row()
        self.model.show_entries(entries)
        self.table.fit_columns()
        row = self.model.row_of(wanted)
        if row is None:
            row = min(max(last_row, 0), len(entries) - 1)
        if entries:
            index = self.model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().setCurrentIndex(
                index, flags | QItemSelectionModel.SelectionFlag.Rows
            )
            self.table.scrollTo(index)
        else:
            self.current_changed.emit()

    @property
    def current(self) -> Entry | None:
        """The entry in hand."""
        index = self.table.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    @property
    def selected(self) -> tuple[Entry, ...]:
        """The marked entries, in the order of the table."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(entry for row in rows if (entry := self.model.entry(row)) is not None)

    # ---- The pane beside

    @property
    def is_editing(self) -> bool:
        return self.side.currentWidget() is self.editor

    def show_editor(self, entry: Entry) -> None:
        self.side.setCurrentWidget(self.editor)
        self.editor.edit(entry)

    def show_details(self) -> None:
        """Back from the editor to reading, the keyboard in the table."""
        self.side.setCurrentWidget(self.details)
        self.table.setFocus()

    # ---- Slots

    def _on_filter_changed(self) -> None:
        self.view_changed.emit()

    def _on_force_activated(self) -> None:
        self.day.setEnabled(self.force.currentData() is not Force.ANY)
        self.view_changed.emit()

    def _on_day_editing_finished(self) -> None:
        wrong = self._day() is None
        if self.day.property("wrong") != wrong:
            self.day.setProperty("wrong", wrong)
            self.day.style().polish(self.day)
        if not wrong:
            self.view_changed.emit()

    def _on_header_sort_changed(self, column: int, order: Qt.SortOrder) -> None:
        self._column, self._descending = column, order is Qt.SortOrder.DescendingOrder
        self.view_changed.emit()

    def _on_table_current_row_changed(self) -> None:
        self.current_changed.emit()

    def _on_search_left_downwards(self) -> None:
        self.table.setFocus()
