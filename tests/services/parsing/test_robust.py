"""Whatever the pages hold: a result, never an exception, in time linear in the pages."""

from __future__ import annotations

import time
from random import Random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.evidence import ParseResult
from app.letter import SPEC_BY_NAME
from app.services import pdf
from app.services.parsing import parse
from app.services.parsing.sheet import lay_out
from app.services.pdf import PdfPage, PdfText, Word
from tests.budget import examples
from tests.letters.make import FOLDER
from tests.services.parsing.factories import LEAD, SUMMARY, TOP, issue_of, letter_of, text_of

EDGE = st.floats(0, 1, allow_nan=False)
PHRASES = [
    *" ".join((*TOP, *SUMMARY, *LEAD, *issue_of())).replace("*", "").split(),
    "was", "the", "original", "request.", "Upheld", "Overturned", "1)", "Regarding", "ISSUE", "AT", "DISPUTE", "-", "\u00ad",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(PHRASES), st.text(min_size=1, max_size=12))


@st.composite
def words(draw: st.DrawFn) -> Word:
    x, y = draw(EDGE), draw(EDGE)
    box = (x, y, draw(st.floats(x, 1)), draw(st.floats(y, 1)))
    return Word(draw(TEXT), box, draw(st.booleans()), draw(st.integers(0, 50)))


PAGES = st.lists(st.lists(words(), max_size=40), max_size=4)


def check(result: ParseResult) -> None:
    assert isinstance(result, ParseResult)
    for field, seen in result.evidence.items():
        assert field.name in SPEC_BY_NAME
        assert seen.doubt is None or seen.doubt.strip()
        for place in seen.places:
            assert 1 <= place.page <= result.pages
            assert place.boxes


@settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
@example([[]], 90)
@given(PAGES, st.sampled_from([0, 90, 180, 270]))
def test_any_words_anywhere(pages: list[list[Word]], turned: int) -> None:
    made = tuple(
        PdfPage(n, 612, 792, turned).with_words(page) for n, page in enumerate(pages, start=1)
    )
    check(parse(PdfText(pages=made, has_text=any(pages))))


@settings(max_examples=examples(120), deadline=None)
@given(st.permutations(list(range(30))), st.integers(0, 30), st.integers(0, 30))
def test_shuffled_and_cut_rows(order: list[int], start: int, end: int) -> None:
    rows = [*TOP, *SUMMARY, *LEAD, *issue_of(), *issue_of()]
    shuffled = [rows[at] for at in order if at < len(rows)]
    check(parse(text_of(shuffled[:start], shuffled[start : start + end], shuffled[end:])))


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.sampled_from([*TOP, *SUMMARY, *LEAD, *issue_of()]), max_size=60))
def test_rows_again_and_again(rows: list[str]) -> None:
    check(parse(text_of(rows)))


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_a_letter_that_lost_any_of_its_words(data: st.DataObject) -> None:
    page = letter_of(issue_of(), issue_of("*Walker:* Overturned")).pages[0]
    kept = data.draw(st.sets(st.integers(0, len(page.texts) - 1)))
    left = [word for number, word in enumerate(page.words) if number not in kept]
    check(parse(PdfText(pages=(page.with_words(left),), has_text=bool(left))))


MADE = [pdf.read(path) for path in sorted(FOLDER.glob("*.pdf"))]


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 2**32))
def test_mangled_letters_of_every_form(seed: int) -> None:
    chance = Random(seed)
    pages = [page for text in chance.sample(MADE, 2) for page in text.pages]
    chance.shuffle(pages)
    mangled: list[PdfPage] = []
    for number, page in enumerate(pages, start=1):
        words = list(page.words)
        way = chance.randrange(4)
        if way == 0:
            words = [word for word in words if chance.random() > 0.15]
        elif way == 1:
            words = words[chance.randrange(len(words) + 1) :]
        elif way == 2:
            words = [
                replace(
                    word,
                    text="".join(
                        chance.choice("lIO0:;.-x") if chance.random() < 0.05 else c
                        for c in word.text
                    ),
                )
                for word in words
            ]
        mangled.append(replace(page.with_words(words), number=number))
    check(parse(PdfText(pages=tuple(mangled), has_text=True)))


def test_turned_pages_read_the_same() -> None:
    upright = letter_of()
    page = upright.pages[0]
    turned = {
        90: lambda b: (1 - b[3], b[0], 1 - b[1], b[2]),
        180: lambda b: (1 - b[2], 1 - b[3], 1 - b[0], 1 - b[1]),
        270: lambda b: (b[1], 1 - b[2], b[3], 1 - b[0]),
    }
    for degrees, turn in turned.items():
        moved = [replace(word, box=turn(word.box)) for word in page.words]
        shown = PdfPage(1, 792, 612, degrees).with_words(moved)
        text = PdfText(pages=(shown,), has_text=True)
        assert parse(text).letter == parse(upright).letter


def test_empty_file_and_empty_pages() -> None:
    check(parse(PdfText()))
    check(parse(text_of([], [], [])))
    assert lay_out(PdfText()).texts == []


def _seconds(pages: int) -> float:
    body = [*issue_of(), *(["The records go on and on about the same complaint of pain."] * 25)]
    text = text_of([*TOP, *SUMMARY, *LEAD], *([body] * pages))
    started = time.process_time()
    check(parse(text))
    return time.process_time() - started


def test_time_is_linear_in_the_pages() -> None:
    """Ten times the pages may take ten times as much work, with some room; not a hundred."""
    small = min(_seconds(60) for _ in range(3))
    large = min(_seconds(600) for _ in range(2))
    assert large < small * 35
