"""Reading a PDF where it can be stopped: a warm process of its own, with limits.

A hostile or damaged file can keep the engine busy for ever or eat all memory, and an engine in C
cannot be interrupted from within. The process is started once (about 0.2 s) and kept; a letter
then costs about a millisecond more than reading it here. It is started as a module, not forked
or spawned from the program's own main module, so that it never imports the window toolkit.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

import msgspec

from app.errors import UserError
from app.paths import IMPORT_ROOT
from app.services.pdf.errors import (
    BY_NAME,
    PasswordNeeded,
    ReadingStopped,
    TookTooLong,
    TooMuchMemory,
)
from app.services.pdf.files import load
from app.services.pdf.frames import Answer, Request, read_frame, write_frame
from app.services.pdf.words import PdfText

DEFAULT_SECONDS = 30.0
DEFAULT_MEGABYTES = 2048


def read_guarded(
    source: Path | str | bytes,
    password: str | None = None,
    seconds: float = DEFAULT_SECONDS,
    megabytes: int = DEFAULT_MEGABYTES,
) -> PdfText:
    """`read` in a process started for this one file. Raises its errors and those of the limits."""
    with GuardedReader(seconds, megabytes) as reader:
        return reader.read(source, password)


class GuardedReader:
    """Reads one PDF after another in a warm process; `stop` may be called from any thread."""

    def __init__(
        self, seconds: float = DEFAULT_SECONDS, megabytes: int = DEFAULT_MEGABYTES
    ) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def warm(self) -> None:
        """Starts the process now rather than with the first letter."""
        with self._turn:
            self._started()

    def read(self, source: Path | str | bytes, password: str | None = None) -> PdfText:
        """As `app.services.pdf.read`, and raises TookTooLong, TooMuchMemory or ReadingStopped."""
        data = load(source)
        # What is no text in a file's name could not be sent.
        stem = "" if isinstance(source, bytes) else Path(source).stem
        name = stem.encode("utf-8", "replace").decode()
        with self._turn:
            process = self._started()
            frame = self._exchange(process, Request(data, password, name))
        answer = msgspec.msgpack.decode(frame, type=Answer)
        if answer.error:
            raise self._error(answer)
        assert answer.text is not None
        return answer.text

    def stop(self) -> None:
        """Ends what is being read at once: that `read` raises ReadingStopped."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Ends the process. A later `read` starts a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            self._reap(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            if self._process is not None:
                self._reap(self._process)
            environment = dict(os.environ)
            environment["PYTHONPATH"] = os.pathsep.join(
                part for part in (str(IMPORT_ROOT), environment.get("PYTHONPATH", "")) if part
            )
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.services.pdf.worker", str(self._megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], request: Request) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        # Killing the process ends the blocking read: works the same on every system.
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._seconds, give_up)
        clock.daemon = True
        clock.start()
        try:
            write_frame(process.stdin, msgspec.msgpack.encode(request))
            frame = read_frame(process.stdout)
        except OSError:
            frame = None
        finally:
            clock.cancel()
        if frame is None:
            self._reap(process)
            self._process = None
            if late.is_set():
                raise TookTooLong(self._seconds)
            raise ReadingStopped
        return frame

    def _error(self, answer: Answer) -> UserError:
        if answer.error == "MemoryError":
            return TooMuchMemory(self._megabytes)
        if answer.error == "PasswordNeeded":
            return PasswordNeeded(wrong=answer.wrong)
        return BY_NAME[answer.error]()

    @staticmethod
    def _reap(process: subprocess.Popen[bytes]) -> None:
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not yet written went with the process
                    continue
