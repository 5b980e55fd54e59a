"""Memory that the program and a guarded process both see: a picture crosses without a pipe.

On Linux it is memory without a name, on Windows a named mapping; both are gone with the last
process that holds them, also after a kill. Elsewhere there is none, and what would lie in it goes
through the pipe.
"""

from __future__ import annotations

import mmap
import os
import sys
import uuid
from typing import Self

_FD, _TAG = "fd:", "tag:"


class SharedBytes:
    """So many bytes. Only what was written to takes memory, until `trim`."""

    def __init__(self, size: int, fd: int | None, tag: str) -> None:
        self.size = size
        self._fd = fd
        self.handle = f"{_FD}{fd}" if fd is not None else f"{_TAG}{tag}"
        """What the other process opens it with."""
        if sys.platform == "win32":
            self._map = mmap.mmap(-1, size, tagname=tag)
        else:
            assert fd is not None
            self._map = mmap.mmap(fd, size)
        self.view = memoryview(self._map)

    @classmethod
    def make(cls, size: int) -> Self | None:
        """New memory; None where this system has none to share."""
        if sys.platform == "linux":
            fd = os.memfd_create("imr-desk", os.MFD_CLOEXEC)
            os.ftruncate(fd, size)
            return cls(size, fd, "")
        if sys.platform == "win32":
            return cls(size, None, f"imr-desk-{uuid.uuid4()}")
        return None

    @classmethod
    def open(cls, handle: str, size: int) -> Self:
        """The same memory in the other process."""
        if handle.startswith(_FD):
            return cls(size, int(handle.removeprefix(_FD)), "")
        return cls(size, None, handle.removeprefix(_TAG))

    @property
    def fds(self) -> tuple[int, ...]:
        """What a process has to be started with to see it."""
        return () if self._fd is None else (self._fd,)

    def trim(self) -> None:
        """Gives the memory back. Nothing written is there afterwards."""
        if self._fd is not None:
            os.ftruncate(self._fd, 0)
            os.ftruncate(self._fd, self.size)

    def close(self) -> None:
        self.view.release()
        self._map.close()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
