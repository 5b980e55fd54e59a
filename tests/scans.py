"""Pages made into what a scanner or a fax would have sent of them."""

from __future__ import annotations

import io

import pymupdf
import pytest

from app.services.recognition import is_installed

needs_ocr = pytest.mark.skipif(not is_installed(), reason="the extra `ocr` is not installed")


def scanned(
    page: pymupdf.Page,
    *,
    across: float = 200,
    down: float = 200,
    turned: int = 0,
    askew: float = 0.0,
    one_bit: bool = False,
) -> pymupdf.Document:
    """A page as a picture; `turned` and `askew` are degrees clockwise."""
    made = pymupdf.open()
    add_scan(made, page, across=across, down=down, turned=turned, askew=askew, one_bit=one_bit)
    return made


def add_scan(
    made: pymupdf.Document,
    page: pymupdf.Page,
    *,
    across: float = 200,
    down: float = 200,
    turned: int = 0,
    askew: float = 0.0,
    one_bit: bool = False,
) -> None:
    """The same as one more page of a file."""
    from PIL import Image

    matrix = pymupdf.Matrix(across / 72, down / 72)
    drawn = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    paper = Image.frombytes("L", (drawn.width, drawn.height), bytes(drawn.samples))
    if askew:
        paper = paper.rotate(-askew, Image.Resampling.BICUBIC, fillcolor=255)
    paper = paper.rotate(-turned, expand=True)
    if one_bit:
        paper = paper.convert("1", dither=Image.Dither.NONE)
    written = io.BytesIO()
    paper.save(written, "TIFF" if one_bit else "PNG")
    width, height = page.rect.width, page.rect.height
    if turned in (90, 270):
        width, height = height, width
    sheet = made.new_page(width=width, height=height)
    sheet.insert_image(sheet.rect, stream=written.getvalue(), keep_proportion=False)
