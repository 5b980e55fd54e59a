"""Reading and drawing PDFs where it can be stopped: in a few warm processes, with limits.

A letter costs about a millisecond more than reading it here.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec

from app.services.guard import Ended, Failed, OutOfMemory, Pool, TimedOut, Watch
from app.services.pdf.desk import Desk, error_of
from app.services.pdf.errors import ReaderFailed, ReadingStopped, TookTooLong, TooMuchMemory
from app.services.pdf.files import load
from app.services.pdf.form_values import FormRead, FormText
from app.services.pdf.messages import (
    BYTES_A_PIXEL,
    MOST_PIXELS,
    Cleaned,
    Inside,
    LayWords,
    Looked,
    Request,
)
from app.services.pdf.pictures import PagePictures
from app.services.pdf.words import PdfPage, PdfText

DEFAULT_SECONDS = 30.0
DEFAULT_MEGABYTES = 2048
AT_ONCE, MOST = 2, 4
"""Processes that stay ready, and that there may be."""
LAY_SECONDS = 300.0
"""A bundle of hundreds of pages is written anew."""
_PICTURE_BYTES = BYTES_A_PIXEL * MOST_PIXELS + 2**20


class OpenPdf(msgspec.Struct, frozen=True):
    """A PDF that was read and can be drawn."""

    text: PdfText
    pictures: PagePictures


def read_guarded(
    source: Path | str | bytes,
    password: str | None = None,
    seconds: float = DEFAULT_SECONDS,
    megabytes: int = DEFAULT_MEGABYTES,
) -> PdfText:
    """`read` in a process started for this one file. Raises its errors and those of the limits."""
    with GuardedReader(seconds, megabytes) as reader:
        return reader.read(source, password)


class GuardedReader:
    """Reads and draws one PDF after another in warm processes; used from any thread.

    Whatever it does raises the errors of `app.services.pdf.read`, and TookTooLong, TooMuchMemory,
    ReadingStopped or ReaderFailed.
    """

    role = "app.services.pdf.worker"
    """The module whose tasks its processes can do."""

    def __init__(
        self,
        seconds: float = DEFAULT_SECONDS,
        megabytes: int = DEFAULT_MEGABYTES,
        at_once: int = AT_ONCE,
    ) -> None:
        """`at_once` is how many files are read at a time; a few more processes may draw."""
        self._seconds = seconds
        self._megabytes = megabytes
        self._pool = Pool(
            self.role,
            megabytes,
            shared_bytes=_PICTURE_BYTES,
            most=max(MOST, at_once),
            warm=at_once,
        )
        self._desk = Desk(self._pool)

    def warm(self) -> None:
        """Starts a process now rather than with the first letter."""
        self._pool.warm()

    def read(self, source: Path | str | bytes, password: str | None = None) -> PdfText:
        """As `app.services.pdf.read`."""
        request = Request(data=load(source), password=password, name=name_of(source))
        with self.limits(), self._pool.lend() as process:
            text = self._desk.open(process, request, self._seconds).text
        assert text is not None
        return text

    def open(self, data: bytes, password: str | None = None, watch: Watch | None = None) -> OpenPdf:
        """The words of a PDF, and its pictures, to be closed by who asked for them."""
        pictures, text = self._opened(data, password, with_text=True, watch=watch)
        assert text is not None
        return OpenPdf(text, pictures)

    def pictures(self, data: bytes, password: str | None = None) -> PagePictures:
        """The pictures alone."""
        return self._opened(data, password, with_text=False)[0]

    def look_inside(self, source: Path | bytes, password: str | None = None) -> Inside:
        """What lies in a file beside the words on its pages."""
        answer = msgspec.msgpack.decode(self._asked("inside", source, password), type=Looked)
        if answer.failed.error:
            raise error_of(answer.failed)
        assert answer.inside is not None
        return answer.inside

    def read_form(self, source: Path | bytes, password: str | None = None) -> FormText:
        """The words of a form with what is filled in, and its check boxes."""
        answer = msgspec.msgpack.decode(self._asked("form", source, password), type=FormRead)
        if answer.failed.error:
            raise error_of(answer.failed)
        assert answer.form is not None
        return answer.form

    def cleaned(self, source: Path | bytes, password: str | None = None) -> bytes:
        """The file without what its pages do not show."""
        answer = msgspec.msgpack.decode(self._asked("clean", source, password), type=Cleaned)
        if answer.failed.error:
            raise error_of(answer.failed)
        return answer.pdf

    def searchable(
        self, source: Path | bytes, pages: Iterable[PdfPage], password: str | None = None
    ) -> bytes:
        """The file with the words of these recognised pages behind their pictures."""
        request = LayWords(data=load(source), pages=tuple(pages), password=password)
        told = self.call("searchable", msgspec.msgpack.encode(request), LAY_SECONDS)
        answer = msgspec.msgpack.decode(told, type=Cleaned)
        if answer.failed.error:
            raise error_of(answer.failed)
        return answer.pdf

    def _asked(self, task: str, source: Path | bytes, password: str | None) -> bytes:
        request = Request(data=load(source), password=password)
        return self.call(task, msgspec.msgpack.encode(request))

    def call(
        self, task: str, body: bytes, seconds: float | None = None, watch: Watch | None = None
    ) -> bytes:
        """Another task of the processes' role, within the same limits unless `seconds` are told."""
        with self.limits(seconds):
            return self._pool.call(task, body, seconds or self._seconds, watch)

    def stop(self) -> None:
        """Ends what is being read at once: that call raises ReadingStopped."""
        self._pool.stop()

    def close(self) -> None:
        """Ends the processes. A later call starts new ones."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(
        self, data: bytes, password: str | None, *, with_text: bool, watch: Watch | None = None
    ) -> tuple[PagePictures, PdfText | None]:
        number = self._desk.next_number()
        request = Request(data=load(data), password=password, document=number, with_text=with_text)
        with self.limits(), self._desk.lend(number) as process:
            answer = self._desk.open(process, request, self._seconds, watch)
        return PagePictures(self._desk, number, data, password, answer.sizes), answer.text

    @contextmanager
    def limits(self, seconds: float | None = None) -> Generator[None]:
        """Tells in words for the user what the limits of a process did."""
        try:
            yield
        except TimedOut as error:
            raise TookTooLong(seconds or self._seconds) from error
        except OutOfMemory as error:
            raise TooMuchMemory(self._megabytes) from error
        except Ended as error:
            raise ReadingStopped from error
        except Failed as error:
            raise ReaderFailed(error.kind, error.where) from error


def name_of(source: Path | str | bytes) -> str:
    """The file's name without its ending; what is no text in it could not be sent."""
    stem = "" if isinstance(source, bytes) else Path(source).stem
    return stem.encode("utf-8", "replace").decode()
