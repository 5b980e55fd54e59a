"""Guarded processes: their limits, and what the program learns where one is reached."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.paths import PROGRAM
from app.services.guard import (
    Ended,
    Failed,
    GuardedProcess,
    OutOfMemory,
    Pool,
    Progress,
    SharedBytes,
    Task,
    TimedOut,
    Watch,
)
from app.services.guard.allowance import processor_time
from app.services.guard.frames import Call, Reply

ROLE = "tests.services.test_guard"


def tasks(shared: SharedBytes | None, tell: Progress) -> dict[str, Task]:
    """This module is a role too: what runs in the processes of these tests."""

    def spin(_: bytes) -> bytes:
        while True:
            pass

    def work(body: bytes) -> bytes:
        """So many seconds of the processor's time."""
        until = time.process_time() + float(body)
        while time.process_time() < until:
            pass
        return b"done"

    def hang(_: bytes) -> bytes:
        threading.Event().wait()
        return b""

    def eat(_: bytes) -> bytes:
        return bytes(10**10)

    def fail(_: bytes) -> bytes:
        raise KeyError("a word of the letter")

    def write(body: bytes) -> bytes:
        assert shared is not None
        shared.view[: len(body)] = body
        return b""

    def count(body: bytes) -> bytes:
        """Tells so many steps."""
        for step in range(1, int(body) + 1):
            tell(step, int(body))
        return b"counted"

    def begin(_: bytes) -> bytes:
        """Tells that it began, and never ends."""
        tell(1, 1000)
        return spin(b"")

    def connect(_: bytes) -> bytes:
        import socket

        try:
            with socket.socket() as made:
                made.connect_ex(("127.0.0.1", 9))
        except OSError as error:
            return str(error.errno).encode()
        return b"open"

    return {
        **{"spin": spin, "eat": eat, "fail": fail, "write": write, "connect": connect},
        **{"work": work, "hang": hang, "count": count, "begin": begin},
        "echo": lambda body: body,
    }


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(ROLE, 1024, shared_bytes=2**20)
    yield made
    made.close()


def test_answers_come_back(pool: Pool) -> None:
    assert pool.call("echo", b"x" * 3_000_000, 30) == b"x" * 3_000_000


def test_a_call_says_how_far_it_is(pool: Pool) -> None:
    told: list[tuple[int, int]] = []
    watch = Watch(lambda done, of: told.append((done, of)))
    assert pool.call("count", b"3", 30, watch) == b"counted"
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert watch.has_told
    assert pool.call("count", b"2", 30) == b"counted", "nobody has to follow it"


def test_cancelling_ends_one_call_and_no_other(pool: Pool) -> None:
    begun = {name: threading.Event() for name in ("one", "other")}
    watches = {name: Watch(lambda *_, name=name: begun[name].set()) for name in begun}
    ended: dict[str, BaseException] = {}

    def follow(name: str) -> None:
        try:
            pool.call("begin", b"", 30, watches[name])
        except Ended as error:
            ended[name] = error

    threads = {name: threading.Thread(target=follow, args=(name,)) for name in begun}
    for thread in threads.values():
        thread.start()
    assert all(event.wait(30) for event in begun.values())
    watches["one"].cancel()
    threads["one"].join(30)
    assert list(ended) == ["one"]
    assert threads["other"].is_alive()
    assert pool.call("echo", b"next", 30) == b"next"
    watches["other"].cancel()
    threads["other"].join(30)
    assert sorted(ended) == ["one", "other"]


def test_what_was_cancelled_before_it_began_is_not_done(pool: Pool) -> None:
    watch = Watch()
    watch.cancel()
    with pytest.raises(Ended):
        pool.call("echo", b"x", 30, watch)
    assert pool.call("echo", b"y", 30) == b"y"


def test_a_watch_that_is_over_ends_nothing(pool: Pool) -> None:
    watch = Watch()
    with pool.lend() as process:
        assert process.call("echo", b"1", 30, watch) == b"1"
        run = process.run
        watch.cancel()
        assert process.call("echo", b"2", 30) == b"2"
        assert process.run == run


def test_what_never_ends_is_stopped_and_the_next_call_answered(pool: Pool) -> None:
    with pytest.raises(TimedOut):
        pool.call("spin", b"", 0.3)
    assert pool.call("echo", b"again", 30) == b"again"


