"""What a file would change in the library, row by row, before it changes anything."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.services.library import compare
from app.services.library.exchange import Action, ImportPreview, ImportRow
from app.ui import theme
from app.ui.citing.difference_table import DifferenceTable
from app.ui.citing.encoding_line import EncodingLine
from app.ui.citing.entry_editor import problem_words
from app.ui.citing.file_exchange import FileRead
from app.ui.citing.page import Page, button
from app.ui.citing.words import place_in_source
from app.ui.drop_down import DropDown

ROW_ROLE = Qt.ItemDataRole.UserRole
TITLE_COLUMN = 0

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

# action: (words, icon, colour role)
ACTION_WORDS = {
    Action.ADD: ("new", "plus", "ok"),
    Action.CHANGE: ("changed", "pencil", "edited"),
    Action.SAME: ("same", "minus", "muted"),
    Action.TWICE: ("twice in the file", "copy", "muted"),
    Action.REFUSE: ("cannot be used", "circle-alert", "error"),
}
USABLE = (Action.ADD, Action.CHANGE)
MOST_TOLD = 96
"""Pixels for what is to be told of one entry."""


class PreviewModel(QAbstractTableModel):
    """The rows of the file; those that would do something can be ticked off."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ImportRow, ...] = ()
        self._ticked: set[int] = set()

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("Title", "Source", "What happens", "Line")[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        words, icon, tone = ACTION_WORDS[row.action]
        if role == Qt.ItemDataRole.DisplayRole:
            cells = (
                row.entry.title,
                place_in_source(row.entry),
                self._what(row, words),
                str(row.line),
            )
            return cells[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 2:
            return theme.icon(icon, tone)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != TITLE_COLUMN:
            return theme.colour("muted")
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TITLE_COLUMN:
            if row.action not in USABLE:
                return None
            ticked = index.row() in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def _what(self, row: ImportRow, words: str) -> str:
        if row.action is Action.CHANGE:
            return f"{words}: {', '.join(one.label for one in row.differences)}"
        if row.action is Action.REFUSE and row.problems:
            return f"{words}: {row.problems[0].message}"
        return " · ".join((words, *row.remarks[:1]))

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self._rows[index.row()].action not in USABLE:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(index.row())
        else:
            self._ticked.discard(index.row())
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        usable = index.isValid() and self._rows[index.row()].action in USABLE
        if usable and index.column() == TITLE_COLUMN:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def show_preview(self, preview: ImportPreview) -> None:
        self.beginResetModel()
        self._rows = preview.rows
        self._ticked = {n for n, row in enumerate(preview.rows) if row.action in USABLE}
        self.endResetModel()
        self.ticked_changed.emit()

    @property
    def ticked(self) -> tuple[ImportRow, ...]:
        return tuple(self._rows[number] for number in sorted(self._ticked))


class _ByAction(QSortFilterProxyModel):
    """The rows of one action, or all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._action: Action | None = None

    def show_action(self, action: Action | None) -> None:
        self.beginFilterChange()
        self._action = action
        self.endFilterChange()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._action is None:
            return True
        row: ImportRow = self.sourceModel().index(source_row, 0).data(ROW_ROLE)
        return row.action is self._action


def _table_of(model: QAbstractItemModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    for column, width in enumerate((320, 200, 360)):
        table.setColumnWidth(column, width)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return table


class ImportPreviewView(Page):
    """`import_requested` carries an ImportPreview of the ticked rows alone, `encoding_chosen` the
    file's path and the encoding it is to be read in."""

    import_requested = Signal(object)
    encoding_chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Import", parent)
        self.model = PreviewModel(self)
        self._visible = _ByAction(self)
        self._visible.setSourceModel(self.model)
        self.encoding = EncodingLine()
        self.table = _table_of(self._visible)
        self.table.setAccessibleName("Entries of the file")
        self.differences = DifferenceTable()
        self._problems = QLabel()
        self._problems.setWordWrap(True)
        self._problems.setProperty("tone", "doubt")
        self.filter = DropDown()
        self.filter.setAccessibleName("Show rows of this kind")
        self.apply = button("Import", primary=True)
        self._lay_out()
        self.model.ticked_changed.connect(self._show_count)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_row_changed)
        self.filter.activated.connect(self._on_filter_activated)
        self.apply.clicked.connect(self._on_apply_clicked)
        self.encoding.chosen.connect(self.encoding_chosen)

    def _lay_out(self) -> None:
        # a long reason is scrolled to, it does not push the table out of the window
        told = QScrollArea()
        told.setWidget(self._problems)
        told.setWidgetResizable(True)
        told.setFrameShape(QScrollArea.Shape.NoFrame)
        told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._told = told
        below = QWidget()
        column_below = QVBoxLayout(below)
        column_below.setContentsMargins(0, 8, 0, 0)
        column_below.addWidget(told)
        column_below.addWidget(self.differences, 1)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.table)
        panes.addWidget(below)
        panes.setSizes([400, 200])
        self.body.addWidget(self.encoding)
        self.body.addWidget(panes, 1)
        self.foot.addWidget(self.filter)
        self.foot.addStretch(1)
        self.foot.addWidget(self.apply)

    @property
    def start(self) -> QWidget:
        """Where the keyboard begins: at the question, where there is one."""
        return self.encoding.box if self.encoding.asks else self.table

    def show_file(self, read: FileRead) -> None:
        """Take over what reading a file found."""
        self.encoding.show_file(read)
        self.show_preview(read.preview, read.path.name)

    def show_preview(self, preview: ImportPreview, file_name: str) -> None:
        """Show what an import would do."""
        self.model.show_preview(preview)
        counts = [
            f"{count} {words[0]}"
            for action, words in ACTION_WORDS.items()
            if (count := preview.count(action))
        ]
        self.set_title(f"Import {file_name}", ", ".join(counts))
        self.filter.clear()
        self.filter.addItem("All rows", None)
        for action, words in ACTION_WORDS.items():
            if count := preview.count(action):
                self.filter.addItem(f"{words[0].capitalize()} ({count})", action)
        self._visible.show_action(None)
        if preview.rows:
            self.table.setCurrentIndex(self._visible.index(0, 0))
        else:
            self._show_row(None)

    def _show_count(self) -> None:
        count = len(self.model.ticked)
        words = f"Import {count}  Ctrl+Enter" if count else "Import"
        self.apply.setText(words)
        self.apply.setShortcut("Ctrl+Return")  # words of its own take a button's keys away
        self.apply.setEnabled(count > 0 and not self.encoding.asks)

    def _show_row(self, row: ImportRow | None) -> None:
        differences = row.differences if row is not None else ()
        if row is not None and row.action is Action.ADD:
            differences = compare(None, row.entry)
        heads = "In the library now", "After the import"
        if row is not None and row.action is Action.TWICE:
            heads = "The earlier one", "This one"
        self.differences.show_differences(differences, *heads)
        told: list[str] = []
        if row is not None:
            told = [*row.remarks, *map(problem_words, row.problems), row.left_out]
        self._problems.setText("\n".join(filter(None, told)))
        self._told.setVisible(any(told))
        self._fit_told()

    def _fit_told(self) -> None:
        """What is told takes the room it needs, and no more than its share."""
        needed = self._problems.heightForWidth(max(self._told.viewport().width(), 200))
        # Without words there is no height for a width.
        self._told.setFixedHeight(min(max(needed, 0), MOST_TOLD))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_told()

    def _on_table_current_row_changed(self, index: Index) -> None:
        self._show_row(index.data(ROW_ROLE) if index.isValid() else None)

    def _on_filter_activated(self) -> None:
        self._visible.show_action(self.filter.currentData())
        if self._visible.rowCount():
            self.table.setCurrentIndex(self._visible.index(0, 0))

    def _on_apply_clicked(self) -> None:
        self.import_requested.emit(ImportPreview(rows=self.model.ticked))
