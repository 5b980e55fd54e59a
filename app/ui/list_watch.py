"""Sees that something else has put letters into the data folder, or taken some out."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.services.store import Store

EVERY_MS = 1_500


class ListWatch(QObject):
    """Looks every now and then how many letters are kept: the command `import` adds some."""

    changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._seen = (0, 0)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """From here on the list is known as it is."""
        with suppress(UserError):
            self._seen = self._store.count()
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        # A database that cannot be read is told where it is used.
        with suppress(UserError):
            count = self._store.count()
            if count != self._seen:
                self._seen = count
                self.changed.emit()
