"""What lies under the mouse stays there, whatever comes and goes above it in a column of rows; where
the mouse is elsewhere, the row in hand does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

ROUNDS = 3
"""So often rows are looked at again whose heights change as the column gets its own."""


class Anchor(QObject):
    """Scrolls by as much as the rows above the one to hold have grown."""

    def __init__(
        self,
        scroll: QScrollArea,
        column: QWidget,
        rows: Sequence[QWidget],
        in_hand: Callable[[], QWidget | None],
    ) -> None:
        """`in_hand` gives the row that is worked on, if any is."""
        super().__init__(scroll)
        self._in_hand = in_hand
        self._scroll = scroll
        self._column = column
        self._rows = rows
        self._tops: dict[QWidget, int] = {}
        self._heights: dict[QWidget, int] = {}
        self._holding = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._hold)
        column.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._holding:
            return super().eventFilter(watched, event)  # of its own making
        if isinstance(event, QResizeEvent) and event.oldSize().width() != event.size().width():
            self._note()  # laid out anew: all rows move
        elif event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._hold()
            self._later.start()
        return super().eventFilter(watched, event)

    def _hold(self) -> None:
        held = self._held()
        self._holding = True
        for _ in range(ROUNDS):
            layout = self._column.layout()
            if layout is not None:
                # All heights are known here: rows tell their section, sections the column.
                layout.activate()
            if held is None or not held.isVisible():
                break
            grown = self._top(held) - self._tops.get(held, self._top(held))
            if not grown:
                break
            self._note()
            # The bar reaches as far as the column is high; rows get their last heights with it.
            self._column.resize(self._column.width(), self._height_wanted())
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + grown)
        self._note()
        self._holding = False

    def _note(self) -> None:
        self._tops = {row: self._top(row) for row in self._rows if row.isVisible()}
        self._heights = {row: row.height() for row in self._tops}

    def _top(self, row: QWidget) -> int:
        return row.mapTo(self._column, QPoint()).y()

    def _held(self) -> QWidget | None:
        """The row under the mouse, where the rows were when they were last in their places; with
        the mouse off the column, the row in hand if it is in sight."""
        viewport = self._scroll.viewport()
        if viewport.rect().contains(viewport.mapFromGlobal(QCursor.pos())):
            return self._under_mouse()
        row = self._in_hand()
        if row is None or row not in self._tops:
            return None
        shown = self._tops[row] - self._scroll.verticalScrollBar().value()
        return row if 0 <= shown < viewport.height() else None

    def _height_wanted(self) -> int:
        """How high the column will be: words that are wrapped make it higher than its hint says."""
        layout, width = self._column.layout(), self._column.width()
        wanted = self._column.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            wanted = max(wanted, layout.totalHeightForWidth(width))
        return max(self._column.height(), wanted)

    def _under_mouse(self) -> QWidget | None:
        """The row the mouse is over; over a title or between two rows, the next one below it, which
        what lies there moves with."""
        place = self._column.mapFromGlobal(QCursor.pos())
        below: list[tuple[int, QWidget]] = []
        for row, top in self._tops.items():
            left = row.mapTo(self._column, QPoint()).x()
            beside = left <= place.x() < left + row.width()
            # As high as it was when the mouse came to lie where it does: it may have grown since.
            if beside and top <= place.y() < top + self._heights[row]:
                return row
            if top > place.y():
                below.append((top, row))
        return min(below, key=lambda one: one[0])[1] if below else None