def test_a_limit_that_was_set_earlier_stops_nothing_later(pool: Pool) -> None:
    with pool.lend() as process:
        assert process.call("echo", b"1", 30) == b"1"
        with pytest.raises(TimedOut):
            process.call("spin", b"", 0.2)
        assert process.call("echo", b"2", 30) == b"2"


def test_what_answers_as_it_is_stopped_harms_no_later_call() -> None:
    """The limit comes in the moment between the answer and its end."""

    class Late(GuardedProcess):
        def _exchange(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, process: subprocess.Popen[bytes], call: Call, body: bytes, watch: Watch
        ) -> tuple[Reply, bytes] | None:
            found = GuardedProcess._exchange(process, call, body, watch)
            if body == b"late":
                self._give_up()
            return found

    process = Late(ROLE, 1024)
    try:
        for _ in range(4):
            assert process.call("echo", b"late", 30) == b"late"
            assert process.call("echo", b"next", 30) == b"next"
    finally:
        process.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no memory limit for a process")
def test_what_eats_all_memory_is_refused(pool: Pool) -> None:
    with pytest.raises(OutOfMemory):
        pool.call("eat", b"", 30)


def test_an_error_is_told_by_its_kind_and_never_by_its_words(pool: Pool) -> None:
    with pytest.raises(Failed) as caught:
        pool.call("fail", b"", 30)
    assert caught.value.kind == "KeyError"
    assert "letter" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much a process worked")
def test_what_only_waits_for_its_turn_is_not_stopped(pool: Pool) -> None:
    """As on a busy machine: the process is let work for a part of its limit by the clock."""
    with pool.lend() as process:
        assert process.call("echo", b"warm", 30) == b"warm"
        running = process._process  # pyright: ignore[reportPrivateUsage]
        assert running is not None
        answers: list[bytes] = []
        before = processor_time(running.pid) or 0.0
        thread = threading.Thread(target=lambda: answers.append(process.call("work", b"0.3", 1)))
        thread.start()
        while thread.is_alive() and (processor_time(running.pid) or 0.0) < before + 0.1:
            thread.join(0.01)
        running.send_signal(signal.SIGSTOP)
        thread.join(1.1)
        running.send_signal(signal.SIGCONT)
        thread.join(30)
        assert answers == [b"done"]


def test_what_hangs_is_stopped_although_it_does_not_work(pool: Pool) -> None:
    with pytest.raises(TimedOut):
        pool.call("hang", b"", 0.3)


def test_stopping_ends_what_runs(pool: Pool) -> None:
    ended: list[Exception] = []

    def wait() -> None:
        try:
            pool.call("spin", b"", 60)
        except Ended as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    while thread.is_alive():
        pool.stop()
        thread.join(0.05)
    assert len(ended) == 1


def test_hurry_brings_the_end_forward(pool: Pool) -> None:
    with pool.lend() as process:
        ended: list[Exception] = []

        def wait() -> None:
            try:
                process.call("spin", b"", 60)
            except TimedOut as error:
                ended.append(error)

        thread = threading.Thread(target=wait)
        thread.start()
        while thread.is_alive():
            process.hurry(0.05)
            thread.join(0.1)
        assert len(ended) == 1


def test_calls_that_wait_are_given_a_process_of_their_own(pool: Pool) -> None:
    with pool.lend() as one, pool.lend() as two:
        assert one is not two
        assert two.call("echo", b"2", 30) == b"2"


@pytest.mark.skipif(sys.platform not in ("linux", "win32"), reason="no memory to share here")
def test_memory_is_shared_and_given_back(pool: Pool) -> None:
    with pool.lend() as process:
        assert process.shared is not None
        process.call("write", b"picture", 30)
        assert bytes(process.shared.view[:7]) == b"picture"
        process.shared.trim()
        assert bytes(process.shared.view[:7]) == bytes(7)
        process.call("write", b"another", 30)
        assert bytes(process.shared.view[:7]) == b"another"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel refuses sockets on Linux only")
def test_no_socket_can_be_opened(pool: Pool) -> None:
    assert pool.call("connect", b"", 30) == b"13"


@pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in for a frozen program is a shell script"
)
def test_a_frozen_program_starts_its_processes_from_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is its own Python and knows no `-m`: what is started is the program's own main."""
    frozen = tmp_path / "imr-desk"
    frozen.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{PROGRAM / "main.py"}" "$@"\n')
    frozen.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(frozen))
    process = GuardedProcess(ROLE, 512)
    try:
        assert process.call("echo", b"here", 20) == b"here"
    finally:
        process.stop()
