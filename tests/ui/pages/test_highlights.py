"""The light on a place covers nothing of the lines above and below it, at any zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from app.evidence import Place
from app.ui.pages.highlights import Highlights, Light
from app.ui.pages.layout import PageLayout

pytestmark = pytest.mark.usefixtures("qapp")  # it has the fonts

SIZE = (612.0, 792.0)
LINES = ("Hllbd Hllbd Mgpqy Hllbd", "Date Assigned 10/26/2016", "Hllbd Edcba Hllbd Rllbd")
INK = 110


def set_lines(layout: PageLayout, points: float) -> tuple[QImage, list[QRectF], QFontMetricsF]:
    """Lines as close as a table sets them, and the box of each in pixels of the picture."""
    picture = QImage(
        int(layout.rect(1).right()) + 12,
        int(layout.rect(1).bottom()) + 12,
        QImage.Format.Format_RGB32,
    )
    picture.fill(QColor("white"))
    font = QFont("Liberation Sans")
    font.setPixelSize(max(6, round(points * layout.scale)))
    metrics = QFontMetricsF(font)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    boxes: list[QRectF] = []
    top = 200.0
    for words in LINES:
        box = QRectF(100.0, top, metrics.horizontalAdvance(words), metrics.height())
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), words)
        boxes.append(box)
        top += metrics.height()
    painter.end()
    return picture, boxes, metrics


@pytest.mark.parametrize("scale", [0.5, 0.63, 1.0, 1.5, 3.0])
@pytest.mark.parametrize("light", [Light.FIELD, Light.FIND_CURRENT, Light.FIND])
def test_the_lines_beside_it_stay_as_printed(scale: float, light: Light) -> None:
    layout = PageLayout([SIZE], scale=scale)
    picture, boxes, metrics = set_lines(layout, 11.0)
    page, middle = layout.rect(1), boxes[1]
    place = Place(
        1,
        (
            (
                (middle.left() - page.left()) / page.width(),
                (middle.top() - page.top()) / page.height(),
                (middle.right() - page.left()) / page.width(),
                (middle.bottom() - page.top()) / page.height(),
            ),
        ),
    )
    lit = QImage(picture)
    highlights = Highlights()
    highlights.set("field", [place], light)
    painter = QPainter(lit)
    highlights.paint(painter, layout, 1, dark=False)
    painter.end()
    assert lit != picture
    for line in (boxes[0], boxes[2]):
        baseline = line.top() + metrics.ascent()
        letters = range(round(baseline - metrics.xHeight()), round(baseline))
        for y in letters:
            for x in range(round(line.left()), round(line.right())):
                assert lit.pixel(x, y) == picture.pixel(x, y)
        # What reaches out of the letters, up and down, is seen through the edge.
        for y in range(round(line.top()), round(line.bottom())):
            for x in range(round(line.left()), round(line.right())):
                if picture.pixelColor(x, y).lightness() < INK:
                    assert lit.pixelColor(x, y).lightness() < INK + 20
