"""What a list of terms came to: how many items and letters have each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.services.archive.values import TermCount


class TermsView(QTreeWidget):
    """One line a term; Enter or a double click searches it."""

    term_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(3)
        self.setHeaderLabels(["Term", "Items", "Letters"])
        self.setRootIsDecorated(False)
        self.setAccessibleName("Terms and how often they were found")
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        self.itemActivated.connect(self._on_item_activated)

    def show_terms(self, counted: tuple[TermCount, ...]) -> None:
        """List them in the order of the file; what could not be searched says why."""
        self.clear()
        for one in counted:
            words = f"{one.term}: {one.problem}" if one.problem else one.term
            item = QTreeWidgetItem([words, f"{one.items:,}", f"{one.letters:,}"])
            item.setData(0, Qt.ItemDataRole.UserRole, one.term)
            item.setToolTip(0, words)
            for column in (1, 2):
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(column, right)
            self.addTopLevelItem(item)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def _on_item_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        self.term_chosen.emit(str(item.data(0, Qt.ItemDataRole.UserRole)))
