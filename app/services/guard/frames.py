"""What crosses the pipe between the program and a guarded process: a length, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

OUT_OF_MEMORY = "MemoryError"
"""The kind of error that a reply names where the limit of memory was reached."""
_LENGTH = struct.Struct(">Q")


class Call(msgspec.Struct, frozen=True, array_like=True):
    """Says which task the bytes of the next frame are for, and after how many seconds at most
    nobody waits for it any more."""

    task: str
    seconds: float


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """Says what the bytes of the next frame are: the answer, or nothing where it failed.

    `failed` is the kind of the error, `where` the place in our code it came from. Where `of` is not
    0 there is no answer yet, and no frame of it: `done` pieces of `of` are done.
    """

    failed: str = ""
    where: str = ""
    done: int = 0
    of: int = 0


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next frame, or None where the other side has gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None
