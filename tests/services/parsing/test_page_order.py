"""Pages put in twice, folded into a booklet, lost between two items; words clipped away or glued."""

from __future__ import annotations

from functools import cache

import pymupdf
import pytest
from msgspec.structs import replace

from app.evidence import ParseResult
from app.letter import Decision, FieldId, Letter
from app.services.parsing import parse
from app.services.pdf import read
from tests.services.rendering.letters import letter, renderer

ITEMS = ("Knee brace", "Cervical traction unit", "Topical salicylate", "Sleep laboratory study", "Gym membership")  # fmt: skip
TOLD = "Last week it was weighed in a dozen ways whether the knee gains by it or not at all. "


def made() -> Letter:
    """A letter of five items on some five pages, none of which says the same as another."""
    one = letter(1)
    issues = tuple(
        replace(
            one.issues[0],
            id=number,
            title=title,
            decision=Decision.UPHELD,
            request=None,
            rationale=f"{title} was looked at. " + TOLD * (12 + number) + f"{title} is not medically necessary.",
        )
        for number, title in enumerate(ITEMS)
    )  # fmt: skip
    summary = (
        f"A 40-year-old female baker slipped on flour. {TOLD * 22}A request for knee brace, cervical "
        "traction unit, topical salicylate, sleep laboratory study and gym membership was denied."
    )
    return replace(one, clinical_summary=summary, issues=issues, issues_made=len(issues))


@cache
def clean() -> bytes:
    return renderer().render(made(), "maximus-2016").pdf


def read_again(document: pymupdf.Document) -> ParseResult:
    return parse(read(document.tobytes()))


def texts(result: ParseResult) -> tuple[object, ...]:
    found = result.letter
    return (
        found.clinical_summary,
        [(issue.title, issue.decision, issue.rationale) for issue in found.issues],
    )


def doubts(result: ParseResult, name: str, issue: int | None = None) -> str:
    seen = result.evidence.get(FieldId(name, issue))
    return (seen.doubt or "") if seen else ""


def assert_right_or_doubted(result: ParseResult) -> None:
    right = parse(read(clean())).letter
    assert len(result.letter.issues) == len(right.issues)
    assert doubts(result, "clinical_summary") or (
        result.letter.clinical_summary == right.clinical_summary
    )
    for one, other in zip(result.letter.issues, right.issues, strict=True):
        assert one.title == other.title
        assert one.rationale == other.rationale or doubts(result, "issue.rationale", one.id)


def test_of_a_page_put_in_twice_the_copy_is_read_where_the_text_goes_on() -> None:
    for page, places in ((1, (1, 2, -1)), (2, (1, 3)), (3, (1, -1))):
        for place in places:
            document = pymupdf.open(stream=clean())
            document.fullcopy_page(page, place)
            assert_right_or_doubted(read_again(document))


def test_a_booklet_is_read_in_the_order_it_is_folded_in() -> None:
    whole = pymupdf.open(stream=clean())
    count = -(-len(whole) // 4) * 4
    sheets: list[tuple[int, int]] = []
    for at in range(count // 4):
        sheets += [(count - 1 - 2 * at, 2 * at), (2 * at + 1, count - 2 - 2 * at)]
    document = pymupdf.open()
    for halves in sheets:
        sheet = document.new_page(width=792, height=612)
        for left, number in zip((0, 396), halves, strict=True):
            if number < len(whole):
                sheet.show_pdf_page(pymupdf.Rect(left, 0, left + 396, 612), whole, number)
    assert texts(read_again(document)) == texts(parse(read(clean())))


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (0, 2, 3, 1), (0, 2, 1, 3), (3, 1, 2, 0)])
def test_pages_that_a_machine_has_put_out_of_order_are_read_as_the_text_goes_on(
    order: tuple[int, ...],
) -> None:
    document = pymupdf.open(stream=clean())
    assert len(document) == 4
    document.select(order)
    result = read_again(document)
    assert texts(result) == texts(parse(read(clean())))
    assert "out of order" in result.notes[0]


