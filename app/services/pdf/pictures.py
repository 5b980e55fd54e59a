"""Pictures of pages for the page view: in which process, and from which thread, is nobody's concern."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

import msgspec

from app.evidence import Box
from app.services.guard import Ended, Failed, GuardedProcess, OutOfMemory, TimedOut
from app.services.pdf.errors import DamagedPdf, TooHeavy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.pdf.desk import Desk
    from app.services.pdf.words import PdfPage

DRAW_SECONDS = 8.0
"""How long a page may take to draw; one of a letter takes a hundredth of a second."""

WORDS_SECONDS = 30.0
"""How long the words of some pages may take."""

_LINGERS = 0.5
"""Seconds that a drawing nobody waits for any more may still take: to start the process anew would
take as long."""


class Picture(msgspec.Struct, frozen=True):
    """A page as pixels: three bytes (red, green, blue) each, rows `stride` bytes apart."""

    width: int
    height: int
    stride: int
    rgb: bytes


class PagePictures:
    """Draws pages of one PDF, from any thread; made by a `GuardedReader`.

    `sizes` are the pages' widths and heights in points, as shown.
    """

    def __init__(
        self,
        desk: Desk,
        number: int,
        data: bytes,
        password: str | None,
        sizes: tuple[tuple[float, float], ...],
    ) -> None:
        self.sizes = sizes
        self._desk = desk
        self._number = number
        self._data = data
        self._password = password
        self._lock = threading.Lock()
        self._closed = False
        self._at_work: set[GuardedProcess] = set()

    def draw(
        self,
        page: int,
        scale: float,
        seconds: float = DRAW_SECONDS,
        clip: Box | None = None,
    ) -> Picture:
        """The page (counted from 1) at `scale` pixels a point, less where it would be huge; with
        `clip` that part of it alone.

        Raises IndexError for a page that is not there, ValueError after `close`, TooHeavy where
        it takes too long or too much memory, and DamagedPdf where it cannot be drawn.
        """
        if not 1 <= page <= len(self.sizes):
            raise IndexError(page)
        with self._desk.lend(self._number) as process:
            self._begin(process)
            try:
                return self._desk.draw(
                    process, self._number, self._data, self._password, page, scale, seconds, clip
                )
            except TimedOut as error:
                raise TooHeavy(page, seconds) from error
            except OutOfMemory as error:
                raise TooHeavy(page) from error
            except (Ended, Failed) as error:
                raise DamagedPdf from error
            finally:
                self._end(process)

    def words(self, pages: Sequence[int], seconds: float = WORDS_SECONDS) -> tuple[PdfPage, ...]:
        """Some pages (counted from 1) with their words, as records are read: not closely.

        Raises ValueError after `close`, DamagedPdf where they cannot be read in that time.
        """
        with self._desk.lend(self._number) as process:
            self._begin(process)
            try:
                return self._desk.words(
                    process, self._number, self._data, self._password, tuple(pages), seconds
                )
            except (TimedOut, OutOfMemory, Ended, Failed) as error:
                raise DamagedPdf from error
            finally:
                self._end(process)

    def again(self) -> PagePictures:
        """The same pages once more, to be closed by themselves."""
        number = self._desk.next_number()
        return PagePictures(self._desk, number, self._data, self._password, self.sizes)

    def close(self) -> None:
        """Gives the file's memory back, and never waits: drawings under way are cut short."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for process in self._at_work:
                process.hurry(_LINGERS)
        self._desk.forget(self._number)

    def _begin(self, process: GuardedProcess) -> None:
        with self._lock:
            if self._closed:
                raise ValueError("the pictures of this letter are closed")
            self._at_work.add(process)

    def _end(self, process: GuardedProcess) -> None:
        with self._lock:
            self._at_work.discard(process)
            closed = self._closed
        if closed:
            # What was opened in that process after `close` is to be forgotten there too.
            self._desk.forget(self._number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
