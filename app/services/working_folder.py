"""Where plain copies of what is kept lie for the time of one piece of work, and how they go.

Each lies in a folder of its own with a file that is locked as long as its process lives: what a
killed process left is known by that, at once and without a clock.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FAR = 1 << 30
"""Where Windows locks: behind the words, which others must be able to read."""
STILL = timedelta(minutes=2)
"""What was not written to for so long is not being written any more."""
_IN_USE = "in-use"


def try_lock(file: IO[bytes]) -> bool:
    """Takes the system's lock on an open file, until it is closed; False where another has it."""
    try:
        if sys.platform == "win32":
            file.seek(FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        return False
    return True


@contextmanager
def working_folder(parent: Path | None, prefix: str) -> Generator[Path]:
    """A new folder in `parent`, owner-only, that goes with all in it when the block ends.

    Without `parent` it lies where the system has its temporary files.
    """
    with (
        tempfile.TemporaryDirectory(dir=parent, prefix=prefix) as name,
        (Path(name) / _IN_USE).open("w+b") as mark,
    ):
        try_lock(mark)
        yield Path(name)


def clear_left(parent: Path | None, prefix: str, still: timedelta = STILL) -> None:
    """Removes the working folders whose process is gone. Raises OSError."""
    for path in (parent or Path(tempfile.gettempdir())).glob(f"{prefix}*"):
        if path.is_dir() and not path.is_symlink() and _is_ours(path) and _is_left(path, still):
            shutil.rmtree(path)


def is_still(path: Path, still: timedelta = STILL) -> bool:
    """Whether nothing has written to it for a while. Raises FileNotFoundError."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) <= datetime.now(UTC) - still


def _is_ours(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def _is_left(folder: Path, still: timedelta) -> bool:
    try:
        with (folder / _IN_USE).open("r+b") as mark:
            return try_lock(mark)
    except FileNotFoundError:
        # Of an older version, or made at this moment.
        return folder.exists() and is_still(folder, still)
