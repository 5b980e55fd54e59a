"""When copies of the database are made, which are kept, and what going back to one means."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from app.errors import UserError
from app.services.database import (
    Database,
    DatabaseDamaged,
    DatabaseGone,
    NotADatabase,
    open_database,
)
from app.services.database.backup_names import named_in, next_name
from app.services.database.connection import exchange_file
from app.services.database.images import back_up
from app.services.database.problems import told
from app.services.store import backup_content as content
from app.services.store import sql
from app.services.store.backup_content import OPENED, Room
from app.services.store.files import PdfFiles
from app.services.store.values import Backup, CaseDifference
from app.services.vault import Cipher
from app.services.working_folder import STILL, clear_left, is_still, working_folder

LAST, DAYS, WEEKS = 10, 14, 8
"""Kept: the last ten, and the newest of each of the last 14 days and 8 weeks that have one."""

DAMAGED = "damaged"
"""The reason of what is kept of a database that could not be read any more: see `restore`."""
LEFTOVERS = (
    "imr-desk.db.fresh*",
    "*.partial",
    "files/??/*.partial",
    "backups/*.partial*",
    "backups/chunks/??/*.partial",
    "damaged-*/*.partial",
)
"""What a process that was killed may leave in the data folder beside those."""
TURN = threading.RLock()
"""Held while a backup is made or rewritten: none is made of what is being erased."""
CLOCK_SLACK = timedelta(minutes=2)
"""A clock that is put right by less than that did not jump."""


class CannotCompare(UserError):
    """The database as it is now is damaged: it can be restored, but not compared."""


class Backups:
    """Copies of the database in `folder/backups`, owner-only, each checked when it is made.

    Each stands alone; what they have in common lies there once. The PDFs are not in them: kept files
    are never changed, `archive` takes both.
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
        with TURN:
            path = self.folder / next_name(self.folder, reason).text()
            with told(path), self._database.plainly() as raw:
                back_up(raw, path, self._database.cipher, self._database.path)
            backups = self.all()
            for backup in superfluous(backups):
                with told(backup.path):
                    backup.path.unlink(missing_ok=True)
        return next(backup for backup in backups if backup.path == path)

    def room(self) -> Room:
        """How much room the backups take, together and each for itself. Raises UserError."""
        return content.room(self.folder, self._database.cipher)

    def make_if_due(self, every: timedelta = timedelta(hours=1)) -> Backup | None:
        """A backup where the last one is older than that, or was made by a clock that ran ahead."""
        newest = next(iter(self.all()), None)
        if newest is not None and abs(datetime.now(UTC) - newest.at) < every:
            return None
        return self.make()

    def differences(self, backup: Backup) -> tuple[CaseDifference, ...]:
        """The letters, and their fields, that are not the same in the backup as now.

        Raises UserError: CannotCompare where not the backup is at fault.
        """
        try:
            self._database.check()
        except DatabaseDamaged as error:
            raise CannotCompare(
                error.what,
                "It cannot be compared with this backup, but the backup can take its place: the "
                "damaged file is kept.",
            ) from error
        with content.opened(backup.path, self._database.cipher) as then:
            return sql.compare.differing_cases(then, self._database)

    def restore(self, backup: Backup) -> Backup:
        """Goes back to a backup of this or an older version; gives the backup made just before.

        A damaged database makes none: it is kept in a folder of its own, given as DAMAGED.
        Whoever holds a letter open must load it anew. Raises UserError, and nothing is changed.
        """
        with content.opened(backup.path, self._database.cipher) as then:
            then.close()
            try:
                before = self.make("before-restore")
            except (DatabaseDamaged, DatabaseGone):
                kept = self._database.exchange(then.path)
                return Backup(path=kept, at=datetime.now(UTC), reason=DAMAGED)
            self._database.replace_with(then.path)
        return before

    def tend(self, files: PdfFiles, every: timedelta = timedelta(hours=1)) -> Backup | None:
        """The regular care: a backup where one is due, then what nothing needs is removed.

        Gives the backup. Raises UserError.
        """
        clear_leftovers(self.folder.parent)
        made = self.make_if_due(every)
        if made is not None:
            with TURN:
                content.pack_oldest(self.folder, self._database.cipher)
                content.sweep_chunks(self.folder, self._database.cipher)
            self.sweep(files)
        return made

    def sweep(self, files: PdfFiles, older_than: timedelta = timedelta(hours=1)) -> int:
        """Removes PDFs that no letter and no backup needs; gives their number.

        After a letter was removed, its file goes when the last backup that has it is thinned. A
        young file may be one of an import that goes on at this moment. Raises UserError.
        """
        try:
            cipher = self._database.cipher
            needed = content.known_hashes(self._database.path, cipher)
            needed |= content.hashes_in_backups(self.folder, cipher)
        except (DatabaseDamaged, NotADatabase):
            return 0  # what a damaged backup needs cannot be told: everything stays
        unneeded = files.unneeded(needed, older_than)
        for path in unneeded:
            files.remove_file(path)
        return len(unneeded)


def clear_leftovers(folder: Path, still: timedelta = STILL) -> None:
    """Removes from a data folder what a killed process left half done. Raises UserError.

    What another process works with at this moment stays.
    """
    with told(folder):
        for parent in (folder, folder / "backups"):
            clear_left(parent, OPENED, still)
        for path in (path for pattern in LEFTOVERS for path in folder.glob(pattern)):
            with suppress(FileNotFoundError):  # it was just put in its place
                if is_still(path, still):
                    path.unlink()


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder, the one made last first, whatever the clock said when.

    Also where the database cannot be opened.
    """
    found: list[Backup] = []
    for name, path in named_in(folder):
        clock_before = found[-1].at if found else name.at
        found.append(
            Backup(
                path=path,
                at=name.at,
                reason=name.reason,
                clock_set_back=clock_before - name.at > CLOCK_SLACK,
            )
        )
    return tuple(reversed(found))


def superfluous(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that are not kept, of a list that begins with the one made last.

    A day is one that the clock told: where it was wrong for a while, that is one day more, which
    takes the place of one of the kept days and no more.
    """
    backups = tuple(backups)
    # A dictionary keeps the first, the one made last, of each day and week.
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


def restore_damaged(path: Path, backup: Backup, cipher: Cipher | None = None) -> Path:
    """Puts a backup in place of a database that cannot be opened; nothing may have it open.

    The damaged file is kept: gives the folder it was moved to. Raises UserError.
    """
    with content.opened(backup.path, cipher or Cipher()) as then, told(path):
        then.close()
        return exchange_file(path, then.path, then.cipher)


def start_empty(path: Path, cipher: Cipher | None = None) -> Path:
    """Puts an empty database in place of one that cannot be opened; gives where that one is kept.

    Raises UserError.
    """
    with told(path), working_folder(path.parent, OPENED) as folder:
        empty = folder / path.name
        made = open_database(empty, cipher)
        made.close()
        return exchange_file(path, empty, made.cipher)
