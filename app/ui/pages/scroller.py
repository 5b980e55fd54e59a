"""Where the pages lie under the window: scrolling, zooming, turning, and the way back to a place.

Knows the sizes of the pages and nothing of what is on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from typing_extensions import override

from app.evidence import Place
from app.ui.pages.layout import GAP, PageLayout, Spot, turned_size
from app.ui.pages.zoom import Fit, fitting_factor, limited, step_down, step_up

_SETTLED = 60
"""Milliseconds without a change of scale after which the view counts as being at rest."""


class PageScroller(QAbstractScrollArea):
    """Pages below each other. They count from 1; a zoom of 1.0 is the printed size."""

    page_changed = Signal(int)
    """The page being read is another one: its number, 0 without a document."""

    zoom_changed = Signal(float)
    view_changed = Signal()
    """What can be seen is different: scrolled, zoomed, turned or resized."""

    came_to_rest = Signal()
    """What can be seen now will stay for a moment: it is worth drawing."""

    moved_by_user = Signal()
    fit_changed = Signal(object)
    """What the scale follows: a `Fit`."""

    rotation_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: Sequence[tuple[float, float]] = ()
        self._layout = PageLayout()
        self._fit = Fit.WIDTH
        self._zoom = 1.0
        self._rotation = 0
        self._page = 0
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._settle.timeout.connect(self._rest)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.actionTriggered.connect(self._on_bar_action_triggered)

    @property
    def page_count(self) -> int:
        return len(self._sizes)

    @property
    def current_page(self) -> int:
        """The page being read, 0 without a document."""
        return self._page

    def lay_pages(self, sizes: Sequence[tuple[float, float]], *, keep_place: bool) -> None:
        """Lay out pages of these sizes, in points, from the first or from the same place on."""
        place = self.view_state()
        self._sizes = sizes
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        hidden = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(shown if sizes else hidden)
        self._lay_out()
        if keep_place:
            self._restore_place(place)
        else:
            self.verticalScrollBar().setValue(0)
        self._rest()

    # -- zoom and rotation

    @property
    def fit(self) -> Fit:
        return self._fit

    @property
    def zoom(self) -> float:
        """The factor in force, also while the scale follows the window."""
        return self._layout.scale / self._pixels_per_point()

    @property
    def rotation(self) -> int:
        """By how many degrees the pages are turned, clockwise."""
        return self._rotation

    def set_fit(self, fit: Fit) -> None:
        """Let the scale follow the window, or keep the factor of this moment."""
        if fit is Fit.NONE:
            self._zoom = self.zoom
        self._set_fit(fit)
        self._lay_out_again()

    def set_zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Show at a factor; the point of the page at `at` (in the viewport) stays where it is."""
        self._set_fit(Fit.NONE)
        self._zoom = limited(factor)
        self._lay_out_again(at)

    def _set_fit(self, fit: Fit) -> None:
        changed, self._fit = fit is not self._fit, fit
        if changed or fit is not Fit.NONE:
            self.fit_changed.emit(fit)

    @Slot()
    def zoom_in(self) -> None:
        self.set_zoom(step_up(self.zoom))

    @Slot()
    def zoom_out(self) -> None:
        self.set_zoom(step_down(self.zoom))

    @Slot()
    def rotate(self) -> None:
        """Turn the pages by a quarter, clockwise."""
        self.set_rotation(self._rotation + 90)

    def set_rotation(self, degrees: int) -> None:
        """Turn the pages to `degrees` clockwise from upright, a multiple of 90."""
        page = self._page
        self._rotation = degrees % 360
        self._lay_out()
        if page:
            self.verticalScrollBar().setValue(round(self._layout.rect(page).top()) - GAP)
        self._rest()
        self.rotation_changed.emit(self._rotation)

    # -- the place in the document

    def go_to_page(self, page: int) -> None:
        """Put the start of a page, or of the nearest there is, at the top."""
        if self.page_count:
            top = self._layout.rect(min(max(page, 1), self.page_count)).top()
            self.verticalScrollBar().setValue(round(top) - GAP)

    def is_visible(self, rect: QRectF) -> bool:
        """Whether a part of the strip shows, or as much of it as the window can hold."""
        window = self.window_on_strip
        seen = window.intersected(rect)
        tall_enough = seen.height() >= min(rect.height(), window.height() * 0.5) - 1
        return tall_enough and seen.width() >= min(rect.width(), window.width() * 0.5) - 1

    def bring_into_view(self, rect: QRectF) -> None:
        """Scroll to a part of the strip, with room to read around it; not at all if it shows."""
        if self.is_visible(rect):
            return
        window = self.window_on_strip
        room = max(GAP, (window.height() - rect.height()) * 0.35)
        self.verticalScrollBar().setValue(round(rect.top() - room))
        if rect.left() < window.left() or rect.right() > window.right():
            spare = max(GAP, (window.width() - rect.width()) / 2)
            self.horizontalScrollBar().setValue(round(rect.left() - spare))

    def view_state(self) -> dict[str, Any]:
        """The place, scale and rotation, as plain values to be kept with the letter."""
        window = self.window_on_strip
        page = self._layout.page_at(window.top())
        rect = self._layout.rect(page) if page else QRectF(0, 0, 1, 1)
        return {
            "page": page,
            "offset": (window.top() - rect.top()) / rect.height(),
            "across": window.center().x() / max(1, self._layout.width),
            "fit": self._fit.value,
            "zoom": round(self.zoom, 4),
            "rotation": self._rotation,
        }

    def restore_view_state(self, state: Mapping[str, Any]) -> None:
        """Go back to a `view_state`; what it lacks stays as it is."""
        self._set_fit(Fit(state.get("fit", self._fit)))
        self._zoom = limited(float(state.get("zoom", self._zoom)))
        self._rotation = int(state.get("rotation", self._rotation)) // 90 * 90 % 360
        self._lay_out()
        self._restore_place(state)
        self._rest()
        self.rotation_changed.emit(self._rotation)

    def _restore_place(self, state: Mapping[str, Any]) -> None:
        page = min(int(state.get("page", 1)), self.page_count)
        if page < 1:
            return
        rect = self._layout.rect(page)
        top = rect.top() + float(state.get("offset", 0.0)) * rect.height()
        middle = float(state.get("across", 0.5)) * self._layout.width
        self.verticalScrollBar().setValue(round(top))
        self.horizontalScrollBar().setValue(round(middle - self.viewport().width() / 2))

    # -- geometry

    def rect_of(self, places: Sequence[Place]) -> QRectF:
        """Where places lie on the strip, those on the first page only."""
        rect = QRectF()
        for place in places:
            if place.page == places[0].page <= self.page_count:
                for box in place.boxes:
                    rect = rect.united(self._layout.to_strip(place.page, box))
        return rect

    def to_strip(self, point: QPointF) -> QPointF:
        """A point of the viewport, on the strip."""
        return point + QPointF(self.window_on_strip.topLeft())

    def spot_at(self, point: QPointF, *, nearest: bool = False) -> Spot | None:
        """The point of a page under a point of the viewport; None beside the pages.

        With `nearest` a point beside the pages counts as the nearest point of the page there.
        """
        return self._layout.to_page(self.to_strip(point), nearest=nearest)

    def on_page(self, page: int, point: QPointF) -> tuple[float, float]:
        """A point of the viewport in 0..1 of a page, moved onto that page where it is beside."""
        return self._layout.onto_page(page, self.to_strip(point))

    @property
    def window_on_strip(self) -> QRectF:
        """The part of the strip that shows."""
        corner = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRectF(QPointF(corner), self.viewport().size())

    def _pixels_per_point(self) -> float:
        return self.logicalDpiX() / 72

    def _scale(self) -> float:
        """Logical pixels a point, as the fit asks."""
        per_point = self._pixels_per_point()
        sizes = [turned_size(size, self._rotation) for size in self._sizes]
        if self._fit is Fit.NONE or not sizes:
            return self._zoom * per_point
        return fitting_factor(sizes, self._fit, self.viewport().size(), per_point) * per_point

    def _lay_out(self) -> None:
        room = self.viewport().size()
        before = self._layout.scale
        self._layout = PageLayout(
            self._sizes, scale=self._scale(), rotation=self._rotation, room=room.width()
        )
        _set_range(self.verticalScrollBar(), self._layout.height, room.height())
        _set_range(self.horizontalScrollBar(), self._layout.width, room.width())
        if before != self._layout.scale:
            self.zoom_changed.emit(self.zoom)
        self._see()

    def _lay_out_again(self, at: QPointF | None = None) -> None:
        """Lay out with the same point of the page at `at`; without it, at the top middle."""
        fixed = at if at is not None else QPointF(self.viewport().width() / 2, 0.0)
        on_strip = self.to_strip(fixed)
        page = self._layout.page_at(on_strip.y())
        if not 1 <= page <= self.page_count:
            # No document yet, or another one comes in just now.
            self._lay_out()
            return
        before = self._layout.rect(page)
        across = (on_strip.x() - before.x()) / before.width()
        down = (on_strip.y() - before.y()) / before.height()
        self._lay_out()
        after = self._layout.rect(page)
        x = after.x() + across * after.width() - fixed.x()
        y = after.y() + down * after.height() - fixed.y()
        self.horizontalScrollBar().setValue(round(x))
        self.verticalScrollBar().setValue(round(y))
        self._settle.start()

    def _see(self) -> None:
        """Take note of what shows now."""
        self.viewport().update()
        window = self.window_on_strip
        page = self._layout.page_at(window.top() + window.height() / 3)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.view_changed.emit()

    @property
    def is_settling(self) -> bool:
        """Whether the scale changed a moment ago, so that this is no place to stay yet."""
        return self._settle.isActive()

    @Slot()
    def _rest(self) -> None:
        self._settle.stop()
        self.came_to_rest.emit()

    @Slot(int)
    def _on_bar_action_triggered(self, _action: int) -> None:
        self.moved_by_user.emit()

    # -- Qt

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._see()
        if not self._settle.isActive():
            self._rest()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out_again()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turn = event.angleDelta().y() or event.pixelDelta().y() * 4
            if turn:
                self.set_zoom(self.zoom * 1.0015**turn, event.position())
                self.moved_by_user.emit()
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom * (1 + event.value()), event.position())
                self.moved_by_user.emit()
                return True
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._rest()
        return super().viewportEvent(event)


def _set_range(bar: QScrollBar, length: float, room: int) -> None:
    bar.setRange(0, max(0, round(length) - room))
    bar.setPageStep(max(1, room - 40))
    bar.setSingleStep(48)
