"""The list of letters: what is there, how far each is, and which comes next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.services.language.dates import date_text
from app.services.store import CaseSummary, Status
from app.ui import theme
from app.ui.drop_down import DropDown
from app.ui.empty_state import EmptyState

SUMMARY_ROLE = Qt.ItemDataRole.UserRole
MASK = "CM••-•••••••"
GAP = 8
"""Pixels at least between a letter's name and the day it is due."""

# status: (icon, colour role)
MARKS = {
    Status.NEW: ("circle", "muted"),
    Status.IN_WORK: ("pencil", "edited"),
    Status.CHECKED: ("circle-check", "ok"),
    Status.EXPORTED: ("file-check", "accent"),
}

ARRIVAL = "Order of arrival"
SORTS = {
    ARRIVAL: lambda case: (case.imported_at, case.id),
    "Case number": lambda case: (case.number, case.id),
    "Most doubts first": lambda case: (-case.doubts, case.id),
    "Due first": lambda case: (case.date_assigned or date.max, case.id),
    "Status": lambda case: (list(Status).index(case.status), case.id),
}

Index = QModelIndex | QPersistentModelIndex


def due_date(case: CaseSummary, days: int) -> date | None:
    """When the letter is due: so many calendar days after it was assigned."""
    return None if case.date_assigned is None else case.date_assigned + timedelta(days=days)


