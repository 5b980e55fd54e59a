"""Which paths are read and written at all: files. A pipe would be waited for, a device replaced.

And which files are nobody's: systems and programs leave some of their own beside those of people.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePath

_BEGIN, _NAMES = (
    ("._", "~$", ".~lock."),
    frozenset(
        ("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store", "icon\r")
    ),
)
"""How the files are named, or begin to be, that a Mac, Windows and office programs leave."""
_FOLDER = "__MACOSX"
"""Where a Mac's packed folders hold theirs."""
NOBODYS = "It is no letter: the system or another program left it beside one."


def is_nobodys(path: PurePath) -> bool:
    """Whether a file is no person's, by its name: previews, a folder's looks, a lock, a fork."""
    name = path.name
    return name.startswith(_BEGIN) or name.casefold() in _NAMES or _FOLDER in path.parts[:-1]


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
