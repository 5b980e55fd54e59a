"""The tasks of the processes that know the engine: reading, opening, drawing.

It is a role of `app.services.guard`.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pymupdf

from app.errors import UserError
from app.services.guard import Progress, SharedBytes, Task
from app.services.pdf.engine import ENGINE_ERRORS, open_document, pixels
from app.services.pdf.extraction import extract
from app.services.pdf.files import load
from app.services.pdf.form_values import FormRead
from app.services.pdf.messages import (
    MOST_PIXELS,
    Answer,
    Cleaned,
    Draw,
    Drawn,
    LayWords,
    Looked,
    ReadWords,
    Request,
    WordsRead,
)
from app.services.pdf.words import PdfText


def tasks(shared: SharedBytes | None, tell: Progress) -> dict[str, Task]:
    """What such a process can do, by name."""
    return tasks_on(Documents(shared, tell))


def tasks_on(documents: Documents) -> dict[str, Task]:
    """The same, with the documents that others look at too."""
    return {
        "open": documents.open,
        "draw": documents.draw,
        "words": documents.words,
        "inside": _inside,
        "form": _form,
        "clean": _clean,
        "searchable": _searchable,
    }


def read(request: Request, tell: Progress, *, whole: bool = False) -> PdfText:
    """The words of the PDF; `tell` is told how many pages of how many are read, as in `extract`.

    Raises UserError.
    """
    return extract(load(request.data), request.name, request.password, tell, whole=whole)


def failed(error: UserError) -> Answer:
    """An error as it crosses the border."""
    return Answer(error=type(error).__name__, wrong=getattr(error, "wrong", False))


def _inside(body: bytes) -> bytes:
    """A Request's Looked."""
    from app.services.pdf.inside import look_inside  # few PDFs are looked into

    request = msgspec.msgpack.decode(body, type=Request)
    try:
        answer = Looked(inside=look_inside(request.data, request.password))
    except UserError as error:
        answer = Looked(failed=failed(error))
    return msgspec.msgpack.encode(answer)


def _form(body: bytes) -> bytes:
    """A Request's FormRead."""
    from app.services.pdf.form_fields import read_form  # few PDFs are forms

    request = msgspec.msgpack.decode(body, type=Request)
    try:
        form = read_form(load(request.data), request.name, request.password)
        answer = FormRead(form=form)
    except UserError as error:
        answer = FormRead(failed=failed(error))
    return msgspec.msgpack.encode(answer)


def _clean(body: bytes) -> bytes:
    """A Request's Cleaned."""
    from app.services.pdf.cleaning import cleaned

    request = msgspec.msgpack.decode(body, type=Request)
    try:
        answer = Cleaned(pdf=cleaned(request.data, request.password))
    except UserError as error:
        answer = Cleaned(failed=failed(error))
    return msgspec.msgpack.encode(answer)


def _searchable(body: bytes) -> bytes:
    """A LayWords' Cleaned."""
    from app.services.pdf.searchable import searchable  # few PDFs are scans

    request = msgspec.msgpack.decode(body, type=LayWords)
    try:
        answer = Cleaned(pdf=searchable(request.data, request.pages, request.password))
    except UserError as error:
        answer = Cleaned(failed=failed(error))
    return msgspec.msgpack.encode(answer)


class Documents:
    """The documents that are open for drawing."""

    def __init__(self, shared: SharedBytes | None, tell: Progress) -> None:
        self._shared = shared
        self.tell = tell
        self._open: dict[int, pymupdf.Document] = {}

    def open(self, body: bytes) -> bytes:
        """A Request's Answer."""
        request = msgspec.msgpack.decode(body, type=Request)
        self.forget(request.forgotten)
        try:
            answer = self._answer(request)
        except UserError as error:
            answer = failed(error)
        return msgspec.msgpack.encode(answer)

    def draw(self, body: bytes) -> bytes:
        """A Draw's Drawn."""
        wanted = msgspec.msgpack.decode(body, type=Draw)
        self.forget(wanted.forgotten)
        document = self.get(wanted.document)
        if document is None:
            return msgspec.msgpack.encode(Drawn(unknown=True))
        try:
            drawn = self._drawn(document[wanted.page - 1], wanted)
        except ENGINE_ERRORS:
            drawn = Drawn(damaged=True)
        return msgspec.msgpack.encode(drawn)

    def words(self, body: bytes) -> bytes:
        """A ReadWords' WordsRead."""
        from app.services.pdf.record_pages import record_pages  # letters alone need it not

        wanted = msgspec.msgpack.decode(body, type=ReadWords)
        self.forget(wanted.forgotten)
        document = self.get(wanted.document)
        if document is None:
            return msgspec.msgpack.encode(WordsRead(unknown=True))
        return msgspec.msgpack.encode(WordsRead(pages=record_pages(document, wanted.pages)))

    def _answer(self, request: Request) -> Answer:
        text = read(request, self.tell) if request.with_text else None
        if not request.document:
            return Answer(text=text)
        document = open_document(load(request.data), request.password)
        self._open[request.document] = document
        sizes = tuple(_size(document, index) for index in range(document.page_count))
        return Answer(text=text, sizes=sizes)

    def _drawn(self, page: pymupdf.Page, wanted: Draw) -> Drawn:
        width, height = page.rect.width, page.rect.height
        scale = max(wanted.scale, 1 / max(min(width, height), 1.0))
        scale = min(scale, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        drawn = pixels(page, scale, wanted.clip)
        samples = drawn.samples_mv
        about = Drawn(width=drawn.width, height=drawn.height, stride=drawn.stride)
        if self._shared is None or len(samples) > self._shared.size:
            return msgspec.structs.replace(about, rgb=bytes(samples))
        self._shared.view[: len(samples)] = samples
        return about

    def get(self, number: int) -> pymupdf.Document | None:
        """The open document of that number."""
        return self._open.get(number)

    def forget(self, numbers: Iterable[int]) -> None:
        """Nobody asks for these any more."""
        for number in numbers:
            document = self._open.pop(number, None)
            if document is not None:
                document.close()


def _size(document: pymupdf.Document, index: int) -> tuple[float, float]:
    try:
        shown = document[index].rect
    except ENGINE_ERRORS:
        return (612.0, 792.0)
    return (shown.width, shown.height)
