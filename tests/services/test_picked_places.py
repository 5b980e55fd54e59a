"""Where values were taken from by hand: a place a value, kept as JSON with the letter."""

from __future__ import annotations

from datetime import date

import pytest

from app.evidence import Place
from app.letter import FieldId
from app.services.picked_places import PickedPlaces

INJURY = FieldId("header.date_of_injury")
TITLE = FieldId("issue.title", 3)
HERE, THERE = Place(1, ((0.1, 0.2, 0.3, 0.4),)), Place(2, ((0.5, 0.6, 0.7, 0.8),))


def test_each_value_of_a_field_has_its_own_place() -> None:
    picked = PickedPlaces()
    picked.add(TITLE, "MRI", HERE)
    picked.add(TITLE, "CT", THERE)
    assert picked.of(TITLE, "MRI") == HERE
    assert picked.of(TITLE, "CT") == THERE
    assert picked.of(TITLE, "EMG") is None
    assert picked.of(FieldId("issue.title", 4), "MRI") is None


def test_what_is_picked_counts_before_what_is_only_known() -> None:
    picked = PickedPlaces()
    picked.note(TITLE, "MRI", HERE)
    picked.note(TITLE, "MRI", THERE)
    assert picked.of(TITLE, "MRI") == HERE
    picked.add(TITLE, "MRI", THERE)
    assert picked.of(TITLE, "MRI") == THERE


def test_they_come_back_from_json() -> None:
    picked = PickedPlaces()
    picked.add(INJURY, "09/13/2016", HERE)
    picked.add(TITLE, "MRI", THERE)
    again = PickedPlaces.from_json(picked.as_json())
    assert again.of(INJURY, date(2016, 9, 13)) == HERE
    assert again.of(TITLE, "MRI") == THERE


@pytest.mark.parametrize("kept", [None, [], {"no.field": {}}, {"header.priority": {"x": 1}}])
def test_what_is_no_such_json_is_nothing(kept: object) -> None:
    assert PickedPlaces.from_json(kept).as_json() == {}
