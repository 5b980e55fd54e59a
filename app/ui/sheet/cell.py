"""How a cell of the sheet is painted: the letter, the picture, the value and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.services.one_field import Asked
from app.services.review import State
from app.ui import theme
from app.ui.form.field_row import MARK_SIZE
from app.ui.sheet.cut_view import paint_strip, paint_words
from app.ui.sheet.model import LETTER, PICTURE, VALUE, SheetModel, mark_of, said_of

if TYPE_CHECKING:
    from app.ui.sheet.table import SheetTable

PAD, NARROW_PAD = 8, 4
BEFORE = 48
"""Letters of a long text that are shown before the words in doubt."""
_GROUNDS = {
    State.DOUBTFUL: "doubt_soft",
    State.MISSING: "missing_soft",
    State.ERROR: "error_soft",
    State.HALF_TYPED: "error_soft",
}


class SheetCell(QStyledItemDelegate):
    """Paints what stands in a cell."""

    def __init__(self, table: SheetTable) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        table, row, column = self._table, index.row(), index.column()
        model: SheetModel = index.model()
        asked = model.asked_at(row, column)
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        self._paint_ground(painter, rect, asked, row, column, is_header=model.is_header)
        room = rect.adjusted(PAD, 2, -PAD, -2)
        if column == LETTER:
            self._paint_text(painter, room, str(index.data()), "text", bold=row == table.cell[0])
        elif asked is None:
            if column == 1:
                paint_words(painter, room, str(index.data()), theme.colour("missing"))
        elif model.is_header:
            self._paint_marked(painter, room, str(index.data()), asked)
        elif column == PICTURE:
            self._paint_picture(painter, room, row, asked)
        elif column == VALUE and asked.is_long:
            paint_lines(painter, room, *excerpt(str(index.data()), asked.doubtful))
        elif column == VALUE:
            paint_lines(painter, room, str(index.data()))
        else:
            self._paint_state(painter, room, asked)

    def _paint_ground(
        self,
        painter: QPainter,
        rect: QRect,
        asked: Asked | None,
        row: int,
        column: int,
        *,
        is_header: bool,
    ) -> None:
        in_hand = row == self._table.cell[0]
        role = "accent_soft" if in_hand else "surface"
        waits = asked is not None and asked.status.open and asked.note is None
        if waits and asked is not None and (is_header or column == VALUE) and column != LETTER:
            role = _GROUNDS.get(asked.status.state, role)
        painter.fillRect(rect, theme.colour(role))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        if in_hand and column == LETTER:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour("accent"))

    def _paint_text(
        self, painter: QPainter, room: QRect, words: str, role: str, *, bold: bool = False
    ) -> None:
        painter.save()
        font = painter.font()
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(left), shown)
        painter.restore()

    def _paint_mark(self, painter: QPainter, room: QRect, asked: Asked) -> QRect:
        """Paint the mark; gives the room behind it."""
        glyph, role, _ = mark_of(asked)
        if glyph:
            place = QRect(0, 0, MARK_SIZE, MARK_SIZE)
            place.moveCenter(room.center())
            place.moveLeft(room.left())
            theme.icon(glyph, role).paint(painter, place)
        return room.adjusted(MARK_SIZE + 4, 0, 0, 0)

    def _paint_marked(self, painter: QPainter, room: QRect, words: str, asked: Asked) -> None:
        if not self._table.is_stacked:
            self._paint_text(painter, self._paint_mark(painter, room, asked), words, "text")
            return
        line = painter.fontMetrics().lineSpacing()
        top = room.top() + (room.height() - MARK_SIZE - line) // 2
        left, wide = room.left() - PAD + NARROW_PAD, room.width() + 2 * (PAD - NARROW_PAD)
        self._paint_mark(painter, QRect(left, top, wide, MARK_SIZE), asked)
        self._paint_text(painter, QRect(left, top + MARK_SIZE, wide, line), words, "text")

    def _paint_state(self, painter: QPainter, room: QRect, asked: Asked) -> None:
        _, role, word = mark_of(asked)
        rest = self._paint_mark(painter, room, asked)
        said = said_of(asked)
        if not said:
            self._paint_text(painter, rest, word, role)
            return
        paint_lines(painter, rest, f"{word}: {said}", role=role)

    def _paint_picture(self, painter: QPainter, room: QRect, row: int, asked: Asked) -> None:
        wish = self._table.wish_of(row)
        strip = self._table.strip_of(row)
        muted = theme.colour("muted")
        if wish is None:
            words = "Not printed on a page"
            paint_words(painter, room, words if asked.value else "", muted)
        elif strip is None:
            paint_words(painter, room, "…", muted)
        elif strip.image is not None:
            paint_strip(painter, room, strip, asked.field)
        elif strip.problem is not None:
            paint_words(painter, room, strip.problem.what, theme.colour("missing"))


def paint_lines(
    painter: QPainter,
    room: QRect,
    words: str,
    bold: tuple[int, int] | None = None,
    *,
    role: str = "text",
) -> None:
    """As many whole lines as there is room for, the last one with dots where there are more; `bold`
    is between which places words are. All of it stands below, with the field in hand."""
    layout = QTextLayout(words, painter.font())
    layout.setTextOption(QTextOption())
    if bold is not None:
        weight = QTextCharFormat()
        weight.setFontWeight(QFont.Weight.Bold)
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = bold[0], bold[1] - bold[0], weight  # pyright: ignore[reportAttributeAccessIssue]
        layout.setFormats([span])
    layout.beginLayout()
    ends: list[float] = []
    high = 0.0
    while high <= room.height() and (line := layout.createLine()).isValid():
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, high))
        high += line.height()
        ends.append(high)
    layout.endLayout()
    whole = max(sum(end <= room.height() for end in ends), 1)
    more = whole < len(ends)
    high = ends[whole - 1] if ends else 0.0
    top = room.top() + max((room.height() - high) / 2, 0.0)
    above = ends[whole - 2] if more and whole > 1 else 0.0 if more else high
    painter.save()
    painter.setPen(theme.colour(role))
    painter.setClipRect(QRect(room.left(), round(top), room.width(), round(above)))
    layout.draw(painter, QPointF(room.left(), top))
    if more:
        rest = words[layout.lineAt(whole - 1).textStart() :]
        shown = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        last = QRect(room.left(), round(top + above), room.width(), round(high - above))
        painter.setClipRect(last)
        painter.drawText(last, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def excerpt(text: str, doubtful: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
    """A long text from where it is to be seen on, on one line, and where the words in doubt stand
    in that."""
    line = text.replace("\n", " ")
    if doubtful is None:
        return line, None
    start, end = doubtful
    first = max(start - BEFORE, 0)
    if first:
        first = line.find(" ", first, start) + 1 or start
    lead = "… " if first else ""
    place = len(lead) - first
    return lead + line[first:], (start + place, end + place)
