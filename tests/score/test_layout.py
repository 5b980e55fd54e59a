"""Real letters, set again as they were read, have their own lines on their own pages."""

from __future__ import annotations

from pathlib import Path

from tests.score.layout import score_letters


def test_public_letters_keep_lines_places_and_rules(real_letters: Path) -> None:
    paths = sorted((real_letters / "public").glob("*.pdf"))[::4]
    score, _ = score_letters(paths, with_places=True)
    assert score.lines > 1000
    assert score.same >= 0.99 * score.lines
    assert score.in_place >= 0.95 * score.same
    assert score.rules_in_place == score.rules
    assert score.valid == score.pages


def test_older_letters_keep_their_own_lines_and_pages(real_letters: Path) -> None:
    score, differing = score_letters(
        sorted((real_letters / "seeds").glob("*.pdf")), with_places=False
    )
    assert differing == {}
    assert score.pages_in_place == score.pages
    assert score.valid == score.pages
