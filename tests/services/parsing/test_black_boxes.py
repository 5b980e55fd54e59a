"""Black boxes over what was printed: a value of their own, kept to the new letter."""

from __future__ import annotations

import io
import random

import docx
import pymupdf
import pytest

from app.evidence import ParseResult, texts_as_read
from app.letter import REDACTED, FieldId, field_ids, get_value
from app.paths import FONTS, TEMPLATES
from app.services import pdf
from app.services.interchange import to_contract
from app.services.parsing import parse
from app.services.rendering import Renderer
from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-eight-issues.pdf"
RATIONALE = FieldId("issue.rationale", 0)


def words_of(result: ParseResult) -> str:
    values = [get_value(result.letter, field) for field in field_ids(result.letter)]
    return " ".join(getattr(value, "text", None) or str(value) for value in values)


def boxed(seed: int, how: str) -> tuple[bytes, list[str]]:
    """The letter with three words a page blacked out, and those words."""
    document = pymupdf.open(LETTER)
    chance, gone = random.Random(seed), list[str]()
    for page in document:
        body = [
            word for word in page.get_text("words") if word[4].isalpha() and 330 < word[1] < 700
        ]
        for x0, y0, x1, y1, text, *_ in chance.sample([w for w in body if w[4].islower()], 3):
            box = pymupdf.Rect(x0, y0 + 2, x1, y1 - 2)
            gone.append(text)
            if how == "removed":
                page.add_redact_annot(box, fill=(0, 0, 0))
            else:
                page.draw_rect(
                    box, fill=(0.05, 0.05, 0.05), color=(0, 0, 0) if how == "framed" else None
                )
        page.apply_redactions()
    return document.tobytes(), gone


@pytest.mark.parametrize("how", ["removed", "covered", "framed"])
@pytest.mark.parametrize("seed", range(3))
def test_each_box_is_a_word_of_its_text_and_no_doubt(how: str, seed: int) -> None:
    data, gone = boxed(seed, how)
    result, clean = parse(pdf.read(data)), parse(pdf.read(LETTER))
    text = words_of(result)
    assert text.count(REDACTED) >= len(gone) - 3  # some stand in the form's own words
    for field in field_ids(clean.letter):
        got, wanted = get_value(result.letter, field), get_value(clean.letter, field)
        if isinstance(wanted, str) and REDACTED in got:
            assert len(got.split()) == len(wanted.split())
            assert not result.evidence[field].doubt
    assert result.set_aside == ()


def test_marks_beside_a_box_stay_at_it() -> None:
    document = pymupdf.open(LETTER)
    page = document[-1]
    x0, y0, x1, y1, *_ = next(w for w in page.get_text("words") if w[4] == "documented.")
    width = pymupdf.get_text_length(".", "tiro", 12)
    page.add_redact_annot((x0, y0 + 2, x1 - width - 0.3, y1 - 2), fill=(0, 0, 0))
    page.apply_redactions()
    assert f"Neither is {REDACTED}. Therefore" in words_of(parse(pdf.read(document.tobytes())))


def test_white_words_on_black_are_read_and_rules_and_shades_are_no_boxes() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.draw_rect((70, 88, 300, 104), fill=(0, 0, 0))
    page.insert_text((72, 100), "Words in white", color=(1, 1, 1))
    page.draw_rect((70, 110, 500, 112), fill=(0, 0, 0))
    page.draw_rect((70, 120, 300, 136), fill=(0.85, 0.85, 0.85))
    page.insert_text((72, 132), "Words on a shade")
    read = pdf.read(document.tobytes()).pages[0]
    assert " ".join(read.texts) == "Words in white Words on a shade"
    assert all(read.looks[at].seen for at in read.look_of)


def test_black_marks_beside_the_text_hide_nothing_of_it() -> None:
    document = pymupdf.open(LETTER)
    for page in document:
        for x, y, wide, high in ((6, 200, 30, 40), (566, 330, 20, 11), (590, 40, 22, 700)):
            page.draw_rect(pymupdf.Rect(x, y, x + wide, y + high), fill=(0, 0, 0))
    result, clean = parse(pdf.read(document.tobytes())), parse(pdf.read(LETTER))
    assert result.letter == clean.letter


def test_a_blacked_out_case_number_and_date() -> None:
    document = pymupdf.open(LETTER)
    page = document[0]
    for value in ("CM", "11/"):
        found = next(w for w in page.get_text("words") if w[4].startswith(value))
        page.add_redact_annot(pymupdf.Rect(found[:4]) + pymupdf.Rect(0, 2, 0, -2), fill=(0, 0, 0))
    page.apply_redactions()
    result = parse(pdf.read(document.tobytes()))
    assert result.letter.header.case_number == REDACTED
    assert any("blacked out" in (seen.doubt or "") for seen in result.evidence.values())


def test_boxes_go_through_the_new_letter_and_back() -> None:
    result = parse(pdf.read(boxed(7, "removed")[0]))
    renderer = Renderer([TEMPLATES], FONTS)
    made = renderer.render(result.letter, as_read=texts_as_read(result.evidence)).pdf
    again = parse(pdf.read(made))
    for field in field_ids(result.letter):
        assert get_value(again.letter, field) == get_value(result.letter, field)
    assert again.set_aside == ()
    dark = [
        drawing
        for page in pymupdf.open(stream=made)
        for drawing in page.get_drawings()
        if drawing["fill"] == (0, 0, 0) and drawing["rect"].height > 6 and drawing["rect"].width > 6
    ]
    assert len(dark) == words_of(result).count(REDACTED)
    contract = str(to_contract(result, "letter.pdf"))
    assert REDACTED in contract


def test_boxes_in_word_are_black() -> None:
    result = parse(pdf.read(boxed(8, "removed")[0]))
    file = Renderer([TEMPLATES], FONTS).render_word(result.letter)
    runs = [run for each in docx.Document(io.BytesIO(file)).paragraphs for run in each.runs]
    black = [run for run in runs if REDACTED in run.text]
    assert black
    assert all(run.text == REDACTED and 'w:fill="000000"' in run._r.xml for run in black)
