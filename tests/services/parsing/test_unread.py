"""A page of a letter that is a picture: told, and what stands beside it is doubted."""

from __future__ import annotations

import pymupdf
import pytest

from app.letter import FieldId
from app.services import pdf
from app.services.interchange import to_contract
from app.services.parsing import parse
from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-eight-issues.pdf"


def with_picture_for(page: int) -> bytes:
    """The letter with one page as a picture of itself."""
    document = pymupdf.open(LETTER)
    pixels = document[page - 1].get_pixmap(dpi=60)
    document.delete_page(page - 1)
    scanned = document.new_page(page - 1, width=612, height=792)
    scanned.insert_image(scanned.rect, pixmap=pixels)
    data: bytes = document.tobytes()
    return data


@pytest.mark.parametrize("page", range(1, pymupdf.open(LETTER).page_count + 1))
def test_a_page_as_a_picture_is_told_and_doubted(page: int) -> None:
    result = parse(pdf.read(with_picture_for(page)))
    assert any(f"Page {page} shows a picture" in note for note in result.notes)
    assert result.incomplete
    evidence = to_contract(result, "letter.pdf")["evidence"]
    assert evidence["outcome"]["doubt"] == evidence["issues"]["doubt"] == result.incomplete
    assert any(seen.doubt for seen in result.evidence.values())


def test_a_blank_page_is_none() -> None:
    document = pymupdf.open(LETTER)
    document.new_page(1, width=612, height=792)
    result = parse(pdf.read(document.tobytes()))
    clean = parse(pdf.read(LETTER))
    assert result.incomplete is None
    assert result.notes == clean.notes
    assert result.letter.issues == clean.letter.issues


def test_what_ends_before_the_picture_is_doubted() -> None:
    pages = pymupdf.open(LETTER).page_count
    result = parse(pdf.read(with_picture_for(pages)))
    last = result.letter.issues[-1].id
    told = [name for name, seen in result.evidence.items() if seen.doubt and name.issue == last]
    assert told
    assert FieldId("header.case_number") not in told
