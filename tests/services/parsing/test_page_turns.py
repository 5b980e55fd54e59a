"""White space where the page changes: an empty row is no word, but the rows around it tell."""

from __future__ import annotations

import pytest

from app.services.parsing.sheet import lay_out
from app.services.pdf import PdfText
from tests.services.parsing.factories import page_of

FULL = "These words fill the row of the page from its left edge to its right edge."
TEXT = [FULL] * 45


def sheet_of(foot_missing: int, top_missing: int, third_top: int = 0):
    """Three full pages; the second's first row is lower, or the first one's last row is higher."""
    step, top = 0.0175, 0.1
    pages = (
        page_of(TEXT[: 45 - foot_missing], 1, top),
        page_of(TEXT[:45], 2, top + top_missing * step),
        page_of(TEXT[:45], 3, top + third_top * step),
    )
    return lay_out(PdfText(pages=pages, has_text=True))


@pytest.mark.parametrize(
    ("foot_missing", "top_missing", "parted"),
    [(0, 0, False), (0, 1, True), (2, 0, True)],
)
def test_a_paragraph_may_end_with_the_page(
    foot_missing: int, top_missing: int, parted: bool
) -> None:
    sheet = sheet_of(foot_missing, top_missing)
    first_of_page = next(row.first for row in sheet.rows if row.page == 2)
    assert sheet.breaks_before(first_of_page) is parted
    assert ("\n" in sheet.prose(0, len(sheet.texts))) is parted
