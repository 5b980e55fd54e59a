from __future__ import annotations

import pytest

from app.letter import Source
from app.services.citations import read_locator
from app.services.citations.known import KnownGuideline, KnownSection

PAGED = KnownGuideline(
    key="k",
    kind="mtus",
    source=Source.MTUS,
    title="Low Back Complaints",
    first_page=287,
    last_page=328,
    sections=(
        KnownSection(name="Special Studies"),
        KnownSection(name="Summary"),
        KnownSection(name="Surgical Considerations"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "pages", "problems"),
    [
        ("303", "303", 0),
        ("p. 303", "303", 0),
        ("Page(s): 303-304", "303-304", 0),
        ("303 - 304, 309", "303-304, 309", 0),
        ("303–304", "303-304", 0),
        ("303-4", "303-304", 1),
        ("304-303", "303-304", 1),
        ("304 (pdf format)", "304", 0),
        ("10-15", "10-15", 1),
        ("10-12, 14", "10-12, 14", 2),
    ],
)
def test_reads_pages(typed: str, pages: str, problems: int) -> None:
    locator = read_locator(typed, PAGED)
    assert (locator.pages, locator.section, len(locator.problems)) == (pages, None, problems)


@pytest.mark.parametrize(
    ("typed", "section", "problems"),
    [
        ("special studies", "Special Studies", 0),
        ("spec", "Special Studies", 0),
        ("speical studies", "Special Studies", 1),
        ("su", "su", 1),
        ("Hammocks", "Hammocks", 1),
    ],
)
def test_reads_a_section(typed: str, section: str, problems: int) -> None:
    locator = read_locator(typed, PAGED)
    assert (locator.pages, locator.section, len(locator.problems)) == (None, section, problems)


def test_unconfirmed_spans_are_not_told_as_facts() -> None:
    assert "not confirmed" in read_locator("10", PAGED).problems[0]


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_nothing(typed: str) -> None:
    locator = read_locator(typed)
    assert (locator.pages, locator.section, locator.problems) == (None, None, ())
