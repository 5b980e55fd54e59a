"""How far reading and exporting many letters are: a strip each, and how they are stopped."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject

from app.errors import UserError
from app.services.job_pace import Pace
from app.services.rendering import BatchItem
from app.ui.dialogs.progress import ProgressStrip
from app.ui.notice_bar import Kind, NoticeBar

MANY = 50
"""Files; of more it is told how long they will take."""


class JobStrips(QObject):
    """Shows a strip where the reading or the export is of many letters, or of a very long one."""

    def __init__(self, notice: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice = notice
        self._is_importing = False
        self._pace = Pace(0, monotonic)
        self._is_reading = False
        self._export_failures = 0
        self._counts = (0, 0, 0)
        """Of the last import: letters taken in, files failed, files not read."""
        self.reading = ProgressStrip()
        self.exporting = ProgressStrip(verb="exported", failed_words="could not be exported")
        self.all = (self.reading, self.exporting)

    def set_masked(self, masked: bool) -> None:
        """Whether the names of files, which may tell a patient, are kept from sight."""
        for strip in self.all:
            strip.set_masked(masked)

    def clear_done(self, *_: object) -> None:
        """What was done without a failure needs no line any more, nor does a letter that is open."""
        if self._is_reading and not self._is_importing:
            self._is_reading = False
            self.reading.hide()
        self.reading.clear_done()
        self.exporting.clear_done()

    def stop(self) -> None:
        """End what is read or exported; what is done already stays."""
        running = [strip for strip in self.all if strip.is_running]
        for strip in running:
            strip.cancel()
        if not running:
            self._notice.tell(Kind.NOTHING_RUNS, "Nothing is being read or exported.")

    # Reading

    def show_import_step(self, done: int, total: int, failed: int) -> None:
        """How far the import is; a single file needs no strip."""
        if total < 2:
            return
        if not self._is_importing:
            self._is_importing = True
            self._pace = Pace(total, monotonic)
            self.reading.start(total)
        self._pace.total = total
        self.reading.set_total(total)
        self.reading.step(done, failed, self._pace.note(done) if total >= MANY else "")

    def show_pages_read(self, page: int, pages: int) -> None:
        """How far the reading of a file of very many pages is."""
        if not (self._is_importing or self._is_reading):
            self._is_reading = True
            self.reading.start(1)
        self.reading.within(page, pages)

    def show_import_failure(self, path: Path, error: UserError) -> None:
        """Keep which file failed and why, for the strip's details."""
        if self._is_importing:
            self.reading.add_detail(path.name, f"{error.what} {error.remedy}")

    def show_import_end(self, taken: int, failed: int, left: int = 0) -> None:
        """The import is over; `left` files were not read, as it was stopped."""
        if not (self._is_importing or self._is_reading):
            return
        self._is_importing = self._is_reading = False
        self._counts = (taken, failed, left)
        self.reading.finish(self._summary())

    def show_import_mended(self, path: Path) -> None:
        """A file that had failed was read after all: what is told of it is true no more."""
        taken, failed, left = self._counts
        if self.reading.drop_detail(path.name) and not self._is_importing and failed:
            self._counts = (taken + 1, failed - 1, left)
            self.reading.finish(self._summary())

    def _summary(self) -> str:
        taken, failed, left = self._counts
        words = "1 letter read" if taken == 1 else f"{taken} letters read"
        if failed:
            words += f" · {failed} could not be read"
        if left:
            words += f" · stopped: {left} not read"
        return words

    # Exporting

    def start_export(self, total: int) -> None:
        """An export of so many letters begins."""
        self._export_failures = 0
        self.exporting.start(total)

    def show_export_step(self, done: int, _total: int, item: BatchItem) -> None:
        """How far an export of many is, and what became of the letter just done."""
        if item.error is not None:
            self._export_failures += 1
            self.exporting.add_detail(item.name, str(item.error))
        if item.told:
            self.exporting.add_detail(item.name, item.told)
        self.exporting.step(done, self._export_failures)
