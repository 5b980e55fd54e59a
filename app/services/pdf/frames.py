"""What crosses the pipe between the program and its reading process: length, then msgpack."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

from app.services.pdf.words import PdfText

_LENGTH = struct.Struct(">Q")


class Request(msgspec.Struct, frozen=True):
    """A PDF to read."""

    data: bytes
    password: str | None
    name: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Its text, or the name of what went wrong."""

    text: PdfText | None = None
    error: str = ""
    wrong: bool = False


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next frame, or None where the other side has gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None
