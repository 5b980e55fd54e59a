"""The timeline: dated events of the records and the summary, filtered by treatment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.services.casefile.timeline import Event
from app.services.language.dates import date_text
from app.ui.jobs import Jobs

_OF_ROW = Qt.ItemDataRole.UserRole
WAIT_MS = 250
Ask = Callable[[str], tuple[Event, ...]]


class TimelineTab(QWidget):
    """One list by day; choosing an event leads to its page."""

    event_chosen = Signal(object)
    """An Event."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._ask: Ask | None = None
        self._is_stale = True
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by treatment: physical therapy, ESI, naproxen…")
        self.filter.setAccessibleName("Treatment")
        self.filter.setClearButtonEnabled(True)
        self.count = QLabel()
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setHeaderLabels(("Day", "What is told", "Document", "Page"))
        self.tree.setAccessibleName("Events by day")
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(2, 34 * self.fontMetrics().averageCharWidth())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addWidget(self.count)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.tree.itemActivated.connect(self._on_tree_item_activated)

    def use(self, ask: Ask) -> None:
        """How the events are asked for, by treatment."""
        self._ask = ask

    def set_stale(self) -> None:
        """The documents are others: the list is made anew when it is looked at."""
        self._is_stale = True
        if self.isVisible():
            self.look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.look()

    def look(self) -> None:
        """Ask for the events."""
        if self._ask is None:
            return
        self._is_stale = False
        self.count.setText("The events are being gathered…")
        work = partial(self._ask, self.filter.text().strip())
        self._jobs.run(work, self._take, key=(id(self), "events"))

    def _on_filter_text_changed(self, _text: str) -> None:
        self._timer.start()

    def _take(self, found: tuple[Event, ...]) -> None:
        self.tree.clear()
        rows: list[QTreeWidgetItem] = []
        for event in found:
            page = str(event.page) if event.file_id is not None else ""
            row = QTreeWidgetItem([date_text(event.day), event.words, event.source, page])
            row.setData(0, _OF_ROW, event)
            row.setData(3, Qt.ItemDataRole.AccessibleTextRole, page or "in the letter")
            row.setToolTip(1, event.words)
            row.setToolTip(2, event.source)
            rows.append(row)
        self.tree.addTopLevelItems(rows)
        count = f"{len(found):,} event{'' if len(found) == 1 else 's'}"
        self.count.setText(count if found else "No dated event was found.")

    def _on_tree_item_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        self.event_chosen.emit(item.data(0, _OF_ROW))
