"""The letter's sections as a tree, each with the mark of its worst field."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from app.evidence import Place
from app.ui.empty_state import EmptyState
from app.ui.theme import LookWatch, colour, icon
from app.ui.wrapped_rows import WrappedRows

MOST_LINES = 4
"""Of a title; the whole of a longer one is shown where the mouse rests."""
_PLACE = Qt.ItemDataRole.UserRole
_MARK = Qt.ItemDataRole.UserRole + 1


class Mark(StrEnum):
    """What is to be said of a section's fields, the weightiest first."""

    ERROR = "error"
    MISSING = "missing"
    DOUBT = "doubt"
    POSTPONED = "postponed"
    EDITED = "edited"
    OK = "ok"
    NONE = ""


_PICTURES = {
    Mark.OK: "check",
    Mark.DOUBT: "circle-help",
    Mark.ERROR: "octagon-alert",
    Mark.MISSING: "minus",
    Mark.POSTPONED: "flag",
    Mark.EDITED: "pencil",
}

_COLOURS = {Mark.POSTPONED: "doubt"}
"""The colour roles that are not called as the mark is."""


class OutlineItem(msgspec.Struct, frozen=True):
    """One section: its title, where it begins, and the sections in it."""

    title: str
    place: Place | None = None
    mark: Mark = Mark.NONE
    children: tuple[OutlineItem, ...] = ()


class OutlineView(QTreeWidget):
    """Shows `OutlineItem`s; choosing one tells which and its place."""

    section_chosen = Signal(object, object)
    """(where the section lies among `items`, level by level; its `Place`, or None)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[OutlineItem, ...] = ()
        self._current: tuple[int, ...] = ()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(14)
        self.setItemDelegateForColumn(0, WrappedRows(self, MOST_LINES))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionResizeMode(1, header.ResizeMode.Fixed)
        header.resizeSection(1, 40)
        self._empty = EmptyState(self.viewport(), "The sections of the open letter")
        self.setAccessibleName("Outline")
        self.setAccessibleDescription("Sections of the letter; Enter goes there")
        LookWatch(self).scheme_changed.connect(self._on_scheme_changed)
        self.itemClicked.connect(self._on_item_chosen)
        self.itemActivated.connect(self._on_item_chosen)

    def set_items(self, items: Sequence[OutlineItem]) -> None:
        """Show these sections; what was folded stays so where the titles are the same."""
        self._empty.set_shown(not items)
        if tuple(items) == self._items:
            return
        folded = {path for path, row in self._rows() if not row.isExpanded() and row.childCount()}
        self._items = tuple(items)
        self.clear()
        for item in self._items:
            self.addTopLevelItem(self._row(item))
        for path, row in self._rows():
            row.setExpanded(path not in folded)
        self._mark_current()

    def show_current(self, place: tuple[int, ...]) -> None:
        """Mark the section in hand: where it lies among `items`, level by level; () for none."""
        if place != self._current:
            self._current = place
            self._mark_current()

    def _mark_current(self) -> None:
        place = QModelIndex()
        for index in self._current:
            place = self.model().index(index, 0, place)
        self.setCurrentIndex(place)

    def _row(self, item: OutlineItem) -> QTreeWidgetItem:
        row = QTreeWidgetItem([item.title, ""])
        words = self._words(item.mark)
        row.setData(0, _PLACE, item.place)
        row.setData(0, _MARK, item.mark)
        row.setToolTip(0, f"{item.title} – {words}" if words else item.title)
        if words:
            spoken = f"{item.title}, {words}"
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
            row.setToolTip(1, words)
        # A picture alone: those who hear it come to a cell of the row of its own.
        row.setData(1, Qt.ItemDataRole.AccessibleTextRole, words or "nothing to do here")
        self._dress(row)
        row.addChildren([self._row(child) for child in item.children])
        return row

    def _dress(self, row: QTreeWidgetItem) -> None:
        mark = Mark(row.data(0, _MARK))
        if mark in _PICTURES:
            row.setIcon(1, icon(_PICTURES[mark], _COLOURS.get(mark, mark.value)))
        if row.data(0, _PLACE) is None:
            row.setForeground(0, colour("muted"))

    def _words(self, mark: Mark) -> str:
        return {
            Mark.OK: "nothing open",
            Mark.ERROR: "an error stands",
            Mark.DOUBT: "doubtful",
            Mark.POSTPONED: "postponed",
            Mark.MISSING: "something is missing",
            Mark.EDITED: "edited",
        }.get(mark, "")

    def _rows(self) -> list[tuple[tuple[str, ...], QTreeWidgetItem]]:
        found: list[tuple[tuple[str, ...], QTreeWidgetItem]] = []
        rows = QTreeWidgetItemIterator(self)
        while (row := rows.value()) is not None:
            found.append((_path(row), row))
            rows += 1
        return found

    @Slot(QTreeWidgetItem, int)
    def _on_item_chosen(self, row: QTreeWidgetItem, _column: int) -> None:
        self.section_chosen.emit(self._index_path(row), row.data(0, _PLACE))

    def _index_path(self, row: QTreeWidgetItem) -> tuple[int, ...]:
        above = row.parent()
        if above is None:
            return (self.indexOfTopLevelItem(row),)
        return (*self._index_path(above), above.indexOfChild(row))

    def _on_scheme_changed(self) -> None:
        for _, row in self._rows():
            self._dress(row)


def _path(row: QTreeWidgetItem) -> tuple[str, ...]:
    parent = row.parent()
    above = _path(parent) if parent is not None else ()
    return (*above, row.text(0))
