"""How one page looks on the strip: paper, edge, and its picture, sharp or stretched."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.services.pdf import DamagedPdf
from app.ui.pages.drawings import PageDrawings
from app.ui.pages.layout import GAP
from app.ui.theme import COLOURS, colour

_SHADOW = ((3, 10), (2, 14), (1, 22))


def paint_sheet(
    painter: QPainter, rect: QRectF, drawings: PageDrawings, page: int, *, dark: bool
) -> None:
    """Paint a page into its place on the strip; the painter stands in strip coordinates."""
    _paint_paper(painter, rect, dark)
    _paint_picture(painter, rect, drawings, page, dark)
    painter.setPen(QPen(colour("line"), 1))
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))


def paint_masked_sheet(painter: QPainter, rect: QRectF, *, dark: bool) -> None:
    """Paint a covered page, of which nothing can be read."""
    _paint_paper(painter, rect, dark)
    text = "Hidden while the screen is shared"
    _write(painter, rect, text, dark)


def _paint_paper(painter: QPainter, rect: QRectF, dark: bool) -> None:
    for depth, alpha in _SHADOW:
        shade = rect.adjusted(1 - depth, 0, depth - 1, depth)
        painter.fillRect(shade, QColor(0, 0, 0, alpha))
    painter.fillRect(rect, QColor(COLOURS["page"][dark]))


def _write(painter: QPainter, rect: QRectF, text: str, dark: bool) -> None:
    painter.setPen(QColor(COLOURS["muted"][dark]))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(rect.adjusted(GAP, GAP, -GAP, -GAP), flags, text)


def _paint_picture(
    painter: QPainter, rect: QRectF, drawings: PageDrawings, page: int, dark: bool
) -> None:
    ratio = painter.device().devicePixelRatio()
    image = drawings.sharp(page) or drawings.rough(page)
    if image is not None and abs(image.width() - rect.width() * ratio) <= 2:
        # Pixel on pixel, never resampled.
        image.setDevicePixelRatio(ratio)
        painter.setClipRect(rect)
        painter.drawImage(rect.topLeft(), image)
        painter.setClipping(False)
    elif image is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, image)
    elif drawings.is_slow(page):
        text = "This page takes long to draw …"
        _write(painter, rect, text, dark)
    elif isinstance(drawings.problem(page), DamagedPdf):
        text = "This page cannot be shown: the file is damaged here."
        _write(painter, rect, text, dark)
