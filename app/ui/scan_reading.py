"""Pages that are pictures are read in the background: by themselves, with a way to stop, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.errors import UserError
from app.services.citations import Guidelines
from app.services.letter_intake import (
    OpenedCase,
    ReadAnew,
    Reader,
    pages_to_recognise,
    read_pictures,
)
from app.services.recognition import NOT_INSTALLED, is_installed
from app.services.store import Store
from app.services.store.readings import put_reading
from app.ui.jobs import Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.opener import Opener
from app.ui.session import Session

LOOK_MS = 700
"""Milliseconds after which what was done is told, or a letter that could not be saved is tried."""
LATER = -1


class ScanReading(QObject):
    """Reads the pictures of the letter on the desk, one letter at a time.

    What was read of a page is kept at once, so that a stopped reading goes on when the letter is
    opened again. The fields take it up when all of it is read.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        letters: LetterFlow,
        session: Session,
        opener: Opener,
        notice: NoticeBar,
        guidelines: Callable[[], Guidelines],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._jobs = jobs
        self._letters = letters
        self._session = session
        self._opener = opener
        self._notice = notice
        self._guidelines = guidelines
        self._case_id: int | None = None
        self._pages = self._done = 0
        self._stop = threading.Event()
        self._found: ReadAnew | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        letters.letter_shown.connect(self._on_letters_letter_shown)

    @property
    def is_reading(self) -> bool:
        """Whether pictures are being read, or what was read is yet to be taken up."""
        return self._case_id is not None

    def stop(self) -> None:
        """Read no further page; what was read stays, and the rest is read another time."""
        self._stop.set()

    def _on_letters_letter_shown(self, opened: OpenedCase | None) -> None:
        if opened is None or self.is_reading:
            return
        pages = pages_to_recognise(self._store, opened.case.id, opened.text)
        read = opened.text.recognised_pages
        if not pages and (not read or opened.case.parsed.tells_of_pictures):
            return
        if not is_installed():
            self._notice.tell(Kind.PICTURES_UNREAD, NOT_INSTALLED)
            return
        self._case_id, self._pages, self._done = opened.case.id, len(pages), 0
        self._stop, self._found = threading.Event(), None
        self._tell_progress()
        work = partial(
            read_pictures,
            self._store,
            self._reader,
            opened.case.id,
            pages,
            password=self._opener.password_of(opened.case.id),
            guidelines=self._guidelines(),
            is_cancelled=self._stop.is_set,
            progressed=self._note,
        )
        self._jobs.run(work, self._on_read, self._on_failed, key="pictures", priority=LATER)
        self._timer.start()

    def _note(self, done: int) -> None:
        """Runs in a worker: a number alone is left for the timer."""
        self._done = done

    def _on_timer_timeout(self) -> None:
        if self._found is not None:
            self._take_up(self._found)
        elif self._is_on_desk and self._notice.stands(Kind.PICTURES):
            self._tell_progress()

    @property
    def _is_on_desk(self) -> bool:
        opened = self._letters.opened
        return opened is not None and opened.case.id == self._case_id

    def _tell_progress(self) -> None:
        words = "The pictures of the pages are being read: %d of %d. The form fills by itself."
        self._notice.tell(
            Kind.PICTURES,
            words % (self._done, self._pages),
            Offer("Stop", self.stop),
            holds=self._reads,
        )

    def _reads(self) -> bool:
        return self.is_reading

    def _on_read(self, found: ReadAnew | None) -> None:
        if found is None:
            self._end()
            return
        self._take_up(found)

    def _take_up(self, found: ReadAnew) -> None:
        """The letter takes up what was read; where it cannot be saved yet, that is tried again."""
        case_id, on_desk = self._case_id, self._is_on_desk
        assert case_id is not None
        self._found = found
        if on_desk:
            if not self._session.settle():
                return
            self._letters.leave()
        self._end()
        self._opener.forget_ahead_of(case_id)
        try:
            put_reading(
                self._store,
                case_id,
                found.result,
                by=self._session.by,
                label="Filled from the pictures of the pages",
                doubts=found.doubts,
                errors=found.errors,
            )
        except UserError as error:
            self._notice.tell_problem(Kind.PICTURES_UNREAD, error)
        self._letters.show_queue()
        if on_desk:
            self._opener.open(case_id)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, UserError) and not self._stop.is_set():
            self._notice.tell_problem(Kind.PICTURES_UNREAD, error)

    def _end(self) -> None:
        self._timer.stop()
        self._case_id = self._found = None
        self._notice.retract(Kind.PICTURES)
