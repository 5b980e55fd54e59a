from __future__ import annotations

from pathlib import Path

import pytest

from app.letter import Citation, Source
from app.services.citations import (
    Style,
    in_style,
    read_guideline,
    same_citation,
    with_citation,
    without_citation,
)
from tests.score.citations import fields_of, score


def test_every_real_field_survives_writing(real_letters: Path) -> None:
    result = score(real_letters / "public" / "truth.jsonl")
    assert result.fields >= 300
    assert result.same_citations == result.fields
    assert result.other_style == result.fields
    assert result.no_problems >= result.fields - 1
    assert result.same_text >= 0.95 * result.fields


@pytest.mark.parametrize(
    "more",
    [
        Citation(source=Source.MTUS, title="Eye", edition="2004", sections=("Summary",)),
        Citation(source=Source.ODG, title="Burns", sections=("Dressings",)),
    ],
    ids=["mtus", "odg"],
)
def test_one_more_citation_leaves_a_real_field_as_printed(
    real_letters: Path, more: Citation
) -> None:
    added = in_style(more, Style.SECTIONS_2016)
    for text, side in fields_of(real_letters / "public" / "truth.jsonl"):
        before = read_guideline(text).guideline
        after = with_citation(before, more, side, Style.SECTIONS_2016)
        assert len(after.citations) == len(before.citations) + 1
        assert all(citation.text in after.text for citation in before.citations)
        (new,) = [one for one in after.citations if same_citation(one, added)]
        assert without_citation(after, new, side, Style.SECTIONS_2016) == before
