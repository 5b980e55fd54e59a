"""A file that only wraps the letter says where it is; a letter with attachments is read as ever."""

from __future__ import annotations

import pymupdf
import pytest

from app.services import pdf
from app.services.parsing import parse
from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-three-issues.pdf"


def wrapping(words: str, *names: str) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page()
    if words:
        page.insert_text((72, 100), words)
    for name in names:
        data = b"II*\0" if name.endswith(".tif") else LETTER.read_bytes()
        document.embfile_add(name, data, filename=name)
    return document


@pytest.mark.parametrize("words", ["Open this package in a program that shows packages.", ""])
@pytest.mark.parametrize("names", [("letter.pdf",), ("Decision 1.PDF", "b.pdf", "scan.tif")])
def test_attached_letters_are_named(words: str, names: tuple[str, ...]) -> None:
    result = parse(pdf.read(wrapping(words, *names).tobytes()))
    assert result.layout == "unknown"
    pdfs = [name for name in names if name.lower().endswith(".pdf")]
    for said in (" ".join(result.notes), result.layout_reasons[0]):
        assert all(f"“{name}”" in said for name in pdfs)
        assert "scan.tif" not in said


def test_a_form_that_another_program_draws_is_told() -> None:
    document = wrapping("Please wait while the contents are being loaded.")
    catalog = document.pdf_catalog()
    stream = document.get_new_xref()
    document.update_object(stream, "<<>>")
    document.update_stream(stream, b"<xdp/>")
    document.xref_set_key(catalog, "AcroForm", f"<</Fields[]/XFA {stream} 0 R>>")
    result = parse(pdf.read(document.tobytes()))
    assert "XFA" in result.layout_reasons[0]


def test_a_letter_with_a_pdf_attached_is_read_and_sends_nobody_away() -> None:
    document = pymupdf.open(LETTER)
    document.embfile_add("records.pdf", LETTER.read_bytes(), filename="records.pdf")
    result = parse(pdf.read(document.tobytes()))
    assert result.layout == "maximus-2016"
    assert not any("attached" in note for note in result.notes)
