"""The table of edits: which columns it has, and which of them give way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView
from typing_extensions import override

WHEN, WHO, WHAT, FIELD, CHANGE = range(5)
_SAMPLES = {
    WHEN: "00/00/0000 00:00:00",
    WHO: "Nameofsome",
    WHAT: "Confirmation wi",
    FIELD: "Item 1 · Claims Administrator gui",
}
"""What each column has room for; the values get the rest."""
_SHORT_FIELD = "Item 1 · Claims Ad"
_LEAST = "00/00/0000 → 00/00/0000"
"""Of the values as much is always seen; both stand below the table whole."""
AIR = 24


class HistoryTable(QTableView):
    """Never wider than its place: who did it goes first, then the end of a field's name."""

    def __init__(self, model: QAbstractItemModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setAccessibleName("Edits, newest first")
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 14)
        widths = {column: metrics.horizontalAdvance(one) + AIR for column, one in _SAMPLES.items()}
        least = metrics.horizontalAdvance(_LEAST) + AIR
        room = self.viewport().width() - least
        hides = sum(widths.values()) > room
        self.setColumnHidden(WHO, hides)
        if hides:
            del widths[WHO]
        over = sum(widths.values()) - room
        if over > 0:
            short = metrics.horizontalAdvance(_SHORT_FIELD) + AIR
            widths[FIELD] = max(widths[FIELD] - over, short)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
