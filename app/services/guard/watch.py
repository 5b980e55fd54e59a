"""What follows a call into a guarded process: how far it is, and that it is not wanted any more."""

from __future__ import annotations

import threading
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Is told how many pieces of how many are done."""


class Watch:
    """Follows one call after another, each in one process. Used from any thread.

    Cancelling ends the process of the call under way, and no other.
    """

    def __init__(self, progressed: Progress | None = None) -> None:
        self._progressed = progressed
        self._lock = threading.Lock()
        self._stop: Callable[[], None] | None = None
        self._cancelled = False
        self.has_told = False
        """Whether the call said how far it is: few take so long."""

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """What is followed ends at once, and raises Ended; so does every later call."""
        with self._lock:
            self._cancelled = True
            if self._stop is not None:
                self._stop()

    def begin(self, stop: Callable[[], None]) -> None:
        """A call begins, which `stop` ends."""
        with self._lock:
            self._stop = stop
            if self._cancelled:
                stop()

    def end(self) -> None:
        """The call is over: cancelling ends nothing of it any more."""
        with self._lock:
            self._stop = None

    def tell(self, done: int, of: int) -> None:
        """So many pieces of so many are done."""
        self.has_told = True
        if self._progressed is not None:
            self._progressed(done, of)
