"""When copies of the database are made, which are kept, and what going back to one means."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from app.services.database import Database, open_database
from app.services.database.connection import copy_file
from app.services.database.problems import told
from app.services.store.compare import differing_cases
from app.services.store.files import PdfFiles
from app.services.store.values import Backup, CaseDifference

LAST, DAYS, WEEKS = 10, 14, 8
"""Kept: the last ten, and the newest of each of the last 14 days and 8 weeks that have one."""

_NAME = re.compile(r"imr-desk-(\d{8}-\d{6})(?:-([a-z0-9-]+))?\.db")
_STAMP = "%Y%m%d-%H%M%S"


class Backups:
    """Copies of the database in `folder/backups`, owner-only, each checked when it is made.

    The PDFs are not in them: kept files are never changed, `archive` takes both.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self.folder = folder / "backups"

    def all(self) -> tuple[Backup, ...]:
        """Newest first."""
        return backups_in(self.folder)

    def make(self, reason: str = "") -> Backup:
        """A backup of this moment, then thins the older ones; work goes on meanwhile.

        `reason` is a few words in lower case with dashes. Raises UserError; a damaged database
        makes no backup, so that it pushes no sound one out.
        """
        with told(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        at = datetime.now(UTC).replace(microsecond=0)
        for newest in self.all()[:1]:
            # Also when the clock was set back: thinning must never take the one just made.
            at = max(at, newest.at + timedelta(seconds=1))
        end = f"-{reason}" if reason else ""
        path = self.folder / f"imr-desk-{at.strftime(_STAMP)}{end}.db"
        self._database.copy_to(path)
        for backup in superfluous(self.all()):
            with told(backup.path):
                backup.path.unlink(missing_ok=True)
        return Backup(path=path, at=at, size=path.stat().st_size, reason=reason)

    def make_if_due(self, every: timedelta = timedelta(hours=1)) -> Backup | None:
        """A backup where the newest is older than that."""
        newest = next(iter(self.all()), None)
        if newest is not None and datetime.now(UTC) - newest.at < every:
            return None
        return self.make()

    def differences(self, backup: Backup) -> tuple[CaseDifference, ...]:
        """The letters, and their fields, that are not the same in the backup as now."""
        with _opened(backup.path) as then:
            return differing_cases(then, self._database)

    def restore(self, backup: Backup) -> Backup:
        """Goes back to a backup of this or an older version; gives the backup made just before.

        Whoever holds a letter open must load it anew. Raises UserError, and nothing is changed.
        """
        with _opened(backup.path) as then:
            before = self.make("before-restore")
            then.close()
            self._database.replace_with(then.path)
        return before

    def sweep(self, files: PdfFiles) -> int:
        """Removes PDFs that no letter and no backup needs; gives their number.

        After a letter was removed, its file goes when the last backup that has it is thinned.
        """
        needed = _file_hashes(self._database.path)
        for backup in self.all():
            needed |= _file_hashes(backup.path)
        superfluous_files = [sha256 for sha256 in files.known() if sha256 not in needed]
        for sha256 in superfluous_files:
            files.remove(sha256)
        return len(superfluous_files)


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder, newest first; also where the database cannot be opened."""
    found: list[Backup] = []
    for path in folder.glob("imr-desk-*.db"):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path=path, at=at, size=path.stat().st_size, reason=match[2] or ""))
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True))


def superfluous(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that are not kept, of a list newest first."""
    backups = tuple(backups)
    # A dictionary keeps the first, the newest, of each day and week.
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    for backup in backups:
        days.setdefault(backup.at.date(), backup)
        weeks.setdefault(backup.at.isocalendar()[:2], backup)
    kept = {
        backup.path
        for group in (backups[:LAST], islice(days.values(), DAYS), islice(weeks.values(), WEEKS))
        for backup in group
    }
    return tuple(backup for backup in backups if backup.path not in kept)


def restore_damaged(path: Path, backup: Backup) -> Path:
    """Puts a backup in place of a database that cannot be opened; nothing may have it open.

    The damaged file is kept: gives the folder it was moved to. Raises UserError.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.parent / f"damaged-{stamp}"
    with _opened(backup.path) as then, told(path):
        then.close()
        aside.mkdir(mode=0o700)
        # The log first: without its log the old file could not be taken for whole.
        for end in ("-wal", "-shm", ""):
            part = path.with_name(path.name + end)
            if part.exists():
                part.replace(aside / part.name)
        copy_file(then.path, path)
    return aside


def _file_hashes(path: Path) -> set[str]:
    with told(path), closing(sqlite3.connect(path)) as raw:
        return {sha256 for (sha256,) in raw.execute("SELECT file_sha256 FROM cases")}


@contextmanager
def _opened(path: Path) -> Generator[Database]:
    """A backup as a database of today's version: a copy is opened, the backup stays as it is."""
    with (
        told(path),
        tempfile.TemporaryDirectory(dir=path.parent, prefix="opened-") as folder,
    ):
        copy = Path(folder) / "imr-desk.db"
        shutil.copyfile(path, copy)
        database = open_database(copy)
        try:
            database.check()
            yield database
        finally:
            database.close()
