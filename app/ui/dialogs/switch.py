"""A check box drawn as a switch: its state is told by where the knob is, not by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox
from typing_extensions import override

from app.ui import theme

TRACK = QSize(36, 20)
GAP = 12


class Switch(QCheckBox):
    """On or off, its words to the right. Keys and screen readers meet an ordinary check box."""

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = TRACK.width() + GAP + metrics.horizontalAdvance(self.text()) + 8
        return QSize(width, max(TRACK.height(), metrics.height()) + 8)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        top = (self.height() - TRACK.height()) / 2
        track = QRectF(1, top, TRACK.width(), TRACK.height()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("accent" if on else "outline"), 1.5))
        painter.setBrush(theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        size = track.height() - 6
        left = track.right() - size - 3 if on else track.left() + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent" if on else "muted"))
        painter.drawEllipse(QRectF(left, track.top() + 3, size, size))
        painter.setPen(theme.colour("text" if self.isEnabled() else "outline"))
        words = self.rect().adjusted(TRACK.width() + GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), 11, 11)
