"""Writing the scan on the desk out with its words behind the pictures."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from app.services.guard import Watch
from app.services.letter_intake import Reader, recognised_pages
from app.services.originals import refuse_originals
from app.services.pdf import PdfPage
from app.services.searchable_scan import searchable_scan
from app.services.store import Store
from app.ui.exporting import Exporter
from app.ui.letter_flow import LetterFlow
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.opener import Opener

FORM = "searchable"
LOOK_MS = 700


class SearchableFlow(QObject):
    """Asks for a place, has read what was not read yet, and writes there in the background."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        letters: LetterFlow,
        opener: Opener,
        exporter: Exporter,
        notice: NoticeBar,
        action: QAction,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._reader = reader
        self._letters = letters
        self._opener = opener
        self._exporter = exporter
        self._notice = notice
        self._watch = Watch()
        self._done: tuple[int, int] = (0, 0)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._tell_progress)
        action.triggered.connect(self._on_action_triggered)
        exporter.exported.connect(self._on_exported)
        exporter.failed.connect(self._end)

    def stop(self) -> None:
        """Read no further page; nothing is written then."""
        self._watch.cancel()

    def _on_action_triggered(self) -> None:
        opened = self._letters.opened
        if opened is None:
            return
        self._done = (0, 0)
        self._watch = Watch(self._note)
        case = opened.case
        make = partial(
            _make,
            self._reader,
            self._store.pdf(case.id),
            self._opener.password_of(case.id),
            recognised_pages(self._store, case.id),
            self._store.folder,
            self._watch,
        )
        if self._exporter.save(FORM, make, case.letter, case.summary.file_name):
            self._timer.start()

    def _note(self, done: int, of: int) -> None:
        """Runs in a worker: numbers alone are left for the timer."""
        self._done = (done, of)

    def _tell_progress(self) -> None:
        done, of = self._done
        if of:
            self._notice.tell(
                Kind.SEARCHABLE,
                f"The pictures of the pages are being read: {done} of {of}. The copy is written then.",
                Offer("Stop", self.stop),
                holds=self._timer.isActive,
            )

    def _on_exported(self, form: str, _path: Path, _proved: str) -> None:
        if form == FORM:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._notice.retract(Kind.SEARCHABLE)


def _make(
    reader: Reader,
    data: bytes,
    password: str | None,
    known: Iterable[PdfPage],
    kept_in: Path,
    watch: Watch,
    path: Path,
) -> tuple[bytes, str]:
    refuse_originals(path, data, kept_in)
    made = searchable_scan(reader, data, password, known, watch)
    return made.pdf, made.sentence
