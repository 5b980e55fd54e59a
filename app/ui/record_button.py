"""The button of a finding that leads to its passages in the record, one after the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.checks import Finding
from app.services.checks.values import Quote
from app.ui.enter_button import EnterButton


class RecordButton(EnterButton):
    """Shown where a finding has passages in documents."""

    passage_requested = Signal(str, int, str)
    """(file as places name it, page, words): to be shown in the page pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Show in the record", parent=parent)
        self._quotes: tuple[Quote, ...] = ()
        self._next = 0
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_finding(self, finding: Finding | None) -> None:
        """The finding in hand."""
        quotes = tuple(one for one in finding.quotes if one.file) if finding else ()
        if quotes != self._quotes:
            self._quotes, self._next = quotes, 0
            self._say()
        self.setVisible(bool(quotes))

    def _say(self) -> None:
        count = len(self._quotes)
        place = f" ({self._next + 1} of {count})" if count > 1 else ""
        self.setText(f"Show in the record{place}")

    def _on_clicked(self) -> None:
        quote = self._quotes[self._next]
        self.passage_requested.emit(quote.file, quote.page or 1, quote.text)
        self._next = (self._next + 1) % len(self._quotes)
        self._say()
