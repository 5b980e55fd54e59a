"""What offices and programs make of a page: four a sheet, marks that print nothing, lines as curves."""

# The engine has no types.
# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportOperatorIssue=false

from __future__ import annotations

import pymupdf
import pytest

from app.evidence import ParseResult
from app.paths import FONTS
from app.services import pdf
from app.services.parsing import parse
from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-three-issues.pdf"
FONT = FONTS / "LiberationSerif-Regular.ttf"


@pytest.fixture(scope="module")
def clean() -> ParseResult:
    return parse(pdf.read(LETTER))


def same(result: ParseResult, clean: ParseResult) -> bool:
    return result.letter.header == clean.letter.header and [
        (i.title, i.decision, i.rationale) for i in result.letter.issues
    ] == [(i.title, i.decision, i.rationale) for i in clean.letter.issues]


@pytest.mark.parametrize(
    ("size", "rows", "down"),
    [((612, 792), 2, False), ((842, 1191), 2, True), ((612, 792), 3, False)],
)
def test_small_pages_on_a_sheet_are_read_row_by_row_or_column_by_column(
    size: tuple[int, int], rows: int, down: bool
) -> None:
    letter, made = pymupdf.open(FOLDER / "2016-eight-issues.pdf"), pymupdf.open()
    wide, high = size[0] / 2, size[1] / rows
    sheet = made.new_page(width=size[0], height=size[1])
    for at in range(len(letter)):
        row, column = (at % rows, at // rows) if down else divmod(at, 2)
        x, y = column * wide, row * high
        sheet.show_pdf_page(pymupdf.Rect(x, y, x + wide, y + high), letter, at)
    result = parse(pdf.read(made.tobytes()))
    assert same(result, parse(pdf.read(FOLDER / "2016-eight-issues.pdf")))


def words_of(text: str) -> tuple[str, ...]:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), text, fontname="own", fontfile=FONT, fontsize=12)
    page.insert_text((72, 120), "The next line.", fontname="own", fontfile=FONT, fontsize=12)
    return pdf.read(document.tobytes()).pages[0].texts


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("six\u2009visits\u202fof therapy", ("six", "visits", "of", "therapy")),
        ("MRI \u200eof the \u202aknee\u202c", ("MRI", "of", "the", "knee")),
        ("radi\u200bculo\u200dpathy \u200f", ("radiculopathy",)),
        ("Rene\u0301 Doe", ("Ren\u00e9", "Doe")),
    ],
)
def test_what_prints_nothing_neither_joins_words_nor_stands_in_them(
    printed: str, words: tuple[str, ...]
) -> None:
    assert words_of(printed) == (*words, "The", "next", "line.")


def test_a_line_that_became_curves_is_doubted_where_it_stands(clean: ParseResult) -> None:
    letter = pymupdf.open(LETTER)
    page = letter[len(letter) - 1]
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    inside = clean.letter.issues[-1].rationale[60:]
    line = next(
        line
        for line in lines
        if len(line["spans"]) == 1
        and len(text := line["spans"][0]["text"].strip()) > 50
        and text in inside
    )
    drawing = pymupdf.open(
        stream=letter[page.number].get_svg_image(text_as_path=True).encode(), filetype="svg"
    )
    curves = pymupdf.open("pdf", drawing.convert_to_pdf())
    x0, y0, x1, y1 = line["bbox"]
    box = pymupdf.Rect(x0 - 1, y0 + 1, x1 + 1, y1 - 1)
    page.add_redact_annot(box, fill=False)
    page.apply_redactions(graphics=0)
    scale = curves[0].rect.width / page.rect.width
    page.show_pdf_page(box, curves, 0, clip=box * pymupdf.Matrix(scale, scale))
    result = parse(pdf.read(letter.tobytes()))
    last = result.letter.issues[-1]
    doubt = next(
        seen.doubt
        for name, seen in result.evidence.items()
        if name.issue == last.id and name.name == "issue.rationale"
    )
    assert pdf.UNKNOWN in last.rationale
    assert doubt is not None
    assert "does not say what is printed here" in doubt


def test_a_label_too_small_to_be_read_is_none(clean: ParseResult) -> None:
    letter = pymupdf.open(LETTER)
    letter[0].insert_text((200, 400), "Date of Injury: 01/01/2001", fontsize=1)
    result = parse(pdf.read(letter.tobytes()))
    assert same(result, clean)
    assert [seen.why for seen in result.set_aside] == ["it is too small to be read"]


def test_a_word_that_shows_through_where_the_letter_prints_it_is_no_second_print(
    clean: ParseResult,
) -> None:
    """Mirrored and pale, under the very words of the letter, and more of it than of the letter."""
    letter = pymupdf.open(LETTER)
    page = letter[len(letter) - 1]
    for x0, y0, x1, y1, word, *_ in page.get_text("words"):
        for left in (x0, x1):
            at = pymupdf.Point(left, y1 - (y1 - y0) / 4)
            page.insert_text(
                at, word, fontsize=11, fontname="tiro", color=(0.85, 0.85, 0.85),
                morph=(at, pymupdf.Matrix(-1, 0, 0, 1, 0, 0)), overlay=False,
            )  # fmt: skip
    assert same(parse(pdf.read(letter.tobytes())), clean)


def test_words_that_a_recogniser_fitted_to_their_places_are_of_no_other_size(
    clean: ParseResult,
) -> None:
    letter, made = pymupdf.open(LETTER), pymupdf.open()
    for page in letter:
        layer = made.new_page(width=page.rect.width, height=page.rect.height).new_shape()
        for at, (x0, _, x1, y1, word, *_) in enumerate(page.get_text("words")):
            fitting = (x1 - x0) / max(pymupdf.get_text_length(word, "tiro", 1), 0.1)
            tall = 1.3 if at % 23 == 22 else 1 - at % 9 / 100
            at_left = pymupdf.Point(x0, y1 - 3)
            layer.insert_text(
                at_left, word, fontsize=fitting * tall, fontname="tiro", render_mode=3,
                morph=(at_left, pymupdf.Matrix(1 / tall, 1)),
            )  # fmt: skip
        layer.commit()
    result = parse(pdf.read(made.tobytes()))
    assert result.set_aside == ()
    assert same(result, clean)


def test_a_note_added_to_an_empty_page_is_none_of_the_letters(clean: ParseResult) -> None:
    letter = pymupdf.open(LETTER)
    page = letter.new_page(1)
    page.add_freetext_annot((100, 740, 200, 770), "copy to adjuster", fontsize=9)
    result = parse(pdf.read(letter.tobytes()))
    assert [seen.text for seen in result.set_aside] == ["copy to adjuster"]
    assert result.letter.clinical_summary == clean.letter.clinical_summary
