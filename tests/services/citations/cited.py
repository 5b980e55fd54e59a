"""Citations for the tests: a few that are written out, and any that the guidelines allow."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from app.letter import Citation, Guideline, Source
from app.services.citations import Side, Style, with_citation
from app.services.citations.known import known_guidelines

STUDIES = Citation(
    source=Source.MTUS, title="Low Back Complaints", edition="2004", sections=("Special Studies",)
)
PAGED = Citation(source=Source.MTUS, title="Low Back Complaints", chapter="12", pages="303-304")
BRACES = Citation(source=Source.ODG, title="Knee & Leg", sections=("Braces", "Canes, walkers"))
ADDRESS = Citation(source=Source.OTHER, title="www.example.org")


@st.composite
def cited(draw: st.DrawFn) -> Citation:
    """A citation of a known guideline with some of its sections, or a source of its own."""
    known = draw(st.sampled_from(known_guidelines()))
    names = [section.name for section in known.sections]
    sections = draw(st.lists(st.sampled_from(names), max_size=4, unique=True)) if names else []
    return Citation(
        source=known.source,
        title=known.title,
        chapter=known.chapter or None,
        edition=known.edition or None,
        sections=() if known.source is Source.OTHER else tuple(sections),
        pages=draw(st.none() | st.sampled_from(["7", "12-13"])) if known.first_page else None,
    )


def field_of(citations: Sequence[Citation], side: Side, style: Style) -> Guideline:
    """A field to which the citations were added one by one."""
    guideline = Guideline()
    for citation in citations:
        guideline = with_citation(guideline, citation, side, style)
    return guideline
