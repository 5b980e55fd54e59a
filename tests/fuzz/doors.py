"""Each door through which bytes from elsewhere come in: what may be raised there is a UserError."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from app.errors import UserError
from app.services.database import open_database
from app.services.database.backup_names import SUFFIX
from app.services.database.images import read_image
from app.services.form_data import with_form_data
from app.services.interchange import decode
from app.services.letter_reader import LetterReader
from app.services.library.exchange import Format, read_entries
from app.services.parsing import parse
from app.services.pdf import PdfPage, PdfText, Word
from app.services.pdf.extraction import extract
from app.services.rendering.layouts import MANIFEST, Layouts
from app.services.store import Store, read_archive
from app.services.vault import Cipher

CORPUS = Path(__file__).parent / "corpus"

Door = Callable[[bytes], object]


def knock(door: Door, data: bytes) -> str:
    """Hands bytes to a door; gives what was told of them. Raises what must not be raised."""
    try:
        door(data)
    except UserError as error:
        return f"{error.what} {error.remedy}"
    return ""


@cache
def _reader() -> LetterReader:
    return LetterReader(seconds=10)


def close() -> None:
    """Ends the processes of the PDF door."""
    if _reader.cache_info().currsize:
        _reader().close()


# Doors


def _pdf(data: bytes) -> object:
    return _reader().letter(data)


def _pdf_words(data: bytes) -> object:
    """Words with their places, as `pages` gives them: what the parser sees of a page."""
    try:
        rows = msgspec.json.decode(
            data.decode(errors="replace"),
            type=list[tuple[int, int, str, float, float, float, float]],
        )
    except msgspec.DecodeError:
        return None  # no words
    pages: list[PdfPage] = []
    by_page = sorted(rows, key=lambda row: row[0])
    for number, group in groupby(by_page, key=lambda row: row[0]):
        words = [
            Word(text, (x0, y0, x1, y1), False, line) for _, line, text, x0, y0, x1, y1 in group
        ]
        pages.append(PdfPage(number=number, width=612, height=792).with_words(words))
    text = PdfText(pages=tuple(pages), has_text=True, read_to=len(pages))
    return with_form_data(parse(text), text)


def words_of(pdf: bytes) -> bytes:
    """What `_pdf_words` takes, of a PDF."""
    rows: list[tuple[Any, ...]] = []
    for page in extract(pdf, "", None).pages:
        for word in page.words:
            box = tuple(round(value, 4) for value in word.box)
            rows.append((page.number, word.line, word.text, *box))
    return msgspec.json.encode(rows)


def _layout(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "mine"
        folder.mkdir()
        (folder / MANIFEST).write_bytes(data)
        return Layouts([Path(name)]).get("mine")


def _archive(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "given.zip").write_bytes(data)
        with closing(open_database(folder / "data" / "imr-desk.db")) as database:
            return read_archive(Store(database, folder / "data"), folder / "given.zip")


def _backup(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"imr-desk-20260302-091000-000001{SUFFIX}"
        path.write_bytes(data)
        return read_image(path, Cipher())  # its chunks lie elsewhere


def _library(kind: Format) -> Door:
    return lambda data: read_entries(data, kind)


DOORS: dict[str, Door] = {
    "pdf": _pdf,
    "pdf_words": _pdf_words,
    "letter_json": decode,
    "csv": _library(Format.CSV),
    "bibtex": _library(Format.BIBTEX),
    "ris": _library(Format.RIS),
    "csl": _library(Format.CSL_JSON),
    "toml": _layout,
    "zip": _archive,
    "backup": _backup,
}
SLOW = frozenset({"pdf", "zip", "backup"})
"""Doors that take many milliseconds a file: they get fewer."""


def corpus(door: str) -> dict[str, bytes]:
    """The kept files of a door by name."""
    return {path.name: path.read_bytes() for path in sorted((CORPUS / door).iterdir())}
