"""The page in a window of its own: where it stands, and that all keys work there too."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screen_room import bounded, keep_on_screen

SIZE = QSize(820, 1000)


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
        others = [screen for screen in QGuiApplication.screens() if screen is not beside.screen()]
        screen = others[0] if others else beside.screen()
        self.resize(bounded(SIZE, screen))
        if not self.restoreGeometry(place) and others:
            self.move(screen.availableGeometry().center() - self.rect().center())
        keep_on_screen(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        pane.show()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit(self.saveGeometry())
        super().closeEvent(event)
