"""How work leaves the main thread and how its result comes back: one pool, slots on the main thread.

A result is delivered by a queued signal, so a slot never runs in a worker and never runs in the
middle of another slot. Slots are held weakly: a widget that is closed while its job runs is not
kept alive, and is never destroyed in a worker thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from functools import partial
from types import MethodType
from typing import Any, NamedTuple, TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid
from typing_extensions import override

from app.errors import UserError, of_the_world

T = TypeVar("T")

GIVE_WAY = 0.0005
"""Seconds after which a worker lets the window's thread go on. Painting one key calls Qt a hundred
times, and after each call Python has to be asked for again: with the usual 0.005 a key took up to
0.4 s while a letter was being set behind it."""

WAITING = 4
"""So many functions at a time may do no more than wait for a process that reads, draws or sets."""

URGENT = 10
"""A priority for what the user is waiting for. The default is 0; below 0 is for later."""


class _Outcome(NamedTuple):
    ticket: int
    result: Any
    error: Exception | None


class _Run(QRunnable):
    """Runs one function in a worker. Knows nothing of the slots, which stay on the main thread.

    The pool's binding never gives up what was handed to it, so the function and all that it holds
    are let go of here: in `run`, or in `forget` where it never starts.
    """

    def __init__(
        self, ticket: int, function: Callable[[], Any], report: Callable[[_Outcome], None]
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work: tuple[int, Callable[[], Any], Callable[[_Outcome], None]] | None
        self._work = ticket, function, report

    @override
    def run(self) -> None:
        if self._work is None:
            return
        ticket, function, report = self._work
        self._work = None
        try:
            outcome = _Outcome(ticket, function(), None)
        except Exception as error:  # noqa: BLE001 - raised again on the main thread
            outcome = _Outcome(ticket, None, of_the_world(error) or error)
        # Whoever gets the result may be there before this thread goes on.
        del function
        report(outcome)

    def forget(self) -> None:
        """Let go of a function that will not be run."""
        self._work = None


class _Slot:
    """A slot held weakly if it is a method; `get` answers None once its object is gone, also where
    the method has been given arguments."""

    def __init__(self, slot: Callable[[Any], None] | None) -> None:
        self.given = slot is not None
        self._held: Callable[[], Callable[[Any], None] | None]
        self._held = WeakMethod(slot) if isinstance(slot, MethodType) else lambda: slot

    def get(self) -> Callable[[Any], None] | None:
        slot = self._held()
        owner = getattr(slot.func if isinstance(slot, partial) else slot, "__self__", None)
        return None if isinstance(owner, QObject) and not isValid(owner) else slot


class _Job(NamedTuple):
    run: _Run
    done: _Slot
    failed: _Slot
    key: Hashable | None


class Jobs(QObject):
    """Runs plain functions in the background and hands their results to slots.

    Made on the main thread and used from there only. The functions must not touch a QObject.
    """

    idle = Signal()
    """The last result that was to come has been delivered."""

    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(2, QThread.idealThreadCount()) + WAITING)
        self._jobs: dict[int, _Job] = {}
        self._dropped: dict[int, _Run] = {}
        self._by_key: dict[Hashable, int] = {}
        self._tickets = 0
        self._soon: dict[int, int] = {}
        self._starting = QTimer(self, singleShot=True, interval=0)
        self._starting.timeout.connect(self._start_all)
        self._reported.connect(self._on_reported)

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return bool(self._jobs)

    def run(
        self,
        function: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        key: Hashable | None = None,
        priority: int = 0,
    ) -> int:
        """Run `function()` in a worker and then call `done(result)` on the main thread.

        Arguments go in with `functools.partial`. A job with the same `key` takes the place of an
        older one, whose result is never delivered and which does not start if it still waits.
        `failed(error)` gets what the function raised; an error that is no `UserError` is a bug
        and is raised on the main thread as well, as is any error that has no `failed`.
        Answers a ticket for `cancel`.
        """
        if key is not None and key in self._by_key:
            self.cancel(self._by_key[key])
        self._tickets += 1
        ticket = self._tickets
        runnable = _Run(ticket, function, self._reported.emit)
        self._jobs[ticket] = _Job(runnable, _Slot(done), _Slot(failed), key)
        if key is not None:
            self._by_key[key] = ticket
        if priority >= URGENT:
            self._pool.start(runnable, priority)
        else:
            self._soon[ticket] = priority
            self._starting.start()
        return ticket

    def _start_all(self) -> None:
        """What was asked for in one event is begun behind it: it would only hold that up."""
        soon, self._soon = self._soon, {}
        for ticket, priority in soon.items():
            self._pool.start(self._jobs[ticket].run, priority)

    def cancel(self, ticket: int) -> None:
        """Forget a job: it does not start if it still waits, and its result is not delivered."""
        job = self._jobs.pop(ticket, None)
        if job is None:
            return
        if self._by_key.get(job.key) == ticket:
            del self._by_key[job.key]
        if self._soon.pop(ticket, None) is not None or self._pool.tryTake(job.run):
            job.run.forget()
        else:
            # It runs at this moment and the pool holds only its address.
            self._dropped[ticket] = job.run

    def cancel_all(self) -> None:
        """Forget every job."""
        for ticket in list(self._jobs):
            self.cancel(ticket)

    def wait_for_done(self, milliseconds: int) -> bool:
        """Wait until no function runs any more; False if the time was not enough.

        Results are delivered later, by the event loop.
        """
        self._start_all()
        return self._pool.waitForDone(milliseconds)

    @Slot(object)
    def _on_reported(self, outcome: _Outcome) -> None:
        self._dropped.pop(outcome.ticket, None)
        job = self._jobs.pop(outcome.ticket, None)
        if job is None:
            return
        if self._by_key.get(job.key) == outcome.ticket:
            del self._by_key[job.key]
        try:
            self._deliver(job, outcome)
        finally:
            # A slot may have closed the dialog that these jobs belong to.
            if not self._jobs and isValid(self):
                self.idle.emit()

    def _deliver(self, job: _Job, outcome: _Outcome) -> None:
        if outcome.error is None:
            done = job.done.get()
            if done is not None:
                done(outcome.result)
            return
        failed = job.failed.get()
        if failed is not None:
            failed(outcome.error)
        if not job.failed.given or not isinstance(outcome.error, UserError):
            raise outcome.error
