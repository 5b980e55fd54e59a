"""How quickly a long job goes on, and when it will be done."""

from __future__ import annotations

from collections.abc import Callable

_REMEMBERED = 300
_SETTLED = 1.0
"""Seconds after which a rate tells something."""


class Pace:
    """Of one job of `total` pieces; `clock` gives seconds."""

    def __init__(self, total: int, clock: Callable[[], float]) -> None:
        self.total = total
        self._clock = clock
        self._begun = clock()
        self._marks: list[tuple[float, int]] = [(self._begun, 0)]

    def note(self, done: int) -> str:
        """So many are done: `31 a second, 10 minutes left`; empty while that cannot be told."""
        now = self._clock()
        self._marks.append((now, done))
        # What was passed over at the beginning tells nothing of what is still to be done.
        del self._marks[:-_REMEMBERED]
        since, before = self._marks[0]
        if now - since < _SETTLED or done == before:
            return ""
        rate = (done - before) / (now - since)
        shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        return f"{shown} a second, {_time_words((self.total - done) / rate)} left"


def _time_words(seconds: float) -> str:
    if seconds < 100:
        whole = max(1, round(seconds))
        return "1 second" if whole == 1 else f"{whole} seconds"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"
