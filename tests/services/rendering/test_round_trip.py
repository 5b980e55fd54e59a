"""A letter written and read again is the same letter, or says where it may not be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.evidence import Evidence, ParseResult
from app.letter import (
    Basis,
    Citation,
    Decision,
    Guideline,
    Header,
    Issue,
    Letter,
    Patient,
    Request,
    Reviewer,
    Source,
    field_ids,
    get_value,
)
from app.services import vocabularies
from app.services.citations import Side, Style, read_guideline, write_guideline
from app.services.citations.known import KnownGuideline, known_guidelines
from app.services.citations.writing import in_style
from app.services.language.partial_approval import join_title
from app.services.parsing import parse
from app.services.pdf import read
from tests.budget import examples
from tests.services.rendering.letters import renderer

RENDERER = renderer()
STYLES = {
    "maximus-2016": Style.SECTIONS_2016,
    "maximus-2015": Style.PAGES_2014,
    "maximus-2014": Style.PAGES_2014,
}
NOT_PRINTED = ("cover.", "summary_facts.")
"""Fields that these layouts do not print, and those that the summary's words decide."""

_WORDS = (
    "the patient has pain of both knees and a MRI showed L5-S1 disc bulge 3mm without contrast (left) 7.5mg "
    "#60 50% x-ray post-operative 09/19/2016 09-19-16 VAS 7/10 and/or Norco, Upheld Decision rationale "
    "guideline MTUS Section(s) Dr. Overturned weaning; Physical THERAPY 2x6 C5-6 “quoted” worker’s NSAIDs: "
    "e.g. No. 12 twelve-week electromyography/NCS"
)
WORDS = st.sampled_from(_WORDS.split())
BODY = st.lists(WORDS, min_size=3, max_size=28).map(" ".join)
SENTENCE = st.builds(
    lambda first, body: f"{first} {body} again.",
    st.sampled_from(("The records say", "On examination", "There was", "MRI", "An x-ray of")),
    BODY,
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=5).map(" ".join)
TEXT = st.lists(PARAGRAPH, min_size=1, max_size=3).map("\n".join)
ITEM = st.sampled_from((
    "MRI of the lumbar spine without contrast",
    "PHYSICAL THERAPY 2 X 6 FOR THE LEFT SHOULDER",
    "Norco 10/325mg #60",
    "Associated surgical service: Cold therapy unit, 7 day rental",
    "Retrospective: Urine drug screen, DOS: 09/19/2016",
    "EMG/NCV of the bilateral upper extremities (CPT 95886, 95910)",
    "Lumbar epidural steroid injection at L4-L5, L5-S1 under fluoroscopic guidance with a follow-up "
    "visit in two weeks and a pre-operative clearance by an internist: EKG, CBC, CMP and chest x-ray",
    "Chiropractic, 12 visits.",
    "X",
))  # fmt: skip
YEARS = {"maximus-2016": 2016, "maximus-2015": 2015, "maximus-2014": 2014}
CASES_A_DAY = 690


def _citable(style: Style) -> list[KnownGuideline]:
    """What letters of that time cite; by page only what has pages."""
    by_page = style is Style.PAGES_2014
    mtus = [
        entry
        for entry in known_guidelines()
        if entry.source is Source.MTUS and (entry.last_page is not None or not by_page)
    ]
    return mtus + [entry for entry in known_guidelines() if entry.source is Source.ODG]


CITABLE = {style: _citable(style) for style in Style}


@st.composite
def citations(draw: st.DrawFn, style: Style) -> Citation:
    known = draw(st.sampled_from(CITABLE[style]))
    names = [section.name for section in known.sections]
    sections: list[str] = []
    pages: str | None = None
    if known.source is Source.MTUS and style is Style.PAGES_2014:
        assert known.first_page is not None
        assert known.last_page is not None
        first = draw(st.integers(known.first_page, known.last_page))
        last = draw(st.integers(first, min(first + 3, known.last_page)))
        pages = str(first) if first == last else f"{first}-{last}"
    elif names:
        sections = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    citation = Citation(
        source=known.source,
        title=known.title,
        chapter=known.chapter or None,
        edition=known.edition or None,
        sections=tuple(sections),
        pages=pages,
    )
    return in_style(citation, style)


@st.composite
def guidelines(draw: st.DrawFn, side: Side, style: Style) -> Guideline:
    cited = draw(st.lists(citations(style), max_size=3))
    basis = draw(st.sampled_from((Basis.NONE, Basis.OUTSIDE)))
    return read_guideline(write_guideline(cited, side, style, basis=basis)).guideline


