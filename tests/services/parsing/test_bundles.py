"""A letter inside a bundle of records: found, read, and what was not read is told."""

from __future__ import annotations

from textwrap import wrap

import pymupdf
import pytest

from app.services import pdf
from app.services.parsing import parse
from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-three-issues.pdf"
NOTE = "The patient was seen again and reports the same pain as before. Vital signs were stable. "


def bundle(pages: int, at: int) -> bytes:
    """Records with the letter among them."""
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        lines = wrap(f"Visit {number}. {NOTE * (5 + number % 20)}", 90)
        page.insert_text((60, 72), lines)
    document.insert_pdf(pymupdf.open(LETTER), start_at=at)
    data: bytes = document.tobytes()
    return data


@pytest.mark.parametrize("at", [0, 9, 70])
def test_the_letter_of_a_bundle_is_read(at: int) -> None:
    result, clean = parse(pdf.read(bundle(90, at))), parse(pdf.read(LETTER))
    assert result.letter.header == clean.letter.header
    assert len(result.letter.issues) == len(clean.letter.issues)
    assert [i.title for i in result.letter.issues] == [i.title for i in clean.letter.issues]
    if at:
        assert any(f"begins on page {at + 1}" in note for note in result.notes)


def test_of_very_many_pages_those_behind_the_letter_are_not_read() -> None:
    text = pdf.read(bundle(480, 0))
    assert 400 < text.read_to < 470
    assert not text.pages[-1].texts
    result = parse(text)
    assert any("those behind were not read" in note for note in result.notes)
    assert result.letter.header.case_number
