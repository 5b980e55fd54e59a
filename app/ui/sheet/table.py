"""The table of the sheet: rows of one height, the editor of the field in hand in its own cell.

The current cell is the field in hand; everything else follows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.letter import FieldId
from app.services.one_field import Asked
from app.services.review import State
from app.ui import theme
from app.ui.form.editor import Editor
from app.ui.form.field_row import MARK_SIZE
from app.ui.form.line_editors import LineEditor
from app.ui.form.text_editor import TextEditor
from app.ui.sheet.cut_view import paint_strip, paint_words
from app.ui.sheet.model import LETTER, PICTURE, STATE, VALUE, Index, SheetModel, mark_of, said_of
from app.ui.sheet.strips import Strip, Strips, Wish

PAD = 8
LARGEST = 1.5
"""Device-independent pixels a point of the page may take in a row."""
LINES, LINES_OF_GRID = 2.6, 1.9
"""Lines of text that a row of one field is high, and a row of the header, where nothing wraps."""
# The share for the value, the picture and what is said of it, each of what is left by then.
SHARES = {VALUE: 0.26, PICTURE: 0.54, STATE: 1.0}
BOLD = 1.12
"""How much more room words take at most than is counted for them."""
USUAL = {1: "CM00-0000000", 6: "Expedited"}
"""What stands in columns of the header that hold no date."""
NARROWEST = {PICTURE: 200, VALUE: 190, STATE: 120}
_GROUNDS = {
    State.DOUBTFUL: "doubt_soft",
    State.MISSING: "missing_soft",
    State.ERROR: "error_soft",
    State.HALF_TYPED: "error_soft",
}


class SheetTable(QTableView):
    """Shows the model, and says which cell is in hand."""

    cell_chosen = Signal(int, int)
    """(row, column) of the current cell, also where it was chosen again."""
    view_moved = Signal()
    """Other rows show, or they have other sizes."""

    def __init__(self, model: SheetModel, strips: Strips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._strips = strips
        self._editor: Editor | None = None
        self._cell = (-1, -1)
        self.dark_page = False
        self._drawer = SheetCell(self)
        self.setModel(model)
        self.setItemDelegate(self._drawer)
        self.setAccessibleName("Letters, each with its picture and value")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        self.horizontalScrollBar().valueChanged.connect(self._on_moved)
        self.clicked.connect(self._on_clicked)
        strips.strip_drawn.connect(self._on_strip_drawn)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self._on_moved)
        model.rowsRemoved.connect(self._on_moved)

    # The cell in hand

    def choose(self, row: int, column: int) -> None:
        """Take a cell in hand, and bring it into view."""
        index = self._model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._tell(row, column)

    def put_editor(self, editor: Editor | None, row: int, column: int) -> None:
        """Have this editor stand in a cell; the one before goes out of sight."""
        if self._editor is not None and self._editor is not editor:
            self._editor.hide()
        self._editor, self._cell = editor, (row, column)
        if isinstance(editor, LineEditor):
            least = self.fontMetrics().horizontalAdvance("00/00/0000") + 4 * PAD
            editor.line.setMinimumWidth(least)  # here the column says how wide it is
        if editor is not None:
            editor.setParent(self.viewport())
            editor.installEventFilter(self)
            editor.setAutoFillBackground(True)
            self._place_editor()
            editor.show()
            editor.raise_()

    @property
    def cell(self) -> tuple[int, int]:
        """(row, column) of the cell in hand; (-1, -1) where none is."""
        index = self.currentIndex()
        return index.row(), index.column()

    def _tell(self, row: int, column: int) -> None:
        self.cell_chosen.emit(row, column)
        self.viewport().update()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        now = self.currentIndex()
        if now != before:
            self._tell(now.row(), now.column())

    def _on_clicked(self, index: QModelIndex) -> None:
        self._tell(index.row(), index.column())

    # Sizes

    def fit(self) -> None:
        """Give columns and rows the sizes that the window and its text have."""
        metrics = self.fontMetrics()
        lines = LINES_OF_GRID if self._model.is_header else LINES
        high = max(int(metrics.lineSpacing() * lines), metrics.lineSpacing() + 16)
        self.verticalHeader().setDefaultSectionSize(high)
        name = "CM00-0000000 · item 00" if self._model.is_of_items else "CM00-0000000"
        # The row in hand is written bold, which takes more room.
        first = int(metrics.horizontalAdvance(name) * BOLD) + 2 * PAD
        if self._model.is_header:
            first = metrics.horizontalAdvance("0000") + 2 * PAD
        room = self.viewport().width() - first
        self.setColumnWidth(LETTER, first)
        if self._model.is_header:
            self._share(room)
        else:
            # One after the other: what a wide one needs is taken from those behind it.
            grown = max(1.0, metrics.horizontalAdvance("x" * 10) / 70)
            for column, share in SHARES.items():
                wide = max(int(room * share), int(NARROWEST[column] * grown))
                self.setColumnWidth(column, wide)
                room -= wide
        self._on_moved()

    def _share(self, room: int) -> None:
        """Each column of the header as wide as its values need, and what is left among them."""
        columns = range(1, self._model.columnCount())
        metrics, beside = self.fontMetrics(), 2 * PAD + MARK_SIZE + 4
        values = [USUAL.get(column, "00/00/0000") for column in columns]
        usual = [int(metrics.horizontalAdvance(value) * BOLD) for value in values]
        more = max(room - sum(usual) - beside * len(columns), 0) // max(len(columns), 1)
        for column, wide in zip(columns, usual, strict=True):
            self.setColumnWidth(column, wide + beside + more)

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        place = self.visualRect(self._model.index(*self._cell)).adjusted(1, 2, -1, -2)
        high = self._editor.minimumSizeHint().height()
        # What needs more than its cell lies over the rows below.
        top = place.center().y() - high // 2 if high <= place.height() else place.top()
        # So does what is wider than its column over the next one, or the one before.
        wide = max(place.width(), self._editor.minimumSizeHint().width())
        left = max(min(place.left(), self.viewport().width() - wide), 0)
        if place.width() >= wide:
            left = place.left()
        self._editor.setGeometry(left, top, wide, high)
        if isinstance(self._editor, TextEditor):
            self._editor.text.verticalScrollBar().setValue(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._place_editor)  # a text that grew needs another height
        return super().eventFilter(watched, event)

    def _on_moved(self, *_: object) -> None:
        self._place_editor()
        self.view_moved.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # Pictures

    def shown(self) -> Iterator[int]:
        """The rows that are wholly in view, from the top."""
        view = self.viewport().height()
        first = self.rowAt(0)
        for row in range(max(first, 0), self._model.rowCount()):
            top = self.rowViewportPosition(row)
            if top + self.rowHeight(row) > view:
                return
            if top >= 0:
                yield row

    def in_view(self) -> range:
        """The rows of which anything shows, and a few below them."""
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        last = self._model.rowCount() - 1 if last < 0 else last
        return range(first, min(last + 4, self._model.rowCount()))

    def wish_of(self, row: int) -> Wish | None:
        """The picture that belongs into a row; None where it shows none."""
        asked = self._model.asked_at(row, VALUE)
        if asked is None or self._model.is_header or not any(p.boxes for p in asked.places):
            return None
        room = QSize(self.columnWidth(PICTURE) - 2 * PAD, self.rowHeight(row) - 4)
        return wish_for(
            self._model.rows[row].case_id, asked.field, (asked,), room, LARGEST, self
        )._replace(dark=self.dark_page)

    def strip_of(self, row: int) -> Strip | None:
        """What became of a row's picture; None where it shows none or is still to be drawn."""
        wish = self.wish_of(row)
        return self._strips.get(wish) if wish is not None else None

    def is_drawn(self, row: int) -> bool:
        """Whether the value of a row stands beside its picture."""
        strip = self.strip_of(row)
        return strip is not None and strip.image is not None

    def is_coming(self, row: int) -> bool:
        """Whether the picture of a row is still to be drawn."""
        return self.wish_of(row) is not None and self.strip_of(row) is None

    def _on_strip_drawn(self, wish: Wish) -> None:
        self.viewport().update()


