"""Guidelines of the user's own among those the program knows."""

from __future__ import annotations

from msgspec.structs import replace

from app.letter import Citation, Source
from app.services.citations import (
    Guidelines,
    Side,
    Style,
    read_guideline,
    read_reference,
    standard_guidelines,
    with_citation,
)
from app.services.citations.known import KnownGuideline, KnownSection

TAIL = KnownGuideline(
    key="own-1",
    kind="mtus",
    source=Source.MTUS,
    title="Tail Disorders",
    edition="2023",
    chapter="31",
    aliases=("Wagging", "Low Back"),
    sections=(KnownSection(name="Casts, soft & firm"), KnownSection(name="Summary")),
)
BEAK = KnownGuideline(
    key="own-2", kind="guideline", source=Source.ODG, title="Beak", aliases=("Bill",)
)


def known() -> Guidelines:
    return standard_guidelines().with_own([TAIL, BEAK])


def cited(
    text: str, guidelines: Guidelines | None = None
) -> tuple[list[Citation], tuple[str, ...]]:
    reading = read_guideline(text, guidelines)
    plain = [replace(one, text="") for one in reading.guideline.citations]
    return plain, reading.problems


def test_a_chapter_of_ones_own_is_read_without_a_doubt() -> None:
    text = "Decision based on MTUS Wagging 2023, Section(s): Casts, soft & firm, Summary."
    assert cited(text, known()) == (
        [
            Citation(
                source=Source.MTUS,
                title="Tail Disorders",
                edition="2023",
                sections=("Casts, soft & firm", "Summary"),
            )
        ],
        (),
    )
    assert cited(text)[1] != ()


def test_its_number_and_its_odg_spelling_are_known_too() -> None:
    paged = "Decision based on MTUS ACOEM Chapter 31 Page(s): 5."
    assert cited(paged, known())[0][0].title == "Tail Disorders"
    (citation,), problems = read_reference("ODG bill chapter, splints", known())
    assert (citation.title, problems) == ("Beak", ())


def test_the_programs_own_names_are_never_taken() -> None:
    text = "Decision based on MTUS Low Back 2004, and Chronic Pain Treatment Guidelines."
    own = replace(TAIL, aliases=("Low Back", "Chronic Pain Treatment Guidelines"))
    assert cited(text, standard_guidelines().with_own([own])) == cited(text)


def test_a_corrected_entry_keeps_its_spellings_and_gives_its_facts() -> None:
    (twelve,) = standard_guidelines().editions(Source.MTUS, "Low Back Complaints")
    mine = replace(
        twelve,
        titles_2014=(),
        aliases=("My back",),
        sections=(KnownSection(name="New tests"),),
        last_page=300,
        pages_confirmed=True,
    )
    guidelines = standard_guidelines().with_own([mine])
    assert len(guidelines.entries) == len(standard_guidelines().entries)
    (citation,), problems = cited(
        "Decision based on MTUS My Back 2004, Section(s): Special Studies, New tests, Page(s): 303.",
        guidelines,
    )
    assert citation.title == "Low Back Complaints"
    assert citation.sections == ("Special Studies", "New tests")
    assert problems == ("Page 303 is not in Low Back Complaints, which has pages 287-300.",)


def test_a_renamed_entry_leaves_the_printed_name_alone() -> None:
    (twelve,) = standard_guidelines().editions(Source.MTUS, "Low Back Complaints")
    guidelines = standard_guidelines().with_own([replace(twelve, title="My low back")])
    text = "Decision based on MTUS Low Back Complaints 2004, and My low back 2004."
    assert [one.title for one in cited(text, guidelines)[0]] == [
        "Low Back Complaints",
        "My low back",
    ]


def test_it_is_cited_in_the_style_of_its_kind() -> None:
    before = read_guideline("Decision based on MTUS Wagging 2023.", known()).guideline
    more = Citation(source=Source.MTUS, title="Tail Disorders", chapter="31", edition="2023",
                    sections=("Summary",))  # fmt: skip
    after = with_citation(before, more, Side.MAXIMUS, Style.SECTIONS_2016, known())
    assert after.text == "Decision based on MTUS Tail Disorders 2023, Section(s): Summary."
    assert len(after.citations) == 1
