"""How a backup's file name tells its place in the order, its time and its reason.

The number is the order: it counts up, whatever the clock says. The time is only what the clock
said. Names without a number are of versions that trusted the clock: they come before all others.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

SUFFIX = ".backup"
"""How the names of backups end; those of older versions, databases of their own, in `.db`."""
_NAME = re.compile(r"imr-desk-(\d{8}-\d{6})(?:-(\d{6,}))?(?:-([a-z][a-z0-9-]*))?\.(?:db|backup)")
_STAMP = "%Y%m%d-%H%M%S"


class BackupName(NamedTuple):
    """What a name tells; in the order in which backups were made."""

    number: int
    at: datetime
    reason: str

    def text(self) -> str:
        """The file's name."""
        end = f"-{self.reason}" if self.reason else ""
        return f"imr-desk-{self.at.strftime(_STAMP)}-{self.number:06d}{end}{SUFFIX}"


def read_name(name: str) -> BackupName | None:
    """What the name of a file tells; None for a file that is no backup."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None  # digits that are no day
    return BackupName(int(match[2] or 0), at, match[3] or "")


def named_in(folder: Path) -> list[tuple[BackupName, Path]]:
    """The backups in a folder, the one made first first."""
    named = ((read_name(path.name), path) for path in folder.glob("imr-desk-*"))
    return sorted((name, path) for name, path in named if name is not None)


def next_name(folder: Path, reason: str = "") -> BackupName:
    """The name of the backup that is made now: behind all that are in the folder."""
    highest = max((name.number for name, _ in named_in(folder)), default=0)
    return BackupName(highest + 1, datetime.now(UTC).replace(microsecond=0), reason)
