"""Public copies hold nothing private, and say what was searched."""

from __future__ import annotations

import pymupdf
import pytest

from app.evidence import Place
from app.letter import Cover
from app.services.pdf import NotAPdf, read
from app.services.pdf_redaction import CannotSee, LeftOver, prove, redact
from app.services.pdf_redaction.pictures import pages_seen
from app.services.privacy.wanted import wanted_of
from app.services.recognition import is_installed
from tests.scans import needs_ocr, scanned
from tests.services.rendering.letters import letter, renderer

RENDERER = renderer()


def words(pdf: bytes) -> set[str]:
    return {word.text.strip(".,:") for page in read(pdf).pages for word in page.words}


def test_our_own_public_copy_has_no_name_no_cover_and_no_form_data() -> None:
    case = letter()
    wanted = wanted_of(case.cover)
    full = RENDERER.render(case, "parties", form_data=b"{}").pdf
    public = RENDERER.render(case, "parties", redacted=True, form_data=b"{}").pdf
    assert not prove(full, wanted).clean
    proof = prove(public, wanted)
    assert proof.clean
    assert "found 0 times" in proof.sentence
    assert "[removed]" in words(public)
    assert not read(public).attachments


def test_terms_and_boxes_are_truly_removed_from_a_letter() -> None:
    pdf = RENDERER.render(letter(), "parties", form_data=b"Pat Example").pdf
    box = (0.1, 0.1, 0.5, 0.13)
    made = redact(pdf, ["Pat Example", "ZZ-4711", "SAMPLE"], [Place(2, (box,))])
    left = words(made.pdf)
    assert not left & {"Pat", "Example", "ZZ-4711", "Sample"}
    assert "flour" in left
    assert made.proof.clean
    assert {part.where for part in made.proof.searched} >= {
        "text",
        "streams and objects",
        "metadata",
        "attachments",
        "bookmarks",
    }
    with pymupdf.open(stream=made.pdf) as document:
        assert document.embfile_count() == 0
        assert not document.get_toc()
        assert not any(document.metadata[key] for key in ("title", "author", "producer"))
    assert redact(pdf, ["Pat Example", "ZZ-4711", "SAMPLE"], [Place(2, (box,))]).pdf == made.pdf


def test_only_whole_words_are_removed_and_names_over_a_line_end_too() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "Fleet and sleep stay; here is Ann")
        page.insert_text((72, 90), "Lee of the worker")
        page.add_text_annot((10, 10), "Ann Lee was here")
        document.set_metadata({"author": "Ann Lee"})
        pdf = document.tobytes()
    made = redact(pdf, ["Lee", "Ann Lee"])
    assert words(made.pdf) >= {"Fleet", "sleep", "worker"}
    assert not words(made.pdf) & {"Ann", "Lee"}


def test_what_cannot_be_removed_is_refused() -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "nothing here")
        xref = document.get_new_xref()
        document.update_object(xref, "<< /Note (Ann Lee) >>")
        document.xref_set_key(document.pdf_catalog(), "ViewerPreferences", f"{xref} 0 R")
        pdf = document.tobytes()
    with pytest.raises(LeftOver, match="streams and objects") as caught:
        redact(pdf, ["Ann Lee"])
    assert "Ann" not in str(caught.value)


def test_a_file_that_is_no_pdf() -> None:
    with pytest.raises(NotAPdf):
        redact(b"hello", ["x"])


def without_meaning(pdf: bytes) -> bytes:
    """The same pages; their letters no longer say which characters they are."""
    with pymupdf.open(stream=pdf) as document:
        for xref in range(1, document.xref_length()):
            if document.xref_get_key(xref, "ToUnicode")[0] != "null":
                document.xref_set_key(xref, "ToUnicode", "null")
        return document.tobytes()


def test_terms_are_refused_where_the_text_cannot_be_read_and_areas_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.services.pdf_redaction.pictures.is_installed", lambda: False)
    pdf = without_meaning(RENDERER.render(letter(1), "parties").pdf)
    unread = read(pdf).unread_pages
    assert unread
    with pytest.raises(CannotSee, match="cannot be read") as caught:
        redact(pdf, ["Pat Example"])
    assert caught.value.pages == unread
    areas = [Place(page, ((0.1, 0.1, 0.9, 0.3),)) for page in unread]
    with pytest.raises(CannotSee):
        redact(pdf, ["Pat Example"], areas[1:])
    made = redact(pdf, ["Pat Example"], areas)
    assert not made.proof.whole
    assert "NOT searched: page 1" in made.proof.sentence
    assert redact(pdf, [], areas).proof.whole


@pytest.mark.parametrize(
    "shown",
    ["N\u00fa\u00f1ez", "NUNEZ", "N u n e z", "Nun-\nez", "Nu\u00adnez", "Nun ez"],
)
def test_a_term_goes_however_it_is_written(shown: str) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for at, line in enumerate(f"Seen was {shown} today".split("\n")):
            page.insert_text((72, 72 + 14 * at), line)
        pdf = document.tobytes()
    made = redact(pdf, ["Nunez"])
    left = " ".join(read(made.pdf).page_texts).replace("[redacted]", "")
    assert left.split() == ["Seen", "was", "today"]


