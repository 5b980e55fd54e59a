"""What is spoken to a screen reader without the focus moving: the one place that does it.

Whoever shows news that nobody's cursor stands on says it here with the same words.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


class Announcer(QObject):
    """Hands words on to the screen reader, and tells that it did."""

    spoken = Signal(str, bool)
    """(words, whether they come before what is being read)"""

    def announce(self, about: QWidget, words: str, *, urgent: bool = False) -> None:
        """Speak of a widget. What is wrong or asked for is `urgent`; all else waits its turn."""
        words = words.strip()
        if not words:
            return
        event = QAccessibleAnnouncementEvent(about, words)
        kinds = QAccessible.AnnouncementPoliteness
        event.setPoliteness(kinds.Assertive if urgent else kinds.Polite)
        QAccessible.updateAccessibility(event)
        self.spoken.emit(words, urgent)

    def announce_row(
        self, about: QWidget, index: QModelIndex | QPersistentModelIndex, nothing: str = ""
    ) -> None:
        """Speak the row that is chosen in a list while the cursor stays in the line above it, with
        its place among the others; `nothing` where no row is there."""
        model = index.model()
        if not index.isValid() or not isinstance(model, QAbstractItemModel):
            self.announce(about, nothing)
            return
        told = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
        self.announce(about, f"{told}, {index.row() + 1} of {model.rowCount(index.parent())}")


ANNOUNCER = Announcer()
