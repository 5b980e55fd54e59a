"""What the guarded processes have open for drawing, and what crosses the border for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TypeVar

import msgspec

from app.errors import UserError
from app.evidence import Box
from app.services.guard import GuardedProcess, Pool, Watch
from app.services.pdf.errors import BY_NAME, DamagedPdf, PasswordNeeded
from app.services.pdf.messages import (
    BYTES_A_PIXEL,
    Answer,
    Draw,
    Drawn,
    PictureRead,
    ReadPicture,
    ReadWords,
    Request,
    WordsRead,
)
from app.services.pdf.pictures import Picture
from app.services.pdf.words import PdfPage

_Answered = TypeVar("_Answered", Drawn, PictureRead, WordsRead)
_MUCH = 16 * 2**20
"""Bytes of a picture above which the memory it lay in is given back at once."""


class Desk:
    """A pool, and of each of its processes what is open in it. Used from any thread."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._open_in: dict[int, list[GuardedProcess]] = {}
        self._forgotten: dict[GuardedProcess, list[int]] = {}

    def next_number(self) -> int:
        """A number for a document, never given twice."""
        with self._lock:
            return next(self._numbers)

    @contextmanager
    def lend(self, number: int) -> Generator[GuardedProcess]:
        """A process for a document: if it can be, one that has it open."""
        with self._lock:
            homes = self._open_in.get(number, ())
            home = homes[-1] if homes else None
        with self._pool.lend(home) as process:
            yield process

    def open(
        self,
        process: GuardedProcess,
        request: Request,
        seconds: float,
        watch: Watch | None = None,
    ) -> Answer:
        """Reads a PDF, and keeps it open where it has a number. Raises UserError."""
        request = msgspec.structs.replace(request, forgotten=self._take_forgotten(process))
        told = process.call("open", msgspec.msgpack.encode(request), seconds, watch)
        answer = msgspec.msgpack.decode(told, type=Answer)
        if answer.error:
            raise error_of(answer)
        if request.document:
            with self._lock:
                homes = self._open_in.setdefault(request.document, [])
                if process not in homes:
                    homes.append(process)
        return answer

    def draw(
        self,
        process: GuardedProcess,
        number: int,
        data: bytes,
        password: str | None,
        page: int,
        scale: float,
        seconds: float,
        clip: Box | None = None,
    ) -> Picture:
        """The picture of a page, of a document that is opened in the process if it is not yet."""
        ask = partial(self._drawn, process, number, page, scale, seconds, clip)
        drawn = self._asked(ask, process, number, data, password, seconds)
        if drawn.damaged or drawn.unknown:
            raise DamagedPdf
        return _picture(process, drawn)

    def read_picture(
        self,
        process: GuardedProcess,
        number: int,
        data: bytes,
        password: str | None,
        page: int,
        seconds: float,
    ) -> PdfPage:
        """The page with the words in its picture. Raises DamagedPdf, and what opening raises."""
        ask = partial(self._picture_read, process, number, page, seconds)
        read = self._asked(ask, process, number, data, password, seconds)
        if read.page is None:
            raise DamagedPdf
        return read.page

    def _asked(
        self,
        ask: Callable[[], _Answered],
        process: GuardedProcess,
        number: int,
        data: bytes,
        password: str | None,
        seconds: float,
    ) -> _Answered:
        """The answer of a process, which is given the document where it does not have it yet."""
        answer = ask()
        if answer.unknown:
            request = Request(data=data, password=password, document=number, with_text=False)
            self.open(process, request, seconds)
            answer = ask()
        return answer

    def _picture_read(
        self, process: GuardedProcess, number: int, page: int, seconds: float
    ) -> PictureRead:
        forgotten = self._take_forgotten(process)
        wanted = ReadPicture(document=number, page=page, forgotten=forgotten)
        told = process.call("recognise", msgspec.msgpack.encode(wanted), seconds)
        return msgspec.msgpack.decode(told, type=PictureRead)

    def words(
        self,
        process: GuardedProcess,
        number: int,
        data: bytes,
        password: str | None,
        pages: tuple[int, ...],
        seconds: float,
    ) -> tuple[PdfPage, ...]:
        """The words of these pages. Raises DamagedPdf, and what opening raises."""
        ask = partial(self._words_read, process, number, pages, seconds)
        read = self._asked(ask, process, number, data, password, seconds)
        if read.unknown:
            raise DamagedPdf
        return read.pages

    def _words_read(
        self, process: GuardedProcess, number: int, pages: tuple[int, ...], seconds: float
    ) -> WordsRead:
        forgotten = self._take_forgotten(process)
        wanted = ReadWords(document=number, pages=pages, forgotten=forgotten)
        told = process.call("words", msgspec.msgpack.encode(wanted), seconds)
        return msgspec.msgpack.decode(told, type=WordsRead)

    def forget(self, number: int) -> None:
        """Nobody draws from the document any more; the processes hear of it when next called."""
        with self._lock:
            for process in self._open_in.pop(number, ()):
                self._forgotten.setdefault(process, []).append(number)

    def _drawn(
        self,
        process: GuardedProcess,
        number: int,
        page: int,
        scale: float,
        seconds: float,
        clip: Box | None,
    ) -> Drawn:
        wanted = Draw(
            document=number,
            page=page,
            scale=scale,
            clip=clip,
            forgotten=self._take_forgotten(process),
        )
        told = process.call("draw", msgspec.msgpack.encode(wanted), seconds)
        return msgspec.msgpack.decode(told, type=Drawn)

    def _take_forgotten(self, process: GuardedProcess) -> tuple[int, ...]:
        with self._lock:
            return tuple(self._forgotten.pop(process, ()))


def _picture(process: GuardedProcess, drawn: Drawn) -> Picture:
    size = drawn.stride * drawn.height
    rgb = drawn.rgb
    if not rgb:
        assert process.shared is not None
        rgb = bytes(process.shared.view[:size])
        if size > _MUCH:
            process.shared.trim()
    if len(rgb) != size or drawn.stride < drawn.width * BYTES_A_PIXEL:
        raise DamagedPdf
    return Picture(drawn.width, drawn.height, drawn.stride, rgb)


def error_of(answer: Answer) -> UserError:
    """What went wrong, as it is told."""
    if answer.error == "PasswordNeeded":
        return PasswordNeeded(wrong=answer.wrong)
    return BY_NAME[answer.error]()