def test_a_proof_says_what_it_did_not_look_for() -> None:
    made = redact(RENDERER.render(letter(1)).pdf, ["Pat Example"])
    assert "text read a second time" in made.proof.sentence
    assert "nicknames" in made.proof.sentence
    if not is_installed():
        assert "no text recognition is installed" in made.proof.sentence
    else:
        assert "pictures of pages" in made.proof.sentence


@needs_ocr
@pytest.mark.parametrize("turned", [0, 180])
def test_a_term_goes_from_the_picture_of_a_page_and_the_copy_is_read_again(turned: int) -> None:
    page = pymupdf.open().new_page(width=420, height=160)
    page.insert_text(
        (30, 50), "The applicant Rosalind Quartermain was examined again.", fontsize=11
    )
    page.insert_text((30, 90), "Nothing else of note was found in the left shoulder.", fontsize=11)
    made = redact(scanned(page, turned=turned).tobytes(), ["Quartermain"])
    assert made.proof.recognised
    assert made.proof.whole
    assert "pictures of pages (1)" in made.proof.sentence
    seen = pages_seen(made.pdf, numbers=[1])
    assert seen is not None
    left = " ".join(seen[0].texts)
    assert "Quartermain" not in left
    assert "applicant" in left
    assert "left shoulder" in left


def drawn(words: str) -> bytes:
    """A page of plain text, and words below it that are drawn as outlines."""
    with pymupdf.open() as letters, pymupdf.open() as document:
        letters.new_page(width=300, height=60).insert_text((10, 40), words, fontsize=24)
        outlines = letters[0].get_svg_image(text_as_path=True).encode()
        page = document.new_page()
        for line in range(12):
            page.insert_text((72, 72 + 14 * line), "The determination says that rest was enough.")
        with pymupdf.open("svg", outlines) as picture:
            shown = pymupdf.open("pdf", picture.convert_to_pdf())
        page.show_pdf_page(pymupdf.Rect(72, 400, 372, 460), shown)
        return document.tobytes()


def outlines_of(pdf: bytes) -> int:
    with pymupdf.open(stream=pdf) as document:
        drawings = document[0].get_drawings()
    return sum(any(item[0] == "c" for item in one["items"]) for one in drawings)


def test_what_is_drawn_in_a_box_goes_and_is_not_only_covered() -> None:
    source = drawn("Wanda Quartermain")
    assert outlines_of(source) > 10
    made = redact(source, (), [Place(1, ((0.1, 0.49, 0.7, 0.6),))])
    assert made.proof.clean
    assert outlines_of(made.pdf) == 0
    half = redact(source, (), [Place(1, ((0.1, 0.49, 0.3, 0.6),))])
    assert 0 < outlines_of(half.pdf) < outlines_of(source)


@needs_ocr
def test_a_term_that_is_drawn_on_a_page_of_text_is_found_in_its_picture() -> None:
    made = redact(drawn("Wanda Quartermain"), ["Quartermain"])
    assert "pictures of pages (1)" in made.proof.sentence
    assert 0 < outlines_of(made.pdf) < outlines_of(drawn("Wanda Quartermain"))


def ruled(pages: int = 1) -> bytes:
    """Pages of plain text, and below it a name drawn in straight strokes: VALE."""
    strokes = (
        ((0, 0), (10, 30)), ((10, 30), (20, 0)),
        ((26, 30), (36, 0)), ((36, 0), (46, 30)), ((30, 20), (42, 20)),
        ((54, 0), (54, 30)), ((54, 30), (70, 30)),
        ((78, 0), (78, 30)), ((78, 0), (94, 0)), ((78, 14), (90, 14)), ((78, 30), (94, 30)),
    )  # fmt: skip
    with pymupdf.open() as document:
        for _ in range(pages):
            page = document.new_page(width=420, height=240)
            page.insert_text((36, 40), "The worker was seen by Wanda on Monday.", fontsize=14)
            for one, other in strokes:
                page.draw_line(
                    *((36 + x, 120 + y) for x, y in (one, other)), width=4, lineCap=1, lineJoin=1
                )
        return document.tobytes()


@needs_ocr
@pytest.mark.usefixtures("printed_pages_read")
def test_the_proof_reads_the_picture_of_every_page_and_says_of_which_it_did_not() -> None:
    steps: list[tuple[int, int]] = []
    with pytest.raises(LeftOver, match="pictures of pages"):
        redact(ruled(), ["Vale"], tell=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 1)]
    made = redact(ruled(3), ["Wanda"], printed_pages=1)
    assert made.proof.recognised
    assert "pictures of pages (1)" in made.proof.sentence
    assert "Of pages 2 to 3 only the text was read, not the picture" in made.proof.sentence


@needs_ocr
@pytest.mark.usefixtures("printed_pages_read")
def test_a_word_that_the_text_left_standing_is_no_name_in_the_picture() -> None:
    """Whether an ordinary word is a name was judged where it is sure how the lines run."""
    with pymupdf.open() as document:
        document.new_page(width=420, height=120).insert_text(
            (36, 40), "On Monday in May he fell.", fontsize=14
        )
        proof = prove(document.tobytes(), wanted_of(Cover(employee="Theresa May")))
    assert proof.clean
    assert "pictures of pages (1)" in proof.sentence
