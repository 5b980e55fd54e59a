"""A scan with its words behind its pictures, so that any viewer finds, selects and copies them.

The pictures stay as the file holds them: neither drawn nor packed anew. What a file carries beside
its pages goes, as it does from every copy that is written here.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# pyright: reportArgumentType=false

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pymupdf

from app.services.pdf.engine import open_document, working_on
from app.services.pdf.private_parts import remove_private_parts
from app.services.pdf.words import PdfPage, Word

_FONT = "helv"
_NAME = "IMRDeskWords"
_LEAST_SIZE = 1.0
"""Points."""
_WIDEST_GAP = 3.0
"""Of the height of a line: what lies further apart are columns, with no space between."""


def searchable(pdf: bytes, pages: Iterable[PdfPage], password: str | None = None) -> bytes:
    """The file with the words of these recognised pages, unseen, each in its box.

    Raises the errors of `read`.
    """
    with working_on(open_document(pdf, password)) as document:
        font = pymupdf.Font(_FONT)
        for page in pages:
            _lay_behind(document, document[page.number - 1], page, font)
        document.scrub(hidden_text=False, redactions=False, reset_fields=False, remove_links=False)
        document.set_toc([])
        remove_private_parts(document)
        return document.tobytes(
            garbage=3, deflate_fonts=True, encryption=pymupdf.PDF_ENCRYPT_NONE, no_new_id=True
        )


def _lay_behind(
    document: pymupdf.Document, page: pymupdf.Page, known: PdfPage, font: pymupdf.Font
) -> None:
    page.insert_font(fontname=_NAME, fontbuffer=font.buffer)
    parts = b"\n".join(_shown(page, known, font))
    content = b"q BT 3 Tr\n" + parts + b"\nET Q\n"
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, content)
    # What the page had is closed in itself: it may leave the origin anywhere.
    page.wrap_contents()
    order = " ".join(f"{each} 0 R" for each in (xref, *page.get_contents()))
    document.xref_set_key(page.xref, "Contents", f"[{order}]")


def _shown(page: pymupdf.Page, known: PdfPage, font: pymupdf.Font) -> Iterator[bytes]:
    """For each word the operators that set it, with the space to the next one of its line."""
    words = known.words
    for word, following in pairwise((*words, None)):
        assert word is not None
        yield _set_word(page, known, word, _next_in_line(word, following), font)


def _next_in_line(word: Word, following: Word | None) -> Word | None:
    return following if following is not None and following.line == word.line else None


def _set_word(
    page: pymupdf.Page, known: PdfPage, word: Word, following: Word | None, font: pymupdf.Font
) -> bytes:
    left, foot, width, height = _upright(known, word)
    width = max(width, 0.1)
    # The box of a word on a leaning row is higher than the row.
    height -= abs(known.slope) * width
    # Readers take a word to pieces that leans on a page which lies on its side or on its head.
    angle = 0.0 if known.turned else math.atan(known.slope)
    size = max(height / (font.ascender - font.descender), _LEAST_SIZE)
    lift = -font.descender * size
    leaning = pymupdf.Matrix(
        math.cos(angle), math.sin(angle), math.sin(angle), -math.cos(angle), left, foot
    )
    if known.slope > 0:
        leaning.f -= known.slope * width
    leaning.e += math.sin(angle) * lift
    leaning.f -= math.cos(angle) * lift
    matrix = leaning * _on_the_sheet(page, known.turned)
    numbers = " ".join(f"{value:.4f}" for value in matrix)
    stretch = 100 * width / math.cos(angle) / max(font.text_length(word.text, size), 0.01)
    made = f"/{_NAME} {size:.3f} Tf {stretch:.2f} Tz {numbers} Tm <{_glyphs(word.text, font)}> Tj"
    if following is not None:
        gap = _upright(known, following)[0] - left - width
        if 0 < gap < _WIDEST_GAP * height:
            space = 100 * gap / font.text_length(" ", size)
            made += f" {space:.2f} Tz <{_glyphs(' ', font)}> Tj"
    return made.encode("ascii")


def _upright(known: PdfPage, word: Word) -> tuple[float, float, float, float]:
    """Left, foot, width and height of a word in points, with the page turned so that it is upright."""
    x0, y0, x1, y1 = word.box
    wide, high = known.width, known.height
    if known.turned == 90:
        x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
        wide, high = high, wide
    elif known.turned == 180:
        x0, y0, x1, y1 = 1 - x1, 1 - y1, 1 - x0, 1 - y0
    elif known.turned == 270:
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
        wide, high = high, wide
    return x0 * wide, y1 * high, (x1 - x0) * wide, (y1 - y0) * high


def _on_the_sheet(page: pymupdf.Page, turned: int) -> pymupdf.Matrix:
    """From points of the upright text, top-down, to those of the page's own contents."""
    wide, high = page.rect.width, page.rect.height
    shown = {
        0: pymupdf.Matrix(1, 0, 0, 1, 0, 0),
        90: pymupdf.Matrix(0, 1, -1, 0, wide, 0),
        180: pymupdf.Matrix(-1, 0, 0, -1, wide, high),
        270: pymupdf.Matrix(0, -1, 1, 0, 0, high),
    }[turned]
    # The engine's own matrix leaves out where a turned page is cut.
    left, head = page.cropbox.x0, page.mediabox.y1 - page.cropbox.y0
    return shown * page.derotation_matrix * pymupdf.Matrix(1, 0, 0, -1, left, head)


def _glyphs(text: str, font: pymupdf.Font) -> str:
    """The numbers of the glyphs, as the contents of a page name them."""
    return "".join(f"{font.has_glyph(ord(char)):04x}" for char in text)
