"""The letters of the list as data: which pass the filter, in which order, and what is said of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from app.services.store import CaseSummary, Status

SUMMARY_ROLE = Qt.ItemDataRole.UserRole
MASK = "CM••-•••••••"
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


def is_overdue(case: CaseSummary, days: int) -> bool:
    """Whether a letter should have been done before today."""
    due = due_date(case, days)
    return due is not None and not case.is_done and due < date.today()


def left_words(case: CaseSummary) -> str:
    """How much is left to do in a letter: `1 error, 2 to check, 1 postponed`."""
    parts: list[str] = []
    if case.errors:
        parts.append("1 error" if case.errors == 1 else f"{case.errors} errors")
    if case.doubts > case.errors:
        parts.append(f"{case.doubts - case.errors} to check")
    if case.postponed:
        parts.append(f"{case.postponed} postponed")
    return ", ".join(parts)


def state_words(case: CaseSummary) -> str:
    """How far a letter is and what is left to do in it."""
    if case.removed_at is not None:
        return "removed"
    left = left_words(case)
    return f"{case.status} · {left}" if left else str(case.status)


REMOVED = "Removed"
FILTERS: Mapping[str, Callable[[CaseSummary, int], bool]] = {
    "All": lambda _case, _days: True,
    "To do": lambda case, _days: not case.is_done,
    "With something left": lambda case, _days: bool(case.doubts or case.postponed),
    "With errors": lambda case, _days: case.errors > 0,
    "Postponed": lambda case, _days: case.postponed > 0,
    "Overdue": is_overdue,
    **{
        str(status).capitalize(): lambda case, _days, status=status: case.status is status
        for status in Status
    },
    REMOVED: lambda case, _days: case.removed_at is not None,
}
"""What the list can be narrowed to, given the days in which a letter is due. Removed letters pass
their own filter alone."""


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
            return f"{name}, {state_words(case).replace(' · ', ', ')}"
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


class VisibleLetters(QSortFilterProxyModel):
    """What the filter leaves, in the order chosen."""

    def __init__(self, model: QueueModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = ""
        self._filter = next(iter(FILTERS))
        self._order = ARRIVAL
        self.days_to_decide = 30
        self.setSourceModel(model)
        self.setDynamicSortFilter(True)

    @property
    def shows_removed(self) -> bool:
        """Whether it is the removed letters that are shown."""
        return self._filter == REMOVED

    def set_filter(self, words: str, name: str, order: str) -> None:
        """`name` is one of FILTERS, `order` one of SORTS."""
        self._words, self._filter, self._order = words.lower().strip(), name, order
        # They come from the store in the order of arrival: nothing has to be compared for that.
        self.sort(-1 if order == ARRIVAL else 0)
        self.invalidate()  # filtered and sorted anew

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        case = self._model.cases[source_row]
        if (case.removed_at is not None) is not self.shows_removed:
            return False
        if not FILTERS[self._filter](case, self.days_to_decide):
            return False
        return self._words in f"{case.number} {case.file_name} {case.outcome or ''}".lower()

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        key, cases = SORTS[self._order], self._model.cases
        return key(cases[source_left.row()]) < key(cases[source_right.row()])
