"""Function told as better, or not, by its numbers alone."""

from __future__ import annotations

import pytest

from app.services.language.gains import gains


@pytest.mark.parametrize(
    ("raw", "better"),
    [
        ("NDI 48 to 20 after the course.", True),
        ("Shoulder abduction went up from 60 degrees to 110 degrees.", True),
        ("She lifts more: lifting 10 lbs to 25 lbs.", True),
        ("NDI 20 to 48.", False),
        ("Grip fell from 30 to 12.", False),
        ("Sitting 20 to 21 minutes.", False),
        ("Flexion was 90 degrees.", False),
    ],
)
def test_numbers_before_and_after(raw: str, *, better: bool) -> None:
    assert bool(gains(raw)) is better
