"""One warm process that does one task after another and can be stopped at any moment.

It is started as a module, not forked or spawned from the program's own main module, so that it
never imports the window toolkit; once started (about 0.2 s) it is kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from itertools import count
from time import monotonic

import msgspec

from app.errors import UserError
from app.paths import GUARDED, IMPORT_ROOT
from app.services.guard.allowance import LONGEST, Allowance
from app.services.guard.frames import OUT_OF_MEMORY, Call, Reply, read_frame, write_frame
from app.services.guard.shared import SharedBytes
from app.services.guard.watch import Watch

Task = Callable[[bytes], bytes]
"""What a role offers under a name."""

_NEVER = float("inf")


class TimedOut(Exception):
    """The task was stopped at its time limit."""


class OutOfMemory(Exception):
    """The task was stopped at its memory limit."""


class Ended(Exception):
    """The process was stopped from outside, or ended by itself."""


class Failed(Exception):
    """The task raised what it should not: `kind` and `where` name the error and its place."""

    def __init__(self, kind: str, where: str) -> None:
        super().__init__(kind, where)
        self.kind = kind
        self.where = where


def _starting() -> tuple[str, ...]:
    """What starts a process of ours: a frozen program is its own Python and takes no `-m`."""
    if getattr(sys, "frozen", False):
        return (sys.executable, GUARDED)
    return (sys.executable, "-m", "app.services.guard.worker")


class GuardedProcess:
    """Calls come one at a time, from any thread; `stop` and `hurry` may come in between.

    `run` is another number each time the process was started anew: what it remembered is gone.
    `environment` is added to the program's own.
    """

    _runs = count(1)

    def __init__(
        self,
        role: str,
        megabytes: int,
        shared: SharedBytes | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._role = role
        self._megabytes = megabytes
        self.shared = shared
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._clock = _Clock(self._on_time)
        self._late = False
        self._allowance: Allowance | None = None
        self.run = 0

    def start(self) -> None:
        """Starts the process now rather than with the first call; `run` is set then."""
        if self._process is not None and self._process.poll() is None:
            return
        self._reap()
        environment = dict(os.environ) | self._environment
        environment["PYTHONPATH"] = os.pathsep.join(
            part for part in (str(IMPORT_ROOT), environment.get("PYTHONPATH", "")) if part
        )
        shared = self.shared
        handle, size = (shared.handle, str(shared.size)) if shared else ("", "0")
        limit = self._megabytes + (shared.size >> 20 if shared else 0)
        try:
            self._process = subprocess.Popen(
                [*_starting(), self._role, str(limit), handle, size],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                pass_fds=shared.fds if shared else (),
            )
        except OSError as error:
            raise UserError(
                f"The process that works on files could not be started ({error.strerror}).",
                "Close other programs, or end the session and begin it again.",
            ) from error
        self.run = next(self._runs)

    def call(self, task: str, body: bytes, seconds: float, watch: Watch | None = None) -> bytes:
        """The task's answer. `seconds` are of the processor's time: see `allowance`.

        Raises TimedOut, OutOfMemory, Ended or Failed.
        """
        watch = watch or Watch()
        with self._turn:
            self.start()
            process = self._process
            assert process is not None
            self._late = False
            self._allowance = Allowance(process.pid, seconds)
            # Killing the process ends the blocking read: works the same on every system.
            self._clock.set(monotonic() + seconds)
            try:
                watch.begin(process.kill)
                found = self._exchange(process, Call(task, LONGEST * seconds), body, watch)
            finally:
                watch.end()
                self._clock.set(_NEVER)
                self._allowance = None
            if watch.is_cancelled:
                self._reap()
                raise Ended
            if found is None:
                self._reap()
                if self._late:
                    raise TimedOut
                raise Ended
        if self._late:
            # It answered in the very moment it was stopped: the next call is not sent to it.
            self._reap()
        reply, answer = found
        if reply.failed == OUT_OF_MEMORY:
            raise OutOfMemory
        if reply.failed:
            raise Failed(reply.failed, reply.where)
        return answer

    def hurry(self, seconds: float) -> None:
        """The call under way gets no more than so many seconds from now."""
        allowance = self._allowance
        if allowance is not None:
            allowance.hurry()
        self._clock.bring_forward(monotonic() + seconds)

    def stop(self) -> None:
        """Ends the call under way at once: it raises Ended."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Ends the process. A later call starts a new one."""
        self.stop()
        with self._turn:
            self._reap()
            self._clock.close()

    def _on_time(self) -> None:
        """The clock has rung: the task is stopped, unless it only waits for its turn."""
        allowance = self._allowance
        left = 0.0 if allowance is None else allowance.left()
        if left:
            self._clock.set(monotonic() + left)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self._late = True
        self.stop()

    @staticmethod
    def _exchange(
        process: subprocess.Popen[bytes], call: Call, body: bytes, watch: Watch
    ) -> tuple[Reply, bytes] | None:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_frame(process.stdin, msgspec.msgpack.encode(call))
            write_frame(process.stdin, body)
            process.stdin.flush()
            while (head := read_frame(process.stdout)) is not None:
                reply = msgspec.msgpack.decode(head, type=Reply)
                if reply.of:
                    watch.tell(reply.done, reply.of)
                    continue
                answer = read_frame(process.stdout)
                return None if answer is None else (reply, answer)
        except OSError:
            return None
        return None

    def _reap(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not yet written went with the process
                    continue


class _Clock:
    """Calls `ring` at a time that may be set again and again, at the cost of nearly nothing.

    One thread waits. It is woken only where the time comes sooner than the one it waits for.
    """

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._at = _NEVER
        self._wakes_at = _NEVER
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ends = False

    def set(self, at: float) -> None:
        with self._changed:
            self._at = at
            if at < _NEVER and self._thread is None:
                self._ends = False
                self._thread = threading.Thread(target=self._wait, daemon=True)
                self._thread.start()
            if at < self._wakes_at:
                self._changed.notify()

    def bring_forward(self, at: float) -> None:
        """Sooner than set, where it is set at all."""
        with self._changed:
            if at < self._at < _NEVER:
                self._at = at
                self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._ends = True
            self._thread = None
            self._changed.notify()

    def _wait(self) -> None:
        mine = threading.current_thread()
        with self._changed:
            while not self._ends and self._thread is mine:
                left = self._at - monotonic()
                if left <= 0:
                    self._at = _NEVER
                    self._ring()
                    continue
                self._wakes_at = self._at
                self._changed.wait(None if left == _NEVER else left)
            self._wakes_at = _NEVER