def wish_for(
    case_id: int,
    here: FieldId | None,
    asked: tuple[Asked, ...],
    room: QSize,
    largest: float,
    on: QWidget,
) -> Wish:
    """A wish for a room in points of the screen that a widget is on."""
    ratio = on.devicePixelRatioF()
    return Wish(
        case_id=case_id,
        here=here,
        places=tuple((one.field, one.places) for one in asked),
        room=(max(int(room.width() * ratio), 1), max(int(room.height() * ratio), 1)),
        largest=largest * ratio,
        dark=False,
    )


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
        elif column == VALUE:
            self._paint_lines(painter, room, str(index.data()), "text")
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
        self._paint_text(painter, self._paint_mark(painter, room, asked), words, "text")

    def _paint_state(self, painter: QPainter, room: QRect, asked: Asked) -> None:
        _, role, word = mark_of(asked)
        rest = self._paint_mark(painter, room, asked)
        said = said_of(asked)
        if not said:
            self._paint_text(painter, rest, word, role)
            return
        self._paint_lines(painter, rest, f"{word}: {said}", role)

    def _paint_lines(self, painter: QPainter, room: QRect, words: str, role: str) -> None:
        """As many lines as there is room for; all of it stands below, with the field in hand."""
        metrics = painter.fontMetrics()
        lines = max(1, room.height() // metrics.lineSpacing())
        # The ends of lines that are broken take some of the room.
        wide = room.width() if lines == 1 else int(room.width() * (lines - 0.3))
        painter.save()
        painter.setClipRect(room)
        painter.setPen(theme.colour(role))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(
            room, int(flags), metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
        )
        painter.restore()

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
