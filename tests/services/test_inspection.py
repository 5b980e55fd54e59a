"""A look into a PDF tells all that its pages do not show, and nothing of a clean one."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Cover
from app.paths import FONTS, TEMPLATES
from app.services.inspection import inspect, look
from app.services.letter_file import letter_file, printed_only
from app.services.pdf import GuardedReader, TookTooLong, read
from app.services.pdf.cleaning import cleaned
from app.services.pdf.inside import look_inside
from app.services.rendering import Renderer
from tests.heavy import endless_reading
from tests.readers import the_reader
from tests.ui.made_letters import letter

RENDERER = Renderer([TEMPLATES], FONTS)
COVER = Cover(employee="Ramona Quill", claim_number="QX-77120", copies_to="Osgood Vale")


def careful(pdf: bytes) -> list[str]:
    return [remark.words for remark in inspect(look_inside(pdf), read(pdf)) if remark.careful]


def test_our_own_letter_needs_no_second_look() -> None:
    made = letter_file(RENDERER, replace(letter(1), cover=COVER), "x.pdf")
    assert careful(made.pdf) == []
    words = [remark.words for remark in inspect(look_inside(made.pdf), read(made.pdf))]
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


def _full(path: Path) -> bytes:
    """A PDF with one of each of what a page does not show."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "What everybody sees on this page of the letter")
        page.insert_text((72, 100), "white words", color=(1, 1, 1))
        page.insert_text((700, 900), "beyond")
        page.add_text_annot((10, 10), "a note")
        page.add_file_annot((40, 40), b"pinned bytes", "pinned.txt")
        page.add_rect_annot((300, 300, 340, 340))
        area = pymupdf.Rect(72, 60, 120, 80)
        for target in ("https://sites.example/ann-lee", "mailto:What everybody"):
            page.insert_link({"kind": pymupdf.LINK_URI, "from": area, "uri": target})
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, "name"
        field.field_value = "typed in"
        field.rect = pymupdf.Rect(72, 200, 200, 220)
        page.add_widget(field)
        document.embfile_add("notes.txt", b"embedded bytes")
        document.set_metadata({"author": "Ann Lee"})
        document.set_xml_metadata("<x:xmpmeta><dc:creator>Lee Ann</dc:creator></x:xmpmeta>")
        document.add_ocg("draft")
        document.xref_set_key(page.xref, "PieceInfo", "<</Word<</Private(spare)>>>>")
        structure = document.get_new_xref()
        document.update_object(structure, "<</Type/StructElem/S/Figure/Alt(portrait of a man)>>")
        document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", f"{structure} 0 R")
        document.save(path)
    with pymupdf.open(path) as document:
        document[0].insert_text((72, 300), "added later")
        document.saveIncr()
    return path.read_bytes()


HIDDEN = (
    "Attached: notes.txt",
    "Attached: pinned.txt",
    "does not show: white words",
    "off the pages: beyond",
    "Author: Ann Lee",
    "further properties: Lee Ann",
    "notes or marks",
    "1 form field",
    "in place of what is shown: portrait of a man",
    "1 thumbnail or note of a program to itself",
    "A link leads to https://sites.example/ann-lee",
    "1 earlier version",
)


def test_everything_a_file_can_hide_is_told(tmp_path: Path) -> None:
    told = "\n".join(careful(_full(tmp_path / "a.pdf")))
    for words in (*HIDDEN, "1 layer"):
        assert words in told, told
    assert told.count("A link leads to") == 1


def test_a_copy_can_do_without_what_is_hidden(tmp_path: Path) -> None:
    pdf = _full(tmp_path / "a.pdf")
    copy = cleaned(pdf)
    told = "\n".join(careful(copy))
    assert not [words for words in HIDDEN if words in told], told
    with pymupdf.open(stream=copy) as document:
        page = document[0]
        text = page.get_text(clip=pymupdf.INFINITE_RECT())
        everything = b"".join(
            document.xref_object(xref).encode()
            + (document.xref_stream(xref) or b"" if document.xref_is_stream(xref) else b"")
            for xref in range(1, document.xref_length())
        )
    # What the page shows is there, the form's words and the drawn mark among it.
    assert "What everybody sees" in text
    assert "typed in" in text
    for gone in ("white words", "beyond", "a note"):
        assert gone not in text
    for gone in (b"embedded bytes", b"pinned bytes", b"portrait", b"spare", b"Ann Lee", b"Lee Ann"):
        assert gone not in everything


def test_words_that_show_are_never_taken_out_with_hidden_ones(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "What everybody sees on this page of the letter")
        page.insert_text((72, 72), "What everybody sees", color=(1, 1, 1), render_mode=3)
        document.save(tmp_path / "a.pdf")
    copy = cleaned((tmp_path / "a.pdf").read_bytes())
    assert "What everybody sees on this page of the letter" in read(copy).page_texts[0]


def test_a_file_that_never_ends_holds_nothing_up(tmp_path: Path) -> None:
    """It is looked at, and cleaned, where it can be stopped."""
    with GuardedReader(seconds=0.5) as reader:
        for act in (reader.look_inside, reader.cleaned):
            with pytest.raises(TookTooLong):
                act(endless_reading())
    assert look(the_reader(), _full(tmp_path / "a.pdf")).careful


def test_a_file_that_is_no_pdf_is_told() -> None:
    with pytest.raises(UserError):
        look_inside(b"%PDF-1.7 nothing")
