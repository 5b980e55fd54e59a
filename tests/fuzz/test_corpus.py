"""Each kept file, and a few changed ones, at each door: read, or told in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.budget import examples
from tests.fuzz.doors import DOORS, SLOW, corpus, knock
from tests.fuzz.mutating import QUIET, mutated

FILES = [(door, name) for door in DOORS for name in corpus(door)]


@pytest.mark.parametrize(("door", "name"), FILES, ids=lambda one: str(one))
def test_a_kept_file_is_read_or_told(door: str, name: str) -> None:
    knock(DOORS[door], corpus(door)[name])


@pytest.mark.parametrize("door", DOORS)
def test_each_door_reads_what_is_right(door: str) -> None:
    right = [data for name, data in corpus(door).items() if name.startswith("right")]
    assert right
    assert [knock(DOORS[door], data) for data in right] == [""] * len(right)


@pytest.mark.parametrize("door", sorted(set(DOORS) - SLOW))
def test_changed_files_are_read_or_told(door: str) -> None:
    known = list(corpus(door).values())

    @settings(max_examples=examples(25), deadline=None, database=None, suppress_health_check=QUIET)
    @given(mutated(known))
    def once(data: bytes) -> None:
        knock(DOORS[door], data)

    once()
