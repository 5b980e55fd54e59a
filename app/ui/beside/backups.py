"""Backups: made when they are due or asked for, looked at, put back.

Each window is loaded when it is first asked for, so that the start does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.services.settings import Settings
from app.services.store import Backup, Backups, Store
from app.ui.actions import Actions
from app.ui.beside.hidden import HiddenData
from app.ui.jobs import Jobs
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.session import Session

EVERY_MS = 10 * 60 * 1000
"""How often it is looked whether a backup is due."""
ONLY_READ = UserError(
    "This data folder can only be read: no backup is made in it or put back.",
    "Copy it to a disk of yours first, or write it into one file with the command `backup`.",
)


class BackupWindows(QObject):
    """The backups of the data folder."""

    about_to_restore = Signal()
    restore_ended = Signal(object)
    """The Backup of what was there before: whatever is shown has to be read anew. None where no
    backup was put in place."""

    def __init__(
        self,
        store: Store,
        session: Session,
        settings: Callable[[], Settings],
        commands: Actions,
        hidden: HiddenData,
        notice: NoticeBar,
        jobs: Jobs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._session = session
        self._settings = settings
        self._hidden = hidden
        self._notice = notice
        self._jobs = jobs
        self._backups = Backups(store.database, store.folder)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()
        commands["backup"].triggered.connect(self.back_up)
        commands["restore"].triggered.connect(self.show_restore)

    def back_up(self) -> None:
        """A backup of this moment."""
        if self._refuses():
            return
        self._session.keep_all()
        self._jobs.run(
            partial(self._backups.make, "by-hand"), self._on_backup_made, self._on_backup_failed
        )

    def back_up_if_due(self) -> None:
        """A backup, where the last one is as old as the settings say; none of what is only read."""
        if self._session.reads_only:
            return
        every = timedelta(hours=self._settings().backup_hours)
        tend = partial(self._backups.tend, self._store.files, every)
        self._jobs.run(tend, self._on_tended, self._on_backup_failed)

    def show_restore(self) -> None:
        """Backups, what would change, and going back to one."""
        from app.ui.dialogs.restore import RestoreDialog

        if self._hidden.refuses() or self._refuses():
            return
        dialog = RestoreDialog(
            self._backups.all(),
            self._backups.differences,
            self._jobs,
            self._window,
            measure=self._backups.room,
        )
        dialog.restore_requested.connect(self.restore)
        dialog.open()

    def restore(self, backup: Backup) -> None:
        """Put a backup in place; what was here before is one too from then on."""
        self.about_to_restore.emit()
        try:
            before = self._backups.restore(backup)
        except UserError as error:
            self.restore_ended.emit(None)
            self._notice.tell_problem(Kind.NOT_BACKED_UP, error)
            return
        self._notice.tell(
            Kind.BACKED_UP,
            f"The backup is in place. What was here before is kept as {before.path}.",
        )
        self.restore_ended.emit(before)

    def _refuses(self) -> bool:
        """Whether the data folder can only be read, which is told then."""
        if self._session.reads_only:
            self._notice.tell_problem(Kind.NOT_BACKED_UP, ONLY_READ)
        return self._session.reads_only

    def _on_tended(self, backup: Backup | None) -> None:
        if backup is not None and backup.clock_set_back:
            self._notice.tell(
                Kind.CLOCK_SET_BACK,
                (
                    "The computer's clock was set back since the last backup. Backups go on in "
                    "the order in which they are made; look whether today's date is right."
                ),
            )

    def _on_backup_made(self, _backup: Backup) -> None:
        self._notice.tell(Kind.BACKED_UP, "The backup is made.")

    def _on_backup_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.NOT_BACKED_UP, error)

    def _on_timer_timeout(self) -> None:
        if self._store.database.is_available:
            self.back_up_if_due()
