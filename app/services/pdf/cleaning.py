"""How a PDF loses what its pages do not show: the pages look as before, the rest is gone."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf

from app.services.pdf.engine import open_document, working_on
from app.services.pdf.files import load
from app.services.pdf.inside import unshown_links
from app.services.pdf.private_parts import remove_private_parts
from app.services.pdf.reading import read
from app.services.pdf.words import PdfPage, Word

_OF_A_VIEWER = (
    pymupdf.PDF_ANNOT_TEXT,
    pymupdf.PDF_ANNOT_POPUP,
    pymupdf.PDF_ANNOT_FILE_ATTACHMENT,
    pymupdf.PDF_ANNOT_SOUND,
    pymupdf.PDF_ANNOT_MOVIE,
)
"""Notes that a viewer opens; other marks are drawn on the page and stay as they look."""


def cleaned(source: Path | bytes, password: str | None = None) -> bytes:
    """The file without attachments, properties, notes, forms, scripts, hidden text and earlier
    versions. Raises the errors of `read`."""
    text = read(source, password)
    with working_on(open_document(load(source), password)) as document:
        for page in document:
            for note in list(page.annots(types=_OF_A_VIEWER)):
                page.delete_annot(note)
        document.bake()  # what a form or a mark shows becomes a part of the page
        for page, known in zip(document, text.pages, strict=True):
            _take_unseen(page, known)
        for page, link in list(unshown_links(document)):
            page.delete_link(link)
        document.scrub(hidden_text=False, redactions=False, reset_fields=False, remove_links=False)
        document.set_toc([])
        remove_private_parts(document)
        return document.tobytes(
            garbage=4, deflate=True, clean=True, encryption=pymupdf.PDF_ENCRYPT_NONE, no_new_id=True
        )


def _take_unseen(page: pymupdf.Page, known: PdfPage) -> None:
    """Removes words that do not show, but none that lies under one that does, and what is off the
    page."""
    areas = [*_unseen(page, known), *_outside(page)]
    for area in areas:
        page.add_redact_annot(area, fill=False, cross_out=False)
    if areas:
        page.apply_redactions(
            images=pymupdf.PDF_REDACT_IMAGE_NONE,
            graphics=pymupdf.PDF_REDACT_LINE_ART_NONE,
            text=pymupdf.PDF_REDACT_TEXT_REMOVE,
        )


def _unseen(page: pymupdf.Page, known: PdfPage) -> Iterator[pymupdf.Rect]:
    shown = page.rect
    seen = [_area(word, shown) for word in known.words if _is_seen(known, word)]
    for word in known.words:
        area = _area(word, shown)
        if not _is_seen(known, word) and not any(area.intersects(one) for one in seen):
            yield area * page.derotation_matrix


def _is_seen(page: PdfPage, word: Word) -> bool:
    return word.look < 0 or page.looks[word.look].seen


def _area(word: Word, shown: pymupdf.Rect) -> pymupdf.Rect:
    x0, y0, x1, y1 = word.box
    return pymupdf.Rect(x0 * shown.width, y0 * shown.height, x1 * shown.width, y1 * shown.height)


def _outside(page: pymupdf.Page) -> Iterator[pymupdf.Rect]:
    shown = page.rect * page.derotation_matrix
    for word in page.get_text("words", clip=pymupdf.INFINITE_RECT()):
        area = pymupdf.Rect(word[:4])
        if not area.intersects(shown):
            yield area
