"""A map that names what is shown is never doubted, whatever the font."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from app.paths import RESOURCES
from app.services.pdf import read

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
