"""What the pictures of pages say to a text recogniser, where one is installed on this computer.

The engine brings the recogniser along, but not its data: without these nothing can be said.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import cast

import pymupdf

from app.services.pdf.engine import ENGINE_ERRORS, open_document
from app.services.pdf.errors import DamagedPdf

LANGUAGE = "eng"
DOTS = 200
"""Dots an inch: fewer lose small print, more cost time and find no more."""
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


@cache
def recogniser_data() -> str | None:
    """The folder with the recogniser's data; None where it is not installed."""
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in ([named] if named else []) + list(_DATA_FOLDERS):
        if (Path(folder) / f"{LANGUAGE}.traineddata").is_file():
            return folder
    return None


def recognised_texts(pdf: bytes) -> tuple[str, ...] | None:
    """The text in the picture of each page: some seconds a page. None without a recogniser."""
    data = recogniser_data()
    if data is None:
        return None
    document = open_document(pdf, None)
    try:
        return tuple(_shown(page, data) for page in document)
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()


def _shown(page: pymupdf.Page, data: str) -> str:
    text_page = page.get_textpage_ocr(
        flags=0, language=LANGUAGE, dpi=DOTS, full=True, tessdata=data
    )
    return cast("str", page.get_text("text", textpage=text_page))
