"""How an error that nobody caught is told: in the window; what was typed is kept.

A problem of the world is told in its own words, a bug with a report that can be copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.errors import UserError
from app.ui.notice_bar import Kind, Offer

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class CrashNotice(QObject):
    """Takes reports from any thread and shows them on the main one."""

    _reported = Signal(str)
    _told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._window: MainWindow | None = None
        self._report = ""
        self._reported.connect(self._on_reported)
        self._told.connect(self._on_told)

    def set_window(self, window: MainWindow) -> None:
        """Where reports are shown from now on."""
        self._window = window

    def report(self, words: str) -> None:
        """A bug has happened; callable from any thread."""
        self._reported.emit(words)

    def tell(self, error: UserError) -> None:
        """The disk, a file or another program stands in the way; callable from any thread."""
        self._told.emit(error)

    def _on_told(self, error: UserError) -> None:
        if self._window is None:
            return
        self._window.session.keep_all()
        self._window.notice.tell_problem(Kind.WENT_WRONG, error)

    def _on_reported(self, words: str) -> None:
        self._report = words
        if self._window is None:
            return
        self._window.session.keep_all()
        self._window.notice.tell_problem(
            Kind.WENT_WRONG,
            UserError(
                "Something in the program went wrong. Your work is saved.",
                "Go on; if it happens again, send the report. It holds no letter text.",
            ),
            Offer("Copy report", self._copy),
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
