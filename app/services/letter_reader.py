"""Reading letters in guarded processes: a file whose recognition never ends is stopped too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.evidence import ParseResult, Place
from app.services.citations import Guidelines
from app.services.guard import Watch
from app.services.letter_messages import JudgedBy, LetterAnswer, LetterRequest, RedactRequest
from app.services.pdf import (
    DamagedPdf,
    GuardedReader,
    PdfPage,
    PdfText,
    TookTooLong,
    TooMuchMemory,
    name_of,
)
from app.services.pdf.desk import error_of
from app.services.pdf.files import load
from app.services.pdf.messages import Request
from app.services.recognition import NotInstalled, installed, is_installed

if TYPE_CHECKING:
    from app.services.pdf_redaction import Redacted

REDACT_SECONDS = 300.0
"""The pictures of the pages may have to be read too, a few seconds each."""
RECOGNISE_SECONDS = 60.0
"""For a page; one takes two to five."""
MOST_AT_ONCE = 3
"""Pages that are read beside each other: one process is left for drawing."""


def _never() -> bool:
    return False


class ReadLetter(msgspec.Struct, frozen=True):
    """The words of a file, and the letter in them.

    `inner` and `data` are the name and the bytes of the letter where it was attached to the file;
    `recognised` are the pages whose pictures were read; `left` says how many points are open and
    how many of them are errors, where that was asked.
    """

    text: PdfText
    result: ParseResult
    inner: str = ""
    data: bytes = b""
    recognised: tuple[PdfPage, ...] = ()
    left: tuple[int, int] = (0, 0)


class LetterReader(GuardedReader):
    """Reads and draws PDFs, and recognises letters in them."""

    role = "app.services.letter_worker"

    def letter(
        self,
        source: Path | str | bytes,
        password: str | None = None,
        guidelines: Guidelines | None = None,
        recognised: Iterable[PdfPage] = (),
        watch: Watch | None = None,
        judged_by: JudgedBy | None = None,
    ) -> ReadLetter:
        """The letter in a PDF, with `guidelines` known (the program's own, if none are given).

        `recognised` are the pages whose pictures were read before; `watch` is told how many pages
        of a bundle were read; with `judged_by` it is counted what is left to do. Raises UserError where the file cannot be read, ReadingStopped where
        that was cancelled.
        """
        request = LetterRequest(
            pdf=Request(data=load(source), password=password, name=name_of(source)),
            guidelines=msgspec.msgpack.encode(guidelines.entries) if guidelines else b"",
            recognised=tuple(recognised),
            judged_by=judged_by,
        )
        told = self.call("letter", msgspec.msgpack.encode(request), watch=watch)
        answer = msgspec.msgpack.decode(told, type=LetterAnswer)
        if answer.failed.error:
            raise error_of(answer.failed)
        assert answer.text is not None
        assert answer.result is not None
        left = answer.left or (0, 0)
        return ReadLetter(answer.text, answer.result, answer.inner, answer.inner_data, left=left)

    def recognise(
        self,
        data: bytes,
        pages: Sequence[int],
        password: str | None = None,
        is_cancelled: Callable[[], bool] = _never,
    ) -> Iterator[PdfPage]:
        """Reads the pictures of these pages, on all cores, and gives them in their order.

        A page that cannot be drawn, or takes too long, is left out. Raises NotInstalled, and
        UserError where the file cannot be opened.
        """
        if not is_installed():
            raise NotInstalled
        number = self._desk.next_number()

        def read(page: int) -> PdfPage | None:
            if is_cancelled():
                return None
            try:
                with self.limits(RECOGNISE_SECONDS), self._desk.lend(number) as process:
                    return self._desk.read_picture(
                        process, number, data, password, page, RECOGNISE_SECONDS
                    )
            except (DamagedPdf, TookTooLong, TooMuchMemory):
                return None

        try:
            with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_AT_ONCE)) as threads:
                yield from filter(None, threads.map(read, pages))
        finally:
            self._desk.forget(number)

    def letter_recognised(
        self,
        source: Path | bytes,
        password: str | None = None,
        guidelines: Guidelines | None = None,
        watch: Watch | None = None,
        judged_by: JudgedBy | None = None,
    ) -> ReadLetter:
        """As `letter`, and with the pictures of its pages read where there are no words on them.

        `watch` is told how many pages of how many are done, first of the words, then of the pictures.
        """
        watch = watch or Watch()
        data = load(source)
        name = source if isinstance(source, Path) else data
        found = self.letter(name, password, guidelines, watch=watch, judged_by=judged_by)
        unread = found.text.unread_pages
        if not unread or found.inner or not is_installed():
            return found
        pages: list[PdfPage] = []
        for page in self.recognise(data, unread, password, lambda: watch.is_cancelled):
            pages.append(page)
            watch.tell(len(pages), len(unread))
        again = self.letter(name, password, guidelines, pages, watch, judged_by)
        return msgspec.structs.replace(again, recognised=tuple(pages))

    def redact(
        self,
        source: bytes,
        terms: Sequence[str],
        places: Iterable[Place] = (),
        password: str | None = None,
        watch: Watch | None = None,
    ) -> Redacted:
        """As `app.services.pdf_redaction.redact`, and within limits of time and memory. `watch` is
        told how many pictures of pages are read. Raises ReadingStopped where it was cancelled."""
        from app.services.pdf_redaction import CannotSee, LeftOver, RedactAnswer

        request = RedactRequest(
            data=source,
            terms=tuple(terms),
            places=tuple(places),
            password=password,
            printed_pages=installed.PRINTED_PAGES,
        )
        told = self.call("redact", msgspec.msgpack.encode(request), REDACT_SECONDS, watch)
        answer = msgspec.msgpack.decode(told, type=RedactAnswer)
        if answer.failed.error:
            raise error_of(answer.failed)
        if answer.left is not None:
            raise LeftOver(answer.left)
        if answer.unseen:
            raise CannotSee(answer.unseen)
        assert answer.made is not None
        return answer.made
