"""How a file is written that only its owner may read: whole or not at all, and lasting."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def create_private(path: Path) -> None:
    """Makes an empty file that only its owner can read; SQLite's side files follow its mode."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def write_private(path: Path, data: bytes) -> None:
    """Writes a file that only its owner can read: all of it or nothing. Raises OSError."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        handle = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Makes what was written to a file last through a power cut. Raises OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_and_wipe(fresh: Path, path: Path) -> None:
    """Puts `fresh`, which is on the disk, in place of a file whose bytes are overwritten then.

    That is as much as a program can do: what the disk itself sets aside is out of its reach.
    """
    if sys.platform == "win32":  # no open file can be replaced there
        fresh.replace(path)
        return
    with path.open("r+b") as old:
        fresh.replace(path)
        sync_folder(path.parent)
        _overwrite(old.fileno())


def remove_and_wipe(path: Path) -> None:
    """Removes a file and overwrites its bytes; nothing where it is not there.

    The name goes first: what is half overwritten must never be taken for the file.
    """
    if sys.platform == "win32":  # no open file can be removed there
        path = path.replace(path.with_name(f"{path.name}.partial"))
    try:
        old = path.open("r+b")
    except FileNotFoundError:
        return
    with old:
        if sys.platform != "win32":
            path.unlink()
            sync_folder(path.parent)
        _overwrite(old.fileno())
    path.unlink(missing_ok=True)


def _overwrite(handle: int) -> None:
    size, piece = os.fstat(handle).st_size, bytes(2**20)
    for at in range(0, size, len(piece)):
        os.lseek(handle, at, os.SEEK_SET)
        os.write(handle, piece[: size - at])
    os.fsync(handle)
