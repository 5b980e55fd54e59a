"""Opening a PDF with the engine, and what the engine raises.

The engine takes a tenth of a second to load: what imports this module is itself imported with the
first letter, not with the window.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportPrivateImportUsage=false

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pymupdf

from app.evidence import Box
from app.services.pdf.errors import DamagedPdf, PasswordNeeded

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


@contextmanager
def working_on(document: pymupdf.Document) -> Generator[pymupdf.Document]:
    """An open document, closed in the end. Raises DamagedPdf where the engine cannot go on."""
    try:
        yield document
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()


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


def own_object(page: pymupdf.Page) -> Any:
    """The object that describes a page in its file.

    What is asked of every page is asked of it: the engine's own properties cost ten times as much.
    """
    return pymupdf.mupdf.pdf_page_from_fz_page(page.this).obj()


def rotation_of(page: pymupdf.Page) -> int:
    """By how many degrees the page is turned as it is shown: 0, 90, 180 or 270."""
    found = pymupdf.mupdf.pdf_dict_get_inheritable(
        own_object(page), pymupdf.mupdf.PDF_ENUM_NAME_Rotate
    )
    return page.rotation if pymupdf.mupdf.pdf_to_int(found) else 0


def size_of(page: pymupdf.Page) -> tuple[float, float]:
    """Width and height of a page as shown."""
    bounds = pymupdf.mupdf.fz_bound_page(page.this)
    if pymupdf.mupdf.fz_is_infinite_rect(bounds):
        return page.rect.width, page.rect.height
    return bounds.x1 - bounds.x0, bounds.y1 - bounds.y0


def streams_of(page: pymupdf.Page) -> int:
    """In how many pieces the page is written."""
    mupdf = pymupdf.mupdf
    found = mupdf.pdf_dict_get(own_object(page), mupdf.PDF_ENUM_NAME_Contents)
    if mupdf.pdf_is_array(found):
        return mupdf.pdf_array_len(found)
    return 1 if found.m_internal else 0


def pixels(page: pymupdf.Page, scale: float, clip: Box | None = None) -> pymupdf.Pixmap:
    """The page drawn in colour, `scale` pixels a point; with `clip` that part of it (0..1) alone."""
    matrix = pymupdf.Matrix(scale, scale)
    part = None
    if clip is not None:
        x0, y0, x1, y1 = clip
        width, height = page.rect.width, page.rect.height
        part = pymupdf.Rect(x0 * width, y0 * height, x1 * width, y1 * height) & page.rect
    return page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False, clip=part)
