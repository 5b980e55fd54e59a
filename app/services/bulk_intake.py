"""How folders of thousands of letters are taken in: on all cores, one bad file never stops the rest.

What was kept stays: begun again, it passes over what is there by the bytes of each file. Few files
are in memory at a time, however many there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from enum import StrEnum
from itertools import islice
from pathlib import Path

import msgspec

from app.errors import UserError, problem_in
from app.services.guard import Watch
from app.services.letter_intake import twin_words
from app.services.store import Imported

UNKNOWN = "unknown"
"""The layout of what is no letter, or has no text."""
_AHEAD = 2
"""Files for each core that are handed out: none waits for the next one to be found."""


class State(StrEnum):
    """What became of a file."""

    TAKEN_IN = "taken in"
    SAME_FILE = "here already"
    SAME_CASE = "taken in, another file of a case that is here"
    NO_LETTER = "taken in, not recognised as a letter"
    FAILED = "could not be read"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file; `words` say in what twins differ, or why it could not be read."""

    path: Path
    state: State
    words: str = ""
    imported: Imported | None = None


Keep = Callable[[Path, Watch], Imported]
"""Reads one file and keeps it. Raises UserError."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def take_in_all(files: Iterable[Path], keep: Keep, at_once: int) -> Generator[Outcome]:
    """Take the files in, `at_once` at a time, and tell what became of each as it is done.

    Closing it ends what is being read; what is told by then is kept.
    """
    waiting = iter(files)
    under_way: dict[Future[Outcome], Watch] = {}
    threads = ThreadPoolExecutor(at_once)

    def hand_out(most: int) -> None:
        for path in islice(waiting, most):
            watch = Watch()
            under_way[threads.submit(_take_in, path, keep, watch)] = watch

    try:
        hand_out(at_once * _AHEAD)
        while under_way:
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                del under_way[future]
            hand_out(len(done))
            for future in done:
                yield future.result()
    finally:
        for future, watch in under_way.items():
            future.cancel()
            watch.cancel()
        threads.shutdown()


def _take_in(path: Path, keep: Keep, watch: Watch) -> Outcome:
    try:
        imported = keep(path, watch)
    except (UserError, OSError) as error:
        return Outcome(path=path, state=State.FAILED, words=str(problem_in(error)))
    if imported.known:
        return Outcome(path=path, state=State.SAME_FILE, imported=imported)
    if imported.twins:
        words = twin_words(imported)
        return Outcome(path=path, state=State.SAME_CASE, words=words, imported=imported)
    is_letter = imported.summary.layout != UNKNOWN
    state = State.TAKEN_IN if is_letter else State.NO_LETTER
    return Outcome(path=path, state=state, imported=imported)
