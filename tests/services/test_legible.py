"""Pages that show more than their words: pictures, numbers stamped on pictures, glyphs unknown."""

from __future__ import annotations

import re

import pymupdf
import pytest

from app.services import pdf
from app.services.pdf import Unread
from app.services.pdf.legible import illegible
from tests.conftest import PROJECT

INSIDE = pymupdf.Rect(60, 60, 535, 780)
SENTENCE = "The reviewer looked at the records of the patient and found nothing of note in them. "


def drawn(*, dots: bool) -> pymupdf.Pixmap:
    """A scanned page: paper, and what could be lines of print on it."""
    source = pymupdf.open()
    page = source.new_page()
    if dots:
        page.insert_textbox(INSIDE, SENTENCE * 12)
    return page.get_pixmap(dpi=80)


def page_with(pixels: pymupdf.Pixmap | None, *lines: str) -> pdf.PdfPage:
    document = pymupdf.open()
    page = document.new_page()
    if pixels is not None:
        page.insert_image(page.rect, pixmap=pixels)
    for number, line in enumerate(lines):
        page.insert_text((72, 740 - 14 * number), line)
    return pdf.read(document.tobytes()).pages[0]


def test_a_picture_of_print_is_unread_and_blank_paper_is_not() -> None:
    assert page_with(drawn(dots=True)).unread is Unread.PICTURE
    assert page_with(drawn(dots=False)).unread is Unread.NOTHING
    assert page_with(None).unread is Unread.NOTHING


def test_a_number_stamped_on_a_picture_does_not_make_it_text() -> None:
    assert page_with(drawn(dots=True), "WXYZ 000233").unread is Unread.PICTURE
    assert page_with(None, "WXYZ 000233").unread is Unread.NOTHING


def test_print_drawn_as_curves_is_unread() -> None:
    document = pymupdf.open()
    page = document.new_page()
    for number in range(200):
        x, y = 72 + number % 20 * 20, 80 + number // 20 * 14
        page.draw_curve((x, y), (x + 6, y - 9), (x + 10, y), color=(0, 0, 0))
    assert pdf.read(document.tobytes()).pages[0].unread is Unread.PICTURE


def test_text_recognised_under_a_picture_is_its_text() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(page.rect, pixmap=drawn(dots=True))
    page.insert_textbox(INSIDE, SENTENCE, render_mode=3)
    assert pdf.read(document.tobytes()).pages[0].unread is Unread.NOTHING


def test_glyphs_without_characters_are_told() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font(
        fontname="own",
        fontbuffer=(PROJECT / "resources/fonts/LiberationSerif-Regular.ttf").read_bytes(),
    )
    page.insert_textbox(INSIDE, SENTENCE * 6, fontname="own")
    for xref in range(1, document.xref_length()):
        if document.xref_get_key(xref, "ToUnicode")[0] != "null":
            document.xref_set_key(xref, "ToUnicode", "null")
    text = pdf.read(document.tobytes())
    assert text.pages[0].unread is Unread.GLYPHS
    assert text.has_unknown_glyphs
    assert text.unread_pages == (1,)
    assert not text.has_text


@pytest.mark.parametrize("shift", [-29, -3, 1, 13])
def test_words_under_a_wrong_map_are_illegible(shift: int) -> None:
    shifted = "".join(
        chr(max(ord(letter) + shift, 33)) for letter in re.sub(r"\s", "~", SENTENCE * 3)
    )
    assert illegible(shifted.replace(chr(ord("~") + shift), " ").split())


@pytest.mark.parametrize(
    "words",
    [
        "12/03/2015 99213 145.00 12/10/2015 97110 88.50 01/05/2016 97140 52.25 TOTAL 285.75",
        "BP 120/80 HR 72 RR 16 Wt 180 lbs Ht 5'9\"",
        SENTENCE,
        "Se le informa que la solicitud fue recibida",
        "WXYZ 000233",
        "................................................ 14",
    ],
)
def test_numbers_lists_and_other_languages_are_legible(words: str) -> None:
    assert not illegible(words.split())
