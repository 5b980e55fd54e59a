"""How one letter of the list is painted: its number and mark, then what is left to do in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.services.language.dates import date_text
from app.services.store import CaseSummary, Status
from app.ui import theme
from app.ui.queue_model import (
    MASK,
    SUMMARY_ROLE,
    due_date,
    is_overdue,
    left_words,
    state_words,
)

Index = QModelIndex | QPersistentModelIndex
GAP = 8
"""Pixels at least between a letter's name and the day it is due."""


# status: (icon, colour role)
MARKS = {
    Status.NEW: ("circle", "muted"),
    Status.IN_WORK: ("pencil", "edited"),
    Status.CHECKED: ("circle-check", "ok"),
    Status.EXPORTED: ("file-check", "accent"),
}


class QueueRow(QStyledItemDelegate):
    """Two lines a letter: number and mark, then what waits there."""

    masked = False
    days_to_decide = 30
    on_desk: int | None = None
    """The letter (its id) that is on the desk: its row is told apart from those selected."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 2 * option.fontMetrics.height() + 16)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        case: CaseSummary = index.data(SUMMARY_ROLE)
        painter.save()
        is_on_desk = case.id == self.on_desk
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
        if is_on_desk:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                theme.colour("accent"),
            )
        box = option.rect.adjusted(12, 6, -8, -6)
        glyph, role = MARKS[case.status]
        theme.icon(glyph, role).paint(painter, QRect(box.left(), box.top() + 2, 16, 16))
        text = box.adjusted(24, 0, 0, 0)
        half = text.height() // 2
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        font = painter.font()
        font.setBold(is_on_desk)
        painter.setFont(font)
        upper = QRect(text.left(), text.top(), text.width(), half)
        lower = QRect(text.left(), text.top() + half, text.width(), half)
        name = MASK if self.masked else case.number or case.file_name
        needed = painter.fontMetrics().horizontalAdvance(name)
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(upper, middle, shown)
        font.setBold(False)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        due = self._due(case)
        if needed + GAP + painter.fontMetrics().horizontalAdvance(due) <= text.width():
            overdue = is_overdue(case, self.days_to_decide)
            painter.setPen(theme.colour("error" if overdue else "muted"))
            painter.drawText(upper, middle | Qt.AlignmentFlag.AlignRight, due)
        tone = "error" if case.errors else "doubt" if left_words(case) else "muted"
        painter.setPen(theme.colour(tone if case.removed_at is None else "muted"))
        painter.drawText(lower, middle, self._state(case, painter.fontMetrics(), text.width()))
        painter.restore()

    def _state(self, case: CaseSummary, metrics: QFontMetrics, room: int) -> str:
        """How far the letter is; where there is no room what is left to do, as the mark tells the
        rest."""
        left = left_words(case)
        ways = (state_words(case), left, left.replace("postponed", "put off"))
        fits = (words for words in ways if words and metrics.horizontalAdvance(words) <= room)
        whole = next(fits, "")
        return whole or metrics.elidedText(ways[1] or ways[0], Qt.TextElideMode.ElideRight, room)

    def _due(self, case: CaseSummary) -> str:
        """When a letter is due that is still to be done; empty where it is hidden or not known."""
        due = due_date(case, self.days_to_decide)
        if due is None or self.masked or case.is_done or case.removed_at is not None:
            return ""
        late = is_overdue(case, self.days_to_decide)
        return f"! due {date_text(due)}" if late else f"due {date_text(due)}"
