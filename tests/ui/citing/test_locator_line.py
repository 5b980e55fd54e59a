"""What may be typed for a place, without a window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letter import Source
from app.services.citations import Style
from app.services.citations.known import KnownGuideline, KnownSection
from app.ui.citing.locator_line import completions, read_place

BACK = KnownGuideline(
    key="made-up",
    kind="mtus",
    source=Source.MTUS,
    title="Low Back Complaints",
    sections=(
        KnownSection(name="Initial Care"),
        KnownSection(name="Special Studies"),
        KnownSection(name="3.3.6 Drug testing, urine: initial and random"),
        KnownSection(name="Physical medicine", pages="98-99", confirmed=True),
    ),
    first_page=287,
    last_page=328,
)


@pytest.mark.parametrize(
    ("typed", "sections", "pages"),
    [
        ("", (), None),
        ("303-4", (), "303-304"),
        ("p. 303", (), "303"),
        ("303; 309", (), "303, 309"),
        ("special studies", ("Special Studies",), None),
        ("special studies p. 303", ("Special Studies",), "303"),
        ("Special Studies, pages 303-304", ("Special Studies",), "303-304"),
        ("Special Studies; 303", ("Special Studies",), "303"),
        ("initial care; special studies", ("Initial Care", "Special Studies"), None),
        ("special studies; Special Studies", ("Special Studies",), None),
        (
            "3.3.6 Drug testing, urine: initial and random",
            ("3.3.6 Drug testing, urine: initial and random",),
            None,
        ),
        (" ; ,; ", (), None),
    ],
)
def test_a_place_is_read(typed: str, sections: tuple[str, ...], pages: str | None) -> None:
    place = read_place(typed, BACK)
    assert (place.sections, place.pages) == (sections, pages)


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", [section.name for section in BACK.sections]),
        ("init", ["Initial Care", "3.3.6 Drug testing, urine: initial and random"]),
        ("urine drug", ["3.3.6 Drug testing, urine: initial and random"]),
        ("stuides", ["Special Studies"]),
        ("303", []),
        ("p. 30", []),
        ("3.3.6", ["3.3.6 Drug testing, urine: initial and random"]),
        ("Initial Care; init", ["3.3.6 Drug testing, urine: initial and random"]),
    ],
)
def test_sections_are_completed(typed: str, titles: list[str]) -> None:
    assert [row.title for row in completions(typed, BACK, Style.SECTIONS_2016)] == titles


def test_a_taken_section_stays_before_the_next() -> None:
    (row,) = completions("Initial Care; spec", BACK, Style.SECTIONS_2016)
    assert row.value == "Initial Care; Special Studies"


@pytest.mark.parametrize(
    ("style", "line"),
    [
        (Style.PAGES_2014, "Physical medicine; 98-99"),
        (Style.SECTIONS_2016, "Physical medicine"),
    ],
)
def test_pages_come_with_a_topic_where_letters_cite_pages(style: Style, line: str) -> None:
    (row,) = completions("physical", BACK, style)
    assert row.value == line


@given(st.text(max_size=80))
def test_nothing_typed_raises(typed: str) -> None:
    place = read_place(typed, BACK)
    assert all(section.strip() for section in place.sections)
    completions(typed, BACK, Style.PAGES_2014)
