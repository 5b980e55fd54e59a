from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.letter import Basis, Citation, Source
from app.services.citations import (
    Side,
    Style,
    in_style,
    read_guideline,
    same_citation,
    with_citation,
    write_guideline,
)
from app.services.citations.known import KnownGuideline, known_guidelines
from tests.services.citations.cited import ADDRESS, BRACES, PAGED, STUDIES, cited, field_of


@pytest.mark.parametrize(
    ("citations", "side", "style", "written"),
    [
        (
            (),
            Side.CLAIMS_ADMINISTRATOR,
            Style.SECTIONS_2016,
            "The Claims Administrator did not cite any medical evidence for its decision.",
        ),
        (
            (STUDIES,),
            Side.MAXIMUS,
            Style.SECTIONS_2016,
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies.",
        ),
        (
            (PAGED,),
            Side.MAXIMUS,
            Style.PAGES_2014,
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-304.",
        ),
        (
            (BRACES, STUDIES),
            Side.MAXIMUS,
            Style.SECTIONS_2016,
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies. Decision "
            "based on Non-MTUS Citation Official Disability Guidelines (ODG), Knee & Leg Chapter, "
            "Braces; Canes, walkers.",
        ),
        (
            (BRACES, ADDRESS),
            Side.MAXIMUS,
            Style.SECTIONS_2016,
            "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS "
            "Guidelines. Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), "
            "Knee & Leg Chapter, Braces; Canes, walkers and www.example.org.",
        ),
        (
            (ADDRESS,),
            Side.CLAIMS_ADMINISTRATOR,
            Style.PAGES_2014,
            "The Claims Administrator did not base their decision on the MTUS. Decision based on "
            "Non-MTUS Citation www.example.org.",
        ),
    ],
)
def test_writes_both_house_styles(
    citations: tuple[Citation, ...], side: Side, style: Style, written: str
) -> None:
    assert write_guideline(citations, side, style) == written
    read = read_guideline(written)
    assert read.problems == ()
    assert len(read.guideline.citations) == len(citations)
    assert all(any(same_citation(c, r) for r in read.guideline.citations) for c in citations)


@pytest.mark.parametrize(
    ("style", "words"),
    [(Style.PAGES_2014, "did not base"), (Style.SECTIONS_2016, "outside of the MTUS")],
)
def test_outside_without_a_source_has_its_own_sentence(style: Style, words: str) -> None:
    written = write_guideline((), Side.MAXIMUS, style, basis=Basis.OUTSIDE)
    assert words in written
    assert read_guideline(written).guideline.basis is Basis.OUTSIDE


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("known", known_guidelines(), ids=lambda known: known.key)
def test_every_known_guideline_survives_the_letter(known: KnownGuideline, style: Style) -> None:
    sections = tuple(section.name for section in known.sections)
    for some in ((), sections[:1], sections[-3:], sections):
        whole = Citation(
            source=known.source,
            title=known.title,
            chapter=known.chapter or None,
            edition=known.edition or None,
            sections=some,
            pages="12-13" if known.first_page else None,
        )
        citation = in_style(whole, style)
        written = write_guideline((citation,), Side.MAXIMUS, style)
        read = read_guideline(written).guideline.citations
        assert [same_citation(citation, one) for one in read] == [True], written


@pytest.mark.parametrize("style", Style)
def test_all_known_guidelines_survive_one_sentence(style: Style) -> None:
    citations = tuple(
        in_style(
            Citation(
                source=known.source,
                title=known.title,
                chapter=known.chapter or None,
                edition=known.edition or None,
                sections=tuple(section.name for section in known.sections[:2]),
            ),
            style,
        )
        for known in known_guidelines()
    )
    for start in range(0, len(citations), 6):
        some = citations[start : start + 6]
        read = read_guideline(write_guideline(some, Side.MAXIMUS, style)).guideline.citations
        assert len(read) == len(some)
        assert all(map(same_citation, some, read))


@given(st.lists(cited(), min_size=1, max_size=5), st.sampled_from(Side), st.sampled_from(Style))
def test_what_is_written_is_read_again(citations: list[Citation], side: Side, style: Style) -> None:
    guideline = field_of(citations, side, style)
    read = read_guideline(guideline.text).guideline
    assert len(read.citations) == len(guideline.citations)
    assert all(map(same_citation, read.citations, guideline.citations)), guideline.text
    assert read.basis is guideline.basis
    assert write_guideline(read.citations, side, style) == guideline.text


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("known", known_guidelines(), ids=lambda known: known.key)
def test_a_place_put_to_a_chapter_is_written_in_the_style_of_the_field(
    known: KnownGuideline, style: Style
) -> None:
    bare = Citation(
        source=known.source,
        title=known.title,
        chapter=known.chapter or None,
        edition=known.edition or None,
    )
    more = [replace(bare, sections=(section.name,)) for section in known.sections[:2]]
    more += [replace(bare, pages="7")] if known.first_page else []
    field = field_of([bare, *more], Side.MAXIMUS, style)
    read = read_guideline(field.text).guideline
    assert write_guideline(read.citations, Side.MAXIMUS, style) == field.text


def test_a_misprinted_name_is_written_right_and_an_odd_one_kept() -> None:
    read = read_guideline("Decision based on MTUS Low Bock Complaints 2004.").guideline
    assert "Low Back Complaints 2004" in write_guideline(
        read.citations, Side.MAXIMUS, Style.SECTIONS_2016
    )
    odd = "Decision based on MTUS Tail Complaints 2031."
    read = read_guideline(odd).guideline
    assert write_guideline(read.citations, Side.MAXIMUS, Style.SECTIONS_2016) == odd


def test_a_full_stop_between_two_citations_stays_where_one_is_added() -> None:
    read = read_guideline(
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 309. And ACOEM "
        "Chapter 13 Knee Complaints Page(s): 343."
    ).guideline
    shoulder = Citation(source=Source.MTUS, title="Shoulder Complaints", chapter="9")
    more = with_citation(read, shoulder, Side.MAXIMUS, Style.PAGES_2014)
    assert more.text == (
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 309. And ACOEM "
        "Chapter 13 Knee Complaints Page(s): 343, and ACOEM Chapter 9 Shoulder Complaints."
    )
    assert write_guideline(read.citations, Side.MAXIMUS, Style.PAGES_2014) == (
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 309, and ACOEM "
        "Chapter 13 Knee Complaints Page(s): 343."
    )
