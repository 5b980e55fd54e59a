from __future__ import annotations

from pathlib import Path

from tests.score.citations import score


def test_every_real_field_survives_writing(real_letters: Path) -> None:
    result = score(real_letters / "public" / "truth.jsonl")
    assert result.fields >= 300
    assert result.same_citations == result.fields
    assert result.other_style == result.fields
    assert result.no_problems >= result.fields - 1
    assert result.same_text >= 0.95 * result.fields
