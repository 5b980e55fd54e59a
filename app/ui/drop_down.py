"""A drop-down list that shows each of its entries whole, however narrow its own place is."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

MOST_SHOWN = 24
"""Entries that are listed at once where the screen has room for them; the others are scrolled to."""


class DropDown(QComboBox):
    """The program's only kind of combo box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_SHOWN)

    @override
    def showPopup(self) -> None:
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > MOST_SHOWN else 0
        entries = view.sizeHintForColumn(0) + bar + 2 * view.frameWidth()
        # The list is as wide as its box by itself, and the box may have been given little room.
        view.setMinimumWidth(min(entries, self.screen().availableSize().width()))
        super().showPopup()
