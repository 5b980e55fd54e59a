"""Citations of the open letter that the library does not have, offered for adding."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.letter import Citation
from app.services.library import check_entry, entry_from
from app.ui import theme
from app.ui.citing.page import Page, button
from app.ui.citing.words import place_in_source

CITATION_ROLE = Qt.ItemDataRole.UserRole


class OfferStrip(QFrame):
    """One quiet line above the table: so many citations of the letter could be added."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "info")
        self._words = QLabel()
        self.show_them = button("Look at them", flat=True)
        self._away = button("", flat=True)
        self._away.setIcon(theme.icon("x", "muted"))
        self._away.setAccessibleName("Not now")
        self._away.setToolTip("Not now")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self.show_them)
        row.addWidget(self._away)
        self.hide()
        self.show_them.clicked.connect(self.wanted)
        self._away.clicked.connect(self.hide)

    def offer(self, count: int) -> None:
        """Offer so many; nothing is offered for none."""
        words = f"{count} citations of the open letter are not in the library."
        if count == 1:
            words = "One citation of the open letter is not in the library."
        self._words.setText(words)
        self.show_them.setAccessibleDescription(words)
        self.setVisible(count > 0)


class OffersView(Page):
    """`add_requested` carries a tuple of draft entries, `edit_requested` one of them."""

    add_requested = Signal(object)
    edit_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("From this letter", parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Citations the library does not have")
        self.list.setWordWrap(True)
        self.edit = button("Complete, then add…")
        self.add = button("Add", primary=True)
        self.body.addWidget(self.list, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.edit)
        self.foot.addWidget(self.add)
        self.list.itemChanged.connect(self._on_list_item_changed)
        self.list.currentRowChanged.connect(self._on_list_item_changed)
        self.list.itemActivated.connect(self._on_edit_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.add.clicked.connect(self._on_add_clicked)

    def show_offers(self, citations: tuple[Citation, ...]) -> None:
        """Take over what was found; whatever can be added as it is, is ticked."""
        self.list.clear()
        for citation in citations:
            draft = entry_from(citation)
            words = " · ".join(part for part in (draft.title, place_in_source(draft)) if part)
            item = QListWidgetItem(f"{words}\n{citation.text}" if citation.text else words)
            item.setData(CITATION_ROLE, citation)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            complete = not any(problem.blocks for problem in check_entry(draft))
            item.setCheckState(Qt.CheckState.Checked if complete else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        about = "Citations of the open letter that the library does not have."
        if not citations:
            about = "The library has every citation of the open letter."
        self.set_title("From this letter", about)
        if citations:
            self.list.setCurrentRow(0)
        self._show_count()

    @property
    def ticked(self) -> tuple[Citation, ...]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            item.data(CITATION_ROLE) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def _show_count(self) -> None:
        count = len(self.ticked)
        self.add.setText(f"Add {count}" if count else "Add")
        self.add.setEnabled(count > 0)
        self.edit.setEnabled(self.list.currentItem() is not None)

    def _on_list_item_changed(self) -> None:
        self._show_count()

    def _on_add_clicked(self) -> None:
        self.add_requested.emit(tuple(entry_from(citation) for citation in self.ticked))

    def _on_edit_clicked(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.edit_requested.emit(entry_from(item.data(CITATION_ROLE)))