def test_pages_of_which_one_is_missing_keep_their_order() -> None:
    for gone in (1, 2):
        document = pymupdf.open(stream=clean())
        document.delete_page(gone)
        assert not any("out of order: they" in note for note in read_again(document).notes)


def test_the_end_of_another_letter_behind_it_is_not_put_between_its_pages() -> None:
    one = made()
    title = replace(one.issues[0], title="Shoulder sling", rationale=TOLD * 40)
    other = pymupdf.open(
        stream=renderer().render(replace(one, issues=(title, *one.issues[1:])), "maximus-2016").pdf
    )
    for tail in range(1, len(other)):
        document = pymupdf.open(stream=clean())
        document.insert_pdf(other, from_page=tail, to_page=tail)
        assert not any("out of order: they" in note for note in read_again(document).notes)


def test_records_behind_a_letter_are_none_of_its_last_text() -> None:
    document = pymupdf.open(stream=clean())
    page = document.new_page(width=612, height=792)
    for row in range(40):
        line = f"Visit {row}: the hand was looked at once more, and nothing new was found there."
        page.insert_text((72, 80 + 16 * row), line, fontname="tiro")
    result = read_again(document)
    assert texts(result) == texts(parse(read(clean())))
    assert any("left out" in note for note in result.notes)


def test_what_stands_before_the_first_item_and_belongs_to_none_is_told() -> None:
    document = pymupdf.open(stream=clean())
    text = parse(read(clean()))
    places = [
        text.evidence[FieldId("issue.title", issue.id)].places for issue in text.letter.issues
    ]
    pages = [place[0].page for place in places]
    assert pages[0] < pages[-1] - 1
    document.delete_pages(1, pages[-1] - 2)
    result = read_again(document)
    first = result.letter.issues[0]
    assert result.incomplete
    assert doubts(result, "issue.title", first.id) or doubts(result, "issue.rationale", first.id)


def test_words_outside_what_a_page_may_paint_are_not_read() -> None:
    document = pymupdf.open(stream=clean())
    page = document[1]
    hidden = pymupdf.open()
    behind = hidden.new_page(width=612, height=792)
    for row in range(40):
        behind.insert_text(
            (70, 80 + 16 * row), "None of this is seen on any page.", fontname="tiro"
        )
    page.show_pdf_page(
        pymupdf.Rect(0, 0, 612, 20), hidden, 0, clip=pymupdf.Rect(0, 0, 612, 20), keep_proportion=False
    )  # fmt: skip
    page.clean_contents()
    assert texts(read_again(document)) == texts(parse(read(clean())))


def test_a_decision_glued_to_its_title_is_none_of_it() -> None:
    text = read(clean())
    glued = replace(
        text,
        pages=tuple(
            page.with_words(
                replace(word, text=word.text.replace("brace:", "brace:Upheld"))
                for word, before in zip(page.words, ("", *page.texts), strict=False)
                if not (word.text == "Upheld" and before == "brace:")
            )
            for page in text.pages
        ),
    )
    first = parse(glued).letter.issues[0]
    assert (first.title, first.decision) == ("Knee brace", Decision.UPHELD)


def test_labels_of_items_inside_the_summary_tell_of_pages_out_of_order() -> None:
    document = pymupdf.open(stream=clean())
    document.move_page(3, 1)
    result = read_again(document)
    assert result.incomplete
    assert doubts(result, "clinical_summary")


def test_a_value_glued_to_its_label_is_read() -> None:
    text = read(clean())
    glue = {
        "Licensure:": "Licensure:Ohio,",
        "Certification(s)/Specialty:": "Certification(s)/Specialty:Psychiatry,",
    }
    glued = replace(
        text,
        pages=tuple(
            page.with_words(
                replace(word, text=glue.get(word.text, word.text)) for word in page.words
            )
            for page in text.pages
        ),
    )
    plain, reviewer = parse(text).letter.reviewer, parse(glued).letter.reviewer
    assert reviewer.licensure == ("Ohio", *plain.licensure)
    assert reviewer.specialties == ("Psychiatry", *plain.specialties)
