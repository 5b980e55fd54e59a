"""Sees that something else has put letters into the data folder, or changed those in the list."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.services.store import Store
from app.ui.queue_view import QueueView

EVERY_MS = 1_500


class ListWatch(QObject):
    """Looks every now and then whether the list that is shown is the one that is kept.

    It remembers nothing: whatever came in after the list was read is seen, whenever that was.
    """

    changed = Signal()

    def __init__(self, store: Store, queue: QueueView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._queue = queue
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        # A database that cannot be read is told where it is used.
        with suppress(UserError):
            if self._store.list_state() != self._queue.list_state:
                self.changed.emit()
