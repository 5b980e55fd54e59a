"""Each body of guidelines can be named in a sentence, read from it and written into one."""

from __future__ import annotations

import pytest

from app.letter import Guideline, Source
from app.services.citations import read_guideline, standard_guidelines
from app.services.citations.changing import with_citation
from app.services.citations.values import Side, Style
from app.ui.citing.words import SOURCE_WORDS

OUTSIDE = "Decision based on Non-MTUS Citation "
EXAMPLES = {
    Source.MTUS: "Decision based on MTUS Knee Complaints 2004, Section(s): Initial Care.",
    Source.ODG: f"{OUTSIDE}Official Disability Guidelines (ODG), Knee Chapter, MRIs.",
    Source.ACOEM: f"{OUTSIDE}ACOEM Practice Guidelines, 3rd ed., Low Back Disorders, pg. 607.",
    Source.OTHER: f"{OUTSIDE}Other Medical Treatment Guideline or Medical Evidence: A made-up journal of knees.",
}


def test_each_source_has_an_example_and_a_name() -> None:
    assert set(EXAMPLES) == set(Source)
    assert set(SOURCE_WORDS) == set(Source)


@pytest.mark.parametrize("source", Source)
def test_it_is_read_and_written(source: Source) -> None:
    (citation,) = read_guideline(EXAMPLES[source]).guideline.citations
    assert citation.source is source
    written = with_citation(
        Guideline(), citation, Side.MAXIMUS, Style.SECTIONS_2016, standard_guidelines()
    )
    assert [each.source for each in written.citations] == [source]
    (again,) = read_guideline(written.text).guideline.citations
    assert (again.source, again.title, again.pages) == (source, citation.title, citation.pages)
