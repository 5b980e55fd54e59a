"""The table of the sheet: rows of one height, the editor of the field in hand in its own cell.

The current cell is the field in hand; everything else follows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.letter import Kind
from app.ui.form.editor import Editor
from app.ui.form.field_row import MARK_SIZE
from app.ui.form.line_editors import LineEditor
from app.ui.form.text_editor import TextEditor
from app.ui.sheet.cell import NARROW_PAD, PAD, SheetCell
from app.ui.sheet.long_editor import LongEditor
from app.ui.sheet.model import LETTER, PICTURE, STATE, VALUE, Index, SheetModel
from app.ui.sheet.strips import Strip, Strips, Wish, wish_for

LARGEST = 1.5
"""Device-independent pixels a point of the page may take in a row."""
LINES, LINES_OF_GRID, LINES_OF_LONG = 2.6, 1.9, 4.6
"""Lines of text that a row of one field is high, a row of the header, where nothing wraps, and one
of a long text."""
LONG_SHARE = 0.75
"""How much of the table's height the editor of a long text may take."""
SHORT = frozenset({Kind.DATE, Kind.NUMBER, Kind.CHOICE})
"""Kinds whose values take little room, however large the table is."""
# The share for the value, the picture and what is said of it, each of what is left by then.
SHARES = {VALUE: 0.26, PICTURE: 0.54, STATE: 1.0}
SHARES_OF_LONG = {VALUE: 0.36, PICTURE: 0.66, STATE: 1.0}
BOLD = 1.12
"""How much more room words take at most than is counted for them."""
USUAL = {1: "CM00-0000000", 6: "Expedited"}
"""What stands in columns of the header that hold no date."""
NARROWEST = {PICTURE: 200, VALUE: 190, STATE: 120}
LEAST_PICTURE = 120
BESIDE_DATE = 40
"""Pixels of the button that opens the calendar."""
USUAL_DOUBT = "check: The header says 00/00/0000, the summary 00/00/0000."
SPARE = 0.85
"""How much of two lines words fill at most that are wrapped at spaces."""


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
        self._long = LongEditor(self.viewport())
        self._place_soon = QTimer(self, singleShot=True, interval=0)
        self._place_soon.timeout.connect(self._place_editor)
        self._long.text_resized.connect(self._place_soon.start)
        self._cell = (-1, -1)
        self.dark_page = False
        self.is_stacked = False
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
        # A name that is wider than its column goes on in a second line.
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag(left.value | Qt.TextFlag.TextWordWrap.value)
        )
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideNone)
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
        self._long.let_go()
        self._long.setVisible(self._is_long(editor))
        self._editor, self._cell = editor, (row, column)
        if isinstance(editor, LineEditor):
            least = self.fontMetrics().horizontalAdvance("00/00/0000") + 4 * PAD
            editor.line.setMinimumWidth(least)  # here the column says how wide it is
        if editor is None:
            return
        editor.installEventFilter(self)
        if isinstance(editor, TextEditor) and self._is_long(editor):
            self._long.hold(editor)
            self._place_editor()
            self._long.raise_()
        else:
            editor.setParent(self.viewport())
            editor.setAutoFillBackground(True)
            self._place_editor()
            editor.show()
            editor.raise_()

    def _is_long(self, editor: Editor | None) -> bool:
        return isinstance(editor, TextEditor) and not editor.is_one_line

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
            self._share_one_field(room)
        high = max(int(metrics.lineSpacing() * self._lines()), metrics.lineSpacing() + 16)
        self.verticalHeader().setDefaultSectionSize(high)
        self._fit_heads()
        self._on_moved()

    def _lines(self) -> float:
        """How many lines of text a row is high; one more where what is said needs it."""
        if self._model.is_header:
            return LINES if self.is_stacked else LINES_OF_GRID
        if self._model.is_long:
            return LINES_OF_LONG
        wide = self.columnWidth(STATE) - 2 * PAD - MARK_SIZE - 4
        return LINES + (self.fontMetrics().horizontalAdvance(USUAL_DOUBT) > SPARE * 2 * wide)

    def _fit_heads(self) -> None:
        """High enough for the names of the columns: one that is too wide for its own takes two lines."""
        header = self.horizontalHeader()
        metrics, across = header.fontMetrics(), Qt.Orientation.Horizontal
        columns = range(self._model.columnCount())
        names = [str(self._model.headerData(column, across)) for column in columns]
        is_wide = any(
            metrics.horizontalAdvance(name) + 2 * PAD > self.columnWidth(column)
            for column, name in enumerate(names)
        )
        header.setFixedHeight((1 + is_wide) * metrics.lineSpacing() + 2 * PAD)

    def _share_one_field(self, room: int) -> None:
        """One after the other: what a wide one needs is taken from those behind it."""
        metrics = self.fontMetrics()
        grown = max(1.0, metrics.horizontalAdvance("x" * 10) / 70)
        shares = SHARES_OF_LONG if self._model.is_long else SHARES
        widths: dict[int, int] = {}
        for column, share in shares.items():
            left = room - sum(widths.values())
            widths[column] = max(int(left * share), int(NARROWEST[column] * grown))
            if column == VALUE and self._model.kind in SHORT:
                widest = "  00/00/0000" if self._model.kind is Kind.DATE else "  Overturned"
                widths[column] = metrics.horizontalAdvance(f"{widest}   ") + 2 * PAD + BESIDE_DATE
        # Nothing lies out of sight: the picture, which is shown large below, is the one that yields.
        over = max(sum(widths.values()) - room, 0)
        widths[PICTURE] = max(widths[PICTURE] - over, LEAST_PICTURE)
        for column, wide in widths.items():
            self.setColumnWidth(column, wide)

    def _share(self, room: int) -> None:
        """Each column of the header as wide as its values need, and what is left among them. Where
        that is too much for the window, the marks stand over the values, not before them."""
        columns = range(1, self._model.columnCount())
        metrics, beside = self.fontMetrics(), 2 * PAD + MARK_SIZE + 4
        values = [USUAL.get(column, "00/00/0000") for column in columns]
        usual = [metrics.horizontalAdvance(value) + 1 for value in values]
        self.is_stacked = sum(usual) + beside * len(columns) > room
        if self.is_stacked:
            beside = 2 * NARROW_PAD
        more = max(room - sum(usual) - beside * len(columns), 0) // max(len(columns), 1)
        for column, wide in zip(columns, usual, strict=True):
            self.setColumnWidth(column, wide + beside + more)

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        place = self.visualRect(self._model.index(*self._cell)).adjusted(1, 2, -1, -2)
        if self._is_long(self._editor):
            self._place_long(place)
            return
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

    def _place_long(self, place: QRect) -> None:
        """Over what is said of it, which stands below too, and over the rows around."""
        view = self.viewport().height()
        place.setWidth(place.width() + self.columnWidth(STATE))
        most = max(int(view * LONG_SHARE), place.height())
        high = min(max(self._long.height_for(place.width()), place.height()), most)
        place.setHeight(high)
        if place.bottom() > view and place.top() >= 0:
            place.moveBottom(view - 1)
        self._long.setGeometry(place)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.LayoutRequest:
            self._place_soon.start()  # a text that grew needs another height
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
