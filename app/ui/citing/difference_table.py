"""Two versions of an entry side by side, field by field, with the one to keep marked in each row."""

from __future__ import annotations

from enum import Enum

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from app.services.library import Difference, Entry, compare
from app.ui import theme

TEXT_JOINED = ("notes", "remark")
"""Texts that can be kept both, one below the other."""
NAMES = ("authors", "editors")
"""The same people, written in two ways: never joined."""


class Keep(Enum):
    """Which value of a field stays. The number is the column it stands in."""

    LEFT = 1
    RIGHT = 2
    BOTH = 3


class DifferenceTable(QTableWidget):
    """The arrow keys move, Space or a click keeps the value in hand."""

    pick_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._pickable = True
        self._left, self._right = Entry(), Entry()
        self._fields: list[str] = []
        self._picks: dict[str, Keep] = {}
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName("Differences")
        theme.LookWatch(self).scheme_changed.connect(self._on_scheme_changed)
        self.cellClicked.connect(self._on_self_cell_clicked)

    def compare(self, left: Entry, right: Entry, left_name: str, right_name: str) -> None:
        """Show where two entries differ, to pick from.

        What only one of them says is kept, lists are joined.
        """
        self._left, self._right = left, right
        self._show(compare(left, right), (left_name, right_name, "Both"), pickable=True)

    def show_differences(
        self, differences: tuple[Difference, ...], left_name: str, right_name: str
    ) -> None:
        """Show differences to read only."""
        self._show(differences, (left_name, right_name), pickable=False)

    def _show(
        self, differences: tuple[Difference, ...], names: tuple[str, ...], *, pickable: bool
    ) -> None:
        self._pickable = pickable
        self._fields = [one.field for one in differences]
        self._picks = {}
        self.clearContents()
        heads = ["Field", *names]
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setRowCount(len(differences))
        for row, one in enumerate(differences):
            joined = self._joined(one.field) if pickable else None
            both = "" if joined is None else "keep both"
            for column, words in enumerate((one.label, one.left, one.right, both)[: len(heads)]):
                self.setItem(row, column, self._item(words, is_label=column == 0))
            if pickable:
                self._pick(row, self._first_pick(one.field, joined))
        if pickable:  # what cannot be joined anywhere needs no room for it
            self.setColumnHidden(3, not any(self._joined(one.field) for one in differences))
        self.resizeRowsToContents()
        mode = QTableWidget.SelectionMode
        self.setSelectionMode(mode.SingleSelection if pickable else mode.NoSelection)
        if differences and pickable:
            self.setCurrentCell(0, 1)

    def _on_scheme_changed(self) -> None:
        for row, field in enumerate(self._fields):
            label = self.item(row, 0)
            if label is not None:
                label.setForeground(theme.colour("muted"))
            if self._pickable:
                self._pick(row, self._picks[field])

    def _item(self, words: str, *, is_label: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if is_label:
            item.setForeground(theme.colour("muted"))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return item

    def _first_pick(self, field: str, joined: object) -> Keep:
        left, right = getattr(self._left, field), getattr(self._right, field)
        if not left:
            return Keep.RIGHT
        return Keep.BOTH if joined is not None and right else Keep.LEFT

    def _joined(self, field: str) -> object:
        """Both values in one, or None where the field holds one value only."""
        left, right = getattr(self._left, field), getattr(self._right, field)
        if field in NAMES:
            return None
        if isinstance(left, tuple) and isinstance(right, tuple):
            return tuple(dict.fromkeys((*left, *right)))
        if field in TEXT_JOINED and left and right:
            return f"{left}\n{right}"
        return None

    def merged(self) -> Entry:
        """The left entry with the values kept."""
        values: dict[str, object] = {}
        for field, keep in self._picks.items():
            if keep is Keep.RIGHT:
                values[field] = getattr(self._right, field)
            elif keep is Keep.BOTH:
                values[field] = self._joined(field)
        return replace(self._left, **values)

    def picks(self) -> dict[str, Keep]:
        """Which value is kept, by field."""
        return dict(self._picks)

    def _pick(self, row: int, keep: Keep) -> None:
        field = self._fields[row]
        if keep is Keep.BOTH and self._joined(field) is None:
            return
        self._picks[field] = keep
        for one in Keep:
            item = self.item(row, one.value)
            if item is None:
                continue
            kept = one is keep
            font = item.font()
            font.setBold(kept)
            item.setFont(font)
            item.setForeground(theme.colour("text" if kept else "muted"))
            item.setIcon(theme.icon("check" if kept else "minus", "ok" if kept else "surface"))
            state = "kept" if kept else "not kept"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {state}")

    def _pick_current(self) -> None:
        row, column = self.currentRow(), self.currentColumn()
        if self._pickable and row >= 0 and column in (1, 2, 3):
            self._pick(row, Keep(column))
            self.pick_changed.emit()

    def _on_self_cell_clicked(self) -> None:
        self._pick_current()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._pick_current()
        else:
            super().keyPressEvent(event)
