"""The page in a window of its own: where it stands, and that all keys work there too."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

SIZE = (820, 1000)


class DetachedPage(QWidget):
    """Holds a pane for as long as it is open; whoever gave it takes it back on `closed`.

    It stands where `place` says, which an earlier one told with `closed`; without it on the
    screen that `beside` is not on, where there is another.
    """

    closed = Signal(QByteArray)
    """Where it stood."""

    def __init__(
        self,
        pane: QWidget,
        title: str,
        actions: Iterable[QAction],
        beside: QWidget,
        place: QByteArray,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.addActions(list(actions))
        self.resize(*SIZE)
        if not self.restoreGeometry(place):
            self._go_to_other_screen(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        pane.show()

    def _go_to_other_screen(self, beside: QWidget) -> None:
        others = [screen for screen in QGuiApplication.screens() if screen is not beside.screen()]
        if others:
            room = others[0].availableGeometry()
            self.resize(self.size().boundedTo(room.size()))
            self.move(room.center() - self.rect().center())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit(self.saveGeometry())
        super().closeEvent(event)
