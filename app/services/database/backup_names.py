"""How a backup's file name tells its place in the order, its time and its reason.

The number is the order: it counts up, whatever the clock says. The time is only what the clock
said. Names without a number are of versions that trusted the clock: they come before all others.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

PATTERN = "imr-desk-*.db"
_NAME = re.compile(r"imr-desk-(\d{8}-\d{6})(?:-(\d{6,}))?(?:-([a-z][a-z0-9-]*))?\.db")
_STAMP = "%Y%m%d-%H%M%S"


class BackupName(NamedTuple):
    """What a name tells; in the order in which backups were made."""

    number: int
    at: datetime
    reason: str

    def text(self) -> str:
        """The file's name."""
        end = f"-{self.reason}" if self.reason else ""
        return f"imr-desk-{self.at.strftime(_STAMP)}-{self.number:06d}{end}.db"


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


def next_name(folder: Path, reason: str = "") -> BackupName:
    """The name of the backup that is made now: behind all that are in the folder."""
    names = (read_name(path.name) for path in folder.glob(PATTERN))
    highest = max((name.number for name in names if name is not None), default=0)
    return BackupName(highest + 1, datetime.now(UTC).replace(microsecond=0), reason)
