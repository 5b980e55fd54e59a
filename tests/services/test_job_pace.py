"""A long job tells how long it will take, by how it went lately."""

from __future__ import annotations

from app.services.job_pace import Pace


def test_the_pace_tells_how_long_it_will_take() -> None:
    now = [100.0]
    pace = Pace(2000, lambda: now[0])
    assert pace.note(1) == ""
    now[0] += 10
    assert pace.note(200) == "20 a second, 90 seconds left"
    now[0] += 300
    assert pace.note(260) == "0.8 a second, 35 minutes left"
    now[0] += 10
    assert pace.note(1999).endswith(" a second, 1 second left")


def test_what_was_passed_over_at_once_tells_nothing_later() -> None:
    now = [0.0]
    pace = Pace(100_000, lambda: now[0])
    pace.note(50_000)
    for done in range(1, 400):
        now[0] += 1
        words = pace.note(50_000 + done)
    assert words == "1.0 a second, 13.8 hours left"
