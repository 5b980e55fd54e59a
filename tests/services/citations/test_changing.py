"""One citation more or less in a field: what else stands in it stays as it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.letter import Basis, Citation, Guideline, Source
from app.services.citations import (
    Side,
    Style,
    in_style,
    read_guideline,
    same_citation,
    with_citation,
    without_citation,
    write_guideline,
)
from tests.services.citations.cited import BRACES, PAGED, STUDIES, cited, field_of

BY_SECTION, BY_PAGE = Style.SECTIONS_2016, Style.PAGES_2014
OUTSIDE = (
    "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines."
)
NONE = "The Expert Reviewer did not cite any medical evidence for its decision."
KNEE = "Decision based on MTUS Knee Complaints 2004, Section(s): Initial Care"
LOW_BACK = Citation(source=Source.MTUS, title="Low Back Complaints", chapter="12", edition="2004")
ADDRESS = Citation(source=Source.OTHER, title="www.example.org")
NECK = "Decision based on Non-MTUS Citation ODG, Neck Chapter, Massage"


def added(text: str, citation: Citation, style: Style = BY_SECTION) -> str:
    return with_citation(read_guideline(text).guideline, citation, Side.MAXIMUS, style).text


def removed(text: str, place: int, style: Style = BY_SECTION) -> str:
    guideline = read_guideline(text).guideline
    citation = guideline.citations[place]
    return without_citation(guideline, citation, Side.MAXIMUS, style).text


@pytest.mark.parametrize(
    ("text", "citation", "after"),
    [
        (f"{KNEE}. My own words.", LOW_BACK, f"{KNEE}, and Low Back Complaints 2004. My own words."),
        (f"{KNEE}. Words. Summary.", LOW_BACK, f"{KNEE}. Words. Summary, and Low Back Complaints 2004."),
        (
            f"{KNEE}. My own words.",
            BRACES,
            f"{KNEE}. My own words. Decision based on Non-MTUS Citation Official Disability "
            "Guidelines (ODG), Knee & Leg Chapter, Braces; Canes, walkers.",
        ),
        (
            f"{OUTSIDE} {NECK}. My own words",
            BRACES,
            f"{OUTSIDE} {NECK}; Official Disability Guidelines (ODG), Knee & Leg Chapter, Braces; "
            "Canes, walkers. My own words",
        ),
        (f"{OUTSIDE} {NECK}.", LOW_BACK, f"Decision based on MTUS Low Back Complaints 2004. {NECK}."),
        (f"First words. {NECK}.", LOW_BACK, f"First words. Decision based on MTUS Low Back Complaints 2004. {NECK}."),
        (f"{NONE} My own words.", LOW_BACK, "Decision based on MTUS Low Back Complaints 2004. My own words."),
        (f"{NONE} My own words.", ADDRESS, f"My own words. {OUTSIDE} Decision based on Non-MTUS Citation www.example.org."),
        (OUTSIDE, ADDRESS, f"{OUTSIDE} Decision based on Non-MTUS Citation www.example.org."),
        ("The spine was stable", LOW_BACK, "Decision based on MTUS Low Back Complaints 2004. The spine was stable"),
        ("The spine was stable", ADDRESS, f"The spine was stable. {OUTSIDE} Decision based on Non-MTUS Citation www.example.org."),
        (
            "ODG knee chapter, braces",
            LOW_BACK,
            "Decision based on MTUS Low Back Complaints 2004. Decision based on Non-MTUS Citation "
            "ODG knee chapter, braces.",
        ),
        ("Decision based on MTUS.", LOW_BACK, "Decision based on MTUS Low Back Complaints 2004."),
    ],
)  # fmt: skip
def test_a_citation_goes_into_the_sentences_and_the_other_words_stay(
    text: str, citation: Citation, after: str
) -> None:
    assert added(text, citation) == after


@pytest.mark.parametrize(
    ("text", "place", "after"),
    [
        (f"{KNEE}, and Low Back Complaints 2004. My own words.", 1, f"{KNEE}. My own words."),
        (
            f"{KNEE}, and Low Back Complaints 2004. My own words.",
            0,
            "Decision based on MTUS Low Back Complaints 2004. My own words.",
        ),
        (f"{KNEE}. Words. Summary, and Low Back Complaints 2004.", 1, f"{KNEE}. Words. Summary."),
        (f"{KNEE}. My own words.", 0, f"{NONE} My own words."),
        (f"{KNEE}. My own words. {NECK}.", 0, f"{OUTSIDE} My own words. {NECK}."),
        (f"{KNEE}. My own words. {NECK}. More.", 1, f"{KNEE}. My own words. More."),
        (f"First words. {OUTSIDE} {NECK}. More.", 0, f"First words. {NONE} More."),
        (
            f"{OUTSIDE} {NECK}; Elbow Chapter, Splints. More.",
            0,
            f"{OUTSIDE} Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), "
            "Elbow Chapter, Splints. More.",
        ),
        ("The spine was stable", 0, NONE),
    ],
)  # fmt: skip
def test_a_citation_goes_and_the_other_words_stay(text: str, place: int, after: str) -> None:
    assert removed(text, place) == after


PAGES = "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): "


@pytest.mark.parametrize(
    ("text", "citation", "style", "after"),
    [
        (f"{PAGES}303-4. Note.", replace(PAGED, pages="309"), BY_PAGE, f"{PAGES}303-304, 309. Note."),
        (f"{PAGES}309, 303.", replace(PAGED, pages="304-305"), BY_PAGE, f"{PAGES}303-305, 309."),
        (f"{PAGES}303-4. Note.", replace(PAGED, pages="304"), BY_PAGE, None),
        (f"{PAGES}303-4. Note.", replace(PAGED, pages=None), BY_PAGE, None),
        (f"{PAGES}303 (pdf format).", replace(PAGED, pages="304"), BY_PAGE, f"{PAGES}303-304 (pdf format)."),
        (PAGES.removesuffix(" Page(s): ") + ". Note.", PAGED, BY_PAGE, f"{PAGES}303-304. Note."),
        (f"{KNEE}. Note.", Citation(source=Source.MTUS, title="Knee Complaints", edition="2004", sections=("Special Studies", "initial care")), BY_SECTION, f"{KNEE}, Special Studies. Note."),
        (f"{KNEE}.", Citation(source=Source.MTUS, title="Knee Complaints", edition="2004", pages="343"), BY_SECTION, f"{KNEE}, Page(s): 343."),
        (f"{OUTSIDE} {NECK}. Note.", Citation(source=Source.ODG, title="Neck & Upper Back", sections=("Traction",)), BY_SECTION, f"{OUTSIDE} {NECK}; Traction. Note."),
        (f"{KNEE}, and Low Back Complaints 2004.", replace(LOW_BACK, sections=("Summary",)), BY_SECTION, f"{KNEE}, and Low Back Complaints 2004, Section(s): Summary."),
    ],
)  # fmt: skip
def test_a_chapter_cited_already_gets_the_places_it_lacks(
    text: str, citation: Citation, style: Style, after: str | None
) -> None:
    before = read_guideline(text).guideline
    now = with_citation(before, citation, Side.MAXIMUS, style)
    assert len(now.citations) == len(before.citations)
    if after is None:
        assert now is before
    else:
        assert now.text == after


def test_two_editions_of_a_chapter_are_two() -> None:
    pain = Citation(source=Source.MTUS, title="Chronic Pain Medical Treatment", edition="2009")
    text = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Opioids."
    now = with_citation(read_guideline(text).guideline, pain, Side.MAXIMUS, BY_SECTION)
    assert [one.edition for one in now.citations] == ["2016", "2009"]


def test_a_source_of_its_own_is_never_joined() -> None:
    first = with_citation(Guideline(), ADDRESS, Side.MAXIMUS, BY_SECTION)
    second = replace(ADDRESS, title="www.example.org/more")
    assert len(with_citation(first, second, Side.MAXIMUS, BY_SECTION).citations) == 2


def test_adds_once_keeps_the_library_id_and_removes() -> None:
    side = Side.MAXIMUS
    picked = replace(LOW_BACK, library_id=7)
    one = with_citation(Guideline(), picked, side, BY_SECTION)
    assert one.text == "Decision based on MTUS Low Back Complaints 2004."
    assert one.citations[0].library_id == 7
    assert with_citation(one, picked, side, BY_SECTION) is one
    two = with_citation(one, BRACES, side, BY_SECTION)
    assert two.basis is Basis.BOTH
    assert [c.library_id for c in two.citations] == [7, None]
    assert without_citation(two, two.citations[1], side, BY_SECTION) == one
    assert without_citation(one, one.citations[0], side, BY_SECTION).basis is Basis.NONE
    assert without_citation(one, BRACES, side, BY_SECTION) is one


@pytest.mark.parametrize("there", [STUDIES, ADDRESS], ids=["mtus", "other"])
def test_what_is_cited_beside_the_sentences_is_written_too(there: Citation) -> None:
    field = Guideline(text="Nothing here is a citation of Qqzx.", citations=(there,))
    now = with_citation(field, BRACES, Side.MAXIMUS, BY_SECTION)
    assert [one.title for one in now.citations] == [there.title, "Knee & Leg"]
    assert "Nothing here is a citation of Qqzx." in now.text


def test_adding_leaves_what_was_printed_as_it_was() -> None:
    printed = "ODG Low Back -Lumbar & Thoracic (Acute & Chronic) Traction"
    text = f"{OUTSIDE} Decision based on Non-MTUS Citation {printed}."
    assert added(text, STUDIES).endswith(f"Decision based on Non-MTUS Citation {printed}.")


WORDS = st.lists(
    st.sampled_from(["surgery", "was", "not", "tried", "and", "pain", "went", "on", "for", "weeks"]),
    min_size=1,
    max_size=8,
).map(lambda words: " ".join((*words, "again")).capitalize())  # fmt: skip


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(
    st.lists(cited(), min_size=1, max_size=4),
    WORDS,
    st.sampled_from(["front", "back", "alone"]),
    cited(),
    st.sampled_from(Side),
    st.sampled_from(Style),
)
def test_words_that_are_no_citation_stay(
    citations: list[Citation], prose: str, where: str, more: Citation, side: Side, style: Style
) -> None:
    if where == "alone":
        before = read_guideline(f"{prose}.").guideline
    else:
        sentences = field_of(citations, side, style).text
        texts = (f"{prose}.", sentences) if where == "front" else (sentences, f"{prose}.")
        before = read_guideline(" ".join(texts)).guideline
    after = with_citation(before, more, side, style)
    assert prose in after.text
    read = read_guideline(after.text).guideline.citations
    assert len(read) == len(after.citations)
    assert all(map(same_citation, read, after.citations)), after.text
    if len(after.citations) == len(before.citations) + 1 and where == "back":
        wanted = in_style(more, style)
        (new,) = [one for one in after.citations if same_citation(one, wanted)]
        back = without_citation(after, new, side, style)
        assert prose in back.text
        assert len(back.citations) == len(before.citations)
        assert all(any(same_citation(one, b) for b in before.citations) for one in back.citations)


@given(st.lists(cited(), min_size=1, max_size=5), st.sampled_from(Side), st.sampled_from(Style))
def test_all_that_was_added_can_be_taken_out(
    citations: list[Citation], side: Side, style: Style
) -> None:
    guideline = field_of(citations, side, style)
    while guideline.citations:
        fewer = without_citation(guideline, guideline.citations[-1], side, style)
        assert len(fewer.citations) == len(guideline.citations) - 1
        assert all(map(same_citation, fewer.citations, guideline.citations))
        guideline = fewer
    assert guideline.text == write_guideline((), side, style)
