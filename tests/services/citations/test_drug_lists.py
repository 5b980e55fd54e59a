"""Which version of the MTUS Drug List a day has, and how it is called."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.services.citations.drug_lists import list_on, named, standard_drug_lists
from app.services.citations.drug_values import ListedDrug, Status


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2017, 12, 31), None),
        (date(2018, 1, 1), "1"),
        (date(2022, 10, 31), "9"),
        (date(2022, 11, 1), "10"),
        (date(2024, 2, 14), "10"),
        (date(2024, 2, 15), "11.1"),
        (date(2024, 11, 1), "12"),
        (date(2025, 8, 6), "13"),
        (date(2026, 11, 27), "13"),
    ],
)
def test_the_version_of_a_day(day: date, version: str | None) -> None:
    found = list_on(standard_drug_lists(), day)
    assert (None if found is None else found.version) == version


def test_of_two_of_one_day_the_one_whose_rows_are_here() -> None:
    row = ListedDrug(ingredient="Ibuprofen", status=Status.EXEMPT)
    lists = [
        replace(one, rows=(row,)) if one.version == "11" else one for one in standard_drug_lists()
    ]
    found = list_on(lists, date(2024, 5, 1))
    assert found is not None
    assert found.version == "11"
    assert named(found, lists).endswith("(v. 11.1 is of the same day)")


def test_versions_that_are_not_known_are_told_where_they_may_have_stood() -> None:
    lists = standard_drug_lists()
    told = {one.version: named(one, lists) for one in lists if "not known" in named(one, lists)}
    assert {version: name.split("(or ")[1][:12] for version, name in told.items()} == {
        "1": "v. 2, whose ",
        "3": "v. 4 or v. 5",
        "6": "v. 7, whose ",
    }
