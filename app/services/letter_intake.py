"""What happens to a file on its way in: read, recognised, kept.

A JSON file of the letter schema has no page: a letter is begun with its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

import msgspec

from app.evidence import ParseResult, Place
from app.letter import FieldId
from app.services.citations import Guidelines
from app.services.guard import Watch
from app.services.interchange import decode
from app.services.letter_messages import JudgedBy
from app.services.letter_reader import ReadLetter
from app.services.pdf import (
    CannotOpen,
    FormText,
    OpenPdf,
    PagePictures,
    PdfPage,
    PdfText,
    ReadingStopped,
)
from app.services.pdf.messages import Inside
from app.services.regular_files import is_nobodys, read_regular
from app.services.settings import Settings
from app.services.store import ISSUES, Case, Imported, Store
from app.services.store.known_files import kept_already
from app.services.store.readings import pages_read, put_pages_read

if TYPE_CHECKING:
    from app.services.pdf_redaction import Redacted


class Reader(Protocol):
    """Reads PDFs, draws their pages and recognises letters, wherever that is done.

    Raises UserError.
    """

    def read(self, source: Path | str | bytes, password: str | None = None) -> PdfText: ...

    def open(
        self, data: bytes, password: str | None = None, watch: Watch | None = None
    ) -> OpenPdf: ...

    def look_inside(self, source: Path | bytes, password: str | None = None) -> Inside: ...

    def read_form(self, source: Path | bytes, password: str | None = None) -> FormText: ...

    def cleaned(self, source: Path | bytes, password: str | None = None) -> bytes: ...

    def searchable(
        self, source: Path | bytes, pages: Iterable[PdfPage], password: str | None = None
    ) -> bytes: ...

    def pictures(self, data: bytes, password: str | None = None) -> PagePictures: ...

    def letter(
        self,
        source: Path | str | bytes,
        password: str | None = None,
        guidelines: Guidelines | None = None,
        recognised: Iterable[PdfPage] = (),
        watch: Watch | None = None,
        judged_by: JudgedBy | None = None,
    ) -> ReadLetter: ...

    def letter_recognised(
        self,
        source: Path | bytes,
        password: str | None = None,
        guidelines: Guidelines | None = None,
        watch: Watch | None = None,
        judged_by: JudgedBy | None = None,
    ) -> ReadLetter: ...

    def recognise(
        self,
        data: bytes,
        pages: Sequence[int],
        password: str | None = None,
        is_cancelled: Callable[[], bool] = ...,
    ) -> Iterator[PdfPage]: ...

    def redact(
        self,
        source: bytes,
        terms: Sequence[str],
        places: Iterable[Place] = (),
        password: str | None = None,
        watch: Watch | None = None,
    ) -> Redacted: ...


class OpenedCase(msgspec.Struct, frozen=True):
    """A kept letter with its words and pictures, ready to be shown."""

    case: Case
    text: PdfText
    pictures: PagePictures


def take_in(
    store: Store,
    reader: Reader,
    source: Path,
    *,
    by: str,
    password: str | None = None,
    guidelines: Guidelines | None = None,
    settings: Settings | None = None,
    recognise: bool = False,
    watch: Watch | None = None,
) -> Imported:
    """Read a letter and keep it with its file, and with how much is left to do in it by the
    rules of `settings`. Of a file that wraps the letter only the letter is kept; one that is kept
    already is not read again. With `recognise` the pictures of its pages are read first, some
    seconds each. `watch` is told how many pages of how many are read.

    Raises UserError and keeps nothing then."""
    data = _bytes_of(source)
    if source.suffix.lower() == ".json":
        from app.services.new_letter import begin  # it sets a page, which no PDF needs

        letter = decode(data, guidelines)
        now = datetime.now()
        return begin(store, letter, by=by, now=now, file_name=source.name, settings=settings)
    if (known := kept_already(store, data, by=by)) is not None:
        return known
    reading = reader.letter_recognised if recognise else reader.letter
    judged_by = _judged_by(store, source.name, settings)
    read = reading(data, password, guidelines, watch=watch, judged_by=judged_by)
    if watch is not None and watch.is_cancelled:
        raise ReadingStopped
    name = PurePath(read.inner or source.name).name
    doubts, errors = read.left
    imported = store.import_pdf(
        read.data or data, read.result, by=by, file_name=name, doubts=doubts, errors=errors
    )
    if read.recognised and not imported.known:
        put_pages_read(store, imported.summary.id, _kept(read.recognised))
    return imported


def _judged_by(store: Store, name: str, settings: Settings | None) -> JudgedBy:
    set_aside = frozenset(dismissal.finding for dismissal in store.dismissed_always())
    return JudgedBy(name=name, settings=settings or Settings(), set_aside=set_aside)


class ReadAnew(msgspec.Struct, frozen=True):
    """A kept letter read with what its pictures say, and how much is left to do in it."""

    result: ParseResult
    doubts: int
    errors: int


def read_pictures(
    store: Store,
    reader: Reader,
    case_id: int,
    pages: Sequence[int],
    *,
    password: str | None = None,
    guidelines: Guidelines | None = None,
    settings: Settings | None = None,
    is_cancelled: Callable[[], bool],
    progressed: Callable[[int], None],
) -> ReadAnew | None:
    """Read the pictures of these pages of a kept letter, each kept at once, then the letter with
    them; None where that was cancelled, to be taken up later. Raises UserError."""
    data = store.pdf(case_id)
    for done, page in enumerate(reader.recognise(data, pages, password, is_cancelled), 1):
        put_pages_read(store, case_id, _kept((page,)))
        progressed(done)
    if is_cancelled():
        return None
    judged_by = _judged_by(store, store.summary(case_id).file_name, settings)
    pages_known = recognised_pages(store, case_id)
    read = reader.letter(data, password, guidelines, pages_known, judged_by=judged_by)
    return ReadAnew(read.result, *read.left)


def open_kept(
    store: Store,
    reader: Reader,
    case_id: int,
    password: str | None = None,
    watch: Watch | None = None,
) -> OpenedCase:
    """A kept letter as it was left. Raises UserError."""
    opened = reader.open(store.pdf(case_id), password, watch)
    text = opened.text.with_recognised(_recognised(store, case_id, opened.text))
    return OpenedCase(store.case(case_id), text, opened.pictures)


def text_of_kept(
    store: Store, reader: Reader, case_id: int, password: str | None = None
) -> PdfText:
    """The words of a kept letter's pages, also those that were read from pictures.

    Raises UserError."""
    text = reader.read(store.pdf(case_id), password)
    return text.with_recognised(_recognised(store, case_id, text))


def pages_to_recognise(store: Store, case_id: int, text: PdfText) -> tuple[int, ...]:
    """The pages that are pictures and were not read yet: what a stop left undone."""
    unread = set(text.unread_pages)
    return tuple(sorted(unread - pages_read(store, case_id).keys())) if unread else ()


def recognised_pages(store: Store, case_id: int) -> tuple[PdfPage, ...]:
    """What was read so far from the pictures of a kept letter's pages."""
    kept = pages_read(store, case_id).values()
    return tuple(msgspec.json.decode(page, type=PdfPage) for page in kept)


