"""Which commands work in every window of the program, whoever made that window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QWidget


def offered_by(window: QWidget, event: QEvent) -> bool:
    """Whether a key that was pressed is that of a command of the window itself."""
    if not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence(event.keyCombination())
    return any(keys in action.shortcuts() for action in window.actions())


class Everywhere(QObject):
    """Gives each window that comes to the front the commands that hide what is on the screen.

    By itself, and not by who makes a window: a new one that forgot it could not be locked from, nor
    one that asks for an answer first, nor a list that lies over the others and takes all keys.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = list(actions)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._on_focus_window_changed)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            self._offer_in(QApplication.activeWindow())

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        # A list that lies over the others is never the active window.
        self._offer_in(now.window() if now is not None else None)

    def _offer_in(self, front: QWidget | None) -> None:
        if front is not None and not set(self._actions) <= set(front.actions()):
            front.addActions(self._actions)
