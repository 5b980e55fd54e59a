"""What was found, in three lines each: which letter, which item, and the words with the hits lit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.services.archive.values import Found
from app.services.language.dates import date_text
from app.ui import theme

FOUND_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_MARGIN, _GAP = 12, 3
SUMMARY = "Clinical case summary"


def title_of(found: Found) -> str:
    """What of the letter was found: the item's title, or that it is its summary."""
    return SUMMARY if found.issue_id is None else found.title.replace("\n", " ")


def head_of(found: Found) -> str:
    """Which letter, and how the item was decided when."""
    parts = (found.number or found.file_name, found.decision, date_text(found.day))
    return " · ".join(part for part in parts if part)


class Results(QAbstractListModel):
    """The items found so far; more are asked for when the last one comes into view."""

    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: list[Found] = []
        self.total = 0
        self._asked = False

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.found)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.found):
            return None
        found = self.found[index.row()]
        if role == FOUND_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(found)
        if role == Qt.ItemDataRole.ToolTipRole:
            return title_of(found)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((head_of(found), title_of(found), found.snippet))
        return None

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and len(self.found) < self.total

    @override
    def fetchMore(self, parent: Index) -> None:
        self._asked = True
        self.more_wanted.emit()

    def show_first(self, found: tuple[Found, ...], total: int) -> None:
        """Another question was answered."""
        self.beginResetModel()
        self.found, self.total, self._asked = list(found), total, False
        self.endResetModel()

    def add(self, found: tuple[Found, ...]) -> None:
        """What follows those that are shown."""
        if not found:
            self.total = len(self.found)
            return
        first = len(self.found)
        self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
        self.found += found
        self._asked = False
        self.endInsertRows()


class _Drawing(QStyledItemDelegate):
    """Letter and decision small, the title, then the words with those that were looked for lit."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 3 * option.fontMetrics.height() + 2 * _GAP + 2 * (_MARGIN - 4))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Found = index.data(FOUND_ROLE)
        painter.save()
        painter.setClipRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
            edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(edge, theme.colour("accent"))
        line = option.fontMetrics.height()
        box = option.rect.adjusted(_MARGIN, _MARGIN - 4, -_MARGIN, 0)
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() * 0.9)
        self._put(painter, box, small, theme.colour("muted"), head_of(found))
        box.translate(0, line + _GAP)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        text = option.palette.color(QPalette.ColorRole.Text)
        self._put(painter, box, bold, text, title_of(found))
        box.translate(0, line + _GAP)
        _draw_lit(painter, box, option.font, found)
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _put(self, painter: QPainter, box: QRect, font: QFont, ink: Any, words: str) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)


def _draw_lit(painter: QPainter, box: QRect, font: QFont, found: Found) -> None:
    words, shift = _from_first_hit(found, painter.fontMetrics().averageCharWidth(), box.width())
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(shown, font)
    lit = QTextCharFormat()
    lit.setFontWeight(QFont.Weight.Bold)
    lit.setBackground(theme.colour("find"))
    lit.setForeground(theme.colour("text"))
    ranges: list[QTextLayout.FormatRange] = []
    for start, end in found.lit:
        part = QTextLayout.FormatRange()
        part.start = start + shift  # type: ignore[attr-defined]
        part.length = min(end + shift, len(shown)) - part.start  # type: ignore[attr-defined]
        part.format = lit  # type: ignore[attr-defined]
        if start + shift >= 0 and part.length > 0:  # type: ignore[attr-defined]
            ranges.append(part)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(box.width() * 2, 1))
    layout.endLayout()
    painter.setPen(theme.colour("muted"))
    layout.draw(painter, QPointF(box.left(), box.top()))


def _from_first_hit(found: Found, letter: int, width: int) -> tuple[str, int]:
    """The words so that the first one that was looked for is within the line; how they moved."""
    room = max(20, width // max(letter, 1) // 2)
    if not found.lit or found.lit[0][0] < room:
        return found.snippet, 0
    start = found.snippet.rfind(" ", 0, found.lit[0][0] - room // 2) + 1
    return "… " + found.snippet[start:], 2 - start


class ResultList(QListView):
    """The results; Enter or a double click opens one."""

    opened = Signal(object)
    """A Found."""

    def __init__(self, model: Results, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Drawing(self))
        self.setAccessibleName("Items found")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_double_clicked)

    def current(self) -> Found | None:
        """The result in hand."""
        found = self.currentIndex().data(FOUND_ROLE)
        return found if isinstance(found, Found) else None

    def take_first(self) -> None:
        """The cursor onto the results, the first of them in hand."""
        self.setFocus()
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(FOUND_ROLE))
