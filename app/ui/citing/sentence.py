"""The guideline field as it will be printed, in two lines at most, the new words marked."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui import theme

LINES = 2
ELLIPSIS = "… "
TAIL_ELLIPSIS = " …"
LONGEST_TAIL = 3
"""Letters behind the change that are never left out: a full stop takes less room than the dots."""


class SentencePreview(QWidget):
    """Shows of a long field the part that changes, with as much before it as there is room for.

    The height never changes with the text, so that nothing below it jumps.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._before = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def show_sentence(self, text: str, before: str = "") -> None:
        """Show the field's text; what it does not share with the text `before` is lit."""
        self._text, self._before = text, before
        self.setAccessibleName("As it will be printed")
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, LINES * self._serif_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        start, end = _changed(self._before, self._text)
        shown, dropped = self._fitting(self._text, end)
        layout = QTextLayout(shown, self._serif())
        lit = QTextLayout.FormatRange()
        marks = QTextCharFormat()
        marks.setForeground(theme.colour("accent"))
        lit.start = max(start - dropped, 0)  # type: ignore[attr-defined]
        lit.length = max(end - dropped - max(start - dropped, 0), 0)  # type: ignore[attr-defined]
        lit.format = marks  # type: ignore[attr-defined]
        layout.setFormats([lit])
        self._lay_out(layout)
        painter.setPen(QColor(theme.colour("text")))
        layout.draw(painter, QPointF(0, 0))
        painter.end()

    def _serif(self) -> QFont:
        font = QFont("Liberation Serif")
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPointSizeF(self.font().pointSizeF() * 1.1)
        return font

    def _serif_height(self) -> int:
        layout = QTextLayout("Ag", self._serif())
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1000)
        height = line.height()
        layout.endLayout()
        return ceil(height)

    def _lay_out(self, layout: QTextLayout) -> int:
        """Break the layout into lines of the widget's width; answers how many there are."""
        layout.beginLayout()
        count, top = 0, 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            line.setPosition(QPointF(0, top))
            top += line.height()
            count += 1
        layout.endLayout()
        return count

    def _fitting(self, text: str, end: int) -> tuple[str, int]:
        """The part of the text up to `end` that fits, and by how much it is shifted to the left."""
        if self._lay_out(QTextLayout(text, self._serif())) <= LINES:
            return text, 0
        if len(text) - end > LONGEST_TAIL:
            text = text[:end] + TAIL_ELLIPSIS
            if self._lay_out(QTextLayout(text, self._serif())) <= LINES:
                return text, 0
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            layout = QTextLayout(ELLIPSIS + text[middle:], self._serif())
            if self._lay_out(layout) <= LINES:
                high = middle
            else:
                low = middle + 1
        space = text.find(" ", low)
        cut = space + 1 if 0 <= space < low + 30 else low
        return ELLIPSIS + text[cut:], cut - len(ELLIPSIS)


def _changed(before: str, after: str) -> tuple[int, int]:
    """Where in `after` the whole words stand that `before` does not have."""
    shortest = min(len(before), len(after))
    start = 0
    while start < shortest and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < shortest - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = len(after) - tail
    while 0 < start < end and after[start - 1].isalnum() and after[start].isalnum():
        start -= 1
    while start < end < len(after) and after[end - 1].isalnum() and after[end].isalnum():
        end += 1
    return start, end
