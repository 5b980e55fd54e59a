"""How a page is made dark: its lightness is turned round and its hues stay.

A pixel (r, g, b) becomes (r, g, b) + 255 - max - min, which is exactly the inversion of L in HSL.
The maximum and minimum over the three channels come from laying the picture over itself with its
channels swapped; Qt's own blending does the arithmetic, so no page takes a loop in Python.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter

Mode = QPainter.CompositionMode

_BAND = 500_000
"""Pixels worked on at a time."""


def darkened(rgb: bytes, width: int, height: int, paper: QColor) -> QImage:
    """The dark picture of a light one. `rgb` holds three bytes a pixel, without padding.

    White turns into `paper`, black into white; greys keep their steps in between.
    """
    dark = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(dark)
    # Band by band, so that the interpreter is never held for long.
    rows = max(1, _BAND // width)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        band = rgb[top * width * 3 : (top + count) * width * 3]
        painter.drawImage(0, top, _inverted(band, width, count))
    painter.setCompositionMode(Mode.CompositionMode_Screen)
    painter.fillRect(dark.rect(), paper)
    painter.end()
    return dark


def _inverted(rgb: bytes, width: int, height: int) -> QImage:
    red, green, blue = rgb[0::3], rgb[1::3], rgb[2::3]
    if red == green == blue:
        dark = _image(red, width, height, width, QImage.Format.Format_Grayscale8)
        dark.invertPixels()
        return dark
    page = _image(rgb, width, height, width * 3, QImage.Format.Format_RGB888)
    channels = [
        _image(channel, width, height, width, QImage.Format.Format_Grayscale8)
        for channel in (red, green, blue)
    ]
    most = _blended(channels, Mode.CompositionMode_Lighten)
    least = _blended(channels, Mode.CompositionMode_Darken)
    least.invertPixels()
    above = _blended([most, page], Mode.CompositionMode_Difference)
    return _blended([least, above], Mode.CompositionMode_Difference)


def _image(data: bytes, width: int, height: int, stride: int, kind: QImage.Format) -> QImage:
    # The conversion copies, so that the picture does not look into memory that Python owns.
    image = QImage(data, width, height, stride, kind)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _blended(layers: list[QImage], mode: QPainter.CompositionMode) -> QImage:
    first, *others = layers
    result = first.copy()
    painter = QPainter(result)
    painter.setCompositionMode(mode)
    for layer in others:
        painter.drawImage(0, 0, layer)
    painter.end()
    return result
