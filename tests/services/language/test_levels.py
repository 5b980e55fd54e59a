"""Spine levels, and those that were misread."""

from __future__ import annotations

import pytest

from app.services.language.levels import find_levels, levels_in, levels_within, misread_levels


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("L4-5", {"L4", "L5"}), ("L5-S1", {"L5", "S1"}), ("C6/C7 and T10", {"C6", "C7", "T10"}), ("L5\u2013S1", {"L5", "S1"}), ("L 4", {"L4"}),
        ("T25, C9, L7, S6, 10 L of water, AL5, L50%", set()), ("T2 mg", set()), ("L0-1", set()), ("C8, T12, L6, S5", {"C8", "T12", "L6", "S5"}),
    ],
)  # fmt: skip
def test_levels(text: str, names: set[str]) -> None:
    assert levels_in(text) == names
    assert all(text[level.start : level.end] == level.text for level in find_levels(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at L5-Sl there", [("L5-Sl", "L5-S1")]), ("L5-S 1", [("L5-S 1", "L5-S1")]), ("L5 - SI.", [("L5 - SI", "L5-S1")]), ("C6-C 7", [("C6-C 7", "C6-C7")]), ("Ll-2", [("Ll-2", None)]),
        ("L5-SO", [("L5-SO", None)]), ("L5-S1", []), ("L5-Slow", []),
    ],
)  # fmt: skip
def test_misread_levels(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(each.text, each.right) for each in misread_levels(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("C8", {"C8"}), ("C9", set()), ("T12", {"T12"}), ("T13", set()), ("L6", {"L6"}), ("L7", set()),
        ("S5", {"S5"}), ("S6", set()), ("C4-6", {"C4", "C5", "C6"}), ("L5-S1", {"L5", "S1"}),
    ],
)  # fmt: skip
def test_the_last_level_of_each_region_and_those_between(text: str, names: set[str]) -> None:
    assert levels_within(text) == names
