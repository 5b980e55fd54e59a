"""Lists of things to choose from, in groups: what a row says, and how it is drawn.

The picker's two steps, finding a guideline and naming the place in it, are such lists; neither
the model nor the delegate knows what is chosen.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui import theme

ROW_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()
_WORD = re.compile(r"\w+")
MARGIN = 12
"""Pixels between the edge of the list and a row's words."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list. A row without `value` is the heading of the group below it.

    `note` stands at the right end of the first line, `remark` (in the colour of `tone`) at the
    right end of the second; `lit` are the typed words to be set bold in the title.
    """

    title: str
    value: Any = None
    detail: str = ""
    note: str = ""
    remark: str = ""
    tone: str = "muted"
    lit: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.value is None

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.title, self.note, self.detail, self.remark) if part)


class Rows(QAbstractListModel):
    """The rows shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> Row:
        return self._rows[number]


class RowDelegate(QStyledItemDelegate):
    """Draws headings small and muted, choices in two lines."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        row: Row = index.data(ROW_ROLE)
        if row.is_heading:
            return QSize(100, line + 12)
        return QSize(100, (2 * line + 14) if row.detail or row.remark else line + 12)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        if row.is_heading:
            self._paint_heading(painter, option, row)
        else:
            self._paint_choice(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        box = option.rect.adjusted(MARGIN, 6, -MARGIN, -2)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.title)

    def _paint_choice(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(bar, theme.colour("accent"))
        box = option.rect.adjusted(MARGIN, 6, -MARGIN, -6)
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() * 0.9)
        two_lines = bool(row.detail or row.remark)
        line = option.fontMetrics.height()
        upper = QRect(box.left(), box.top(), box.width(), line if two_lines else box.height())
        painter.setFont(small)
        left = _draw_right(painter, upper, row.note, "muted")
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        _draw_title(painter, upper.adjusted(0, 0, -left, 0), row, option.font)
        if two_lines:
            lower = QRect(box.left(), box.bottom() - line + 1, box.width(), line)
            painter.setFont(small)
            left = _draw_right(painter, lower, row.remark, row.tone)
            painter.setPen(theme.colour("muted"))
            room = lower.adjusted(0, 0, -left, 0)
            words = painter.fontMetrics().elidedText(
                row.detail, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _draw_right(painter: QPainter, box: QRect, words: str, role: str) -> int:
    """Words at the right end of the box; answers how much of its width they take."""
    if not words:
        return 0
    metrics = painter.fontMetrics()
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() * 2 // 3)
    painter.setPen(theme.colour(role))
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
    return metrics.horizontalAdvance(words) + MARGIN


def _draw_title(painter: QPainter, box: QRect, row: Row, font: QFont) -> None:
    """The title, with the words bold that begin as a typed word does."""
    metrics = painter.fontMetrics()
    words = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(words, font)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    ranges: list[QTextLayout.FormatRange] = []
    for match in _WORD.finditer(words):
        typed = max((len(w) for w in row.lit if match.group().lower().startswith(w)), default=0)
        if typed:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = match.start(), typed, bold  # type: ignore[attr-defined]
            ranges.append(part)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(box.width() * 2, 1))
    layout.endLayout()
    painter.setClipRect(box)
    top = box.top() + (box.height() - line.height()) / 2
    layout.draw(painter, QPointF(box.left(), top))
    painter.setClipping(False)


class RowList(QListView):
    """The list under a line that does the typing: keys pressed here go to that line."""

    def __init__(self, line: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._model = Rows(self)
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        # the room it gets decides its height, never its content
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def show_rows(self, rows: tuple[Row, ...], *, select_first: bool) -> None:
        """Take over rows; the first choice is marked if asked for."""
        self._model.show_rows(rows)
        self.scrollToTop()
        if select_first:
            self.step(1)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown, headings too."""
        return tuple(self._model.row(number) for number in range(self._model.rowCount()))

    @property
    def chosen(self) -> Any:
        """The value of the marked row, or None."""
        index = self.currentIndex()
        return index.data(ROW_ROLE).value if index.isValid() else None

    def step(self, by: int) -> bool:
        """Mark the choice `by` places on, staying within the list; False where there is none."""
        choices = [n for n in range(self._model.rowCount()) if not self._model.row(n).is_heading]
        if not choices:
            return False
        now = self.currentIndex().row() if self.currentIndex().isValid() else -1
        if now in choices:
            place = min(max(choices.index(now) + by, 0), len(choices) - 1)
        else:
            place = 0 if by > 0 else len(choices) - 1
        self.setCurrentIndex(self._model.index(choices[place]))
        if place == 0:
            self.scrollToTop()  # the heading above the first choice belongs to it
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._line.setFocus()
        QApplication.sendEvent(self._line, event)

    def unmark(self) -> None:
        """Mark nothing."""
        self.setCurrentIndex(QModelIndex())
