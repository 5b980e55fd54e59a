"""The public letters, where they are: every field exact, and few doubts on right fields."""

from __future__ import annotations

from pathlib import Path

from app.services import pdf
from app.services.parsing import parse
from tests.score.truth import Verdict, compare, load_truth


def test_every_field_of_every_public_letter_is_exact(real_letters: Path) -> None:
    folder = real_letters / "public"
    wrong: list[str] = []
    doubts = right = 0
    for truth in load_truth(folder):
        result = parse(pdf.read((folder / f"{truth['case']}.pdf").read_bytes()))
        comparison = compare(result, truth)
        wrong += [
            f"{truth['case']} {label}"
            for label, verdict in comparison.verdicts.items()
            if verdict is not Verdict.EXACT
        ]
        doubts += len(comparison.false_doubts)
        right += len(comparison.verdicts)
    assert wrong == []
    assert doubts * 100 < right


def test_layouts_of_the_real_letters(real_letters: Path) -> None:
    layouts = [
        parse(pdf.read(path)).layout for path in sorted((real_letters / "seeds").glob("*.pdf"))
    ]
    assert layouts == [
        "maximus-2015",
        "maximus-2014",
        "maximus-2015",
        "maximus-2015",
        "maximus-2015",
    ]
    assert {parse(pdf.read(path)).layout for path in (real_letters / "public").glob("*.pdf")} == {
        "maximus-2016"
    }
