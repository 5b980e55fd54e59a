"""How places on a page are lit: independent layers, told apart by shape as well as colour.

Places are kept in 0..1 of their page and only those of a visible page are turned into pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from app.evidence import Place
from app.ui.pages.layout import PageLayout, turned_size
from app.ui.theme import COLOURS


class Light(Enum):
    """How a layer looks. Later ones lie above earlier ones."""

    NOT_READ = "not read"
    DOUBT = "doubt"
    FIND = "find"
    FIND_CURRENT = "find_current"
    FIELD = "field"
    SELECTION = "selection"
    AREA = "area"


_Sheet = tuple[str, int]
"""A file, as `Place` names it, and the number of a page."""
_ORDER = list(Light)
_PADDING = 2.0
"""Pixels beside the words. Above and below there are none: a word's box reaches to the next line
already, and nothing of that line is to be covered."""
_CAPTION, _HATCHED = 10, 0.06
"""Pixels of the words over print that was not read; what is higher than such a part of the page is
framed only, so that the text under it can be read."""
_POINTER = 0.075
"""Where the pointer to the current field stands, as a part of the page's width."""


class Highlights:
    """The layers of one view, by name."""

    def __init__(self) -> None:
        self._layers: dict[str, tuple[Light, dict[_Sheet, list[Place]]]] = {}

    def set(self, name: str, places: Iterable[Place], light: Light) -> None:
        """Replace what the layer of that name shows; no places take it away."""
        by_page: dict[_Sheet, list[Place]] = {}
        for place in places:
            by_page.setdefault((place.file, place.page), []).append(place)
        self._layers.pop(name, None)
        if by_page:
            self._layers[name] = (light, by_page)

    def clear(self) -> None:
        self._layers.clear()

    def places(self, name: str) -> tuple[Place, ...]:
        """What a layer shows, by page."""
        _, by_page = self._layers.get(name, (Light.FIELD, {}))
        return tuple(place for page in sorted(by_page) for place in by_page[page])

    def paint(
        self, painter: QPainter, layout: PageLayout, page: int, *, dark: bool, file: str = ""
    ) -> None:
        """Paint what is lit on a page of a file; the painter stands in strip coordinates."""
        sheet = (file, page)
        lit = [(light, pages[sheet]) for light, pages in self._layers.values() if sheet in pages]
        if not lit:
            return
        rect = layout.rect(page)
        width, height = turned_size((rect.width(), rect.height()), layout.rotation)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Signs stand beside the print as it is printed, so they turn with the page.
        painter.translate(rect.center())
        painter.rotate(layout.rotation)
        painter.translate(-width / 2, -height / 2)
        for light, places in sorted(lit, key=_above):
            for place in places:
                boxes = [
                    QRectF(x0 * width, y0 * height, (x1 - x0) * width, (y1 - y0) * height)
                    for x0, y0, x1, y1 in place.boxes
                ]
                _PAINT[light](painter, boxes, QRectF(0, 0, width, height), dark)
        painter.restore()


def _above(layer: tuple[Light, list[Place]]) -> int:
    return _ORDER.index(layer[0])


def _tone(role: str, dark: bool, alpha: float = 1.0) -> QColor:
    # By the darkness of the page, which need not be that of the window.
    tone = QColor(COLOURS[role][dark])
    tone.setAlphaF(alpha)
    return tone


def _wash(painter: QPainter, path: QPainterPath, tone: QColor, dark: bool) -> None:
    """Colour the paper and leave the print readable."""
    modes = QPainter.CompositionMode
    painter.save()
    # White paper takes the tone and black print stays; on a dark page the other way round.
    painter.setCompositionMode(
        modes.CompositionMode_Screen if dark else modes.CompositionMode_Multiply
    )
    painter.fillPath(path, tone)
    painter.restore()


def _edge(painter: QPainter, path: QPainterPath, pen: QPen, dark: bool) -> None:
    """A line around, through which the print of a line that touches it is still seen."""
    modes = QPainter.CompositionMode
    painter.save()
    painter.setCompositionMode(
        modes.CompositionMode_Lighten if dark else modes.CompositionMode_Darken
    )
    painter.strokePath(path, pen)
    painter.restore()


def _thickness(boxes: Sequence[QRectF], most: float) -> float:
    """Pixels of a line around words: thin where they are shown small."""
    return max(1.0, min(most, 0.12 * min(box.height() for box in boxes)))


def _outline(boxes: Sequence[QRectF], radius: float) -> QPainterPath:
    """One shape around boxes that lie on lines below each other."""
    path = QPainterPath()
    for box in _closed(boxes):
        one = QPainterPath()
        one.addRoundedRect(box.adjusted(-_PADDING, 0.0, _PADDING, 0.0), radius, radius)
        path = path.united(one)
    return path


def _closed(boxes: Sequence[QRectF]) -> list[QRectF]:
    """The boxes with the white space between neighbouring lines shared out between them."""
    closed = [QRectF(box) for box in boxes]
    for above, below in pairwise(closed):
        gap = below.top() - above.bottom()
        across = min(above.right(), below.right()) - max(above.left(), below.left())
        if across > 0 and -0.5 * above.height() < gap < above.height():
            middle = above.bottom() + gap / 2
            above.setBottom(middle)
            below.setTop(middle)
    return closed


