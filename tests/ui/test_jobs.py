"""Work in the background: results on the main thread, newer for older, nothing kept alive."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Slot
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.errors import UserError
from app.ui.jobs import Jobs


class Listener(QObject):
    """Notes what it is told and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[QThread] = set()

    @Slot(object)
    def on_done(self, result: object) -> None:
        self.threads.add(QThread.currentThread())
        self.results.append(result)

    def note_in(self, results: list[object], result: object) -> None:
        results.append(result)

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        self.threads.add(QThread.currentThread())
        self.errors.append(error)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_for_done(30_000)


@pytest.fixture
def listener(qtbot: QtBot) -> Listener:
    return Listener()


def _raise(error: Exception) -> None:
    raise error


def _wait_and_answer(gate: threading.Event, answer: str) -> str:
    assert gate.wait(30)
    return answer


def test_a_function_runs_elsewhere_and_its_result_comes_back_here(
    qtbot: QtBot, jobs: Jobs, listener: Listener
) -> None:
    with qtbot.waitSignal(jobs.idle):
        jobs.run(threading.get_ident, listener.on_done)
        assert listener.results == []
    assert listener.results != [threading.get_ident()]
    assert listener.threads == {QThread.currentThread()}
    assert not jobs.busy


def test_a_newer_job_of_the_same_key_takes_the_place_of_the_older(
    qtbot: QtBot, jobs: Jobs, listener: Listener
) -> None:
    gate = threading.Event()
    for answer in ("old", "older", "new"):
        jobs.run(partial(_wait_and_answer, gate, answer), listener.on_done, key="find")
    with qtbot.waitSignal(jobs.idle):
        gate.set()
    assert listener.results == ["new"]


def test_jobs_of_different_keys_do_not_touch_each_other(
    qtbot: QtBot, jobs: Jobs, listener: Listener
) -> None:
    with qtbot.waitSignal(jobs.idle):
        for number in range(20):
            jobs.run(partial(str, number), listener.on_done, key=number)
    assert sorted(listener.results, key=str) == sorted(map(str, range(20)))


def test_a_cancelled_job_is_never_heard_of_again(
    qtbot: QtBot, jobs: Jobs, listener: Listener
) -> None:
    gate = threading.Event()
    ticket = jobs.run(partial(_wait_and_answer, gate, "late"), listener.on_done)
    jobs.cancel(ticket)
    jobs.cancel(ticket)
    gate.set()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(partial(str, 1), listener.on_done)
    assert listener.results == ["1"]


def test_a_problem_of_the_world_is_told_to_the_slot_only(
    qtbot: QtBot, jobs: Jobs, listener: Listener
) -> None:
    problem = UserError("The disk is full.", "Free some space.")
    with qtbot.waitSignal(jobs.idle):
        jobs.run(partial(_raise, problem), listener.on_done, listener.on_failed)
    assert listener.errors == [problem]
    assert listener.results == []
    assert listener.threads == {QThread.currentThread()}


@pytest.mark.parametrize("told", [True, False], ids=["with a slot", "without a slot"])
def test_a_bug_reaches_the_crash_hook(
    qtbot: QtBot, jobs: Jobs, listener: Listener, told: bool
) -> None:
    bug = ZeroDivisionError("a bug")
    with capture_exceptions() as caught, qtbot.waitSignal(jobs.idle):
        jobs.run(partial(_raise, bug), listener.on_done, listener.on_failed if told else None)
    assert [error for _, error, _ in caught] == [bug]
    assert listener.errors == ([bug] if told else [])


def test_the_result_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    gone = Listener()
    results = gone.results
    jobs.run(partial(_wait_and_answer, gate, "x"), gone.on_done, gone.on_failed)
    del gone
    with qtbot.waitSignal(jobs.idle):
        gate.set()
    assert results == []


def test_a_method_with_arguments_of_a_widget_that_is_gone_is_not_called(
    qtbot: QtBot, jobs: Jobs
) -> None:
    gate = threading.Event()
    gone = Listener()
    results: list[object] = []
    jobs.run(partial(_wait_and_answer, gate, "x"), partial(results.append))
    jobs.run(partial(_wait_and_answer, gate, "y"), partial(gone.note_in, results))
    delete(gone)
    with qtbot.waitSignal(jobs.idle):
        gate.set()
    assert results == ["x"]


def test_waiting_for_the_end_has_a_bound(jobs: Jobs) -> None:
    gate = threading.Event()
    jobs.run(partial(_wait_and_answer, gate, "x"))
    assert not jobs.wait_for_done(20)
    gate.set()
    assert jobs.wait_for_done(30_000)


def test_a_slot_may_end_whatever_the_jobs_belong_to(qtbot: QtBot) -> None:
    owner = QObject()
    jobs = Jobs(owner)
    ended: list[None] = []

    def end(_result: None) -> None:
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        ended.append(None)

    jobs.run(lambda: None, end)
    qtbot.waitUntil(lambda: bool(ended))
    jobs_are_gone = not isValid(jobs)
    assert jobs_are_gone


class Page:
    """Something large that a function holds."""

    def count(self) -> int:
        return 1


def test_what_a_function_held_is_let_go_once_it_has_run_or_was_cancelled(
    qtbot: QtBot, jobs: Jobs
) -> None:
    gate, ran, waited = threading.Event(), Page(), Page()
    held = [weakref.ref(ran), weakref.ref(waited)]
    with qtbot.waitSignal(jobs.idle):
        jobs.run(ran.count)
    for _ in range(50):
        jobs.run(partial(_wait_and_answer, gate, "on"))
    ticket = jobs.run(waited.count)
    del ran, waited
    jobs.cancel(ticket)
    with qtbot.waitSignal(jobs.idle):
        gate.set()
    assert [each() for each in held] == [None, None]


def test_what_is_asked_for_in_one_event_is_begun_behind_it(qtbot: QtBot) -> None:
    """A worker would take the processor from the very event that asked for it."""
    jobs = Jobs()
    begun: list[str] = []
    jobs.run(partial(begun.append, "later"))
    gone = jobs.run(partial(begun.append, "dropped"))
    jobs.cancel(gone)
    assert begun == []
    assert jobs.busy
    qtbot.waitUntil(lambda: not jobs.busy)
    assert begun == ["later"]
    jobs.run(partial(begun.append, "waited for"))
    assert jobs.wait_for_done(30_000)
    assert begun[-1] == "waited for"
    qtbot.waitUntil(lambda: not jobs.busy)
