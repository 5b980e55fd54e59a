"""What is told otherwise than in the title, and yet no slip: it has another owner in the letter."""

from __future__ import annotations

import pytest

from .test_two_tellings import Told, spoken

ASKED = "He has had 10 visits of acupuncture. The request is for acupuncture, 4 visits."
OWNED = [
    Told(ASKED, "After ten visits he lifts more, and four are a modest number.", "", "Acupuncture, 4 visits"),
    Told(ASKED, "With these four the sum would be 14 visits.", "", "Acupuncture, 4 visits"),
    Told("", "The guideline has 3-6 visits as a trial; four keep within it.", "", "Acupuncture, 4 visits"),
    Told("", "He swallows two tablets at night, and his sleep is better.", "", "Trazodone 50 mg #60"),
    Told("", "A filling and one refill, that is 60 tablets, reach until May.", "", "Trazodone 50 mg #30 with 1 refill"),
    Told("The right knee was replaced in 2010. Now the left knee gives way.", "The right knee was seen to long ago; the left one is lax.", "", "Brace, left knee"),
    Told("Sertraline 50 mg was begun in May. Sertraline 100 mg is asked for.", "The dose is being raised.", "", "Sertraline 100 mg #30"),
]  # fmt: skip
SLIPS = [
    Told(ASKED, "The request for acupuncture, 10 visits, goes too far.", "visits", "Acupuncture, 4 visits"),
    Told(ASKED, "Seven visits of acupuncture are requested.", "visits", "Acupuncture, 4 visits"),
    Told("", "Trazodone 50 mg #90 is requested.", "quantity", "Trazodone 50 mg #30 with 1 refill"),
    Told("Now the left knee gives way.", "The right knee is lax and swollen.", "side", "Brace, left knee"),
    Told("", "Sertraline 50 mg is what is asked for.", "strength", "Sertraline 100 mg #30"),
]  # fmt: skip


@pytest.mark.parametrize("told", OWNED + SLIPS, ids=lambda told: told.rationale)
def test_a_value_with_another_owner(told: Told) -> None:
    found = spoken(told)
    assert told.rule in found if told.rule else not found
