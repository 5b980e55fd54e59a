"""A letter of a house's own beside a layout: what differs, and the words that make it alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.paths import FONTS, TEMPLATES
from app.services.layout_matching import match_layout
from app.services.letter_reader import LetterReader
from app.services.rendering import Renderer
from app.services.settings import Settings

MADE = Path(__file__).parents[1] / "letters" / "made"
LAYOUT = "maximus-2016"
HOUSE = {
    "maximus_guideline": "Maximus guideline:",
    "rationale": "Reasons for this decision:",
    "made_heading": "HOW WE REACHED THIS DETERMINATION",
    "made": "The whole file went to a physician who is tied to no party and sees patients every week.",
    "decision_date": "Determination Date:",
    "issues": "These decisions make up the final determination:",
    "licensure": "Licensed in:",
}


TODAY = {
    "letterhead": "Harborview Review",
    "letterhead_second": "Medical Necessity",
    "case_number": "Review No.:",
    "application_received": "Application Date:",
    "made_heading": "HOW THIS REVIEW WAS DONE",
    "made": "Harborview had the complete file read by a physician in active practice. No tie to any party exists.",
    "credentials": "The physician holds:",
    "licensure": "Licensed in:",
    "specialties": "Board Certification:",
    "summary_heading": "COURSE OF THE CASE",
    "summary": "From all medical records this course was drawn up:",
    "issues_heading": "ITEMS, DECISIONS AND REASONS",
    "issues": "For the items in dispute the following was decided:",
    "claims_administrator_guideline": "Guideline of UR:",
    "maximus_guideline": "Guideline of this review:",
    "rationale": "Reasons:",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[LetterReader]:
    with LetterReader() as made:
        yield made


@pytest.fixture(scope="module")
def house(reader: LetterReader) -> bytes:
    """A letter as that house prints it."""
    letter = reader.letter(MADE / "2016-three-issues.pdf").result.letter
    return Renderer([TEMPLATES], FONTS, HOUSE).render(letter, LAYOUT).pdf


def test_the_words_of_a_house_are_found_and_make_the_letter_alike(
    reader: LetterReader, house: bytes
) -> None:
    found = match_layout(Renderer([TEMPLATES], FONTS), reader, house, LAYOUT)
    assert {one.name: one.theirs for one in found.proposals} == HOUSE
    assert found.lacking == ()
    texts = [(line.ours, line.theirs) for line in found.differences]
    assert ("HOW THE IMR FINAL DETERMINATION WAS MADE", HOUSE["made_heading"]) in texts
    assert {line.page for line in found.differences} <= {1, 2}

    settings = Settings(words=found.words)
    again = match_layout(Renderer([TEMPLATES], FONTS, settings.layout_words), reader, house, LAYOUT)
    assert again.proposals == ()
    # what stands under a label that reading does not know is no value, and so is not printed
    assert ["11/18/2016" in line.theirs for line in again.differences] == [True]


def test_a_form_with_no_word_of_ours_left_is_told_by_its_order(reader: LetterReader) -> None:
    letter = reader.letter(MADE / "2016-three-issues.pdf").result.letter
    house = Renderer([TEMPLATES], FONTS, TODAY).render(letter, LAYOUT).pdf
    found = match_layout(Renderer([TEMPLATES], FONTS), reader, house, LAYOUT)
    assert {one.name: one.theirs for one in found.proposals} == TODAY
    assert found.lacking == ()
    beside = {line.ours: line.theirs for line in found.differences}
    assert beside["Independent Medical Review"] in ("", TODAY["letterhead"])
    settings = Settings(words=found.words)
    again = match_layout(Renderer([TEMPLATES], FONTS, settings.layout_words), reader, house, LAYOUT)
    assert (again.differences, again.proposals, again.lacking) == ((), (), ())


def test_words_of_one_layout_are_left_alone_in_another() -> None:
    renderer = Renderer([TEMPLATES], FONTS, {f"{LAYOUT}/rationale": "Why:"})
    assert renderer.layout(LAYOUT).words["rationale"] == "Why:"
    assert renderer.layout("maximus-2014").words["rationale"] != "Why:"


def test_our_own_letter_differs_in_nothing(reader: LetterReader) -> None:
    letter = reader.letter(MADE / "2016-expedited-encrypted.pdf").result.letter
    renderer = Renderer([TEMPLATES], FONTS)
    found = match_layout(renderer, reader, renderer.render(letter, LAYOUT).pdf, LAYOUT)
    assert (found.differences, found.proposals, found.lacking) == ((), (), ())


def test_a_pdf_without_items_is_told(reader: LetterReader) -> None:
    with pytest.raises(UserError, match="nothing to compare"):
        match_layout(Renderer([TEMPLATES], FONTS), reader, MADE / "other-letter.pdf", LAYOUT)
