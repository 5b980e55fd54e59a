"""What was read from a letter is printed with the spaces it had there."""

from __future__ import annotations

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.evidence import texts_as_read
from app.letter import FieldId
from app.services.parsing import parse
from app.services.pdf import read
from app.services.rendering.spacing import HOLDING_HYPHEN, ends_page, respaced
from tests.budget import examples
from tests.services.rendering.letters import letter, renderer

RENDERER = renderer()
SUMMARY = FieldId("clinical_summary")


def lines_of(pdf: bytes) -> list[str]:
    with pymupdf.open(stream=pdf) as document:
        text = [line for page in document for line in page.get_text().splitlines()]
    return [line.strip() for line in text]


@pytest.mark.parametrize(("value", "printed", "spaced"), [
    ("One. Two. Three.", "One.  Two. Three.", "One.  Two. Three."),
    ("One. Two. Three.", "", "One. Two. Three."),
    ("One. Two. Three.", "Another text.  Of its own.", "One. Two. Three."),
    ("One. New words. Three. Four.", "One.  Two.  Three.  Four.", "One. New words.  Three.  Four."),
    ("One. Six.", "  One.  Two.  Six.", " One. Six."),
    ("a post-operative visit", "a  post- operative  visit", "a  post-operative  visit"),
    ("On 11-9-16 again", "On 11\u20119\u201116 again", "On 11-9-16 again".replace("-", HOLDING_HYPHEN)),
    ("neck strain", "neck\xa0strain", "neck\xa0strain"),
    ("One.\nTwo. Three.", "One.  Two.  Three.\f", "One.\nTwo.  Three."),
    ("a radiculopathy. Two.", "a radicul- opathy.  Two.", "a radicul\u00adopathy.  Two."),
    ("an edit, radiculopathy here", "radicul- opathy", "an edit, radiculopathy here"),
    ("radiculopathy, edited", "radicul- opathy", "radicul\u00adopathy, edited"),
    ("Labs - PT", "Labs- PT", "Labs - PT"),
    ("x", "x" + " " * 5000 + "y", "x"),
])  # fmt: skip
def test_spaces_as_printed(value: str, printed: str, spaced: str) -> None:
    assert respaced(value, printed) == spaced


@pytest.mark.parametrize(
    ("printed", "known"), [(None, None), ("", False), ("a", False), ("a\f", True)]
)
def test_whether_the_page_ended(printed: str | None, known: bool | None) -> None:
    assert ends_page(printed) is known


@given(st.text("ab-. \n\xa0\u2011", max_size=30), st.text("ab-. \n\f\xa0\u2011", max_size=30))
def test_the_words_are_always_those_of_the_value(value: str, printed: str) -> None:
    value = " ".join(value.split(" ")).replace("\xa0", "")
    spaced = respaced(value, printed).replace(HOLDING_HYPHEN, "-")
    assert spaced.split() == value.split()


@pytest.mark.parametrize(("printed", "plain", "spaced"), [
    ("it is said.  Then he went", "Then", "said."),
    ("he came on 12\u20113\u20112016 for it", "12-", "on"),
    ("he has a neck\xa0strain and more", "neck", "a"),
])  # fmt: skip
def test_lines_end_where_they_ended(printed: str, plain: str, spaced: str) -> None:
    """Somewhere as the text before it grows, a line ends in another place than without."""
    assert any(ends_of_the_line(printed, count) == (plain, spaced) for count in range(40))


def ends_of_the_line(printed: str, count: int) -> tuple[str, str]:
    """The last word of the first line, as set without and with what was printed."""
    text = "i" * count + " word" * 13 + " " + printed
    value = text.replace("\u2011", "-").replace("\xa0", " ").replace("  ", " ")
    case = replace(letter(1), clinical_summary=value)
    both = (RENDERER.render(case), RENDERER.render(case, as_read={SUMMARY: text}))
    plain, spaced = (next(line for line in lines_of(it.pdf) if "word word" in line) for it in both)
    return plain.split()[-1], spaced.split()[-1]


def test_a_letter_of_ours_is_set_again_line_by_line() -> None:
    text = "The baker slipped.  He fell on 12-13-2016, and hurt a wrist.  It was sore. " * 9
    case = replace(letter(2), clinical_summary=" ".join(text.split()))
    first = RENDERER.render(case, as_read={SUMMARY: text}).pdf
    result = parse(read(first))
    assert result.letter.clinical_summary == case.clinical_summary
    again = RENDERER.render(result.letter, as_read=texts_as_read(result.evidence)).pdf
    assert lines_of(again) == lines_of(first)
    assert lines_of(RENDERER.render(case).pdf) != lines_of(first)


@pytest.mark.parametrize(("printed", "alone"), [(None, False), ("{}", True), ("{}\f", False)])
def test_the_heading_of_the_issues_at_the_end_of_a_page(printed: str | None, alone: bool) -> None:
    """It stays with its sentence unless the letter that was read had it alone."""
    assert any(heading_stands_alone(printed, count) for count in range(300, 420, 10)) is alone


def heading_stands_alone(printed: str | None, count: int) -> bool:
    text = " ".join(["word"] * count)
    case = replace(letter(1), clinical_summary=text)
    as_read = None if printed is None else {SUMMARY: printed.format(text)}
    with pymupdf.open(stream=RENDERER.render(case, as_read=as_read).pdf) as document:
        return document[0].get_text().split()[-1] == "RATIONALES"


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_printed_text_can_act(text: str, printed: str) -> None:
    case = replace(letter(1), clinical_summary=text)
    for as_read in ({SUMMARY: printed}, {SUMMARY: text.replace(" ", "  ") + "\f"}):
        assert RENDERER.render(case, as_read=as_read).pages >= 1
