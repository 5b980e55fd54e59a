"""Reading the words in pictures of pages: where they stand, how sure they are, what becomes of them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pymupdf
import pytest

from app.cli.opening import open_store as opened_store
from app.evidence import Doubt
from app.letter import FieldId, with_value
from app.services.letter_intake import pages_to_recognise, take_in, text_of_kept
from app.services.letter_reader import LetterReader, ReadLetter
from app.services.parsing import parse
from app.services.parsing.recognised import is_level_like
from app.services.pdf import PdfPage, PdfText, Unread, read
from app.services.recognition import NotInstalled
from app.services.store import LETTER as LETTER_KEY
from app.services.store import Status
from app.services.store.readings import put_reading
from tests.conftest import PROJECT
from tests.scans import add_scan, needs_ocr, scanned

LETTER = PROJECT / "tests" / "letters" / "made" / "2016-three-issues.pdf"
LINES = (
    "The quick brown fox jumps over 13 lazy dogs near the old river bank.",
    "A second line tells of knees, shoulders and 07/14/2015 in between.",
    "Nothing else is printed here but these three plain lines of words.",
)


@pytest.fixture(scope="module")
def pictures() -> LetterReader:
    from tests.readers import the_reader

    return the_reader()


def small_page() -> pymupdf.Page:
    page = pymupdf.open().new_page(width=420, height=160)
    for number, line in enumerate(LINES):
        page.insert_text((30, 40 + 30 * number), line, fontsize=11)
    return page


def recognised(reader: LetterReader, document: pymupdf.Document) -> PdfPage:
    (page,) = reader.recognise(document.tobytes(), [1])
    return page


@needs_ocr
@pytest.mark.parametrize(
    ("turned", "askew"),
    [(0, 0.0), (0, 3.0), (0, 4.5), (180, 0.0), (90, 0.0), (270, 1.0), (90, 4.5)],
)
def test_words_are_read_where_they_stand_however_the_paper_lay(
    pictures: LetterReader, turned: int, askew: float
) -> None:
    page = recognised(pictures, scanned(small_page(), turned=turned, askew=askew))
    assert " ".join(page.texts) == " ".join(LINES)
    assert page.turned == turned
    assert page.slope == pytest.approx(askew * 0.0175, abs=0.006)
    first = page.words[0].box
    middle = (first[0] + first[2]) / 2, (first[1] + first[3]) / 2
    there = {0: (0.1, 0.24), 180: (0.9, 0.76), 90: (0.76, 0.1), 270: (0.24, 0.9)}[turned]
    # Askew, what is far from the middle goes up or down.
    assert middle == pytest.approx(there, abs=0.08 + 0.01 * askew)
    assert page.unread is Unread.NOTHING
    assert min(page.certainties) > 0.5


@needs_ocr
def test_a_page_without_words_stays_a_picture(pictures: LetterReader) -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    page.draw_rect(page.rect, fill=(0, 0, 0))
    found = recognised(pictures, scanned(page))
    assert not found.texts
    assert found.unread is Unread.PICTURE


@needs_ocr
def test_a_coarse_fax_is_read_from_its_own_dots(pictures: LetterReader) -> None:
    page = recognised(pictures, scanned(small_page(), across=204, down=98, one_bit=True))
    right = set(" ".join(LINES).split()) & set(page.texts)
    assert len(right) >= 0.85 * len(set(" ".join(LINES).split()))


@pytest.fixture(scope="module")
def mixed(pictures: LetterReader, tmp_path_factory: pytest.TempPathFactory) -> ReadLetter:
    """A letter of which the first page alone is a picture."""
    source = pymupdf.open(LETTER)
    made = pymupdf.open()
    add_scan(made, source[0], across=200, down=200)
    made.insert_pdf(source, from_page=1)
    path = Path(tmp_path_factory.mktemp("mixed")) / "letter.pdf"
    made.save(path)
    return pictures.letter_recognised(path)


@needs_ocr
def test_a_file_with_pages_of_both_kinds_is_read_as_one(mixed: ReadLetter) -> None:
    printed = parse(read(LETTER)).letter
    assert mixed.text.recognised_pages == (1,)
    assert mixed.text.unread_pages == ()
    assert mixed.result.letter.header == printed.header
    assert [issue.title for issue in mixed.result.letter.issues] == [
        issue.title for issue in printed.issues
    ]
    assert any("read from its picture" in note for note in mixed.result.notes)


def with_certainty(text: PdfText, word: str, certainty: float) -> PdfText:
    """The text as if the recogniser had read its first page, and been no surer of a word."""
    page = text.pages[0]
    sure = tuple(certainty if each == word else 0.97 for each in page.texts)
    pages = (page.as_recognised(sure), *text.pages[1:])
    return msgspec.structs.replace(text, pages=pages)


def test_a_word_that_is_not_sure_is_named_at_its_field_alone() -> None:
    text = read(LETTER)
    number = parse(text).letter.header.case_number
    found = parse(with_certainty(text, number, 0.9)).evidence
    doubted = {
        field.name
        for field, seen in found.items()
        if f"“{number}” looks misread" in (seen.doubt or "")
    }
    assert doubted == {"header.case_number"}
    seen = found[FieldId("header.case_number")]
    more = msgspec.structs.replace(seen, doubts=(Doubt(words="Of all of it."), *seen.doubts))
    assert [len(place.boxes) for place in more.doubtful_places] == [1]


def test_a_long_text_is_doubted_for_what_is_most_likely_wrong_alone() -> None:
    text = read(LETTER)
    word = next(
        w
        for w in parse(text).letter.clinical_summary.split()
        if w in text.pages[0].texts and w.isalpha() and len(w) > 8
    )
    summary = FieldId("clinical_summary")
    assert word not in (parse(with_certainty(text, word, 0.85)).evidence[summary].doubt or "")
    assert f"“{word}”" in (parse(with_certainty(text, word, 0.6)).evidence[summary].doubt or "")


def test_an_age_that_was_not_recognised_is_doubted() -> None:
    page = pymupdf.open().new_page()
    page.insert_text((40, 40), "Case Number: CM15-0200123")
    text = with_certainty(read(page.parent.tobytes()), "none", 0.9)
    evidence = parse(text).evidence
    assert "not found" in (evidence[FieldId("patient.age")].doubt or "")
    assert "not found" in (evidence[FieldId("header.decision_date")].doubt or "")


def test_without_the_recogniser_one_line_says_what_to_install(
    pictures: LetterReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.letter_reader.is_installed", lambda: False)
    with pytest.raises(NotInstalled, match=r"pip install imr-desk\[ocr\]"):
        list(pictures.recognise(b"", [1]))


@needs_ocr
def test_what_was_read_is_kept_with_the_letter_and_read_once(
    pictures: LetterReader, tmp_path: Path
) -> None:
    path = tmp_path / "fax.pdf"
    scanned(pymupdf.open(LETTER)[0]).save(path)
    with opened_store(tmp_path) as store:
        case_id = take_in(store, pictures, path, by="ada", recognise=True).summary.id
        text = text_of_kept(store, pictures, case_id)
        assert text.recognised_pages == (1,)
        assert pages_to_recognise(store, case_id, pictures.read(path)) == ()
        assert store.summary(case_id).number == parse(read(LETTER)).letter.header.case_number
        assert store.verify(case_id) is None


def test_a_letter_read_later_fills_what_nobody_typed(
    pictures: LetterReader, tmp_path: Path
) -> None:
    whole = parse(read(LETTER))
    empty = parse(PdfText())
    with opened_store(tmp_path) as store:
        case_id = store.import_pdf(LETTER, empty, by="ada").summary.id
        age = FieldId("patient.age")
        typed = with_value(store.case(case_id).letter, age, 77)
        store.record_edit(
            case_id, typed, field=age.key, before=None, after=77, by="ada", label="Age"
        )
        put_reading(store, case_id, whole, by="ada", label="Read", doubts=1, errors=0)
        case = store.case(case_id)
        assert case.letter == with_value(whole.letter, age, 77)
        assert case.parsed == whole
        assert [step.field for step in case.history.steps] == [age.key, LETTER_KEY]
        assert store.verify(case_id) is None


def test_a_letter_that_nobody_touched_is_simply_what_was_read(
    pictures: LetterReader, tmp_path: Path
) -> None:
    whole = parse(read(LETTER))
    with opened_store(tmp_path) as store:
        case_id = store.import_pdf(LETTER, parse(PdfText()), by="ada").summary.id
        put_reading(store, case_id, whole, by="ada", label="Read", doubts=1, errors=0)
        case = store.case(case_id)
        assert (case.letter, case.summary.status) == (whole.letter, Status.NEW)
        assert case.history.steps == ()
        assert store.verify(case_id) is None


@pytest.mark.parametrize(("word", "is_doubted"), [
    ("LS", True), ("L5-Sl,", True), ("CB", True), ("T1Z", False), ("L5", False), ("CT", False), ("SI", True),
])  # fmt: skip
def test_a_level_with_a_letter_for_a_digit_is_never_sure(word: str, *, is_doubted: bool) -> None:
    assert is_level_like(word) == is_doubted
