"""A guarded process: calls in on stdin, answers out on stdout.

Run as `python -m app.services.guard.worker ROLE MEGABYTES SHARED SIZE`. ROLE is a module with
`tasks(shared, tell)`: its functions by name, each from bytes to bytes; with `tell` they say how far
they are. The process imports no more than its role, so that it starts in a tenth of a second and
can be killed without loss.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO

import msgspec

from app.services.guard.frames import OUT_OF_MEMORY, Call, Reply, read_frame, write_frame
from app.services.guard.limits import end_after, limit_memory, refuse_sockets
from app.services.guard.shared import SharedBytes


def serve(
    tasks: Mapping[str, Callable[[bytes], bytes]], calls: IO[bytes], replies: IO[bytes]
) -> None:
    """Answers one call after another until the pipe is closed."""
    while (head := read_frame(calls)) is not None and (body := read_frame(calls)) is not None:
        call = msgspec.msgpack.decode(head, type=Call)
        end_after(call.seconds)
        reply, answer = _done(tasks[call.task], body)
        end_after(0)
        write_frame(replies, msgspec.msgpack.encode(reply))
        write_frame(replies, answer)
        replies.flush()


def _done(task: Callable[[bytes], bytes], body: bytes) -> tuple[Reply, bytes]:
    try:
        return Reply(), task(body)
    except MemoryError:
        return Reply(OUT_OF_MEMORY), b""
    except Exception as error:  # noqa: BLE001 - told by the program, which goes on with other files
        return Reply(type(error).__name__, _where(error)), b""


def _where(error: BaseException) -> str:
    """The innermost line of our own code; never the error's words, which may be the file's."""
    ours = Path(__file__).parents[2]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ours):
            return f"{path.relative_to(ours).as_posix()} line {frame.lineno}"
    return ""


def main(role: str, megabytes: str, handle: str, size: str) -> None:
    limit_memory(int(megabytes))
    refuse_sockets()
    shared = SharedBytes.open(handle, int(size)) if handle else None
    replies = sys.stdout.buffer
    tasks = importlib.import_module(role).tasks(shared, partial(_tell, replies))
    serve(tasks, sys.stdin.buffer, replies)


def _tell(replies: IO[bytes], done: int, of: int) -> None:
    """Says how far the task at hand is."""
    write_frame(replies, msgspec.msgpack.encode(Reply(done=done, of=max(of, 1))))
    replies.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
