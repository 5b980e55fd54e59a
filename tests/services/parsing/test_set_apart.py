"""Headings and labels whose letters stand apart are words; capitals of two sizes are one word."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.services import pdf
from app.services.parsing import parse
from app.services.parsing.set_apart import closed_up
from app.services.pdf import PdfPage, PdfText, Word
from tests.letters.make import FOLDER

LETTER = FOLDER / "2016-three-issues.pdf"
WIDE = 612.0


def apart(word: Word, gap: float) -> list[Word]:
    """The letters of a word in capitals one by one, so many points between them, in its place."""
    x0, y0, x1, y1 = word.box
    step = gap / WIDE
    each = (x1 - x0 - step * (len(word.text) - 1)) / len(word.text)
    lefts = [x0 + at * (each + step) for at in range(len(word.text))]
    return [
        replace(word, text=letter, box=(left, y0, left + each, y1))
        for letter, left in zip(word.text, lefts, strict=True)
    ]


def in_letters(text: PdfText, gap: float) -> PdfText:
    def of_page(page: PdfPage) -> PdfPage:
        words = [
            piece
            for word in page.words
            for piece in (
                apart(word, gap)
                if len(word.text) > 2 and word.text.strip(",").isalpha() and word.text.isupper()
                else [word]
            )
        ]
        return page.with_words(words)

    return replace(text, pages=tuple(map(of_page, text.pages)))


@pytest.mark.parametrize("gap", [0.9, 1.5, 2.1])
def test_letters_set_apart_are_words(gap: float) -> None:
    text = pdf.read(LETTER)
    pieces = in_letters(text, gap)
    assert "SUMMARY" not in pieces.page_texts[0]
    clean, result = parse(text), parse(pieces)
    assert result.letter == clean.letter
    one, two = ([seen.doubt for seen in each.evidence.values()] for each in (clean, result))
    assert one == two


def test_letters_set_wide_apart_are_parted_from_words_by_the_wider_gaps() -> None:
    page = pdf.read(LETTER).pages[0]
    left, words = 0.1, list[Word]()
    for each in "CLINICAL CASE NOTES":
        if each != " ":
            words.append(Word(each, (left, 0.5, left + 0.012, 0.52), False, 0))
        left += 0.02
    made = PdfText(pages=(page.with_words(words),))
    assert closed_up(made).page_texts == ("CLINICAL CASE NOTES",)


def test_words_in_capitals_stay_words() -> None:
    text = pdf.read(LETTER)
    page = text.pages[0]
    words = [Word(each, (0.1 + at * 0.03, 0.5, 0.12 + at * 0.03, 0.52), False, 0)
             for at, each in enumerate(("CT", "AND", "MRI", "OF", "C", "T", "L"))]  # fmt: skip
    changed = replace(text, pages=(page.with_words(words),))
    assert closed_up(changed) == changed
