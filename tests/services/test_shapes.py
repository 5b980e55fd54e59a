"""A map that names what is shown is never doubted, whatever the font."""

from __future__ import annotations

import random
from pathlib import Path

import pymupdf
import pytest

from app.paths import RESOURCES
from app.services.pdf import read
from tests.score import desk_files

FONTS = sorted((RESOURCES / "fonts").rglob("*.ttf"))
LINES = (
    "Case Number: CM16-0209137 Date Assigned: 11/08/2016 Date: 03/25/2017",
    "The request of the provider for sessions in May was to be looked at and is upheld.",
    "1234567890 9081726354 5566 7788 3344 Quebec jumps over lazy wizards and foxes.",
)


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("size", [8, 10.5, 12])
def test_a_right_map_is_trusted(font: Path, size: float) -> None:
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(LINES):
        page.insert_text(
            (40, 80 + 20 * number), line, fontsize=size, fontname="F", fontfile=str(font)
        )
    assert read(document.tobytes()).unread_pages == ()


def test_fonts_written_into_the_page_are_each_looked_at() -> None:
    """Such fonts have no number: what is known of one says nothing of the next."""
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(LINES):
        page.insert_text((40, 80 + 20 * number), line, fontname="F", fontfile=str(FONTS[0]))
    clean = document.tobytes()
    both = pymupdf.open()
    for change in (desk_files.per_word, desk_files.digits_swapped):
        both.insert_pdf(change(pymupdf.open(stream=clean), pymupdf.open(), random.Random(1)))
    for page in both:
        fonts = "".join(
            f"/{name} {both.xref_object(number, compressed=True)}"
            for number, _, _, _, name, _ in page.get_fonts()
        )
        both.xref_set_key(page.xref, "Resources", f"<</Font<<{fonts}>>>>")
    assert all(font[0] == 0 for page in both for font in page.get_fonts())
    assert read(both.tobytes()).unread_pages == (2,)
