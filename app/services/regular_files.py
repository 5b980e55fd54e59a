"""Which paths are read and written at all: files. A pipe would be waited for, a device replaced."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe, not a file"),
    (stat.S_ISCHR, "it is a device, not a file"),
    (stat.S_ISBLK, "it is a device, not a file"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
)


def read_regular(path: Path, longest: int = -1) -> bytes:
    """The file's bytes, at most `longest` of them. Raises OSError for what is no file, at once."""
    # Without O_NONBLOCK opening a pipe waits until somebody writes into it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _refuse(os.fstat(handle).st_mode)
    except OSError:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as file:
        return file.read(longest)


def refuse_special(path: Path) -> None:
    """Raises OSError where something that is no file has that name; nothing there is fine."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    _refuse(mode)


def _refuse(mode: int) -> None:
    for is_kind, words in _KINDS:
        if is_kind(mode):
            raise OSError(errno.EINVAL, words)
