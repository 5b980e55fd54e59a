"""Writing the scan on the desk out with its words behind the pictures."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.services.guard import Watch
from app.services.letter_intake import Reader, recognised_pages
from app.services.originals import refuse_originals
from app.services.pdf import PdfPage
from app.services.searchable_scan import searchable_scan
from app.services.store import Store
from app.ui.exporting import Exporter
from app.ui.letter_flow import LetterFlow
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.opener import Opener
from app.ui.picture_notice import PictureNotice

FORM = "searchable"


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
        self._reading = PictureNotice(notice, Kind.SEARCHABLE, "The copy is written then.", self)
        action.triggered.connect(self._on_action_triggered)
        exporter.exported.connect(self._on_exported)
        exporter.failed.connect(self._reading.end)

    def stop(self) -> None:
        """Read no further page; nothing is written then."""
        self._reading.stop()

    def _on_action_triggered(self) -> None:
        opened = self._letters.opened
        if opened is None:
            return
        case = opened.case
        make = partial(
            _make,
            self._reader,
            self._store.pdf(case.id),
            self._opener.password_of(case.id),
            recognised_pages(self._store, case.id),
            self._store.folder,
            self._reading.begin(),
        )
        self._exporter.save(FORM, make, case.letter, case.summary.file_name)

    def _on_exported(self, form: str, _path: Path, _proved: str) -> None:
        if form == FORM:
            self._reading.end()


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
