"""From a PDF to `PdfText`: which pages and words count, and where they stand on the page as shown."""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from pathlib import Path
from typing import cast

import pymupdf

from app.evidence import Box
from app.services.pdf.engine import ENGINE_ERRORS, load, open_document
from app.services.pdf.looks import RawWord, looks
from app.services.pdf.words import PdfPage, PdfText, Word

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
_LARGEST = 1e7
_ATTACHMENT_LIMIT = 16 * 1024 * 1024


def read(source: Path | str | bytes, password: str | None = None) -> PdfText:
    """Reads every page's words.

    Raises CannotOpen, EmptyFile, NotAPdf, PasswordNeeded or DamagedPdf. A page that cannot be
    read is given without words and named in `unreadable_pages`.
    """
    data = load(source)
    name = "" if isinstance(source, bytes) else Path(source).stem
    document = open_document(data, password)
    try:
        pages: list[PdfPage] = []
        unreadable: list[int] = []
        for index in range(document.page_count):
            try:
                pages.append(_read_page(document[index], index + 1))
            except ENGINE_ERRORS:
                unreadable.append(index + 1)
                pages.append(PdfPage(index + 1, 612.0, 792.0))
        return PdfText(
            pages=tuple(pages),
            has_text=any(page.words for page in pages),
            name=name,
            unreadable_pages=tuple(unreadable),
            attachments=_attachments(document),
        )
    finally:
        document.close()


def _read_page(page: pymupdf.Page, number: int) -> PdfPage:
    shown = page.rect
    width, height = shown.width, shown.height
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        return PdfPage(number, 612.0, 792.0)
    text_page = page.get_textpage(flags=_FLAGS)
    raw = cast("list[RawWord]", text_page.extractWORDS())
    how, turned = looks(text_page, raw)
    # Text is given as if the page were not turned; only turned pages pay for the conversion.
    matrix = page.rotation_matrix if page.rotation else None
    words: list[Word] = []
    across, down = 1 / width, 1 / height
    key = (-1, -1)
    line = -1
    for (x0, y0, x1, y1, text, block, block_line, _), (bold, size) in zip(raw, how, strict=True):
        if key != (block, block_line):
            key = (block, block_line)
            line += 1
        if matrix is not None:
            x0, y0, x1, y1 = _turned((x0, y0, x1, y1), matrix)
        box = (x0 * across, y0 * down, x1 * across, y1 * down)
        if box[0] < 0 or box[1] < 0 or box[2] > 1 or box[3] > 1:
            box = (max(box[0], 0.0), max(box[1], 0.0), min(box[2], 1.0), min(box[3], 1.0))
            if not (box[0] < box[2] and box[1] < box[3]):
                continue  # printed outside the page: nobody can see it
        words.append(Word(text, box, bold, size, line))
    return PdfPage(number, width, height, tuple(words), (turned + page.rotation) % 360)


def _turned(box: Box, matrix: pymupdf.Matrix) -> Box:
    shown = pymupdf.Rect(box) * matrix
    return (shown.x0, shown.y0, shown.x1, shown.y1)


def _attachments(document: pymupdf.Document) -> dict[str, bytes]:
    """The files inside the PDF, without those that are too large to be form data."""
    found: dict[str, bytes] = {}
    try:
        for index in range(document.embfile_count()):
            about = document.embfile_info(index)
            if about.get("length", 0) <= _ATTACHMENT_LIMIT:
                name = about.get("filename") or about.get("name") or str(index)
                found[name] = document.embfile_get(index)
    except ENGINE_ERRORS:
        return found  # a broken attachment list must not cost the letter
    return found
