"""Which of a few warm processes does a call: an idle one, else, after a moment, one more."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from time import monotonic

from app.services.guard.process import GuardedProcess
from app.services.guard.shared import SharedBytes
from app.services.guard.watch import Watch

PATIENCE = 0.25
"""Seconds a call waits for a busy process before another one is started for it."""

KEPT_WARM = 2


class Pool:
    """At most `most` processes of one role, of which `warm` stay so. Used from any thread."""

    def __init__(
        self,
        role: str,
        megabytes: int,
        *,
        shared_bytes: int = 0,
        most: int = 4,
        warm: int = KEPT_WARM,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._role = role
        self._megabytes = megabytes
        self._shared_bytes = shared_bytes
        self._most = most
        self._kept_warm = warm
        self._environment = environment
        self._changed = threading.Condition()
        self._idle: list[GuardedProcess] = []
        self._busy: list[GuardedProcess] = []

    @contextmanager
    def lend(self, preferred: GuardedProcess | None = None) -> Generator[GuardedProcess]:
        """A process for one caller alone; the preferred one where it is idle."""
        process = self._take(preferred)
        try:
            yield process
        finally:
            self._give_back(process)

    def call(self, task: str, body: bytes, seconds: float, watch: Watch | None = None) -> bytes:
        """As `GuardedProcess.call`, in whichever process is free."""
        with self.lend() as process:
            return process.call(task, body, seconds, watch)

    def warm(self) -> None:
        """Starts a process now rather than with the first call."""
        with self.lend() as process:
            process.start()

    def stop(self) -> None:
        """Ends every call under way at once: each raises Ended."""
        with self._changed:
            busy = list(self._busy)
        for process in busy:
            process.stop()

    def close(self) -> None:
        """Ends all processes. A later call starts new ones."""
        self.stop()
        with self._changed:
            idle, self._idle = self._idle, []
        for process in idle:
            _end(process)

    def _take(self, preferred: GuardedProcess | None) -> GuardedProcess:
        begun = monotonic()
        with self._changed:
            while not self._idle:
                left = PATIENCE - (monotonic() - begun)
                if len(self._busy) < self._most and (left <= 0 or not self._busy):
                    self._idle.append(self._make())
                    break
                self._changed.wait(left if left > 0 else None)
            process = preferred if preferred in self._idle else self._idle[-1]
            self._idle.remove(process)
            self._busy.append(process)
            return process

    def _make(self) -> GuardedProcess:
        shared = SharedBytes.make(self._shared_bytes) if self._shared_bytes else None
        return GuardedProcess(self._role, self._megabytes, shared, self._environment)

    def _give_back(self, process: GuardedProcess) -> None:
        with self._changed:
            self._busy.remove(process)
            spare = process if len(self._idle) >= self._kept_warm else None
            if spare is None:
                self._idle.append(process)
            self._changed.notify()
        if spare is not None:
            _end(spare)


def _end(process: GuardedProcess) -> None:
    process.close()
    if process.shared is not None:
        process.shared.close()
