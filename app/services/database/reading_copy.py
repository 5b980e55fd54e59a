"""How a database on a medium that takes no writing is read: a copy of it is opened elsewhere.

SQLite writes where it only reads (its log has to be folded in, an older version upgraded), so that
it works on a copy, readable by its owner only, which goes with the program.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from app.services.database import problems
from app.services.working_folder import clear_left, working_folder

_PREFIX = "imr-desk-reading-"
_REFUSED = (errno.EROFS, errno.EACCES, errno.EPERM)


def is_read_only(folder: Path) -> bool:
    """Whether nothing can be written into the folder, as on a disk mounted for reading."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return False
    except OSError as error:
        return error.errno in _REFUSED


def refuse_read_only(folder: Path) -> None:
    """Raises UserError where nothing can be written into the folder, whatever lies in it can be."""
    if is_read_only(folder):
        raise problems.unreachable(folder, "it can only be read")


class ReadingCopy:
    """A copy of a database with its log, until `close`. Raises UserError."""

    def __init__(self, path: Path) -> None:
        with suppress(OSError):  # no reason to read nothing
            clear_left(None, _PREFIX)
        self._folder = ExitStack()
        self.path = self._folder.enter_context(working_folder(None, _PREFIX)) / path.name
        try:
            with problems.told(path):
                for name in (path.name, f"{path.name}-wal"):
                    if path.with_name(name).is_file():
                        shutil.copyfile(path.with_name(name), self.path.with_name(name))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Removes the copy."""
        self._folder.close()
