"""What pointing at the page means: a click, selecting text, or picking words for a field.

A plain drag selects words in reading order, a double click a word, a triple click a line and one
more click the paragraph. With Ctrl the words under the pointer are handed out instead.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.evidence import Box, Place
from app.ui.pages.highlights import Light
from app.ui.pages.layout import Spot
from app.ui.pages.strip import PageStrip
from app.ui.pages.text import PageText


class _Gesture(Enum):
    NOTHING = auto()
    CLICK = auto()
    SELECT = auto()
    PICK = auto()
    PICK_AREA = auto()


class TextPointer(QObject):
    """The mouse and the selection of one strip of pages."""

    clicked = Signal(int, float, float)
    words_picked = Signal(str, int, object)
    selection_changed = Signal()

    def __init__(self, strip: PageStrip) -> None:
        super().__init__(strip)
        self._strip = strip
        self._text = PageText()
        self._gesture = _Gesture.NOTHING
        self._pressed_at = QPointF()
        self._pressed_spot: Spot | None = None
        self._presses = 0
        self._last_press = (0, QPointF())
        self._anchor: int | None = None
        self._focus: int | None = None
        self._drag_point = QPointF()
        self._scroller = QTimer(self, interval=30)
        self._scroller.timeout.connect(self._on_scroller_timeout)

    # -- the selection

    @property
    def selected(self) -> range:
        """The numbers of the selected words."""
        if self._anchor is None or self._focus is None:
            return range(0)
        return range(min(self._anchor, self._focus), max(self._anchor, self._focus) + 1)

    def set_text(self, text: PageText) -> None:
        """Point at the words of another document."""
        self._text = text
        self.select(range(0))

    def renew_text(self, text: PageText) -> None:
        """Point at the same document, of which more or other words are known: what is selected stays."""
        ends = [
            None if word is None else self._text.spot_of(word)
            for word in (self._anchor, self._focus)
        ]
        self._text = text
        self._anchor, self._focus = (None if spot is None else text.word_of(*spot) for spot in ends)
        self._show_selection()

    def select(self, words: range) -> None:
        """Select these words, of which the last is the one that moves."""
        self._anchor = words[0] if words else None
        self._focus = words[-1] if words else None
        self._show_selection()

    def extend_to(self, word: int) -> None:
        """Move the end of the selection to a word."""
        if not len(self._text):
            return
        self._focus = min(max(word, 0), len(self._text) - 1)
        if self._anchor is None:
            self._anchor = self._focus
        self._show_selection()

    def extend_by(self, *, words: int = 0, lines: int = 0) -> None:
        """Move the end of the selection by words or lines; it begins on the page being read."""
        if self._focus is None:
            words_here = self._text.on_page(self._strip.current_page)
            if words_here:
                self.extend_to(words_here[0])
            return
        line = self._text.line_of(self._focus)
        if lines > 0:
            self.extend_to(line.stop - 1 if self._focus < line.stop - 1 else line.stop)
        elif lines < 0:
            self.extend_to(line.start if self._focus > line.start else line.start - 1)
        else:
            self.extend_to(self._focus + words)
        self._strip.bring_into_view(self._strip.rect_of(self._text.places([self._focus])))

    def _show_selection(self) -> None:
        self._strip.set_highlight("selection", self._text.places(self.selected), Light.SELECTION)
        self.selection_changed.emit()

    # -- the mouse

    def press(self, event: QMouseEvent) -> None:
        """A button went down in the viewport."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        self._count_press(event)
        self._pressed_at = self._drag_point = point
        self._pressed_spot = self._strip.spot_at(point)
        word = self._word(self._pressed_spot)
        modifiers = event.modifiers()
        self._gesture = _Gesture.CLICK
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._gesture = _Gesture.PICK
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
            nearest = self._nearest(point)
            self._gesture = _Gesture.SELECT
            if nearest is not None:
                self.extend_to(nearest)
        elif self._presses > 1 and word is not None:
            self._gesture = _Gesture.SELECT
            self.select(self._wider(word))

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved, with a button down or not."""
        self._drag_point = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(event)
            return
        far = (self._drag_point - self._pressed_at).manhattanLength()
        if far >= QApplication.startDragDistance():
            if self._gesture is _Gesture.CLICK:
                self._gesture = _Gesture.SELECT
                self.select(range(0))
                self._anchor = self._nearest(self._pressed_at)
            elif self._gesture is _Gesture.PICK:
                self._gesture = _Gesture.PICK_AREA
        self._drag()

    def release(self, event: QMouseEvent) -> None:
        """A button went up."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        gesture, self._gesture = self._gesture, _Gesture.NOTHING
        self._scroller.stop()
        spot = self._pressed_spot
        if gesture is _Gesture.CLICK:
            self.select(range(0))
            if spot is not None:
                self.clicked.emit(*spot)
        elif gesture is _Gesture.PICK:
            word = self._word(spot)
            if word is not None:
                self._pick(range(word, word + 1))
        elif gesture is _Gesture.PICK_AREA:
            self._strip.set_highlight("area", (), Light.AREA)
            area = self._area()
            if area is not None and spot is not None:
                self._pick(self._text.words_in(spot.page, area))

    def pick_selection(self) -> None:
        """Hand out the selected words as if they had been picked."""
        self._pick(self.selected)

    def _pick(self, words: range | tuple[int, ...]) -> None:
        places = self._text.places(words)
        if places:
            self.words_picked.emit(self._text.text(words), places[0].page, places[0].boxes)

    def _drag(self) -> None:
        if self._gesture is _Gesture.SELECT:
            nearest = self._nearest(self._drag_point)
            if nearest is not None and self._presses <= 1:
                self.extend_to(nearest)
        elif self._gesture is _Gesture.PICK_AREA:
            area, spot = self._area(), self._pressed_spot
            if area is not None and spot is not None:
                self._strip.set_highlight(
                    "area", [Place(spot.page, (area,), self._strip.file)], Light.AREA
                )
        outside = not self._strip.viewport().rect().contains(self._drag_point.toPoint())
        if outside and self._gesture in (_Gesture.SELECT, _Gesture.PICK_AREA):
            self._scroller.start()
        else:
            self._scroller.stop()

    @Slot()
    def _on_scroller_timeout(self) -> None:
        bar = self._strip.verticalScrollBar()
        y, height = self._drag_point.y(), self._strip.viewport().height()
        past = y if y < 0 else max(0.0, y - height)
        before = bar.value()
        bar.setValue(before + round(past / 2))
        if bar.value() != before:
            # The press stays with the page, not with the window.
            self._pressed_at -= QPointF(0, bar.value() - before)
            self._strip.moved_by_user.emit()
            self._drag()

    def _area(self) -> Box | None:
        """The dragged rectangle, cut to the page where it began."""
        start = self._pressed_spot
        if start is None:
            return None
        x, y = self._strip.on_page(start.page, self._drag_point)
        return (min(start.x, x), min(start.y, y), max(start.x, x), max(start.y, y))

    def _count_press(self, event: QMouseEvent) -> None:
        last_time, last_point = self._last_press
        near = (event.position() - last_point).manhattanLength() < QApplication.startDragDistance()
        soon = event.timestamp() - last_time <= QApplication.doubleClickInterval()
        self._presses = self._presses + 1 if near and soon and self._presses else 1
        self._last_press = (event.timestamp(), event.position())

    def _wider(self, word: int) -> range:
        if self._presses == 2:
            return range(word, word + 1)
        return self._text.line_of(word) if self._presses == 3 else self._text.paragraph_of(word)

    def _word(self, spot: Spot | None) -> int | None:
        return None if spot is None else self._text.word_at(*spot)

    def _nearest(self, point: QPointF) -> int | None:
        spot = self._strip.spot_at(point, nearest=True)
        return None if spot is None else self._text.nearest_word(*spot)

    def _show_cursor(self, event: QMouseEvent) -> None:
        over_word = self._word(self._strip.spot_at(event.position())) is not None
        picking = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shape = Qt.CursorShape.IBeamCursor if over_word else Qt.CursorShape.ArrowCursor
        if picking:
            pick, aim = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.CrossCursor
            shape = pick if over_word else aim
        self._strip.viewport().setCursor(shape)
