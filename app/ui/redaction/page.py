"""The page on which areas are marked: a drag marks what lies under it, marks are shown as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from typing_extensions import override

from app.evidence import Box, Place
from app.ui import theme
from app.ui.jobs import Jobs
from app.ui.pages import Light, PageView
from app.ui.pages.layout import Spot

DRAGGED = "marked area"
BAR = QColor(0, 0, 0, 120)
"""A bar lets the print below it be read: what goes must be seen before it goes."""


class RedactionPage(PageView):
    """A page view in which a drag marks an area, and a double click the word under it."""

    area_marked = Signal(object)
    """A Place with one box."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(jobs, parent)
        self._drag_from: Spot | None = None
        self._pressed_at = QPointF()
        self._bars: tuple[Place, ...] = ()
        self._current: tuple[Place, ...] = ()
        self.words_picked.connect(self._on_words_picked)

    def show_marks(
        self, places: Sequence[Place], areas: Sequence[Place], current: Sequence[Place]
    ) -> None:
        """Cover these: where terms stand, marked areas, and what of it is chosen in the list."""
        self._bars = tuple(places) + tuple(areas)
        self._current = tuple(current)
        self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or event.modifiers():
            super().mousePressEvent(event)
            return
        self._drag_from = self.spot_at(event.position())
        self._pressed_at = event.position()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drag_from = None
        spot = self.spot_at(event.position())
        word = None if spot is None else self.text.word_at(*spot)
        if word is not None:
            self._mark(self.text.page_of(word), self.text.box_of(word))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is None:
            super().mouseMoveEvent(event)
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
            return
        area = self._dragged(event.position())
        places = [Place(self._drag_from.page, (area,))] if area else []
        self.set_highlight(DRAGGED, places, Light.AREA)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start = self._drag_from
        if start is None:
            super().mouseReleaseEvent(event)
            return
        area = self._dragged(event.position())
        self._stop_drag()
        if area is not None:
            self._mark(start.page, area)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag_from is not None:
            self._stop_drag()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointer.selected:
            self.mark_selection()
            return
        super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        mark = menu.addAction("Mark the selected words", self.mark_selection)
        copy = menu.addAction(theme.icon("copy"), "Copy", self.copy)
        for action in (mark, copy):
            action.setEnabled(bool(self.pointer.selected))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def mark_selection(self) -> None:
        """Mark the words that were selected by keys, an area a line."""
        for place in self.text.places(self.pointer.selected):
            for box in place.boxes:
                self._mark(place.page, box)
        self.pointer.select(range(0))

    def _on_words_picked(self, _words: str, page: int, boxes: Sequence[Box]) -> None:
        """With Ctrl words are picked as everywhere: here that marks them."""
        for box in boxes:
            self._mark(page, box)

    def _mark(self, page: int, box: Box) -> None:
        self.area_marked.emit(Place(page, (box,)))

    def _stop_drag(self) -> None:
        self._drag_from = None
        self.set_highlight(DRAGGED, (), Light.AREA)

    def _dragged(self, point: QPointF) -> Box | None:
        """The rectangle from where the drag began, on that page; None for a mere click."""
        start = self._drag_from
        way = (point - self._pressed_at).manhattanLength()
        if start is None or way < QApplication.startDragDistance():
            return None
        x, y = self.on_page(start.page, point)
        return (min(start.x, x), min(start.y, y), max(start.x, x), max(start.y, y))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.masked or not self._bars:
            return
        painter = QPainter(self.viewport())
        # One shape: where marks lie over each other the print below has to stay readable too.
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        for bar in self._rects(self._bars):
            shape.addRect(bar)
        painter.fillPath(shape, BAR)
        painter.setPen(QPen(theme.colour("missing"), 1))
        painter.drawPath(shape.simplified())
        painter.setPen(QPen(theme.colour("accent"), 3))
        for bar in self._rects(self._current):
            painter.drawRect(bar)
        painter.end()

    def _rects(self, places: Sequence[Place]) -> list[QRectF]:
        """Where these places show in the viewport, one rectangle a box."""
        corner = self.window_on_strip.topLeft()
        seen = QRectF(self.viewport().rect())
        rects = [
            self.rect_of([Place(place.page, (box,))]).translated(-corner)
            for place in places
            for box in place.boxes
        ]
        return [rect for rect in rects if rect.intersects(seen)]
