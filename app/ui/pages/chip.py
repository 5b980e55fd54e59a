"""The small button over the pages that brings a reader back to the field in work."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.enter_button import EnterButton
from app.ui.theme import colour, icon

_MARGIN = 16
_ICON = 16
_SIDE = 14


class BackChip(EnterButton):
    """Floats at the edge of the pages beyond which the field lies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Back to field", parent=parent)
        self._area = parent
        self._above = False
        self.setAccessibleDescription("Scrolls to the place of the current field")
        self.setToolTip("Scroll to the place of the current field")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_at_edge(self, *, above: bool) -> None:
        """Show at the top edge or the bottom edge, in the middle."""
        self._above = above
        self.resize(self.sizeHint())
        room = self._area.size()
        top = _MARGIN if above else room.height() - self.height() - _MARGIN
        self.move((room.width() - self.width()) // 2, top)
        self.show()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        text = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        return QSize(text.width() + _ICON + 2 * _SIDE + 6, text.height() + 16)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted here, not styled: it lies on the page and must stand out in both schemes.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill = colour("accent")
        painter.setBrush(fill.darker(112) if self.isDown() or self.underMouse() else fill)
        painter.setPen(QPen(colour("on_accent"), 1.5))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        if self.hasFocus():
            inner = pill.adjusted(3, 3, -3, -3)
            painter.setPen(QPen(colour("on_accent"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        name = "arrow-up" if self._above else "arrow-down"
        top = (self.height() - _ICON) // 2
        icon(name, "on_accent").paint(painter, _SIDE, top, _ICON, _ICON)
        painter.setPen(colour("on_accent"))
        room = self.rect().adjusted(_SIDE + _ICON + 6, 0, -_SIDE, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
