"""The last page of another letter behind a full last page: nothing of it is taken without a doubt."""

from __future__ import annotations

from functools import cache

import pymupdf
import pytest
from msgspec.structs import replace

from app.evidence import ParseResult
from app.letter import FieldId, Letter, Patient
from app.services.parsing import parse
from app.services.pdf import read
from tests.services.rendering.letters import letter, renderer

RENDERER = renderer()
CLOSED = "The request is not medically necessary."
OPEN = "The records of the visit in March were looked at."
FULL = 0.87
TAILS = {
    "a text that goes on": (
        "Guidelines ask for a trial of six visits before more are granted. The notes",
        "show no gain in strength. The treatment is not medically necessary.",
    ),
    "a sentence cut in two": (
        "and eight weeks of rest, after which no gain was written down. The treatment",
        "is not medically necessary.",
    ),
    "an item of its own": (
        "Decision rationale: The brace was asked for twice. It is not medically necessary.",
        "",
        "Hinged elbow brace: Upheld",
        "Claims Administrator guideline: The Claims Administrator did not cite any medical evidence",
        "for its decision.",
        "MAXIMUS guideline: The Expert Reviewer did not cite any medical evidence for its decision.",
        "Decision rationale: No need was shown. The brace is not medically necessary.",
    ),
}


def made(sentences: int, last: str) -> Letter:
    one = letter(1)
    summary = "The worker is a 40-year-old female baker who slipped on flour. " * 3
    rationale = "The reason is told here at some length and once more. " * sentences + last
    return replace(
        one,
        header=replace(one.header, case_number="CM16-0210001"),
        patient=Patient(age=40, sex="female"),
        clinical_summary=summary.strip(),
        issues=(replace(one.issues[0], rationale=rationale),),
    )


@cache
def full(last: str) -> bytes:
    """A letter whose last page is filled to its foot."""
    data = RENDERER.render(made(86, last), "maximus-2016").pdf
    assert max(read(data).pages[-1].bottoms) > FULL
    return data


def with_tail(last: str, lines: tuple[str, ...], *, behind_blank: bool = False) -> ParseResult:
    document = pymupdf.open(stream=full(last))
    if behind_blank:
        document.new_page(width=612, height=792)
    page = document.new_page(width=612, height=792)
    for number, line in enumerate(lines):
        page.insert_text((72, 82 + 13.8 * number), line, fontname="tiro", fontsize=12)
    return parse(read(document.tobytes()))


def is_doubted(result: ParseResult, name: str, issue: int) -> bool:
    seen = result.evidence.get(FieldId(name, issue))
    return bool(seen and seen.doubt)


@pytest.mark.parametrize("kind", TAILS)
def test_no_tail_is_taken_without_a_doubt(kind: str) -> None:
    result = with_tail(CLOSED, TAILS[kind])
    first = result.letter.issues[0]
    assert first.rationale.endswith(CLOSED) or is_doubted(result, "issue.rationale", 0)
    for issue in range(1, len(result.letter.issues)):
        assert is_doubted(result, "issue.title", issue)
        assert result.incomplete


def test_a_whole_item_behind_a_blank_page_may_be_of_another_letter() -> None:
    result = with_tail(CLOSED, TAILS["an item of its own"][2:], behind_blank=True)
    assert len(result.letter.issues) == 2
    assert is_doubted(result, "issue.title", 1)
    assert result.incomplete


def test_another_person_is_noticed_where_nothing_else_tells() -> None:
    lines = ("The patient is a 61-year-old male welder with pain of both hands. The splint is", "not medically necessary.")  # fmt: skip
    assert is_doubted(with_tail(OPEN, lines), "issue.rationale", 0)


def test_the_same_person_in_a_text_that_goes_on_is_no_doubt() -> None:
    lines = ("The patient is a 41-year-old female baker with pain of both hands. The splint is", "not medically necessary.")  # fmt: skip
    assert not is_doubted(with_tail(OPEN, lines), "issue.rationale", 0)


@pytest.mark.parametrize("last", [CLOSED, f"{OPEN} {CLOSED}"])
def test_a_letter_that_fills_its_last_page_is_not_doubted(last: str) -> None:
    result = parse(read(full(last)))
    assert [seen.doubt for seen in result.evidence.values() if seen.doubt] == []


def test_a_whole_item_behind_a_full_last_page_is_told_by_the_fonts_of_its_page() -> None:
    result = with_tail(CLOSED, TAILS["an item of its own"][2:])
    assert [is_doubted(result, "issue.title", issue.id) for issue in result.letter.issues] == [
        False,
        True,
    ]
    assert result.incomplete


def test_a_letter_bound_from_single_pages_is_no_letter_of_several_files() -> None:
    bound = pymupdf.open()
    for page in range(pymupdf.open(stream=full(CLOSED)).page_count):
        alone = pymupdf.open(stream=full(CLOSED))
        alone.select([page])
        bound.insert_pdf(pymupdf.open(stream=alone.tobytes(garbage=3)))
    result = parse(read(bound.tobytes()))
    assert [seen.doubt for seen in result.evidence.values() if seen.doubt] == []
