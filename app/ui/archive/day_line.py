"""A line for a day that bounds a search."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.language.dates import date_text, whole_date
from app.ui import theme

_LETTERS = 12


class DayLine(QLineEdit):
    """A day in any usual form; one that is none is marked and bounds nothing."""

    day_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText("MM/DD/YYYY")
        self.setClearButtonEnabled(True)
        self.day: date | None = None
        self.editingFinished.connect(self._on_editing_finished)
        self.textChanged.connect(self._on_text_changed)

    def fit_text(self) -> None:
        """As wide as a day and the button that clears it."""
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS + 56)

    def show_day(self, day: date | None) -> None:
        """Set a day without a word."""
        self.blockSignals(True)
        self.setText(date_text(day))
        self.blockSignals(False)
        self.day = day
        theme.set_property(self, "invalid", False)

    def _on_text_changed(self, text: str) -> None:
        if not text:
            self._on_editing_finished()

    def _on_editing_finished(self) -> None:
        found = whole_date(self.text()) if self.text().strip() else None
        day = found.value if found is not None else None
        is_wrong = day is None and bool(self.text().strip())
        theme.set_property(self, "invalid", is_wrong)
        self.setToolTip("This is no day; type 03/25/2016" if is_wrong else "")
        if day != self.day:
            self.day = day
            self.day_changed.emit()
