"""How letters come onto the desk: files read one by one in the background, kept ones fetched ahead."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.services.citations import Guidelines, standard_guidelines
from app.services.guard import Watch
from app.services.letter_intake import OpenedCase, Reader, open_kept, pdfs_of, take_in
from app.services.pdf import PasswordNeeded, ReadingStopped
from app.services.regular_files import NOBODYS, is_nobodys
from app.services.settings import Settings
from app.services.store import Imported, Store
from app.ui.jobs import URGENT, Jobs

SLOW_MS = 2000
"""How long the next file waits for the one being read; a letter takes a fiftieth of it."""

FIRST_SLOW_MS = 8000
"""The same for the first one: it is the one that is shown, and the reading process starts with it."""

MOST_BESIDE = 3
"""So many files are read at a time where some take long."""

MANY, LANES = 20, min(os.cpu_count() or 1, 4)
"""With so many files waiting they are read on all cores, so many at a time at most."""

AHEAD = -1
"""Priority of fetching the letter that will probably be asked for next."""


class Opener(QObject):
    """Takes files in and hands kept letters out; never blocks the window."""

    opened = Signal(object)
    """The OpenedCase that was asked for."""
    open_failed = Signal(int, object)
    """(case id, UserError)"""
    taken_in = Signal(object)
    """An Imported: a letter that is kept now, or was already."""
    file_failed = Signal(object, object)
    """(Path, UserError)"""
    file_unlocked = Signal(object)
    """The Path of a file that could not be read for want of its password, and now is."""
    progressed = Signal(int, int, int)
    """(files done, files in all, of those failed) of the import under way."""
    pages_read = Signal(int, int)
    """(pages read, pages in all) of a bundle that is being read."""
    finished = Signal(int, int, int)
    """(letters taken in, files failed, files left unread as that was cancelled) of the import that
    ended."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        by: str,
        parent: QObject | None = None,
        *,
        guidelines: Callable[[], Guidelines] = standard_guidelines,
    ) -> None:
        """`guidelines` tells which are known when a letter is read."""
        super().__init__(parent)
        self._guidelines = guidelines
        self._store = store
        self._reader = reader
        self._jobs = jobs
        self._by = by
        self._settings = Settings()
        self._files: deque[Path] = deque()
        self._under_way: dict[Path, Watch] = {}
        self._newest: Path | None = None
        self._slow_timer = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow_timer.timeout.connect(self._on_slow_timer_timeout)
        self._total = self._done = self._failed = self._left = 0
        self._wanted: int | None = None
        self._opening = Watch()
        self._ahead: dict[int, OpenedCase] = {}
        self._ahead_ticket = 0
        self._ahead_id: int | None = None
        # Of this sitting only: a password is asked for once, and is never written down.
        self._passwords: dict[int, str] = {}

    @property
    def is_importing(self) -> bool:
        return bool(self._under_way)

    def take_settings(self, settings: Settings) -> None:
        """By which rules it is told how much is left to do in what comes in."""
        self._settings = settings

    # Files

    def take_in_files(self, paths: list[Path]) -> None:
        """Read these files and all PDFs of these folders, in this order, behind what waits."""
        found: list[Path] = []
        for path in paths:
            files = pdfs_of(path)
            if not files and not is_nobodys(path):
                self.file_failed.emit(path, _no_pdf())
            found += files
        if not found and all(map(is_nobodys, paths)):  # chosen by itself, so it is said
            self.file_failed.emit(paths[0], UserError(NOBODYS, "Choose the letter itself."))
        self._files.extend(found)
        self._total += len(found)
        self.progressed.emit(self._done, self._total, self._failed)
        if not self._under_way:
            self._read_next()

    def take_in_locked(self, path: Path, password: str) -> None:
        """Read a file again, with its password."""
        self._jobs.run(
            partial(self._take_in, path, self._watch(), password),
            partial(self._on_locked_done, path, password),
            partial(self._on_locked_failed, path),
            priority=URGENT,
        )

    def cancel(self) -> None:
        """Read no further files, and end the reading of those under way."""
        self.take_no_more()
        for watch in (*self._under_way.values(), self._opening):
            watch.cancel()

    def take_no_more(self) -> None:
        """Read no further files; those being read still come."""
        self._left += len(self._files)
        self._total -= len(self._files)
        self._files.clear()

    def _watch(self) -> Watch:
        return Watch(self.pages_read.emit)

    def _read_next(self) -> None:
        self._newest = None
        if self._files:
            path = self._newest = self._files.popleft()
            watch = self._under_way[path] = self._watch()
            self._jobs.run(
                partial(self._take_in, path, watch),
                partial(self._on_file_done, path),
                partial(self._on_file_failed, path),
            )
            self._slow_timer.start(SLOW_MS if self._done else FIRST_SLOW_MS)
            # The first one is the one that is shown: it is read alone.
            if self._done and len(self._files) >= MANY and len(self._under_way) < LANES:
                self._read_next()
        elif not self._under_way:
            taken, failed, left = self._done - self._failed, self._failed, self._left
            self._total = self._done = self._failed = self._left = 0
            self.finished.emit(taken, failed, left)

    def _on_slow_timer_timeout(self) -> None:
        # The next one is read beside what takes long, and does not wait for it.
        if self._newest is not None and self._files and len(self._under_way) < MOST_BESIDE:
            self._read_next()

    def _take_in(self, path: Path, watch: Watch, password: str | None = None) -> Imported:
        """Runs in a worker."""
        return take_in(
            self._store,
            self._reader,
            path,
            by=self._by,
            password=password,
            guidelines=self._guidelines(),
            settings=self._settings,
            watch=watch,
        )

    def _on_file_done(self, path: Path, imported: Imported) -> None:
        self._done += 1
        self.taken_in.emit(imported)
        self._go_on(path)

    def _on_file_failed(self, path: Path, error: Exception) -> None:
        watch = self._under_way.get(path)
        if watch is not None and watch.is_cancelled and isinstance(error, ReadingStopped):
            self._left += 1
            self._total -= 1
        else:
            self._done += 1
            self._failed += 1
            if isinstance(error, UserError):
                self.file_failed.emit(path, error)
        self._go_on(path)

    def _go_on(self, path: Path) -> None:
        self.progressed.emit(self._done, self._total, self._failed)
        self._under_way.pop(path, None)
        # Where a slow one has ended, the one beside it may still be read.
        if self._newest in (None, path) or len(self._files) >= MANY:
            self._read_next()

    def _on_locked_done(self, path: Path, password: str, imported: Imported) -> None:
        self._passwords[imported.summary.id] = password
        self.taken_in.emit(imported)
        self.file_unlocked.emit(path)

    def _on_locked_failed(self, path: Path, error: Exception) -> None:
        if isinstance(error, UserError):
            self.file_failed.emit(path, error)

    # Kept letters

    def open(self, case_id: int, password: str | None = None) -> None:
        """Fetch a letter and hand it out with `opened`; asking for another one drops this."""
        self._wanted = case_id
        if self._opening.has_told:
            self._opening.cancel()  # a long one that nobody waits for any more
        self._opening = self._watch()
        if password is not None:
            self._passwords[case_id] = password
        # What is still being fetched ahead would come when the letter may be edited already.
        self._jobs.cancel(self._ahead_ticket)
        self._ahead_id = None
        ready = self._ahead.pop(case_id, None)
        if ready is not None:
            self.opened.emit(ready)
            return
        self._jobs.run(
            partial(
                open_kept,
                self._store,
                self._reader,
                case_id,
                self._passwords.get(case_id),
                self._opening,
            ),
            self._on_opened,
            self._on_open_failed,
            key="open",
            priority=URGENT,
        )

    def fetch_ahead(self, case_id: int | None) -> None:
        """Have a letter ready, as it will probably be asked for next."""
        if case_id is None or case_id == self._ahead_id:
            return
        self.forget_ahead()
        self._ahead_id = case_id
        self._ahead_ticket = self._jobs.run(
            partial(open_kept, self._store, self._reader, case_id, self._passwords.get(case_id)),
            self._on_ahead_done,
            self._on_ahead_failed,
            key="ahead",
            priority=AHEAD,
        )

    def password_of(self, case_id: int) -> str | None:
        """The password of a letter, where one was given in this sitting."""
        return self._passwords.get(case_id)

    def forget_ahead_of(self, case_id: int) -> None:
        """A letter is not what it was when it was fetched ahead, if it was."""
        if case_id == self._ahead_id:
            self.forget_ahead()

    def forget_ahead(self) -> None:
        """What was fetched ahead may no longer be so."""
        self._jobs.cancel(self._ahead_ticket)
        self._ahead_id = None
        for opened in self._ahead.values():
            opened.pictures.close()
        self._ahead.clear()

    def _on_opened(self, opened: OpenedCase) -> None:
        self.opened.emit(opened)

    def _on_open_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self._wanted is not None:
            self.open_failed.emit(self._wanted, error)

    def _on_ahead_done(self, opened: OpenedCase) -> None:
        self._ahead[opened.case.id] = opened

    def _on_ahead_failed(self, error: Exception) -> None:
        """Nothing to tell: it is told when the letter is asked for."""


def _no_pdf() -> UserError:
    return UserError("There is no PDF in this folder.", "Choose the folder that holds the letters.")


def needs_password(error: UserError) -> bool:
    """Whether a password would help."""
    return isinstance(error, PasswordNeeded)
