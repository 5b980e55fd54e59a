"""How one data folder is kept to one program: the system's own file lock, gone with the process."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from app.errors import UserError
from app.services.database.problems import told
from app.services.working_folder import try_lock


class FolderInUse(UserError):
    """Another program has the data folder open."""


class _Holder(msgspec.Struct, frozen=True):
    host: str
    process: int
    since: datetime


class FolderLock:
    """The right to edit in a data folder, from now until `release` or the end of the process.

    Raises FolderInUse, naming the computer and the time, or UserError for a folder that cannot
    be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        with told(self.path):
            if not folder.exists():
                folder.mkdir(mode=0o700, parents=True)
            handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
        self._file: IO[bytes] | None = os.fdopen(handle, "r+b")
        if not try_lock(self._file):
            words = self._file.read()
            self._file.close()
            self._file = None
            raise _in_use(folder, words)
        holder = _Holder(host=platform.node(), process=os.getpid(), since=datetime.now(UTC))
        # On a full disk only the words for whoever comes second are missing.
        with suppress(OSError):
            os.ftruncate(self._file.fileno(), 0)
            os.write(self._file.fileno(), msgspec.json.encode(holder))

    def release(self) -> None:
        """Lets others in. Also happens by itself when the process ends, however it ends."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _in_use(folder: Path, words: bytes) -> FolderInUse:
    remedy = "Close it there, or start with another data folder (--data)."
    try:
        holder = msgspec.json.decode(words, type=_Holder)
    except msgspec.DecodeError:
        return FolderInUse(f"The data folder {folder} is open in another program.", remedy)
    since = holder.since.astimezone().strftime("%Y-%m-%d %H:%M")
    return FolderInUse(
        f"The data folder {folder} has been open on {holder.host} since {since} "
        f"(process {holder.process}).",
        remedy,
    )
