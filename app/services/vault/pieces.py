"""How an encrypted file is laid out: pieces that each prove their place and the end of the file.

Written from front to back and read from anywhere, so that nothing of it ever has to lie on the disk
in the clear. The nonce of a piece is its number and whether it is the last one.
"""

from __future__ import annotations

import io
import os
from typing import IO, TYPE_CHECKING, Any

from typing_extensions import override

from app.services.vault import problems

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 2**20
_TAG = 16


class EncryptingWriter(io.RawIOBase):
    """A file to be written once, from front to back; it is whole after `finish` only."""

    def __init__(self, target: IO[bytes], aead: AESGCM) -> None:
        self._target = target
        self._aead = aead
        self._waiting = bytearray()
        self._number = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: ReadableBuffer, /) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece is known at the end
            self._put(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return memoryview(data).nbytes

    def finish(self) -> None:
        """Writes what waits, as the last piece."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._aead.encrypt(_nonce(self._number, is_last=is_last), piece, None))
        self._number += 1


class DecryptingReader(io.RawIOBase):
    """What an EncryptingWriter has written to `source` from where that stands, with `seek`.

    Reading raises EncryptedChanged; `name` is what the file is called in words.
    """

    def __init__(self, source: IO[bytes], aead: AESGCM, name: str) -> None:
        self._source = source
        self._aead = aead
        self._name = name
        self._start = source.tell()
        size = source.seek(0, os.SEEK_END) - self._start
        self._last = max(0, (size - 1) // (PIECE + _TAG))
        self._size = size - _TAG * (self._last + 1)
        if self._size < 0:
            raise problems.changed(name)
        self._at = 0
        self._piece: tuple[int, bytes] = (-1, b"")
        self._read_piece(self._last)  # the end is where it was written

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    @override
    def tell(self) -> int:
        return self._at

    @override
    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view: Any = memoryview(buffer).cast("B")
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, PIECE)
        part = self._read_piece(number)[within : within + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _read_piece(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._piece[0] != number:
            self._source.seek(self._start + number * (PIECE + _TAG))
            written = self._source.read(PIECE + _TAG)
            nonce = _nonce(number, is_last=number == self._last)
            try:
                self._piece = (number, self._aead.decrypt(nonce, written, None))
            except InvalidTag as error:
                raise problems.changed(self._name) from error
        return self._piece[1]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
