"""Conditions by their names, levels of the spine, plurals and words no chapter deals with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.services.database import open_database
from app.services.library import Group, Library

IN_2014, IN_2016 = date(2014, 5, 2), date(2016, 9, 1)
IN_2019, IN_2024 = date(2019, 6, 3), date(2024, 3, 25)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One for all: nothing here changes it."""
    database = open_database(tmp_path_factory.mktemp("named") / "library.db")
    yield Library(database)
    database.close()


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("anxiety pills", {"mtus-anxiety-2021", "mtus-chronic-pain-2017"}),
        ("C4-5 stenosis", {"mtus-cervical-thoracic-2018"}),
        ("T11 fracture", {"mtus-cervical-thoracic-2018"}),
        ("neck of the femur fracture", {"mtus-hip-groin-2019"}),
        ("femoral neck", {"mtus-hip-groin-2019"}),
        ("arc eye", {"mtus-eye-2017"}),
        ("jersey fingers", {"mtus-hand-2023"}),
        ("walker boot", {"mtus-ankle-foot-2018"}),
        ("microdisectomy", {"mtus-low-back-2020"}),
        ("panic attacks", {"mtus-anxiety-2021"}),
        ("acoem 8", {"mtus-cervical-thoracic-2018"}),
    ],
)
def test_names_of_conditions_levels_and_plurals_lead_to_their_chapter(
    library: Library, typed: str, among: set[str]
) -> None:
    first = library.search(typed, on=IN_2024)[0]
    assert first.entry.key in among
    assert first.group is Group.IN_FORCE


def test_a_chapter_by_its_number_is_no_other_whose_section_has_that_number(
    library: Library,
) -> None:
    hits = library.search("ACOEM 8", on=date(2018, 6, 1))
    assert hits[0].entry.key == "mtus-cervical-thoracic-2016"
    assert "acoem-15-2004" not in {hit.entry.key for hit in hits}


@pytest.mark.parametrize(
    "typed", ["hearing aids", "scar revision", "dietary counseling", "nutrition consult", "gorlin syndrome", "wibble fracture"]
)  # fmt: skip
@pytest.mark.parametrize("on", [IN_2014, IN_2016, IN_2019, IN_2024])
def test_what_no_chapter_deals_with_leads_to_none(library: Library, typed: str, on: date) -> None:
    assert all(hit.group is not Group.IN_FORCE for hit in library.search(typed, on=on))
