"""How long a task may take: so much of the processor's time, and on a busy machine more by the clock.

A healthy letter that has to wait for its turn is no heavy one. What waits for nothing but itself,
or never ends, is stopped all the same.
"""

from __future__ import annotations

import sys
import time
from time import monotonic

LONGEST = 5
"""So many times its limit a task may take by the clock, however little it was let work."""
_LEAST = 0.02
"""What did not get this part of a processor's time does not wait for its turn: it hangs."""
_STEP = 0.1


class Allowance:
    """What one task of a process has left, from now on."""

    def __init__(self, process: int, seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._hurried = False
        self._began = self._looked = monotonic()
        self._worked_before = self._worked = processor_time(process)

    def hurry(self) -> None:
        """Nobody waits for it any more: no time is added."""
        self._hurried = True

    def left(self) -> float:
        """Seconds until it should be looked at again; 0 where it has had its time."""
        worked, now = processor_time(self._process), monotonic()
        if worked is None or self._worked is None or self._worked_before is None or self._hurried:
            return 0.0
        got, waited = worked - self._worked, now - self._looked
        self._worked, self._looked = worked, now
        due = self._seconds - (worked - self._worked_before)
        longest = self._began + LONGEST * self._seconds - now
        if due <= _STEP or longest <= 0 or got < _LEAST * waited:
            return 0.0
        return min(due, longest)


def processor_time(process: int) -> float | None:
    """Seconds that a process has worked; None where the system does not tell."""
    if sys.platform != "linux":
        return None
    try:
        # The kernel's number for the clock of another process: see clock_getcpuclockid(3).
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return None
