"""Small buttons next to each other, on as many lines as they need: how they are laid into a width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override


class ButtonFlow(QWidget):
    """Fills lines from the left; what is hidden takes no room.

    A widget and no layout: the items of a layout written in Python do not outlive their buttons.
    """

    def __init__(self, gap: int = 0, parent: QWidget | None = None) -> None:
        """`gap` is how many pixels are between buttons, and between their lines."""
        super().__init__(parent)
        self._gap = gap
        self._buttons: tuple[QPushButton, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_buttons(self, buttons: Sequence[QPushButton]) -> None:
        """Have these buttons, in this order; new ones are hidden until they are shown."""
        for button in buttons:
            if button.parentWidget() is not self:
                button.setParent(self)
                button.hide()  # or it would be shown together with the widget it lies on
        self._buttons = tuple(buttons)

    def fit(self) -> None:
        """Lay out anew, as something was shown or hidden."""
        self._lay_out(self.width(), moving=True)
        self.updateGeometry()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._lay_out(width, moving=False)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    @override
    def minimumSizeHint(self) -> QSize:
        shown = [button.sizeHint() for button in self._buttons if not button.isHidden()]
        return QSize(
            max((size.width() for size in shown), default=0),
            max((size.height() for size in shown), default=0),
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(event.size().width(), moving=True)

    def _lay_out(self, width: int, *, moving: bool) -> int:
        """The height it takes, in pixels; with `moving` the buttons go to their places."""
        x = y = line = 0
        for button in self._buttons:
            if button.isHidden():
                continue
            size = button.sizeHint()
            if x > 0 and x + size.width() > width:
                x, y, line = 0, y + line + self._gap, 0
            if moving:
                button.setGeometry(x, y, min(size.width(), max(width, 1)), size.height())
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line
