"""The bar to find a phrase on the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget
from typing_extensions import override

from app.evidence import Place
from app.ui.announce import ANNOUNCER
from app.ui.giving_way import give_way
from app.ui.pages.buttons import BarButton
from app.ui.pages.view import PageView
from app.ui.theme import LookWatch, icon


class FindBar(QWidget):
    """Lights and counts every hit while it is open, and keeps the phrase when it closes."""

    opened = Signal()
    closed = Signal()
    whole_file_wanted = Signal(str)
    """A phrase is looked for in a document, of which only the pages near by are known here: it is
    looked for in the whole case file instead."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._finder = view.finder
        self.setAccessibleName("Find on the pages")
        self._term = QLineEdit(self)
        self._term.setPlaceholderText("Find on the pages")
        self._term.setAccessibleName("Phrase to find")
        self._term.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", "muted"), "", self)
        self._term.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._count = QLabel(self)
        self._count.setAccessibleName("Hits")
        self._whole = BarButton("whole-word", "Whole words only", self, toggles=True)
        self._back = BarButton("chevron-up", "Previous hit", self, key="Shift+F3")
        self._on = BarButton("chevron-down", "Next hit", self, key="F3")
        self._shut = BarButton("x", "Close the find bar", self, key="Esc")

        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._term, 1)
        row.addWidget(self._count)
        for button in (self._whole, self._back, self._on, self._shut):
            row.addWidget(button)
        self._row = row
        self._spare = ((self._back, self._on),)  # both have keys
        LookWatch(self).text_changed.connect(self._fit_text)
        self._fit_text()
        self._show_count(0, 0)
        self.hide()

        self._term.textChanged.connect(self._on_term_text_changed)
        self._whole.toggled.connect(self._on_whole_toggled)
        self._back.clicked.connect(self.find_previous)
        self._on.clicked.connect(self.find_next)
        self._shut.clicked.connect(self.close_bar)
        self._finder.hits_changed.connect(self._on_finder_hits_changed)
        self._finder.landed.connect(self._on_finder_landed)
        self._finder.missed.connect(self._on_finder_missed)

    def _fit_text(self) -> None:
        """The phrase is seen whole before anything else is."""
        wide = self.fontMetrics().horizontalAdvance
        self._count.setMinimumWidth(wide("000 of 000"))
        self._term.setMinimumWidth(wide("Find on the pages"))
        give_way(self._row, self.width(), self._spare)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        give_way(self._row, self.width(), self._spare)

    @property
    def term(self) -> str:
        return self._term.text()

    @Slot()
    def open_bar(self) -> None:
        """Show the bar with the last phrase, or the selected words, and light its hits."""
        if self._asks_elsewhere():
            return
        selected = self._view.selected_text
        self.show()
        self.opened.emit()
        if selected and "\n" not in selected and len(selected) <= 80 and selected != self.term:
            self._term.setText(selected)
        else:
            self._find()
        self._term.selectAll()
        self._term.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar, put the lights out and give the keys back to the pages."""
        self._finder.stop()
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    @Slot()
    def find_next(self) -> None:
        """Go to the next hit; opens the bar where no phrase was looked for yet."""
        if self._asks_elsewhere():
            return
        if self._finder.term:
            self._finder.next()
        else:
            self.open_bar()

    @Slot()
    def find_previous(self) -> None:
        """Go to the hit before; opens the bar where no phrase was looked for yet."""
        if self._asks_elsewhere():
            return
        if self._finder.term:
            self._finder.previous()
        else:
            self.open_bar()

    def _asks_elsewhere(self) -> bool:
        if not self._view.file:
            return False
        self.whole_file_wanted.emit(self._finder.term)
        self.closed.emit()  # the button that was pushed shows that the bar is not open
        return True

    def _find(self) -> None:
        page = self._view.current_page or 1
        self._finder.find(self.term, whole_words=self._whole.isChecked(), from_page=page)

    @Slot(str)
    def _on_term_text_changed(self, _text: str) -> None:
        self._find()

    @Slot(bool)
    def _on_whole_toggled(self, _checked: bool) -> None:
        self._find()

    @Slot(int, int)
    def _on_finder_hits_changed(self, current: int, count: int) -> None:
        self._show_count(current, count)

    @Slot(object)
    def _on_finder_landed(self, places: tuple[Place, ...]) -> None:
        told = f"{self._count.text()}, page {places[0].page}"
        if not self._view.masked:
            told += f": {self._view.text.line_around(places[0])}"
        ANNOUNCER.announce(self._term, told)

    @Slot()
    def _on_finder_missed(self) -> None:
        ANNOUNCER.announce(self._term, "No hits")

    def _show_count(self, current: int, count: int) -> None:
        none = bool(self.term.strip()) and not count
        text = "No hits" if none else ""
        if count:
            text = f"{current} of {count}"
        self._count.setText(text)
        self._count.setAccessibleDescription(text)
        for button in (self._back, self._on):
            button.setEnabled(count > 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.FindNext) or (enter and not shift):
            self.find_next()
        elif event.matches(QKeySequence.StandardKey.FindPrevious) or (enter and shift):
            self.find_previous()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            # The reader may look around without leaving the bar.
            self._view.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
