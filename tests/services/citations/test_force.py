"""Whether an edition was in force, for the library and for the checks alike."""

from __future__ import annotations

from datetime import date

import pytest

from app.letter import Source
from app.services.citations.force import in_force
from app.services.citations.known import KnownGuideline

DAY = date(2016, 6, 1)


@pytest.mark.parametrize(
    ("start", "end", "doubtful", "answer"),
    [
        (date(2016, 6, 1), None, None, True),
        (date(2016, 6, 2), None, None, False),
        (date(2000, 1, 1), date(2016, 6, 1), None, True),
        (date(2000, 1, 1), date(2016, 5, 31), None, False),
        (None, date(2016, 5, 31), None, False),
        (None, date(2016, 6, 1), None, None),
        (None, None, None, None),
        (date(2000, 1, 1), None, date(2016, 6, 1), None),
        (date(2000, 1, 1), None, date(2016, 6, 2), True),
        (date(2000, 1, 1), date(2016, 1, 1), date(2015, 1, 1), False),
    ],
)
def test_in_force(
    start: date | None, end: date | None, doubtful: date | None, answer: bool | None
) -> None:
    edition = KnownGuideline(
        key="k",
        kind="mtus",
        source=Source.MTUS,
        title="T",
        effective_from=start,
        effective_to=end,
        doubtful_from=doubtful,
    )
    assert in_force(edition, DAY) is answer
