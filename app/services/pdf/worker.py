"""The process that reads PDFs for `GuardedReader`: requests in on stdin, answers out on stdout.

Run as `python -m app.services.pdf.worker MEGABYTES`. It imports no more than the reader needs,
so that it starts in a tenth of a second and can be killed without loss.
"""

from __future__ import annotations

import sys
from typing import IO

import msgspec

from app.errors import UserError
from app.services.pdf.extraction import extract
from app.services.pdf.files import load
from app.services.pdf.frames import Answer, Request, read_frame, write_frame
from app.services.pdf.words import PdfText


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answers one request after another until the pipe is closed."""
    while (frame := read_frame(requests)) is not None:
        write_frame(answers, msgspec.msgpack.encode(_answer(frame)))


def _answer(frame: bytes) -> Answer:
    try:
        request = msgspec.msgpack.decode(frame, type=Request)
        return Answer(text=extract(load(request.data), request.name, request.password))
    except UserError as error:
        return Answer(error=type(error).__name__, wrong=getattr(error, "wrong", False))
    except MemoryError:
        return Answer(error="MemoryError", text=PdfText())


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return  # Windows has no such limit for a process by itself; the time limit still holds
    import resource

    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    _limit_memory(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
