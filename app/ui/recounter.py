"""When the list of letters is counted anew: the rules by which it was counted are others now."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.services.citations import Guidelines
from app.services.letter_intake import Reader
from app.services.recounting import STAMP, recount, stamp_of
from app.services.settings import Settings
from app.services.store import Store
from app.ui.jobs import Jobs

AFTER_MS = 500
"""Milliseconds after a change; several changes are one then, and what was set aside is kept."""


class Recounter(QObject):
    """Counts in the background, letter by letter; what a stop left undone the next start does."""

    counted = Signal()
    """The letters are to be listed anew."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        guidelines: Callable[[], Guidelines],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._jobs = jobs
        self._guidelines = guidelines
        self._settings = Settings()
        self._stop = threading.Event()
        self._asking = -1
        self._began = datetime.now(UTC)
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self.look)

    def use(self, settings: Settings) -> None:
        """Count by these from now on."""
        self._settings = settings

    def look_soon(self, *_: object) -> None:
        """Something may have changed by which letters are judged."""
        self._timer.start()

    def stop(self) -> None:
        """The program ends: no further letter is counted."""
        self._timer.stop()
        self._jobs.cancel(self._asking)
        self._stop.set()

    def look(self) -> None:
        """Count anew where the list was counted by other rules."""
        ask = partial(_asked, self._store, self._settings, self._began)
        self._asking = self._jobs.run(ask, self._on_asked, key="recount", priority=-1)

    def _on_asked(self, asked: tuple[str, list[int]] | None) -> None:
        if asked is None:
            return
        stamp, cases = asked
        self._stop.set()
        self._stop = threading.Event()
        work = partial(
            recount,
            self._store,
            self._reader,
            self._settings,
            cases,
            guidelines=self._guidelines,
            stopped=self._stop.is_set,
        )
        self._jobs.run(work, partial(self._on_counted, stamp), key="recount", priority=-1)

    def _on_counted(self, stamp: str, all_of_them: bool) -> None:
        if not all_of_them:
            return
        with suppress(UserError):
            self._store.save_setting(STAMP, stamp)
        self.counted.emit()


def _asked(store: Store, settings: Settings, began: datetime) -> tuple[str, list[int]] | None:
    """By which rules to count, and which letters; None where the list was counted by them.

    Asked in a worker: it is the first to speak SQLAlchemy after a start, whose import takes longer
    than the window may be held up.
    """
    with suppress(UserError):  # what cannot be read or kept is told where it is used
        stamp = stamp_of(store, settings)
        counted_with = store.setting(STAMP)
        if counted_with != stamp:
            # What has come in since the start was counted by the rules of then.
            new = began if counted_with is None else datetime.max.replace(tzinfo=UTC)
            return stamp, [case.id for case in store.cases() if case.imported_at < new]
    return None
