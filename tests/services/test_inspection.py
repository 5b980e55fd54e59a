"""A look into a PDF tells all that its pages do not show, and nothing of a clean one."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Cover
from app.paths import FONTS, TEMPLATES
from app.services.inspection import inspect
from app.services.letter_file import letter_file, printed_only
from app.services.pdf import read
from app.services.rendering import Renderer
from tests.ui.made_letters import letter

RENDERER = Renderer([TEMPLATES], FONTS)
COVER = Cover(employee="Ramona Quill", claim_number="QX-77120", copies_to="Osgood Vale")


def careful(pdf: bytes) -> list[str]:
    return [remark.words for remark in inspect(pdf, read(pdf)) if remark.careful]


def test_our_own_letter_needs_no_second_look() -> None:
    made = letter_file(RENDERER, replace(letter(1), cover=COVER), "x.pdf")
    assert careful(made.pdf) == []
    words = [remark.words for remark in inspect(made.pdf, read(made.pdf))]
    assert "Made on: 11/14/2016" in words
    assert "Hidden text: none" in words


def test_what_no_page_prints_is_left_out_unless_it_was_chosen() -> None:
    covered = replace(letter(1), cover=COVER)
    shown, emptied = printed_only(RENDERER, covered)
    assert shown.cover == Cover()
    assert [field.name for field in emptied][-3:] == [
        "cover.employee",
        "cover.claim_number",
        "cover.copies_to",
    ]
    assert shown.issues == covered.issues
    assert printed_only(RENDERER, covered, "parties")[0].cover == COVER
    chosen = letter_file(RENDERER, covered, "x.pdf", attach_all=True)
    assert any("no page prints: Employee, Claim number" in line for line in careful(chosen.pdf))
    assert "ALSO what no page prints" in chosen.sentence


def test_everything_a_file_can_hide_is_told(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "What everybody sees on this page of the letter")
        page.insert_text((72, 100), "white words", color=(1, 1, 1))
        page.insert_text((700, 900), "beyond")
        page.add_text_annot((10, 10), "a note")
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "name"
        field.rect = pymupdf.Rect(72, 200, 200, 220)
        page.add_widget(field)
        document.embfile_add("notes.txt", b"x")
        document.set_metadata({"author": "Ann Lee"})
        document.add_ocg("draft")
        document.save(tmp_path / "a.pdf")
    with pymupdf.open(tmp_path / "a.pdf") as document:
        document[0].insert_text((72, 300), "added later")
        document.saveIncr()
    told = "\n".join(careful((tmp_path / "a.pdf").read_bytes()))
    for words in (
        "Attached: notes.txt",
        "does not show: white words",
        "off the pages: beyond",
        "Author: Ann Lee",
        "1 note or mark",
        "1 form field",
        "1 layer",
        "1 earlier version",
    ):
        assert words in told, told


def test_a_file_that_is_no_pdf_is_told() -> None:
    with pytest.raises(UserError):
        inspect(b"hello", read(b"%PDF-1.7 nothing"))