def _block(boxes: Sequence[QRectF]) -> list[QRectF]:
    """The lines of a paragraph with ragged ends made even: only its first and last may be short."""
    even = _closed(boxes)
    start = 0
    for end in range(1, len(even) + 1):
        if end < len(even) and abs(even[end - 1].bottom() - even[end].top()) < 0.5:
            continue
        lines = even[start:end]
        left = min(line.left() for line in lines)
        right = max(line.right() for line in lines)
        for line in lines[1:]:
            line.setLeft(left)
        for line in lines[:-1]:
            line.setRight(right)
        start = end
    return even


def _paint_field(painter: QPainter, boxes: Sequence[QRectF], page: QRectF, dark: bool) -> None:
    path = _outline(_block(boxes), 3.0)
    _wash(painter, path, _tone("lit", dark, 0.35 if dark else 0.55), dark)
    edge = _tone("doubt", dark)
    _edge(painter, path, QPen(edge, _thickness(boxes, 1.6)), dark)
    # A pointer in the margin, so that the line is found without its colour and no print covered.
    first = boxes[0]
    size = min(max(first.height() * 0.55, 7.0), 14.0)
    margin = page.left() + _POINTER * page.width()
    tip = QPointF(min(margin, first.left() - _PADDING - 3), first.center().y())
    pointer = QPainterPath(tip)
    pointer.lineTo(tip.x() - size, tip.y() - size * 0.62)
    pointer.lineTo(tip.x() - size, tip.y() + size * 0.62)
    pointer.closeSubpath()
    painter.fillPath(pointer, edge)


def _paint_doubt(painter: QPainter, boxes: Sequence[QRectF], page: QRectF, dark: bool) -> None:
    tone = _tone("doubt", dark)
    pen = QPen(tone, 1.5, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for box in boxes:
        # The box of a word reaches below its letters.
        y = box.bottom() - 0.06 * box.height()
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    # The sign stands in the margin, where it covers no print.
    first = boxes[0]
    size = min(max(first.height() * 0.9, 10.0), 18.0)
    middle = QPointF(page.right() - 0.045 * page.width(), first.center().y())
    badge = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(tone))
    painter.drawEllipse(badge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(size * 0.8)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(_tone("page", dark))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, "?")


def _paint_not_read(painter: QPainter, boxes: Sequence[QRectF], page: QRectF, dark: bool) -> None:
    """A dashed frame with hatching and its own words: told by shape, not by colour."""
    tone = _tone("muted", dark)
    path = _outline(boxes, 3.0)
    if path.boundingRect().height() < _HATCHED * page.height():
        painter.fillPath(path, QBrush(_tone("muted", dark, 0.22), Qt.BrushStyle.BDiagPattern))
    painter.strokePath(path, QPen(tone, 1.2, Qt.PenStyle.DashLine))
    font = QFont(painter.font())
    font.setPixelSize(_CAPTION)
    painter.setFont(font)
    words = "not read"
    shape = path.boundingRect()
    width = painter.fontMetrics().horizontalAdvance(words) + 6.0
    label = QRectF(shape.left(), shape.top() - _CAPTION - 3.0, width, _CAPTION + 3.0)
    painter.fillRect(label, _tone("page", dark, 0.9))
    painter.setPen(tone)
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)


def _paint_find(painter: QPainter, boxes: Sequence[QRectF], _page: QRectF, dark: bool) -> None:
    for box in boxes:
        path = _outline([box], 2.0)
        _wash(painter, path, _tone("find", dark, 0.6), dark)
        painter.setPen(QPen(_tone("accent", dark, 0.55), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())


def _paint_find_current(
    painter: QPainter, boxes: Sequence[QRectF], _page: QRectF, dark: bool
) -> None:
    for box in boxes:
        path = _outline([box], 2.0)
        _wash(painter, path, _tone("find", dark, 0.7 if dark else 1.0), dark)
        _edge(painter, path, QPen(_tone("accent", dark), _thickness(boxes, 2.0)), dark)


def _paint_selection(painter: QPainter, boxes: Sequence[QRectF], _page: QRectF, dark: bool) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in _closed(boxes):
        path.addRect(box)
    _wash(painter, path, _tone("selection", dark), dark)


def _paint_area(painter: QPainter, boxes: Sequence[QRectF], _page: QRectF, dark: bool) -> None:
    painter.setPen(QPen(_tone("accent", dark), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(QBrush(_tone("accent", dark, 0.10)))
    for box in boxes:
        painter.drawRect(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)


_PAINT = {
    Light.NOT_READ: _paint_not_read,
    Light.DOUBT: _paint_doubt,
    Light.FIND: _paint_find,
    Light.FIND_CURRENT: _paint_find_current,
    Light.FIELD: _paint_field,
    Light.SELECTION: _paint_selection,
    Light.AREA: _paint_area,
}