@st.composite
def issues(draw: st.DrawFn, number: int, style: Style) -> Issue:
    title, request = draw(ITEM), None
    if draw(st.integers(0, 3)) == 0:
        whole = f"{draw(ITEM).rstrip('.')}, 12 sessions"
        rest = draw(
            st.sampled_from((whole, "8 sessions"))
        )  # the first is told by the second sentence
        request = Request(original=whole, authorized="4 sessions", in_dispute=rest)
        title = join_title(request)
    return Issue(
        id=number,
        title=title,
        decision=draw(st.sampled_from(Decision)),
        request=request,
        claims_administrator_guideline=draw(guidelines(Side.CLAIMS_ADMINISTRATOR, style)),
        maximus_guideline=draw(guidelines(Side.MAXIMUS, style)),
        rationale=f"{draw(TEXT)} Therefore, the request is not medically necessary.",
    )


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


@st.composite
def letters(draw: st.DrawFn, layout: str) -> Letter:
    year = YEARS[layout]
    received = date(year, 3, 1) + timedelta(days=draw(st.integers(0, 200)))
    assigned = _weekday(received + timedelta(days=draw(st.integers(2, 30))))
    decided = _weekday(assigned + timedelta(days=draw(st.integers(10, 35))))
    denied = received - timedelta(days=draw(st.integers(1, 30)))
    hurt = denied - timedelta(days=draw(st.integers(3, 9000)))
    running = (received - date(year, 1, 1)).days * CASES_A_DAY + draw(st.integers(0, CASES_A_DAY))
    age, sex = draw(st.integers(18, 90)), draw(st.sampled_from(("male", "female")))
    person = f"The injured worker is a {age}-year-old {sex} injured on {hurt:%m/%d/%Y}."
    count = draw(st.integers(1, 6))
    sentence = layout == "maximus-2014"
    specialties = st.lists(
        st.sampled_from(vocabularies.specialties()), min_size=1, max_size=1 if sentence else 4, unique=True
    )  # fmt: skip
    return Letter(
        layout=layout,
        header=Header(
            case_number=f"CM{year % 100}-{running:07}",
            date_assigned=assigned,
            date_of_injury=hurt,
            decision_date=decided,
            ur_denial_date=denied,
            priority=draw(st.sampled_from(("Standard", "Expedited"))),
            application_received=received,
        ),
        reviewer=Reviewer(
            licensure=tuple(draw(st.lists(st.sampled_from(vocabularies.states()), min_size=1, max_size=4, unique=True))),
            specialties=tuple(draw(specialties)),
        ),
        patient=Patient(age=age, sex=sex, date_of_injury=hurt),
        clinical_summary=f"{person} {draw(TEXT)}",
        issues=tuple(draw(issues(number, STYLES[layout])) for number in range(count)),
        issues_made=count,
    )  # fmt: skip


def silently_wrong(letter: Letter, result: ParseResult) -> list[tuple[str, object, object]]:
    """The fields read otherwise than written, without a doubt that says so."""
    if len(result.letter.issues) != len(letter.issues):
        unsure = [
            field.key
            for field, seen in result.evidence.items()
            if field.issue is not None and seen.doubt
        ]
        return (
            []
            if unsure or result.notes
            else [("issues", len(letter.issues), len(result.letter.issues))]
        )
    wrong: list[tuple[str, object, object]] = []
    for field in field_ids(letter):
        seen = result.evidence.get(field)
        written, found = get_value(letter, field), get_value(result.letter, field)
        if field.name.startswith(NOT_PRINTED) or (seen is not None and seen.doubt):
            continue
        if written != found and not _only_at_page_turns(written, found, seen):
            wrong.append((field.key, written, found))
    return wrong


def _only_at_page_turns(written: object, found: object, seen: Evidence | None) -> bool:
    """Whether all that differs is a paragraph's end that no print could show.

    It cannot be seen where the last row of a page is full and ends with a full stop.
    """
    if not isinstance(written, str) or not isinstance(found, str) or seen is None:
        return False
    if written.replace("\n", " ") != found.replace("\n", " "):
        return False
    lost = sum(one != other for one, other in zip(written, found, strict=True))
    return lost <= len(seen.places) - 1


@pytest.mark.parametrize("layout", STYLES)
def test_a_letter_reads_back_as_written_or_says_where_not(layout: str) -> None:
    @settings(
        max_examples=examples(25),
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),  # making a failure small would take minutes
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(letters(layout))
    def check(letter: Letter) -> None:
        result = parse(read(RENDERER.render(letter, layout).pdf))
        assert silently_wrong(letter, result) == []
        assert result.layout == layout
        doubted = sum(1 for seen in result.evidence.values() if seen.doubt)
        assert doubted <= 8

    check()
