"""What happens to a file on its way in: read, recognised, kept.

One of our own PDFs carries its form data: the values come from there and only the places on the
page are read. A JSON file of the letter schema has no page and is no letter to take in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from app.evidence import Evidence, ParseResult
from app.letter import FieldId, get_value
from app.services.citations import Guidelines
from app.services.interchange import decode
from app.services.pdf import CannotOpen, OpenPdf, PagePictures, PdfText
from app.services.regular_files import read_regular
from app.services.review import all_statuses, open_fields
from app.services.store import Case, Imported, Store

ATTACHMENT = "letter.json"


class Reader(Protocol):
    """Reads a PDF's words and draws its pages, wherever that happens; raises UserError."""

    def read(self, source: Path | str | bytes, password: str | None = None) -> PdfText: ...

    def open(self, data: bytes, password: str | None = None) -> OpenPdf: ...

    def pictures(self, data: bytes, password: str | None = None) -> PagePictures: ...


class OpenedCase(msgspec.Struct, frozen=True):
    """A kept letter with its words and pictures, ready to be shown."""

    case: Case
    text: PdfText
    pictures: PagePictures


def read_letter(
    reader: Reader,
    source: Path | bytes,
    password: str | None = None,
    guidelines: Guidelines | None = None,
) -> ParseResult:
    """The letter in a PDF, read with `guidelines` known (the program's own, if none are given).

    Raises UserError where the file cannot be read.
    """
    return recognise(reader.read(source, password), guidelines)


def recognise(text: PdfText, guidelines: Guidelines | None = None) -> ParseResult:
    """The letter in the words of a PDF, from its attached form data where it has them."""
    # A tenth of a second of rules: read with the first letter, not with the window.
    from app.services.parsing import parse

    result = parse(text, guidelines)
    attached = text.attachments.get(ATTACHMENT)
    if attached is None:
        return result
    letter = decode(attached)
    read_again = {
        issue.id: other.id
        for issue, other in zip(result.letter.issues, letter.issues, strict=False)
    }
    evidence: dict[FieldId, Evidence] = {}
    for field, seen in result.evidence.items():
        own = field
        if field.issue is not None:
            if field.issue not in read_again:
                continue
            own = FieldId(field.name, read_again[field.issue])
        same = get_value(result.letter, field) == get_value(letter, own)
        evidence[own] = msgspec.structs.replace(seen, doubt=None) if same else seen
    return ParseResult(
        letter=letter,
        evidence=evidence,
        layout=letter.layout,
        layout_reasons=("The letter was written by this program and carries its form data.",),
        notes=result.notes,
        pages=result.pages,
    )


def take_in(
    store: Store,
    reader: Reader,
    source: Path,
    *,
    by: str,
    password: str | None = None,
    guidelines: Guidelines | None = None,
) -> Imported:
    """Read a letter and keep it with its file. Raises UserError and keeps nothing then."""
    data = _bytes_of(source)
    result = read_letter(reader, data, password, guidelines)
    waiting = open_fields(all_statuses(result.letter, result.letter, result.evidence, {}))
    return store.import_pdf(data, result, by=by, file_name=source.name, doubts=len(waiting))


def open_kept(
    store: Store, reader: Reader, case_id: int, password: str | None = None
) -> OpenedCase:
    """A kept letter as it was left. Raises UserError."""
    opened = reader.open(store.pdf(case_id), password)
    return OpenedCase(store.case(case_id), opened.text, opened.pictures)


def pdfs_of(path: Path) -> list[Path]:
    """The PDFs below a folder in the order of their names; a file stands for itself."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
    return [path]


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        raise CannotOpen(error.strerror or str(type(error).__name__)) from error
