"""Words that are shown whole or not at all: where there is no room for all, fewer that say enough."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override


class WholeWords(QLabel):
    """Where there is no room, what was given as shorter, else only the part behind the last dot, or
    the one before it, or none. Whoever shows it says all of it elsewhere too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shorter: tuple[str, ...] = ()
        """Fewer words that say the same, the longest first."""

    def shown(self) -> str:
        """The words that fit."""
        fits = (w for w in self._ways() if self.fontMetrics().horizontalAdvance(w) <= self.width())
        return next(fits, "")

    def _ways(self) -> Iterator[str]:
        yield self.text()
        if self.shorter:
            yield from self.shorter
        else:
            first, _, last = self.text().rpartition(" · ")
            yield from (last, first)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), self.shown())
        painter.end()
