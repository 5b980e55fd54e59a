"""Ink that is not the letter's is set aside and told; what the form prints stays."""

from __future__ import annotations

import pymupdf
import pytest

from app.letter import field_ids, get_value
from app.services import pdf
from app.services.parsing import parse
from app.services.parsing.rows import page_rows
from tests.letters.make import FOLDER
from tests.score import damage, stamps

LETTERS = [
    FOLDER / f"{name}.pdf"
    for name in ("2016-eight-issues", "2016-three-issues", "2015-pages-style")
]


def silently_wrong(data: bytes, path: object) -> list[str]:
    """The fields that differ from the clean letter's without a doubt."""
    result, clean = parse(pdf.read(data)), parse(pdf.read(str(path)))
    found: list[str] = []
    if (
        len(result.letter.issues) != len(clean.letter.issues)
        and not result.incomplete
        and not result.notes
    ):
        found.append("issues")
    for field in field_ids(clean.letter):
        if field.issue is not None and result.incomplete:
            continue  # items are told to be missing: they cannot be told by number
        try:
            got = get_value(result.letter, field)
        except KeyError:
            continue
        seen = result.evidence.get(field)
        if got != get_value(clean.letter, field) and not (seen and seen.doubt):
            found.append(field.key)
    return found


@pytest.mark.parametrize("kind", stamps.ALL)
def test_no_stamp_is_read_as_the_letter(kind: str) -> None:
    for number, path in enumerate(LETTERS):
        assert silently_wrong(stamps.stamped(path.read_bytes(), kind, 60 + number), path) == []


@pytest.mark.parametrize("kind", damage.ALL)
def test_no_damage_goes_unnoticed(kind: str) -> None:
    for number, path in enumerate(LETTERS):
        other = LETTERS[number - 1].read_bytes()
        data = damage.damaged(path.read_bytes(), other, kind, 60 + number)
        assert silently_wrong(data, path) == []


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
