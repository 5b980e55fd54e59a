"""A letter of a house's own beside a layout: what differs, and the words that make it alike."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pymupdf
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


OTHER_FORM = """
<style>body{font-family:sans-serif;font-size:9.5pt} h2{font-size:12pt}</style>
<p style="text-align:center"><b>Lakeside Appeals of Care</b></p>
<p style="text-align:center">Independent Review</p>
<table><tr><td><b>File No.</b></td><td>CM24-0200007</td></tr>
<tr><td><b>Day of the Accident</b></td><td>June 3, 2021</td></tr>
<tr><td><b>Assigned</b></td><td>02/12/2024</td></tr>
<tr><td><b>UR Denial</b></td><td>01/15/2024</td></tr>
<tr><td><b>Kind of Review</b></td><td>Expedited</td></tr>
<tr><td><b>Date of this Letter</b></td><td>03/25/2024</td></tr>
<tr><td><b>Application Came In</b></td><td>01/29/2024</td></tr></table>
<h2>History of the case</h2><p>From the records the reviewer tells:</p>
<p>This is a 52-year-old male who fell from a ladder. He has right shoulder pain.</p>
<h2>Treatments and findings</h2><p>The findings are:</p>
<p><b>Right shoulder arthroscopy with rotator cuff repair, subacromial decompression, debridement and
distal clavicle excision as an outpatient procedure: Overturned</b></p>
<p><b>Criteria of our physician:</b> MTUS Shoulder Disorders 2016, Rotator Cuff Tears.</p>
<p><b>Criteria of the carrier:</b> MTUS Shoulder Disorders 2016.</p>
<p><b>Why:</b> Therapy failed. Therefore, the requested surgery is medically necessary.</p>
<p><b>Cold therapy unit, purchase: Upheld</b></p>
<p><b>Criteria of our physician:</b> MTUS Shoulder Disorders 2016.</p>
<p><b>Criteria of the carrier:</b> ODG Shoulder.</p>
<p><b>Why:</b> A purchase is not supported. Therefore, the unit is not medically necessary.</p>
<h2>About the reviewer</h2><p>One physician without ties to any party read the file.</p>
<p>Licensed: California, Nevada</p><p>Boards: Orthopedic Surgery</p>
"""
"""A letter of a house whose form is not ours: another order, labels without colons, other sizes."""
OTHER_WORDS = {
    "letterhead": "Lakeside Appeals of Care",
    "letterhead_second": "Independent Review",
    "case_number": "File No.",
    "date_of_injury": "Day of the Accident",
    "date_assigned": "Assigned",
    "ur_denial_date": "UR Denial",
    "priority": "Kind of Review",
    "decision_date": "Date of this Letter",
    "application_received": "Application Came In",
    "made_heading": "About the reviewer",
    "made": "One physician without ties to any party read the file.",
    "licensure": "Licensed:",
    "specialties": "Boards:",
    "summary_heading": "History of the case",
    "summary": "From the records the reviewer tells:",
    "issues_heading": "Treatments and findings",
    "issues": "The findings are:",
    "maximus_guideline": "Criteria of our physician:",
    "claims_administrator_guideline": "Criteria of the carrier:",
    "rationale": "Why:",
}


def printed(story: str) -> bytes:
    """A PDF of HTML, as other programs than ours make letters."""
    file = io.BytesIO()
    writer = pymupdf.DocumentWriter(file)
    pages, more = pymupdf.Story(story), 1
    while more:
        device = writer.begin_page(pymupdf.paper_rect("letter"))
        more, _ = pages.place(pymupdf.Rect(84, 54, 558, 738))
        pages.draw(device)
        writer.end_page()
    writer.close()
    return file.getvalue()


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
    assert (again.differences, again.proposals, again.moved, again.looks) == ((), (), 0, ())


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


def test_a_form_of_other_parts_and_order_is_told_by_what_it_speaks_of(
    reader: LetterReader,
) -> None:
    house = printed(OTHER_FORM)
    found = match_layout(Renderer([TEMPLATES], FONTS), reader, house, LAYOUT)
    assert {one.name: one.theirs for one in found.proposals} == OTHER_WORDS
    assert [one.name for one in found.lacking] == ["credentials"]
    assert [sentence.split(" ", 4)[2] for sentence in found.looks] == [
        "is",
        "begins",
        "stand",
        "stand",
    ]
    settings = Settings(words=found.words)
    again = match_layout(Renderer([TEMPLATES], FONTS, settings.layout_words), reader, house, LAYOUT)
    assert again.proposals == ()
    # what is left is the table of our head and the sentence they have not
    theirs = [line.theirs for line in again.differences if line.theirs]
    assert all(any(mark.isdigit() for mark in line) for line in theirs), theirs
    assert len(again.differences) <= 8
    assert again.moved > 0


def test_labels_longer_than_their_cells_stay_in_them(reader: LetterReader) -> None:
    letter = reader.letter(MADE / "2016-three-issues.pdf").result.letter
    words = {
        "date_assigned": "Day it was Given to the Reviewer:",
        "ur_denial_date": "Day of the Utilization Review Decision:",
        "priority": "Priority of this Review, Standard or Expedited:",
    }
    pdf = Renderer([TEMPLATES], FONTS, words).render(letter, LAYOUT).pdf
    page = reader.read(pdf).pages[0]
    tops = {
        label: {
            round(page.tops[at + step], 3)
            for at in range(len(page.texts))
            if list(page.texts[at : at + len(label.split())]) == label.split()
            for step in range(len(label.split()))
        }
        for label in words.values()
    }
    assert [len(found) for found in tops.values()] == [1, 1, 2]


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


SENTENCES = """
<style>body{font-family:serif;font-size:11pt}</style>
<p><b>Cedar Ridge Determinations</b></p><p>Medical Review for California</p><p><b>OUR FINAL LETTER</b></p>
<table><tr><td><b>Case #</b></td><td>CM22-0300009</td></tr>
<tr><td><b>Hurt in the accident of</b></td><td>08/30/2019</td></tr>
<tr><td><b>Assigned</b></td><td>11/04/2022</td></tr><tr><td><b>Decided</b></td><td>11/22/2022</td></tr>
<tr><td><b>UR denied on</b></td><td>09/13/2022</td></tr>
<tr><td><b>Application received</b></td><td>10/05/2022</td></tr></table>
<p><b>How we came to it</b></p><p>The whole file went to one physician in practice.</p>
<p>State(s) of Licensure: California</p><p>Certification(s)/Specialty: Pain Medicine</p>
<p><b>The clinical course</b></p>
<p>The injured worker is a 44-year-old female hurt on 08/30/2019. Her neck is painful.</p>
<p><b>The items</b></p><p>Each of them follows with its reasons.</p>
<p><b>1. Cervical collar, soft, is Upheld</b></p>
<p><i>What the carrier relied on:</i> ODG Neck.</p><p><i>What we relied on:</i> MTUS Cervical and
Thoracic Spine Disorders 2018.</p><p><i>Why:</i> No instability is told of. The denial of the collar is
upheld.</p>
<p><b>2. Physical therapy, 6 visits (Overturned)</b></p>
<p><i>What the carrier relied on:</i> ODG Neck.</p><p><i>What we relied on:</i> MTUS Cervical and
Thoracic Spine Disorders 2018.</p><p><i>Why:</i> Function improved. The visits are medically necessary.</p>
"""
"""Titles that are sentences or have their decision in brackets, with numbers before them."""


def test_titles_that_are_sentences_are_items_and_only_whole_lines_are_proposed(
    reader: LetterReader,
) -> None:
    found = match_layout(Renderer([TEMPLATES], FONTS), reader, printed(SENTENCES), LAYOUT)
    words = {one.name: one.theirs for one in found.proposals}
    assert words["letterhead"] == "Cedar Ridge Determinations"
    assert words["letterhead_second"] == "Medical Review for California"
    assert words["issues"] == "Each of them follows with its reasons."
    assert words["rationale"] == "Why:"
    assert words["maximus_guideline"] == "What we relied on:"
    assert words["claims_administrator_guideline"] == "What the carrier relied on:"
    beside = {line.theirs: line.ours for line in found.differences}
    titles = [one for one in beside.values() if one.startswith(("Cervical collar", "Physical"))]
    assert titles == ["Cervical collar, soft: Upheld", "Physical therapy, 6 visits: Overturned"]
    plain = match_layout(Renderer([TEMPLATES], FONTS), reader, printed(SENTENCES), "plain")
    assert {one.name for one in plain.proposals} == {"summary_heading", "issues_heading"}
    assert plain.counted.startswith(f"{sum(bool(one.theirs) for one in plain.differences)} of ")
