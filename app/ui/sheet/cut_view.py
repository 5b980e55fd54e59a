"""How a picture cut from a page is painted: at its own size, the value in it underlined."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from app.letter import FieldId
from app.ui import theme
from app.ui.sheet.strips import Strip

UNDER = 2
"""Pixels of the line under the value."""


def paint_strip(painter: QPainter, room: QRect, strip: Strip, field: FieldId) -> None:
    """Paint a picture into its room, the value of a field underlined: from the left, in the middle
    of the height, cut where it is larger."""
    image = strip.image
    if image is None:
        return
    ratio = painter.device().devicePixelRatio()
    width, height = image.width() / ratio, image.height() / ratio
    top = room.top() + max(0.0, (room.height() - height) / 2)
    place = QRectF(room.left(), top, width, height)
    painter.save()
    painter.setClipRect(room)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(place.topLeft(), image)
    painter.setPen(QPen(theme.colour("accent"), UNDER))
    for lit in strip.lit.get(field, ()):
        y = min(place.top() + lit.bottom() * height + 1, room.bottom() - UNDER / 2)
        left = place.left() + lit.left() * width
        painter.drawLine(QPointF(left, y), QPointF(left + lit.width() * width, y))
    painter.restore()


def paint_words(painter: QPainter, room: QRect, words: str, colour: QColor) -> None:
    """Words where there is no picture, as many as there is room for."""
    painter.save()
    painter.setClipRect(room)
    painter.setPen(colour)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(room, int(flags), words)
    painter.restore()


class CutView(QFrame):
    """The picture of the field in hand, large."""

    resized = Signal()
    """There is another room for the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(160, 64))
        self._strip: Strip | None = None
        self._field: FieldId | None = None
        self._words = ""

    @property
    def strip(self) -> Strip | None:
        """What is shown."""
        return self._strip

    @property
    def words(self) -> str:
        """What stands in place of a picture."""
        return self._words

    def show_strip(self, strip: Strip | None, field: FieldId | None, words: str) -> None:
        """Show a picture in which the value of a field lies, or these words where there is none."""
        self._strip, self._field, self._words = strip, field, words
        self.setAccessibleDescription(words)
        self.update()

    def room(self) -> QSize:
        """How much of a page can be shown, in points."""
        return self.contentsRect().adjusted(8, 4, -8, -4).size()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.contentsRect().adjusted(8, 4, -8, -4)
        if self._strip is not None and self._strip.image is not None and self._field is not None:
            paint_strip(painter, room, self._strip, self._field)
        else:
            paint_words(painter, room, self._words, theme.colour("muted"))
        painter.end()
