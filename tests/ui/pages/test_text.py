"""Reading order, joined lines and finding, on words with known places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.pdf import Word
from app.ui.pages.text import PageText
from tests.ui.pages.conftest import Document

HEIGHT = 0.015


def page(*lines: tuple[float, str], bold: bool = False) -> list[Word]:
    """Words of lines given by their top and text, 0.01 of the page a letter."""
    words: list[Word] = []
    for number, (top, text) in enumerate(lines):
        x = 0.1
        for token in text.split():
            width = 0.01 * len(token)
            words.append(Word(token, (x, top, x + width, top + HEIGHT), bold, number))
            x += width + 0.01
    return words


def whole(text: PageText) -> str:
    return text.text(range(len(text)))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([(0.10, "one two"), (0.12, "three")], "one two three"),
        ([(0.10, "one two"), (0.15, "three")], "one two\nthree"),
        ([(0.10, "had x-"), (0.12, "rays taken")], "had x-rays taken"),
        ([(0.10, "a dash -"), (0.12, "and on")], "a dash - and on"),
        ([(0.10, "ends in x-"), (0.16, "rays")], "ends in x-\nrays"),
    ],
)
def test_lines_are_joined_and_paragraphs_parted(
    lines: list[tuple[float, str]], joined: str
) -> None:
    assert whole(PageText([page(*lines)])) == joined


def test_a_sentence_runs_on_over_a_page_break() -> None:
    text = PageText([page((0.9, "the knee was")), page((0.1, "swollen."))])
    assert whole(text) == "the knee was swollen."
    text = PageText([page((0.9, "It was swollen.")), page((0.1, "The knee"))])
    assert whole(text) == "It was swollen.\nThe knee"


def test_words_are_read_row_by_row_whatever_their_order_in_the_file() -> None:
    words = page((0.1, "Number: CM16-0200001"), (0.13, "Injury: 02/07/2003"))
    labels_first = [words[0], words[2], words[1], words[3]]
    assert whole(PageText([labels_first])) == "Number: CM16-0200001\nInjury: 02/07/2003"


def test_text_that_runs_up_the_page_keeps_the_order_of_the_file() -> None:
    words = [
        Word("first", (0.1, 0.5, 0.115, 0.6), False, 0),
        Word("second", (0.1, 0.3, 0.115, 0.45), False, 0),
        Word("third", (0.2, 0.5, 0.215, 0.6), False, 1),
    ]
    text = PageText([words])
    assert [text.text([index]) for index in range(3)] == ["first", "second", "third"]
    assert text.line_of(0) == range(2)


@pytest.mark.parametrize(
    ("phrase", "whole_words", "count"),
    [
        ("KNEE", False, 3),
        ("knee", True, 2),
        ("x-rays taken", False, 1),
        ("the   brace was", False, 1),
        ("patient's", False, 1),
        ("10-15", False, 1),
        ("missing", False, 0),
        ("   ", False, 0),
        ("b.ace", False, 0),
    ],
)
def test_finding(phrase: str, whole_words: bool, count: int) -> None:
    text = PageText(
        [
            page((0.1, "The Knee had x-"), (0.12, "rays taken; kneecap; the")),
            page((0.1, "brace was for the patient’s knee (10–15)")),
        ]
    )
    assert len(text.find(phrase, whole_words=whole_words)) == count


def test_a_hit_over_a_line_break_has_a_box_on_each_line_and_page() -> None:
    text = PageText([page((0.1, "one two"), (0.12, "three")), page((0.1, "four"))])
    (hit,) = text.find("wo three fo")
    assert [place.page for place in hit.places] == [1, 2]
    assert hit.places[0].boxes[0][0] == pytest.approx(0.14 + 0.01)
    assert hit.places[0].boxes[0][2] == pytest.approx(0.17)
    assert hit.places[0].boxes[1] == pytest.approx((0.1, 0.12, 0.15, 0.135))
    assert hit.places[1].boxes[0] == pytest.approx((0.1, 0.1, 0.12, 0.115))


tokens = st.text("abcdeXYZ123ßİ", min_size=1, max_size=8)


@given(
    rows=st.lists(st.lists(tokens, min_size=1, max_size=9), min_size=1, max_size=6), data=st.data()
)
def test_every_word_is_found_where_it_stands(rows: list[list[str]], data: st.DataObject) -> None:
    words = [
        Word(token, (0.1 * i, 0.02 * y, 0.1 * i + 0.05, 0.02 * y + HEIGHT), False, y)
        for y, row in enumerate(rows)
        for i, token in enumerate(row)
    ]
    text = PageText([words])
    index = data.draw(st.integers(0, len(words) - 1))
    found = [hit.places[0].boxes[0] for hit in text.find(text.text([index]), whole_words=True)]
    assert any(box == pytest.approx(text.box_of(index)) for box in found)


def test_words_in_an_area_and_under_a_point(document: Document) -> None:
    text = PageText(document.words)
    (hit,) = text.find("CM16-0200001")[:1]
    x0, y0, x1, y1 = hit.places[0].boxes[0]
    number = text.word_at(1, (x0 + x1) / 2, (y0 + y1) / 2)
    assert number is not None
    assert text.text([number]) == "CM16-0200001"
    assert text.words_in(1, (x0 - 0.01, y0 - 0.01, x1 + 0.01, y1 + 0.01)) == (number,)
    assert text.word_at(1, 0.99, 0.99) is None
    assert text.word_at(99, 0.5, 0.5) is None
    assert text.nearest_word(1, 0.99, (y0 + y1) / 2) == number


def test_a_real_page_reads_as_written(document: Document) -> None:
    text = PageText(document.words)
    first = text.find("The worker")[0].places[0].boxes[0]
    word = text.word_at(1, first[0] + 0.005, (first[1] + first[3]) / 2)
    assert word is not None
    assert text.text(text.paragraph_of(word)) == (
        "The worker was seen for pain of the left knee and had x-rays taken. "
        "The knee was swollen and a brace was asked for by the treating physician."
    )
    assert text.text(text.line_of(word)).endswith("had x-")
