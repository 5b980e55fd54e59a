"""What a PDF holds beside the words on its pages: found with the engine, told as plain values."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pymupdf

from app.services.pdf.engine import open_document, working_on
from app.services.pdf.files import load
from app.services.pdf.messages import Inside
from app.services.pdf.private_parts import SPOKEN_INLINE
from app.services.privacy.folding import fold

_SCRIPT = re.compile(r"/S\s*/(?:JavaScript|Launch|SubmitForm|ImportData)\b|/JS\b")
_PRIVATE = re.compile(r"/(?:PieceInfo|Thumb)\b(?!\s*null)")
_SPOKEN = ("ActualText", "Alt", "E")
# A file made for the web has one more in front, which points to 0.
_VERSION_END = re.compile(rb"startxref\s+[1-9]\d*\s+%%EOF")


def look_inside(source: Path | bytes, password: str | None = None) -> Inside:
    """What lies in the file beside its pages. Raises the errors of `read`."""
    data = load(source)
    with working_on(open_document(data, password)) as document:
        told = cast("dict[str, str | None]", document.metadata or {})
        objects = [
            document.xref_object(xref, compressed=True) for xref in range(1, document.xref_length())
        ]
        return Inside(
            attachments=(*_embedded(document), *_pinned(document)),
            properties={
                key: value
                for key, value in told.items()
                if value and key not in ("format", "encryption", "trapped")
            },
            more_properties=_people(document.get_xml_metadata()),
            bookmarks=len(document.get_toc()),
            notes=sum(len(list(page.annots())) for page in document),
            form_fields=sum(len(list(page.widgets())) for page in document),
            scripts=sum(bool(_SCRIPT.search(one)) for one in objects),
            layers=len(document.get_ocgs()),
            outside=tuple(word for page in document for word in _outside(page)),
            versions=max(1, len(_VERSION_END.findall(data))),
            spoken=tuple(_spoken(document, objects)),
            links=tuple(dict.fromkeys(target_of(link) for _, link in unshown_links(document))),
            private=sum(bool(_PRIVATE.search(one)) for one in objects),
        )


def _embedded(document: pymupdf.Document) -> Iterator[tuple[str, int]]:
    for name in document.embfile_names():
        yield name, int(document.embfile_info(name)["length"])


def _pinned(document: pymupdf.Document) -> Iterator[tuple[str, int]]:
    """The files that are attached to a place on a page."""
    for page in document:
        for note in page.annots(types=[pymupdf.PDF_ANNOT_FILE_ATTACHMENT]):
            about = note.file_info
            yield about.get("filename") or "a file without a name", max(0, about.get("length", 0))


def _spoken(document: pymupdf.Document, objects: list[str]) -> Iterator[str]:
    """Texts that stand for what is shown: in the structure, and in the pages' own contents."""
    for xref, written in enumerate(objects, 1):
        for key in _SPOKEN:
            if f"/{key}" in written:
                kind, value = document.xref_get_key(xref, key)
                if kind == "string" and value.strip():
                    yield value
    for page in document:
        for match in SPOKEN_INLINE.finditer(page.read_contents()):
            words = _inline(match[1], match[2])
            if words.strip():
                yield words


def _inline(plain: bytes | None, hexadecimal: bytes | None) -> str:
    data = plain if plain is not None else bytes.fromhex(_even(hexadecimal or b""))
    if data.startswith(b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("latin-1")


def unshown_links(document: pymupdf.Document) -> Iterator[tuple[pymupdf.Page, dict[str, Any]]]:
    """The links out of the file whose target no page shows, each with its page."""
    shown = fold(" ".join(str(page.get_text()) for page in document))
    for page in document:
        for link in page.get_links():
            target = target_of(link)
            told = target.partition(":")[2].strip("/") or target
            if target and fold(told) not in shown:
                yield page, link


def target_of(link: dict[str, Any]) -> str:
    """Where a link leads that leaves the file; empty where it stays."""
    return str(link.get("uri") or link.get("file") or "")


def _even(digits: bytes) -> str:
    text = b"".join(digits.split()).decode()
    return text + "0" * (len(text) % 2)


def _people(about: str) -> tuple[str, ...]:
    """Who is named in the file's other properties, its XMP."""
    names = re.findall(r"<(?:dc:creator|xmpMM:\w*By|pdf:Author)\b[^>]*>(.*?)</", about, re.S)
    return tuple(dict.fromkeys(t for name in names if (t := re.sub(r"<[^>]*>", " ", name).strip())))


def _outside(page: pymupdf.Page) -> list[str]:
    shown = page.rect * page.derotation_matrix
    words = page.get_text("words", clip=pymupdf.INFINITE_RECT())
    return [word[4] for word in words if not pymupdf.Rect(word[:4]).intersects(shown)]