def _kept(pages: Iterable[PdfPage]) -> dict[int, str]:
    return {page.number: msgspec.json.encode(page).decode() for page in pages}


def _recognised(store: Store, case_id: int, text: PdfText) -> list[PdfPage]:
    """Few letters have such pages: of the others nothing is asked."""
    if not text.unread_pages:
        return []
    kept = pages_read(store, case_id).values()
    return [msgspec.json.decode(page, type=PdfPage) for page in kept]


def twin_words(imported: Imported) -> str:
    """That another file of the same case is here already, and in which fields it differs."""
    number, twin = imported.summary.number, imported.twins[0]
    names = [
        "Disputed items" if key == ISSUES else FieldId.from_key(key).spec.label
        for key in twin.differing
    ]
    if not names:
        return f"Another file of case {number} is here already, with the same values."
    told = ", ".join(dict.fromkeys(names))
    return f"Another file of case {number} is here already. They differ in: {told}."


def pdfs_of(path: Path, *, or_json: bool = False) -> list[Path]:
    """The PDFs below a folder in the order of their names, or also the letters kept as JSON; a file
    stands for itself. What a system or a program left beside them is none."""
    endings = (".pdf", ".json") if or_json else (".pdf",)
    if path.is_dir():
        found = (p for p in path.rglob("*") if p.suffix.lower() in endings and p.is_file())
        return sorted(p for p in found if not is_nobodys(p.relative_to(path)))
    return [] if is_nobodys(PurePath(path.name)) else [path]


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        raise CannotOpen(error.strerror or str(type(error).__name__)) from error
