"""What may stand on the screen beside the desk while patient data is hidden: what says it shows none."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

OF_LETTERS = "tells_of_letters"
"""The attribute of a dialog by which it says whether it may show something of a letter."""


class Curtain(QObject):
    """Hangs before the window `before`; drawn, it takes away the dialogs that tell of letters, also
    those of the system for files and printing, and lets none of them come up."""

    refused = Signal()
    """A dialog did not come up."""

    def __init__(self, before: QWidget) -> None:
        super().__init__(before)
        self.is_drawn = False

    def draw(self, *, drawn: bool) -> None:
        """Hide patient data from now on, or show it again."""
        self.is_drawn = drawn
        if drawn:
            close_others(_harmless())


def close_others(stay: Collection[QWidget]) -> None:
    """Close every window that is on the screen, apart from those that stay, also one that asks for
    an answer first."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and window not in stay and not window.close():
            window.done(0) if isinstance(window, QDialog) else window.hide()


def refused_behind_curtain(dialog: QWidget) -> bool:
    """Whether the dialog belongs to a window before which a curtain is drawn, which says so then."""
    window = dialog.parentWidget()
    while window is not None:
        curtain = next((one for one in window.children() if isinstance(one, Curtain)), None)
        if curtain is not None and curtain.is_drawn:
            curtain.refused.emit()
            return True
        window = window.parentWidget()
    return False


def _harmless() -> list[QWidget]:
    return [
        window
        for window in QApplication.topLevelWidgets()
        if not getattr(window, OF_LETTERS, isinstance(window, QDialog))
    ]
