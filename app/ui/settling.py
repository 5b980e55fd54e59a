"""What waits until everything is on the disk, and holds the window up for no longer than a frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.ui.session import ONE_FRAME, Session

PATIENCE_MS = 1_000
"""Milliseconds after which what waits is told that it cannot be done now."""


class Settling(QObject):
    """One thing waits at a time: what is asked for later takes its place."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._act: Callable[[], None] | None = None
        self._otherwise: Callable[[], None] | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        session.saved.connect(self._on_session_saved)

    @property
    def waits(self) -> bool:
        """Whether something is still to be done."""
        return self._act is not None

    def then(self, act: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Do this when all that was done is kept: at once, or a moment later; `otherwise` where it
        cannot be kept."""
        self._act, self._otherwise = act, otherwise
        if self._session.settle(ONE_FRAME):
            self._go_on()
        elif self._session.log.trouble:
            self._give_up()
        else:
            self._patience.start()

    def _on_session_saved(self) -> None:
        if self._act is not None and self._session.settle(0.0):
            self._go_on()

    def _go_on(self) -> None:
        self._patience.stop()
        act, self._act, self._otherwise = self._act, None, None
        if act is not None:
            act()

    def _give_up(self) -> None:
        self._patience.stop()
        otherwise, self._act, self._otherwise = self._otherwise, None, None
        if otherwise is not None:
            otherwise()
