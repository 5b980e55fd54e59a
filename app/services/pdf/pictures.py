"""Pictures of pages for the page view: at what scale, and from which thread, is nobody's concern."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import threading
from typing import Self

import msgspec

from app.services.pdf.errors import DamagedPdf
from app.services.pdf.files import load

_MOST_PIXELS = 48_000_000


class Picture(msgspec.Struct, frozen=True):
    """A page as pixels: three bytes (red, green, blue) each, rows `stride` bytes apart."""

    width: int
    height: int
    stride: int
    rgb: bytes


class PagePictures:
    """Draws pages of one PDF, from any thread, one at a time.

    `sizes` are the pages' widths and heights in points, as shown. Raises the errors of `read`.
    """

    def __init__(self, data: bytes, password: str | None = None) -> None:
        # The engine is loaded with the first letter, not with the window.
        from app.services.pdf import engine

        self._engine = engine
        self._lock = threading.Lock()
        self._document = engine.open_document(load(data), password)
        self.sizes: tuple[tuple[float, float], ...] = tuple(
            self._size(index) for index in range(self._document.page_count)
        )

    def draw(self, page: int, scale: float) -> Picture:
        """The page (counted from 1) at `scale` pixels a point, less where it would be huge.

        Raises IndexError for a page that is not there, ValueError after `close`, and DamagedPdf
        where the page cannot be drawn.
        """
        if not 1 <= page <= len(self.sizes):
            raise IndexError(page)
        width, height = self.sizes[page - 1]
        scale = max(scale, 1 / max(min(width, height), 1.0))
        scale = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        with self._lock:
            if self._document.is_closed:
                raise ValueError("the pictures of this letter are closed")
            try:
                pixels = self._engine.pixels(self._document[page - 1], scale)
                return Picture(pixels.width, pixels.height, pixels.stride, bytes(pixels.samples))
            except self._engine.ENGINE_ERRORS as error:
                raise DamagedPdf from error

    def close(self) -> None:
        """Gives the file's memory back; closing twice does nothing."""
        with self._lock:
            if not self._document.is_closed:
                self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _size(self, index: int) -> tuple[float, float]:
        try:
            shown = self._document[index].rect
        except self._engine.ENGINE_ERRORS:
            return (612.0, 792.0)
        return (shown.width, shown.height)
