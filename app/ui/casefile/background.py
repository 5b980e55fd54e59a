"""When the files of the letter on the desk are read: one after the other, behind all other work."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.casefile.reading import read_file
from app.services.casefile.values import CaseFile
from app.services.letter_intake import Reader
from app.services.store.case_files import CaseFiles
from app.ui.jobs import Jobs

LATER = -1
LOOK_MS = 1000
"""How often it is looked how far the reading has come."""


class Background(QObject):
    """Reads what is not read yet, and puts pages into the index that it lacks."""

    progressed = Signal()
    """Some more pages were read."""
    read = Signal(object)
    """The CaseFile that was read to its end."""

    def __init__(self, files: CaseFiles, reader: Reader, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._reader = reader
        self._jobs = jobs
        self._stop = threading.Event()
        self._at_work: int | None = None
        self._done = self._told = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_at_work(self) -> bool:
        return self._at_work is not None

    def stop(self) -> None:
        """Read no further; what was read stays, and the rest is read another time."""
        self._stop.set()
        self._at_work = None
        self._timer.stop()

    def read_what_is_left(self, case_id: int, files: tuple[CaseFile, ...]) -> None:
        """Read the first of these that is not read yet; `read` tells of it and the next may come."""
        self._stop = stop = threading.Event()
        # After a backup was restored, or another letter erased, the index has to be filled again.
        work = partial(_index, self._files, case_id, stop)
        key = (id(self), "index")
        self._jobs.run(work, None, self._on_index_failed, key=key, priority=LATER)
        waiting = next((file for file in files if not file.is_read and not file.problem), None)
        if waiting is None:
            return
        self._at_work, self._done, self._told = waiting.id, 0, 0
        work = partial(
            read_file,
            self._files,
            self._reader,
            waiting.id,
            progressed=self._note,
            is_cancelled=stop.is_set,
        )
        done = partial(self._on_read, waiting.id, stop)
        self._jobs.run(work, done, partial(self._on_failed, stop), priority=LATER)
        self._timer.start()

    def _note(self, done: int, _of: int) -> None:
        """Runs in a worker: a number alone is left for the timer."""
        self._done = done

    def _on_timer_timeout(self) -> None:
        if self._done != self._told:
            self._told = self._done
            self.progressed.emit()

    def _on_read(self, file_id: int, stop: threading.Event, _ended: bool) -> None:
        if stop.is_set():
            return
        self._at_work = None
        self._timer.stop()
        self.read.emit(self._files.file(file_id))

    def _on_index_failed(self, _error: Exception) -> None:
        """The data folder cannot be used at this moment; what is lacking is asked for each time."""

    def _on_failed(self, stop: threading.Event, _error: Exception) -> None:
        """The data folder cannot be used at this moment: another look comes with the next letter."""
        if not stop.is_set():
            self._at_work = None
            self._timer.stop()


def _index(files: CaseFiles, case_id: int, stop: threading.Event) -> None:
    while not stop.is_set() and files.index_missing(case_id):
        pass
