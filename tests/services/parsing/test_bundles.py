"""A letter inside a bundle of records: found, read, and what was not read is told."""

from __future__ import annotations

from textwrap import wrap

import pymupdf
import pytest
from msgspec.structs import replace

from app.services import pdf
from app.services.guard import Watch
from app.services.letter_reader import LetterReader
from app.services.parsing import parse
from app.services.pdf.bundles import Bundle
from tests.bundles import LETTER, long_bundle

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
    assert result.letter.issues[-1].rationale == clean.letter.issues[-1].rationale
    if at:
        assert any(f"begins on page {at + 1}" in note for note in result.notes)


def test_of_very_many_pages_those_behind_the_letter_are_not_read() -> None:
    text = pdf.read(long_bundle(0, pages=480))
    assert 400 < text.read_to < 470
    assert not text.pages[-1].texts
    result = parse(text)
    assert any("those behind were not read" in note for note in result.notes)
    assert result.letter.header.case_number


@pytest.fixture(scope="module")
def reader():
    with LetterReader(seconds=60) as made:
        yield made


@pytest.mark.parametrize("at", [0, 2990])
def test_a_letter_among_3000_pages_is_found_and_the_reading_says_how_far_it_is(
    reader: LetterReader, at: int
) -> None:
    told: list[tuple[int, int]] = []
    read = reader.letter(long_bundle(at), watch=Watch(lambda *pages: told.append(pages)))
    clean = parse(pdf.read(LETTER))
    assert read.result.letter.header == clean.letter.header
    assert [i.title for i in read.result.letter.issues] == [i.title for i in clean.letter.issues]
    assert bool(read.text.read_to) == (at == 0), "what lies behind the letter is not read"
    assert {of for _, of in told} == {3000 + clean.pages}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) >= 400 / 50


def test_of_a_bundle_of_letters_the_first_is_read() -> None:
    letter = pdf.read(LETTER).pages
    bundle = Bundle(3000)
    number = 0
    while not bundle.is_read and number < 3000:
        number += 1
        bundle.take(replace(letter[number % len(letter)], number=number))
    assert 400 <= bundle.read_to < 420


def test_records_that_quote_a_label_are_not_taken_for_the_letter(reader: LetterReader) -> None:
    quoting = "They wrote under MAXIMUS guideline: that none was met."
    read = reader.letter(long_bundle(2990, quoting))
    assert len(read.result.letter.issues) == 3


def test_reading_that_is_not_wanted_any_more_ends(reader: LetterReader) -> None:
    watch = Watch(lambda *_: watch.cancel())
    with pytest.raises(pdf.ReadingStopped):
        reader.letter(long_bundle(2990), watch=watch)
    assert len(reader.letter(LETTER).result.letter.issues) == 3
