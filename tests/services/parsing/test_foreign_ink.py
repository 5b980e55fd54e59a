"""Ink that is not the letter's is set aside and told; what the form prints stays."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pymupdf
import pytest

from app.evidence import ParseResult
from app.letter import REDACTED, FieldId, field_ids, get_value
from app.services import pdf
from app.services.parsing import parse
from app.services.parsing.rows import page_rows
from tests.letters.make import FOLDER
from tests.score import damage, desk_files, desk_ink, stamps

LETTERS = [
    FOLDER / f"{name}.pdf"
    for name in ("2016-eight-issues", "2016-three-issues", "2015-pages-style")
]


def _words(value: object) -> object:
    """A text as its words: where its lines and paragraphs end may be lost."""
    return value.split() if isinstance(value, str) else value


@cache
def clean_letter(path: Path) -> ParseResult:
    return parse(pdf.read(path))


def silently_wrong(data: bytes, path: Path) -> list[str]:
    """The fields that differ from the clean letter's without a doubt."""
    text = pdf.read(data)
    result, clean = parse(text), clean_letter(path)
    if not text.has_text and result.notes:
        return []  # told as a whole
    found: list[str] = []
    told_of_items = result.incomplete or result.notes
    others = len(result.letter.issues) != len(clean.letter.issues)
    if others and not told_of_items:
        found.append("issues")
    for field in field_ids(clean.letter):
        if field.issue is not None and (result.incomplete or (others and told_of_items)):
            continue  # items are told to be missing: they cannot be told by number
        try:
            got = get_value(result.letter, field)
        except KeyError:
            continue
        seen = result.evidence.get(field)
        if (
            field.name.startswith(("patient.", "summary_facts."))
            and not result.letter.clinical_summary
        ):
            continue  # what a summary says that is not there, and told so
        told = seen is not None and (seen.doubt is not None or REDACTED in seen.text)
        if _words(got) != _words(get_value(clean.letter, field)) and not told:
            found.append(field.key)
    return found


@pytest.mark.parametrize("kind", stamps.ALL)
def test_no_stamp_is_read_as_the_letter(kind: str) -> None:
    for number, path in enumerate(LETTERS[:2]):
        assert silently_wrong(stamps.stamped(path.read_bytes(), kind, 60 + number), path) == []


@pytest.mark.parametrize("kind", damage.ALL)
def test_no_damage_goes_unnoticed(kind: str) -> None:
    for number, path in enumerate(LETTERS):
        other = LETTERS[number - 1].read_bytes()
        data = damage.damaged(path.read_bytes(), other, kind, 60 + number)
        assert silently_wrong(data, path) == []


@pytest.mark.parametrize(("number", "kind"), list(enumerate(desk_ink.ALL)))
def test_nothing_a_desk_prints_is_read_as_the_letter(number: int, kind: str) -> None:
    path = LETTERS[number % len(LETTERS)]
    data = stamps.drawn_on(path.read_bytes(), desk_ink.ALL[kind], f"{kind} {number}")
    assert silently_wrong(data, path) == []


@pytest.mark.parametrize(("number", "kind"), list(enumerate(desk_files.ALL)))
def test_nothing_done_to_the_file_goes_unnoticed(number: int, kind: str) -> None:
    path, other = LETTERS[number % len(LETTERS)], LETTERS[(number + 1) % len(LETTERS)]
    data = damage.changed(path.read_bytes(), other.read_bytes(), desk_files.ALL[kind], f"{kind} 3")
    assert silently_wrong(data, path) == []


@pytest.mark.parametrize("kind", [kind for kind in desk_files.ALL if kind.startswith("map ")])
def test_a_map_that_names_other_characters_is_told(kind: str) -> None:
    data = damage.changed(LETTERS[1].read_bytes(), b"", desk_files.ALL[kind], f"{kind} 5")
    assert pdf.read(data).unread_pages


def test_a_map_that_names_what_is_shown_is_read() -> None:
    data = damage.changed(LETTERS[1].read_bytes(), b"", desk_files.per_word, "")
    assert pdf.read(data).unread_pages == ()


def test_two_pages_a_sheet_are_read_one_after_the_other() -> None:
    data = damage.changed(LETTERS[1].read_bytes(), b"", desk_files.two_up, "")
    result, clean = parse(pdf.read(data)), clean_letter(LETTERS[1])
    assert result.letter == clean.letter
    place = result.evidence[FieldId("issue.rationale", 2)].places[-1]
    assert all(box[0] >= 0.5 for box in place.boxes)


def test_words_under_a_label_stuck_on_are_doubted_where_they_are_missing() -> None:
    document = pymupdf.open(LETTERS[1])
    found = document[0].search_for("CLINICAL CASE SUMMARY")[0]
    document[0].draw_rect((200, found.y1 + 40, 290, found.y1 + 80), color=None, fill=(1, 1, 0.4))
    result = parse(pdf.read(document.tobytes(encryption=pymupdf.PDF_ENCRYPT_NONE)))
    doubt = result.evidence[FieldId("clinical_summary")].doubt
    assert doubt is not None
    assert "put over it" in doubt


def test_a_list_of_copies_at_a_pages_foot_is_doubted_where_it_is_read() -> None:
    document = pymupdf.open(LETTERS[0])
    page = document[0]
    low = max(word[3] for word in page.get_text("words"))
    page.insert_text((72, low + 12), "cc: Valley Spine Center", fontsize=12, fontname="tiro")
    result = parse(pdf.read(document.tobytes()))
    doubts = [seen.doubt for seen in result.evidence.values() if "cc: Valley" in seen.text]
    assert all(doubts)
    assert doubts or any("cc: Valley" in seen.text for seen in result.set_aside)


def test_what_was_set_aside_is_kept_with_place_and_reason() -> None:
    document = pymupdf.open(LETTERS[0])
    document[1].insert_text(
        (200, 400), "PENDED", fontsize=40, fontname="hebo", color=(0.7, 0.7, 0.7)
    )
    result = parse(pdf.read(document.tobytes()))
    (aside,) = result.set_aside
    assert aside.text == "PENDED"
    assert aside.place.page == 2
    assert aside.why
    x0, y0, _, y1 = aside.place.boxes[0]
    assert x0 * 612 == pytest.approx(200, abs=3)
    assert y0 * 792 < 400 < y1 * 792 + 20
    assert any("PENDED" in note for note in result.notes)


def test_rows_are_made_in_time_linear_in_the_words() -> None:
    """A line of many pieces costs no more a word than a short one: counted by comparisons."""
    count = 4000
    texts = tuple(f"w{number}" for number in range(count))
    lefts = tuple(number / count for number in range(count))
    page = pdf.PdfPage(
        1, 612, 792, 0, texts, lefts, (0.5,) * count, tuple(x + 0.5 / count for x in lefts),
        (0.51,) * count, (False,) * count, tuple(range(count)),
    )  # fmt: skip
    (row,) = page_rows(page)
    assert row.texts == list(texts)
