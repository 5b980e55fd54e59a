"""The law by its days: the facts of each edition, and what stood in each month."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.citations.force import Adoption, Standing, standing
from app.services.citations.known import Sure, known_guidelines
from app.services.citations.lineage import edition_in_force, stood

from .editions import GOLDEN, MONTHS, table

BY_KEY = {known.key: known for known in known_guidelines()}
H, M, D = Sure.HIGH, Sure.MEDIUM, Sure.DATE

FACTS = [
    ("mtus-initial-approaches-2017", "9792.22", "2017-06-30", "2017-12-01", H),
    ("mtus-initial-approaches-2023", "9792.22", None, "2023-08-10", D),
    ("mtus-cervical-thoracic-2018", "9792.23.1", "2018-10-17", "2019-04-18", H),
    ("mtus-shoulder-2016", "9792.23.2", "2016-08-01", "2017-12-01", H),
    ("mtus-shoulder-2023", "9792.23.2", None, "2023-08-10", D),
    ("mtus-elbow-2018", "9792.23.3", "2018-08-23", "2019-04-18", H),
    ("mtus-hand-2019", "9792.23.4", "2019-01-07", "2019-04-18", H),
    ("mtus-hand-2023", "9792.23.4", None, "2023-11-10", D),
    ("mtus-low-back-2019", "9792.23.5", "2019-03-07", "2019-08-11", H),
    ("mtus-low-back-2020", "9792.23.5", "2020-02-13", "2021-11-23", H),
    ("mtus-knee-2019", "9792.23.6", "2019-12-03", "2020-09-21", H),
    ("mtus-ankle-foot-2018", "9792.23.7", "2018-07-16", "2019-04-18", H),
    ("mtus-ptsd-2018", "9792.23.8", "2018-12-18", "2019-04-18", M),
    ("mtus-depression-2020", "9792.23.8", "2020-02-13", "2020-09-21", H),
    ("mtus-anxiety-2021", "9792.23.8", "2021-04-30", "2021-07-19", M),
    ("mtus-eye-2017", "9792.23.9", "2017-04-01", "2017-12-01", H),
    ("mtus-hip-groin-2019", "9792.23.10", "2019-04-24", "2019-10-07", H),
    ("mtus-asthma-2020", "9792.23.11", "2020-06-05", "2020-09-21", H),
    ("mtus-ild-2019", "9792.23.12", "2019-11-08", "2020-09-21", H),
    ("mtus-covid-2021", "9792.24.7", "2021-03-29", "2021-06-28", M),
    ("mtus-covid-2023", "9792.24.7", None, "2023-08-10", D),
    ("mtus-chronic-pain-2017", "9792.24.2", "2017-05-15", "2017-12-01", M),
    ("mtus-chronic-pain-2024", "9792.24.2", "2024-12-19", None, M),
    ("mtus-opioids-2017", "9792.24.4", "2017-04-20", "2017-12-01", M),
    ("mtus-cannabis-2025", "9792.24.8", "2025-01-28", None, M),
]


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(("key", "section", "published", "begun", "sure"), FACTS)
def test_the_facts_of_an_edition(
    key: str, section: str, published: str | None, begun: str | None, sure: Sure
) -> None:
    known = BY_KEY[key]
    assert known.regulation == f"8 CCR {section}"
    assert known.publication_date == day(published)
    assert known.effective_from == day(begun)
    assert known.sure is sure
    assert known.dates_confirmed is (begun is not None and sure is not Sure.MEDIUM)
    assert known.sources
    assert all("." in source for source in known.sources)


@pytest.mark.parametrize(
    ("key", "on", "expected"),
    [
        ("mtus-chronic-pain-2024", "2024-03-25", Standing.EARLY),
        ("mtus-chronic-pain-2024", "2025-01-02", Standing.PROPOSED),
        ("mtus-cannabis-2025", "2026-11-01", Standing.PROPOSED),
        ("mtus-acoem-tbi", "2022-05-05", Standing.NOT_ADOPTED),
        ("mtus-acoem-antiemetics", "2022-05-05", Standing.NOT_ADOPTED),
        ("mtus-acupuncture-2007", "2019-05-05", Standing.UNVERIFIED),
        ("mtus-low-back-2020", "2026-11-27", Standing.IN_FORCE),
        ("mtus-low-back-2020", "2026-11-28", Standing.UNVERIFIED),
        ("acoem-07-2004", "2014-05-05", Standing.NOT_ADOPTED),
        ("acoem-06-2004", "2014-05-05", Standing.OVER),
        ("mtus-shoulder-2016", "2023-08-09", Standing.IN_FORCE),
        ("mtus-shoulder-2016", "2023-08-10", Standing.OVER),
    ],
)
def test_proposed_not_adopted_and_not_verified_are_three_things(
    key: str, on: str, expected: Standing
) -> None:
    assert standing(BY_KEY[key], date.fromisoformat(on)) is expected


def test_a_first_day_in_force_settles_what_was_proposed() -> None:
    from msgspec.structs import replace

    adopted = replace(BY_KEY["mtus-cannabis-2025"], effective_from=date(2027, 1, 1))
    assert adopted.adoption is Adoption.PROPOSED
    assert standing(adopted, date(2027, 1, 1)) is Standing.IN_FORCE
    assert standing(adopted, date(2026, 12, 31)) is Standing.EARLY


def test_each_month_from_2013_to_2026_has_the_editions_of_the_golden_table() -> None:
    """Written anew by `python -m tests.services.citations.editions --write`; look at what changed."""
    assert len(MONTHS) == 14 * 12
    assert table() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    ("key", "on", "stands"),
    [
        ("acoem-12-2004", "2024-03-25", "mtus-low-back-2020"),
        ("acoem-12-2004", "2018-03-25", "mtus-low-back-2016"),
        ("mtus-low-back-2020", "2020-03-25", "mtus-low-back-2019"),
        ("mtus-chronic-pain-2024", "2025-06-01", "mtus-chronic-pain-2017"),
        ("mtus-chronic-pain-2009", "2024-03-25", "mtus-chronic-pain-2017"),
        ("acoem-09-2004", "2023-08-10", "mtus-shoulder-2023"),
        ("acoem-03-2004", "2023-08-09", "mtus-initial-approaches-2017"),
        ("mtus-cannabis-2025", "2026-06-01", None),
        ("mtus-acoem-tbi", "2026-06-01", None),
    ],
)
def test_the_edition_in_force_is_named_and_not_the_next_one(
    key: str, on: str, stands: str | None
) -> None:
    found = edition_in_force(BY_KEY[key], known_guidelines(), date.fromisoformat(on))
    assert (found.key if found else None) == stands


def test_no_chapter_has_two_editions_at_once() -> None:
    """But the one month that the regulation itself left both: July 28, 2016."""
    for month in MONTHS:
        titles = [k.title for k in known_guidelines() if k.kind == "mtus" and stood(k, month)]
        assert len(titles) == len(set(titles)), month
