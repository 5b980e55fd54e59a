"""Form data attached to a PDF: the page is the letter, they only add what no page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.evidence import Doubt, ParseResult
from app.letter import Citation, Cover, Decision, FieldId, Guideline, Letter, Source
from app.services.form_data import ATTACHMENT, with_form_data
from app.services.interchange import encode_letter
from app.services.parsing import parse
from app.services.pdf import PdfText, read
from app.services.rendering import make_renderer
from app.services.settings import Settings
from tests.budget import examples
from tests.ui.made_letters import letter

SHOWN = letter(issues=2, summary_doi="09/13/2016")


@pytest.fixture(scope="module")
def page() -> PdfText:
    """The letter as its pages have it, with nothing attached."""
    return read(make_renderer(Settings()).render(SHOWN, layout="maximus-2016").pdf)


@pytest.fixture(scope="module")
def alone(page: PdfText) -> ParseResult:
    return parse(page)


def attach(page: PdfText, data: bytes) -> PdfText:
    return msgspec.structs.replace(page, attachments={ATTACHMENT: data})


def test_what_says_the_same_settles_the_doubts_of_reading(
    page: PdfText, alone: ParseResult
) -> None:
    result = with_form_data(alone, attach(page, encode_letter(SHOWN)))
    assert [field.key for field, seen in result.evidence.items() if seen.doubt] == []
    assert result.letter.clinical_summary == SHOWN.clinical_summary


CHANGES: list[tuple[str, Callable[[Letter], Letter], str]] = [
    (
        "header.decision_date",
        lambda one: replace(one, header=replace(one.header, decision_date=date(2031, 1, 1))),
        "01/01/2031",
    ),
    (
        "issues.0.decision",
        lambda one: replace(
            one,
            issues=(
                replace(
                    one.issues[0],
                    decision=Decision.UPHELD
                    if one.issues[0].decision is Decision.OVERTURNED
                    else Decision.OVERTURNED,
                ),
                *one.issues[1:],
            ),
        ),
        "",
    ),
    (
        "reviewer.specialties",
        lambda one: replace(one, reviewer=replace(one.reviewer, specialties=("Astrology",))),
        "Astrology",
    ),
    (
        "issues.1.rationale",
        lambda one: replace(
            one, issues=(one.issues[0], replace(one.issues[1], rationale="Quite another reason."))
        ),
        "Quite another reason.",
    ),
    (
        "clinical_summary",
        lambda one: replace(one, clinical_summary=one.clinical_summary + " He also walks well."),
        "walks well",
    ),
]


@pytest.mark.parametrize(("key", "change", "words"), CHANGES, ids=[key for key, _, _ in CHANGES])
def test_a_difference_keeps_the_pages_value_and_tells_both(
    page: PdfText, alone: ParseResult, key: str, change: Callable[[Letter], Letter], words: str
) -> None:
    result = with_form_data(alone, attach(page, encode_letter(change(SHOWN))))
    field = FieldId.from_key(key)
    doubt = result.evidence[field].doubt
    assert doubt is not None
    assert words in doubt
    assert "page" in doubt
    doubted = [seen for seen, about in result.evidence.items() if about.doubt]
    assert doubted == [field]
    changed = with_form_data(alone, attach(page, encode_letter(SHOWN)))
    assert result.letter == changed.letter, "the data change nothing that the page says"


def test_what_no_page_prints_is_added_and_told(page: PdfText, alone: ParseResult) -> None:
    cover = Cover(employee="Robin Q. Sample", claim_number="77-ABC-123")
    result = with_form_data(alone, attach(page, encode_letter(replace(SHOWN, cover=cover))))
    assert result.letter.cover == cover
    assert any("Claim number" in note for note in result.notes)
    assert result.evidence[FieldId("cover.employee")].places == ()
    assert result.evidence[FieldId("cover.employee")].doubt is None


def test_what_the_page_should_say_and_does_not_is_added_with_a_doubt(
    page: PdfText, alone: ParseResult
) -> None:
    field = FieldId("header.priority")
    header = replace(alone.letter.header, priority="")
    seen = replace(alone.evidence[field], doubts=(Doubt(words="There is no priority."),), places=())
    gap = replace(
        alone,
        letter=replace(alone.letter, header=header),
        evidence={**alone.evidence, field: seen},
    )
    result = with_form_data(gap, attach(page, encode_letter(SHOWN)))
    assert result.letter.header.priority == SHOWN.header.priority
    assert result.evidence[field].doubt is not None


def test_of_a_page_without_text_every_value_of_the_data_is_a_doubt() -> None:
    blank = PdfText(attachments={ATTACHMENT: encode_letter(SHOWN)})
    result = with_form_data(parse(blank), blank)
    assert result.layout == "unknown"
    assert result.evidence[FieldId("header.case_number")].doubt is not None
    assert result.letter.issues == (), "no page shows an item"
    assert any(SHOWN.issues[0].title in note for note in result.notes)


def test_items_that_only_one_side_has_are_told(page: PdfText, alone: ParseResult) -> None:
    fewer = replace(SHOWN, issues=SHOWN.issues[:1])
    result = with_form_data(alone, attach(page, encode_letter(fewer)))
    assert len(result.letter.issues) == 2
    assert result.evidence[FieldId("issue.title", 1)].doubt is not None
    more = replace(SHOWN, issues=(*SHOWN.issues, replace(SHOWN.issues[0], title="Sauna visits")))
    result = with_form_data(alone, attach(page, encode_letter(more)))
    assert len(result.letter.issues) == 2
    assert any("Sauna visits" in note for note in result.notes)


def test_a_citation_that_the_page_does_not_print_is_not_taken(
    page: PdfText, alone: ParseResult
) -> None:
    one = SHOWN.issues[0]
    forged = Citation(source=Source.ODG, title="Elbow", text="ODG, Elbow, 2019")
    guideline = Guideline(
        text=one.maximus_guideline.text, basis=one.maximus_guideline.basis, citations=(forged,)
    )
    changed = replace(SHOWN, issues=(replace(one, maximus_guideline=guideline), SHOWN.issues[1]))
    result = with_form_data(alone, attach(page, encode_letter(changed)))
    kept = result.letter.issues[0].maximus_guideline
    assert forged not in kept.citations
    assert kept.text == one.maximus_guideline.text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not JSON at all",
        b"[" * 100_000,
        b'{"schema": 9}',
        b'{"schema": 1, "clinical_summary": "caf\xe9"}',
        b'{"schema": 1, "clinical_summary": "\\ud800"}',
        '{"schema": 1}'.encode("utf-16"),
        b'{"invoice": 12}',
        b'{"schema": 1, "issues": 3}',
        b'{"schema": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_what_is_no_form_data_is_told_and_the_page_is_read(
    page: PdfText, alone: ParseResult, data: bytes
) -> None:
    result = with_form_data(alone, attach(page, data))
    assert result.letter == alone.letter
    assert result.evidence == alone.evidence
    assert ATTACHMENT in result.notes[-1]


@settings(max_examples=examples(60), deadline=None)
@given(at=st.integers(0, 5000), byte=st.integers(0, 255))
def test_data_that_were_tampered_with_anywhere_change_no_printed_value(at: int, byte: int) -> None:
    data = bytearray(encode_letter(SHOWN))
    data[at % len(data)] = byte
    text, alone = _read_once()
    result = with_form_data(alone, attach(text, bytes(data)))
    for field, seen in alone.evidence.items():
        if seen.places and field.name in ("issue.decision", "header.case_number"):
            assert _value(result, field) == _value(alone, field)


def _value(result: ParseResult, field: FieldId) -> object:
    from app.letter import get_value

    return get_value(result.letter, field)


_once: list[tuple[PdfText, ParseResult]] = []


def _read_once() -> tuple[PdfText, ParseResult]:
    if not _once:
        text = read(make_renderer(Settings()).render(SHOWN, layout="maximus-2016").pdf)
        _once.append((text, parse(text)))
    return _once[0]


def test_a_file_of_ours_reads_back_through_its_pdf() -> None:
    pdf = make_renderer(Settings()).render(SHOWN, form_data=encode_letter(SHOWN)).pdf
    assert ATTACHMENT in pymupdf.open(stream=pdf).embfile_names()
    text = read(pdf)
    assert with_form_data(parse(text), text).letter.issues[0].title == SHOWN.issues[0].title
