"""The list of what will be taken out, and of what probably should be; each row has its button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from app.evidence import Place
from app.ui import theme
from app.ui.pages.buttons import BarButton
from app.ui.redaction.marks import Marks

ROW = Qt.ItemDataRole.UserRole
LONGEST = 60
BUTTON_COLUMN = 48


class Row(msgspec.Struct, frozen=True):
    """One row: a term (`places` are where it stands) or an area; `taken` is False if suggested."""

    term: str
    area: Place | None
    places: tuple[Place, ...]
    taken: bool


class MarkList(QTreeWidget):
    """Terms first, then areas page by page, then suggestions. Delete takes a row out again."""

    removed = Signal(object)
    """The Row that is not to be taken out after all."""
    suggestion_taken = Signal(str)
    chosen = Signal(object)
    """The places (a tuple) of the row in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last_stop: QWidget = self
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(8)
        self.setAccessibleName("What is taken out")
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(2, BUTTON_COLUMN)
        self.currentItemChanged.connect(self._on_current_item_changed)
        self.itemActivated.connect(self._on_item_activated)

    @property
    def current_row(self) -> Row | None:
        """The row in hand; None on a heading."""
        item = self.currentItem()
        return item.data(0, ROW) if item is not None else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows as they stand."""
        found: list[Row] = []
        for at in range(self.topLevelItemCount()):
            head = self.topLevelItem(at)
            for place in range(head.childCount() if head else 0):
                item = head.child(place) if head else None
                if item is not None:
                    found.append(item.data(0, ROW))
        return tuple(found)

    def show_marks(
        self,
        marks: Marks,
        suggestions: Sequence[str],
        places: Mapping[str, tuple[Place, ...]],
        words: Mapping[Place, str],
    ) -> None:
        """`places` says where each term stands, `words` what an area covers."""
        before = self.current_row
        self.blockSignals(True)
        self.clear()
        self._last_stop = self
        terms = [Row(term, None, places[term], True) for term in marks.terms]
        self._add_group("Everywhere", terms, words)
        pages = sorted({area.page for area in marks.areas})
        for page in pages:
            areas = [Row("", area, (area,), True) for area in marks.areas if area.page == page]
            self._add_group(f"Page {page}", areas, words)
        offers = [Row(term, None, places[term], False) for term in suggestions]
        self._add_group("Suggested", offers, words)
        self.blockSignals(False)
        self._take_up(before)

    def _add_group(self, heading: str, rows: Sequence[Row], words: Mapping[Place, str]) -> None:
        if not rows:
            return
        head = QTreeWidgetItem([f"{heading} ({len(rows)})"])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setForeground(0, theme.colour("muted"))
        self.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        head.setExpanded(True)
        for row in rows:
            item = QTreeWidgetItem([self._words(row, words), self._where(row), ""])
            item.setData(0, ROW, row)
            item.setToolTip(0, item.text(0))
            item.setForeground(1, theme.colour("muted"))
            head.addChild(item)
            button = self._button(row, item.text(0))
            self.setItemWidget(item, 2, button)
            # What is made later comes last for the Tab key unless it is told its place.
            QWidget.setTabOrder(self._last_stop, button)
            self._last_stop = button

    def _button(self, row: Row, words: str) -> BarButton:
        does = "Do not take out: %s" if row.taken else "Take out: %s"
        button = BarButton("x" if row.taken else "plus", does % words, self.viewport())
        button.setStyleSheet("BarButton { padding: 1px; }")
        button.setProperty("row", row)
        # Queued: the row, and so this button, is gone when the list is shown anew.
        button.clicked.connect(self._on_button_clicked, Qt.ConnectionType.QueuedConnection)
        return button

    def _words(self, row: Row, words: Mapping[Place, str]) -> str:
        if row.area is None:
            return row.term
        covered = " ".join(words[row.area].split())
        if not covered:
            return "Area without text"
        return covered if len(covered) <= LONGEST else covered[: LONGEST - 1] + "…"

    def _where(self, row: Row) -> str:
        if row.area is not None:
            return ""
        if not row.places:
            return "on no page"
        return "1 place" if len(row.places) == 1 else f"{len(row.places)} places"

    def _take_up(self, before: Row | None) -> None:
        """The row in hand stays in hand; where it is gone, the places shown go with it."""
        for at in range(self.topLevelItemCount()):
            head = self.topLevelItem(at)
            for place in range(head.childCount() if head else 0):
                item = head.child(place) if head else None
                if item is not None and before is not None and item.data(0, ROW) == before:
                    self.blockSignals(True)
                    self.setCurrentItem(item)
                    self.blockSignals(False)
                    return

    def _act(self, row: Row) -> None:
        if row.taken:
            self.removed.emit(row)
        else:
            self.suggestion_taken.emit(row.term)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row and row.taken:
            self.removed.emit(row)
            return
        super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        self._act(self.sender().property("row"))

    def _on_item_activated(self, item: QTreeWidgetItem) -> None:
        """Enter takes a suggestion; on what is taken out already it shows the place."""
        row: Row | None = item.data(0, ROW)
        if row is None:
            return
        if row.taken:
            self.chosen.emit(row.places)
        else:
            self.suggestion_taken.emit(row.term)

    def _on_current_item_changed(self, *_: object) -> None:
        row = self.current_row
        self.chosen.emit(row.places if row is not None else ())
