"""What the pictures of pages say, where text recognition is installed: what must go is found there
too, and the finished copy is read once more.
"""

# The engine has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from app.evidence import Box
from app.services.pdf import PdfPage
from app.services.pdf.engine import ENGINE_ERRORS, open_document
from app.services.pdf.errors import DamagedPdf
from app.services.pdf.scans import scan_of
from app.services.privacy.reading import PrivateTerms
from app.services.recognition import is_installed

_ROOM = 0.004
"""Of the page, around a word: a letter's foot may stand out of its box."""


def pages_seen(
    pdf: bytes,
    password: str | None = None,
    numbers: Iterable[int] | None = None,
    also: Iterable[int] = (),
) -> tuple[PdfPage, ...] | None:
    """The words in the pictures of these pages, or of `also` and all with a picture on
    them; some seconds each.

    None without a recogniser.
    """
    if not is_installed():
        return None
    # It is there only with the extra.
    from app.services.recognition.engine import read_scan

    document = open_document(pdf, password)
    try:
        if numbers is None:
            pictured = (n for n, page in enumerate(document.pages(), 1) if page.get_images())
            numbers = sorted({*also, *pictured})
        return tuple(read_scan(scan_of(document[number - 1], number)) for number in numbers)
    except ENGINE_ERRORS as error:
        raise DamagedPdf from error
    finally:
        document.close()


def private_boxes(page: PdfPage, terms: PrivateTerms) -> Iterator[Box]:
    """Where on the page words stand that must go."""
    text = text_of(page)
    ends = list(accumulate(len(word) + 1 for word in page.texts))
    for start, end in terms.read(text).private:
        for word, stop in zip(page.words, ends, strict=True):
            if stop - 1 > start and stop - 1 - len(word.text) < end:
                x0, y0, x1, y1 = word.box
                yield (x0 - _ROOM, y0 - _ROOM, x1 + _ROOM, y1 + _ROOM)


def text_of(page: PdfPage) -> str:
    """The words of a page, each line of its own."""
    parts: list[str] = []
    line = 0
    for word in page.words:
        if parts:
            parts.append(" " if word.line == line else "\n")
        parts.append(word.text)
        line = word.line
    return "".join(parts)
