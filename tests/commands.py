"""The command line for tests: in this process, or where that matters in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from app import tour
from app.application import main
from app.cli import beginning, documents, kept, letters, tables, taking_in, writing
from app.services.letter_reader import LetterReader
from tests.readers import the_reader

PROJECT = Path(__file__).resolve().parents[1]
DONE, USAGE, UNUSABLE = 0, 2, 3
READING = (beginning, documents, kept, letters, tables, taking_in, tour, writing)


def run(
    *arguments: object, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """What `python main.py …` does, says and answers, without the time a process takes to start.

    It finds the surroundings that `run_process` gives it, and writes to real files in the place of
    standard output and error: what a library says past Python is seen too. Letters are read by the
    processes that read for all tests of the run.
    """
    words = [*map(str, arguments)]
    with ExitStack() as stack:
        files = [stack.enter_context(TemporaryFile()) for _ in range(3)]
        files[0].write(given)
        files[0].seek(0)
        with _surroundings(environment), _standard(files):
            try:
                status = main(words)
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
        said = [_all_of(file).decode() for file in files[1:]]
    return subprocess.CompletedProcess(words, status, *said)


def run_process(
    *arguments: object, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The same as its user runs it, in bytes."""
    return subprocess.run(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=PROJECT,
        input=given,
        capture_output=True,
        env=_bare() | environment,
        timeout=120,
        check=False,
    )


@contextmanager
def _lent_reader(**_: object) -> Iterator[LetterReader]:
    yield the_reader()


def _bare() -> dict[str, str]:
    """No display and, where none is named, no data folder of anybody's."""
    bare = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return bare | {"IMR_DESK_DATA": str(PROJECT / "build" / "nothing-kept")}


@contextmanager
def _surroundings(environment: dict[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, chdir(PROJECT):
        patch.delenv("QT_QPA_PLATFORM", raising=False)
        for name, value in (_bare() | environment).items():
            patch.setenv(name, value)
        for module in READING:
            patch.setattr(module, "LetterReader", _lent_reader)
        patch.setattr(sys, "argv", ["main.py"])
        yield


@contextmanager
def _standard(files: list[IO[bytes]]) -> Iterator[None]:
    """These files for standard input, output and error: those of Python and those below it."""
    before = [os.dup(number) for number in range(3)]
    streams = [
        TextIOWrapper(os.fdopen(os.dup(file.fileno()), mode), "utf-8", errors, write_through=True)
        for file, mode, errors in zip(
            files, ("rb", "wb", "wb"), ("strict", "strict", "backslashreplace"), strict=True
        )
    ]
    try:
        for number, file in enumerate(files):
            os.dup2(file.fileno(), number)
        with pytest.MonkeyPatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            yield
    finally:
        for stream in streams:
            stream.close()
        for number, was in enumerate(before):
            os.dup2(was, number)
            os.close(was)


def _all_of(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