class QueueModel(QAbstractListModel):
    """The letters as the store lists them."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._cases: list[CaseSummary] = []
        # Asking Qt for each row of thousands would cost more than a key may.
        self._rows: dict[int, int] = {}
        self._masked = False

    @property
    def cases(self) -> list[CaseSummary]:
        """The letters in the order of the rows."""
        return self._cases

    def index_of(self, case_id: int | None) -> QModelIndex:
        """Where a letter stands; no valid index where it does not."""
        row = None if case_id is None else self._rows.get(case_id)
        return QModelIndex() if row is None else self.index(row)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._cases)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cases):
            return None
        case = self._cases[index.row()]
        if role == SUMMARY_ROLE:
            return case
        name = MASK if self._masked else case.number or case.file_name
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole and not self._masked:
            return case.file_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {case.status}, {case.doubts} doubts"
        return None

    def set_masked(self, masked: bool) -> None:
        """Whether the names of letters are hidden, from a screen reader too."""
        self._masked = masked

    def show_cases(self, cases: tuple[CaseSummary, ...]) -> None:
        """Take over a list; rows that only changed keep their place."""
        if [case.id for case in cases] == [case.id for case in self._cases]:
            self._cases = list(cases)
            if cases:
                self.dataChanged.emit(self.index(0), self.index(len(cases) - 1))
            return
        self.beginResetModel()
        self._cases = list(cases)
        self._rows = {case.id: row for row, case in enumerate(cases)}
        self.endResetModel()

    def show_case(self, case: CaseSummary) -> None:
        """One letter is new or not what it was."""
        row = self._rows.get(case.id)
        if row is not None:
            self._cases[row] = case
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        row = self._rows[case.id] = len(self._cases)
        self.beginInsertRows(QModelIndex(), row, row)
        self._cases.append(case)
        self.endInsertRows()


class _Visible(QSortFilterProxyModel):
    """What the filter leaves, in the order chosen."""

    def __init__(self, model: QueueModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = ""
        self._status: Status | None = None
        self._order = ARRIVAL
        self.setSourceModel(model)
        self.setDynamicSortFilter(True)

    def set_filter(self, words: str, status: Status | None, order: str) -> None:
        self._words, self._status, self._order = words.lower().strip(), status, order
        # They come from the store in the order of arrival: nothing has to be compared for that.
        self.sort(-1 if order == ARRIVAL else 0)
        self.invalidate()  # filtered and sorted anew

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        case = self._model.cases[source_row]
        if self._status is not None and case.status is not self._status:
            return False
        return self._words in f"{case.number} {case.file_name} {case.outcome or ''}".lower()

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        key, cases = SORTS[self._order], self._model.cases
        return key(cases[source_left.row()]) < key(cases[source_right.row()])


class _Delegate(QStyledItemDelegate):
    """Two lines a letter: number and mark, then what waits there."""

    masked = False
    days_to_decide = 30

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 2 * option.fontMetrics.height() + 16)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        case: CaseSummary = index.data(SUMMARY_ROLE)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                theme.colour("accent"),
            )
        box = option.rect.adjusted(12, 6, -8, -6)
        glyph, role = MARKS[case.status]
        theme.icon(glyph, role).paint(painter, QRect(box.left(), box.top() + 2, 16, 16))
        text = box.adjusted(24, 0, 0, 0)
        half = text.height() // 2
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        font = painter.font()
        font.setBold(selected)
        painter.setFont(font)
        upper = QRect(text.left(), text.top(), text.width(), half)
        lower = QRect(text.left(), text.top() + half, text.width(), half)
        name = MASK if self.masked else case.number or case.file_name
        needed = painter.fontMetrics().horizontalAdvance(name)
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(upper, middle, shown)
        font.setBold(False)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        due = self._due(case)
        if needed + GAP + painter.fontMetrics().horizontalAdvance(due) <= text.width():
            painter.setPen(theme.colour("muted"))
            painter.drawText(upper, middle | Qt.AlignmentFlag.AlignRight, due)
        painter.setPen(theme.colour("doubt" if case.doubts else "muted"))
        shown = painter.fontMetrics().elidedText(
            self._state(case), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(lower, middle, shown)
        painter.restore()

    def _state(self, case: CaseSummary) -> str:
        return f"{case.status} · {case.doubts} to check" if case.doubts else str(case.status)

    def _due(self, case: CaseSummary) -> str:
        """When a letter is due that is still to be done; empty where it is hidden or not known."""
        due = due_date(case, self.days_to_decide)
        if due is None or self.masked or case.status not in (Status.NEW, Status.IN_WORK):
            return ""
        return f"due {date_text(due)}"


class QueueView(QWidget):
    """The side list, its filter and its order."""

    case_requested = Signal(int)
    removal_requested = Signal(int)
    """A letter to take out of the list without opening it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QueueModel(self)
        self._visible = _Visible(self._model, self)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("Filter letters"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setAccessibleName(self.tr("Filter letters by number, file or outcome"))
        self._status = DropDown()
        self._status.setAccessibleName(self.tr("Show letters of this status"))
        self._status.addItem(self.tr("All"))
        for status in Status:
            self._status.addItem(self.tr(str(status).capitalize()))
        self._order = DropDown()
        self._order.setAccessibleName(self.tr("Order of the list"))
        for order in SORTS:
            self._order.addItem(self.tr(order))
        self._list = QListView()
        self._delegate = _Delegate(self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setModel(self._visible)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(self.tr("Letters"))
        remove = QAction(self.tr("Remove from the list"), self._list)
        remove.triggered.connect(self._on_remove_triggered)
        self._list.addAction(remove)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.empty = EmptyState(self._list.viewport(), "")
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._count.setWordWrap(True)
        choices = QHBoxLayout()
        choices.setSpacing(4)
        choices.addWidget(self._status, 2)
        choices.addWidget(self._order, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._filter)
        column.addLayout(choices)
        column.addWidget(self._list, 1)
        column.addWidget(self._count)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._status.currentIndexChanged.connect(self._on_filter_changed)
        self._order.currentIndexChanged.connect(self._on_filter_changed)
        self._list.clicked.connect(self._on_list_activated)
        self._list.activated.connect(self._on_list_activated)
        for signal in (
            self._visible.rowsInserted,
            self._visible.rowsRemoved,
            self._visible.modelReset,
            self._visible.layoutChanged,
            self._visible.dataChanged,
        ):
            signal.connect(self._show_count)
        self._show_count()

    def _on_remove_triggered(self) -> None:
        case = self._list.currentIndex().data(SUMMARY_ROLE)
        if case is not None:
            self.removal_requested.emit(case.id)

    def show_cases(self, cases: tuple[CaseSummary, ...]) -> None:
        self._model.show_cases(cases)

    def show_case(self, case: CaseSummary) -> None:
        self._model.show_case(case)

    def set_masked(self, masked: bool) -> None:
        """Whether case numbers and dates are hidden."""
        self._model.set_masked(masked)
        self._delegate.masked = masked
        self._list.viewport().update()

    def set_days_to_decide(self, days: int) -> None:
        """How many days after assignment a letter counts as due."""
        self._delegate.days_to_decide = days
        self._list.viewport().update()

    def select(self, case_id: int | None) -> None:
        """Mark the open letter in the list."""
        row = self._row_of(case_id)
        if row is None:
            self._list.clearSelection()
        else:
            self._list.setCurrentIndex(self._visible.index(row, 0))

    def neighbour(self, case_id: int | None, step: int) -> int | None:
        """The letter `step` places on in the list as it is shown; None at its end."""
        row = self._row_of(case_id)
        there = (0 if step > 0 else self._visible.rowCount() - 1) if row is None else row + step
        if not 0 <= there < self._visible.rowCount():
            return None
        return self._visible.index(there, 0).data(SUMMARY_ROLE).id

    def name_of(self, case_id: int) -> str:
        """What the list calls a letter; empty where it does not have it."""
        return str(self._model.index_of(case_id).data() or "")

    def listed(self) -> tuple[CaseSummary, ...]:
        """The letters as the list shows them now."""
        return tuple(
            self._visible.index(row, 0).data(SUMMARY_ROLE)
            for row in range(self._visible.rowCount())
        )

    def place_of(self, case_id: int | None) -> tuple[int, int]:
        """(place from 1, or 0 where it is not shown; how many are shown)."""
        row = self._row_of(case_id)
        return (0 if row is None else row + 1, self._visible.rowCount())

    def _row_of(self, case_id: int | None) -> int | None:
        index = self._visible.mapFromSource(self._model.index_of(case_id))
        return index.row() if index.isValid() else None

    def _on_filter_changed(self) -> None:
        # Choices are told by their place: item data would come back as plain text.
        chosen = self._status.currentIndex()
        self._visible.set_filter(
            self._filter.text(),
            list(Status)[chosen - 1] if chosen > 0 else None,
            list(SORTS)[self._order.currentIndex()],
        )

    def _on_list_activated(self, index: Index) -> None:
        self.case_requested.emit(index.data(SUMMARY_ROLE).id)

    def _show_count(self) -> None:
        shown, total = self._visible.rowCount(), self._model.rowCount()
        self.empty.set_shown(not shown)
        if not total:
            words = ""
            self.empty.say(self.tr("No letters yet. Those you open are kept in this list."))
        elif shown == total:
            letters = self.tr("1 letter") if total == 1 else self.tr("%d letters") % total
            waiting = sum(case.status in (Status.NEW, Status.IN_WORK) for case in self._model.cases)
            words = self.tr("%s, %d still to do") % (letters, waiting)
        else:
            words = self.tr("%d of %d letters") % (shown, total)
            self.empty.say(self.tr("No letter fits the filter."))
        self._count.setText(words)
