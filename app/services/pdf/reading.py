"""Reading a PDF in this process; what its words are is found with the engine."""

from __future__ import annotations

from pathlib import Path

from app.services.pdf.files import load
from app.services.pdf.words import PdfText


def read(source: Path | str | bytes, password: str | None = None) -> PdfText:
    """Reads every page's words.

    Raises CannotOpen, EmptyFile, NotAPdf, PasswordNeeded or DamagedPdf. A page that cannot be
    read is given without words and named in `unreadable_pages`.
    """
    # The engine is loaded with the first letter, not with the window.
    from app.services.pdf.extraction import extract

    name = "" if isinstance(source, bytes) else Path(source).stem
    return extract(load(source), name, password)
