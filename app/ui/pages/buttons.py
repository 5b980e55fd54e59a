"""The flat icon buttons of the page view's bars, which follow light and dark."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from app.ui.theme import icon


class BarButton(QToolButton):
    """An icon with a name for screen readers and a tip that names its key."""

    def __init__(
        self, picture: str, text: str, parent: QWidget, *, key: str = "", toggles: bool = False
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})" if key else text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAutoRaise(True)
        self.setCheckable(toggles)
        self.setIconSize(QSize(18, 18))
        # The bars must fit beside a form: tighter than the tool buttons of the window.
        self.setStyleSheet("BarButton { padding: 5px; }")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show_picture()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_picture()
        super().changeEvent(event)

    def _show_picture(self) -> None:
        self.setIcon(icon(self._picture))
