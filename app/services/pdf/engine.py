"""Opening a file with the engine: the one place that decides whether it is a PDF we may read."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportPrivateImportUsage=false

from __future__ import annotations

import re
from pathlib import Path

import pymupdf

from app.services.pdf.errors import CannotOpen, DamagedPdf, EmptyFile, NotAPdf, PasswordNeeded

# The engine writes what it mends to standard error, straight past Python's streams.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

ENGINE_ERRORS = (
    RuntimeError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    pymupdf.mupdf.FzErrorBase,
)
"""What the engine raises on a broken page; it has no common parent for them."""

_SIGNATURE = re.compile(rb"%PDF-\d")
_SIGNATURE_WITHIN = 1024


def load(source: Path | str | bytes) -> bytes:
    """The file's bytes. Raises CannotOpen, EmptyFile or NotAPdf."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise CannotOpen(error.strerror or "unknown reason") from error
    if not data:
        raise EmptyFile
    if not _SIGNATURE.search(data, 0, _SIGNATURE_WITHIN):
        raise NotAPdf
    return data


def open_document(data: bytes, password: str | None) -> pymupdf.Document:
    """An open document with at least one page. Raises PasswordNeeded or DamagedPdf.

    An empty password opens encrypted public letters; the ban on copying is not ours to enforce,
    as reading a letter is what it was published for.
    """
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
        if document.is_encrypted and not document.authenticate(password or ""):
            raise PasswordNeeded(wrong=bool(password))
        pages = document.page_count
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    if pages < 1:
        raise DamagedPdf
    return document
