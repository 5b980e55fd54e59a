"""Our PDFs keep what they say of themselves: PDF/A, PDF/UA, and who made them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pymupdf
import pytest
from msgspec.structs import replace

from app.letter import Letter
from app.services.interchange import encode_letter
from app.services.rendering.creator import with_creator
from app.services.rendering.report_pdf import Entry, Part, ReportRenderer, Section, Sheet
from tests.services.rendering.conformance import problems
from tests.services.rendering.letters import FONTS, TEMPLATES, letter, renderer

RENDERER = renderer()
LAYOUTS = [layout.name for layout in RENDERER.layouts()]
ODD = replace(
    letter(),
    clinical_summary="Two\n\nparagraphs, עברית within, 20 °C, ✓ and a/very-long/"
    + "word" * 40
    + " /Creator(Typst 9.9.9) <xmp:CreatorTool>Typst 9.9.9</xmp:CreatorTool>",
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("made", [letter(3), ODD, Letter()], ids=["usual", "odd", "empty"])
@pytest.mark.parametrize("attached", [True, False])
def test_every_layout_keeps_the_standards(layout: str, made: Letter, attached: bool) -> None:
    form_data = encode_letter(made, "letter.pdf") if attached else None
    assert problems(RENDERER.render(made, layout, form_data=form_data).pdf) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_public_copy_keeps_the_standards(layout: str) -> None:
    assert problems(RENDERER.render(letter(), layout, redacted=True).pdf) == []


def report() -> bytes:
    entry = Entry(
        number=1, sentence="Two dates differ.", where="Case number", source="House", remedy="Look.",
        reason="", quotes=(("Page 1", "10/11/2016"),),
    )  # fmt: skip
    section = Section(
        heading="Errors (1)", words="", parts=(Part(heading="All", entries=(entry,)),)
    )
    sheet = Sheet(
        title="Report",
        made=date(2016, 11, 1),
        facts=(("Found", "1"),),
        sections=(section,),
        foot="",
    )
    return ReportRenderer(TEMPLATES, FONTS).render(sheet)


def test_the_report_keeps_the_standards() -> None:
    assert problems(report()) == []


@pytest.mark.parametrize(
    "make", [lambda: RENDERER.render(ODD).pdf, report], ids=["letter", "report"]
)
def test_the_file_names_the_program_and_no_person(make: Callable[[], bytes]) -> None:
    with pymupdf.open(stream=make()) as document:
        told = document.metadata
    assert told["creator"] == "IMR Desk"
    assert told["author"] == told["producer"] == told["keywords"] == told["subject"] == ""


def test_a_file_that_names_its_compiler_otherwise_is_left_as_it_is() -> None:
    for pdf in (
        b"/Creator(Typst 1.0)",
        b"/Creator(Other 1.0)<xmp:CreatorTool>Other 1.0</xmp:CreatorTool>",
        b"/Creator(Typst 1.0)/Creator(Typst 1.0)<xmp:CreatorTool>Typst 1.0</xmp:CreatorTool>",
    ):
        assert with_creator(pdf) == pdf


def without(key: str) -> Callable[[pymupdf.Document], None]:
    return lambda document: document.xref_set_key(document.pdf_catalog(), key, "null")


def with_author(document: pymupdf.Document) -> None:
    document.set_metadata({**document.metadata, "author": "A. Clerk"})


def with_title(document: pymupdf.Document) -> None:
    document.set_metadata({**document.metadata, "title": "Another"})


def with_other_creator(document: pymupdf.Document) -> None:
    document.set_metadata({**document.metadata, "creator": "Another"})


def with_unmarked_words(document: pymupdf.Document) -> None:
    document[0].insert_text((72, 720), "unmarked", fontname="helv")


def without_tab_order(document: pymupdf.Document) -> None:
    document.xref_set_key(document[0].xref, "Tabs", "null")


def with_note(document: pymupdf.Document) -> None:
    document[0].add_text_annot((72, 72), "note")


def with_other_file(document: pymupdf.Document) -> None:
    document.embfile_add("other.txt", b"x")


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (without("Metadata"), "no XMP metadata"),
        (without("OutputIntents"), "no output intent"),
        (without("MarkInfo"), "not said to be marked"),
        (without("Lang"), "no language"),
        (without("StructTreeRoot"), "no structure tree"),
        (without("ViewerPreferences"), "viewers would show"),
        (without("Outlines"), "no bookmarks"),
        (with_author, "an author is named"),
        (with_title, "title missing, or told otherwise"),
        (with_other_creator, "creator told otherwise"),
        (with_unmarked_words, "neither content nor decoration"),
        (with_unmarked_words, "is not embedded"),
        (without_tab_order, "Tab does not follow"),
        (with_note, "an annotation"),
        (with_other_file, "not said to belong"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found(
    breaks: Callable[[pymupdf.Document], None], words: str
) -> None:
    pdf = RENDERER.render(letter(), form_data=encode_letter(letter(), "letter.pdf")).pdf
    with pymupdf.open(stream=pdf) as document:
        breaks(document)
        broken = document.tobytes(no_new_id=True)
    assert any(words in problem for problem in problems(broken))
