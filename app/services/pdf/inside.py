"""What a PDF holds beside the words on its pages: found with the engine, told as plain values."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import msgspec
import pymupdf

from app.services.pdf.engine import ENGINE_ERRORS, open_document
from app.services.pdf.errors import DamagedPdf
from app.services.pdf.files import load

_SCRIPT = re.compile(r"/S\s*/(?:JavaScript|Launch|SubmitForm|ImportData)\b|/JS\b")
# A file made for the web has one more in front, which points to 0.
_VERSION_END = re.compile(rb"startxref\s+[1-9]\d*\s+%%EOF")


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """`properties` are title, author and the like with the two dates, those that are not empty.

    `outside` are the words that lie off their page; `layers` can be switched off by a viewer;
    `versions` counts the states of the file that lie one after the other in it, from 1.
    """

    attachments: tuple[tuple[str, int], ...] = ()
    properties: dict[str, str] = {}
    more_properties: tuple[str, ...] = ()
    bookmarks: int = 0
    notes: int = 0
    form_fields: int = 0
    scripts: int = 0
    layers: int = 0
    outside: tuple[str, ...] = ()
    versions: int = 1


def look_inside(source: Path | bytes, password: str | None = None) -> Inside:
    """What lies in the file beside its pages. Raises the errors of `read`."""
    data = load(source)
    document = open_document(data, password)
    try:
        told = cast("dict[str, str | None]", document.metadata or {})
        objects = [
            document.xref_object(xref, compressed=True) for xref in range(1, document.xref_length())
        ]
        return Inside(
            attachments=tuple(
                (name, int(document.embfile_info(name)["length"]))
                for name in document.embfile_names()
            ),
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
        )
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()


def _people(about: str) -> tuple[str, ...]:
    """Who is named in the file's other properties, its XMP."""
    names = re.findall(r"<(?:dc:creator|xmpMM:\w*By|pdf:Author)\b[^>]*>(.*?)</", about, re.S)
    return tuple(dict.fromkeys(t for name in names if (t := re.sub(r"<[^>]*>", " ", name).strip())))


def _outside(page: pymupdf.Page) -> list[str]:
    shown = page.rect * page.derotation_matrix
    words = page.get_text("words", clip=pymupdf.INFINITE_RECT())
    return [word[4] for word in words if not pymupdf.Rect(word[:4]).intersects(shown)]
