"""Files of thousands of small pages with a letter among them, made in a moment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pymupdf

from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-three-issues.pdf"


def plain_pages(texts: Iterable[str]) -> bytes:
    """A PDF of one line a page, written by hand: the engine takes seconds for thousands."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>")
    kids: list[int] = []
    for text in texts:
        ink = f"BT /F 9 Tf 20 700 Td ({text}) Tj ET".encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(ink), ink))
        kids.append(len(objects) + 1)
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R" % len(objects)
        objects.append(page + b"/Resources<</Font<</F 3 0 R>>>>>>")
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    made = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(made))
    )


@lru_cache(maxsize=2)
def long_bundle(at: int, first: str = "Visit 0.", pages: int = 3000) -> bytes:
    """So many pages of records, and the letter among them."""
    # As forms are: they begin and end alike, and each says something else.
    notes = (
        f"Note of visit {n}: pain {n % 7} of 10, bends {n % 90} degrees. Seen by the provider."
        for n in range(1, pages)
    )
    document = pymupdf.open(stream=plain_pages([first, *notes]), filetype="pdf")
    document.insert_pdf(pymupdf.open(LETTER), start_at=at)
    data: bytes = document.tobytes()
    return data
