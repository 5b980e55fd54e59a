"""The flat icon buttons of the page view's bars."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from app.ui.enter_button import EnterToolButton
from app.ui.theme import icon


class BarButton(EnterToolButton):
    """An icon with a name for screen readers and a tip that names its key."""

    def __init__(
        self, picture: str, text: str, parent: QWidget, *, key: str = "", toggles: bool = False
    ) -> None:
        super().__init__(parent)
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
        self.setIcon(icon(picture))
