"""How a redaction goes: fetch the PDF, mark, name a place, write and prove in the background."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.letter import Letter
from app.services.guard import Watch
from app.services.letter_intake import OpenedCase, Reader
from app.services.pdf import PasswordNeeded, PdfText, ReadingStopped
from app.services.store import Store
from app.ui.exporting import Chosen, Exporter
from app.ui.jobs import URGENT, Jobs
from app.ui.redaction.marks import Copy, Marks, Original

if TYPE_CHECKING:
    from app.ui.redaction.window import RedactionWindow


class RedactionFlow(QObject):
    """One window at a time. Marks are kept by file for as long as the program runs."""

    written = Signal(object, str)
    """(Path of the copy, its proof in words), where no window is open to tell it."""
    failed = Signal(object)
    """UserError, where no window is open to tell it; nothing was written."""
    _pictures_read = Signal(int, int)

    def __init__(
        self, store: Store, reader: Reader, exporter: Exporter, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._store = store
        self._reader = reader
        self._exporter = exporter
        self._jobs = jobs
        self._kept: dict[str, Marks] = {}
        self._case_id = 0
        self._file = ""
        self._letter = Letter()
        self._text = PdfText()
        self._source_name = ""
        self._original: Original | None = None
        self._watch = Watch()
        self.window: RedactionWindow | None = None
        self._pictures_read.connect(self._on_pictures_read)

    def open(self, opened: OpenedCase, letter: Letter) -> None:
        """Show the letter's PDF to be marked; a window that is open for it comes to the front."""
        if self.window is not None and opened.case.id == self._case_id:
            self.window.raise_()
            self.window.activateWindow()
            return
        # Few letters are redacted: the window is loaded with the first one.
        from app.ui.redaction.window import RedactionWindow

        self.close()
        self._case_id = opened.case.id
        self._file = opened.case.summary.file_sha256
        self._letter = letter
        self._text = opened.text
        self._source_name = opened.case.summary.file_name
        name = letter.header.case_number or self._source_name
        self.window = window = RedactionWindow(name, self._jobs, self._parent)
        window.marks_changed.connect(self._on_window_marks_changed)
        window.write_requested.connect(self._on_window_write_requested)
        window.stop_requested.connect(self._on_window_stop_requested)
        window.password_given.connect(self._fetch)
        window.folder_requested.connect(self._exporter.open_folder)
        window.finished.connect(self._on_window_finished)
        window.show()
        self._fetch(None)

    def close(self) -> None:
        """Put the window away; what is marked is kept."""
        if self.window is not None:
            self.window.close()

    def _fetch(self, password: str | None) -> None:
        self._jobs.run(
            partial(
                _fetch,
                self._store,
                self._reader,
                self._case_id,
                self._letter,
                self._text,
                password,
            ),
            partial(self._on_fetched, self._case_id),
            self._on_failed,
            key="redaction",
            priority=URGENT,
        )

    def _on_fetched(self, case_id: int, original: Original) -> None:
        if self.window is None or case_id != self._case_id:
            original.pictures.close()
            return
        self._original = original
        self.window.show_original(original, self._kept.get(self._file, Marks()))

    def _on_window_marks_changed(self, marks: Marks) -> None:
        self._kept[self._file] = marks

    def _on_window_write_requested(self, marks: Marks) -> None:
        original = self._original
        chosen = self._exporter.choose("redacted_copy", self._letter, self._source_name)
        if original is None or chosen is None or self.window is None:
            return
        self.window.show_working()
        self._watch = Watch(self._pictures_read.emit)
        self._jobs.run(
            partial(_write, self._reader, original, marks, chosen, self._store.folder, self._watch),
            partial(self._on_written, self._case_id),
            self._on_failed,
            priority=URGENT,
        )

    def _on_window_stop_requested(self) -> None:
        self._watch.cancel()

    def _on_pictures_read(self, done: int, of: int) -> None:
        if self.window is not None:
            self.window.writing.show_progress(done, of)

    def _on_written(self, case_id: int, copy: Copy) -> None:
        if self.window is not None and case_id == self._case_id:
            self.window.show_copy(copy)
            return
        copy.pictures.close()
        self.written.emit(copy.path, copy.redacted.proof.sentence)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            return  # a bug of ours, which the crash hook tells
        if self.window is None:
            self.failed.emit(error)
        elif isinstance(error, ReadingStopped) and self._watch.is_cancelled:
            self.window.show_stopped()
        elif isinstance(error, PasswordNeeded):
            self.window.ask_password(error)
        else:
            self.window.show_problem(error)

    def _on_window_finished(self) -> None:
        if self.sender() is self.window:
            self.window = None
            self._original = None


def _fetch(
    store: Store,
    reader: Reader,
    case_id: int,
    letter: Letter,
    text: PdfText,
    password: str | None,
) -> Original:
    from app.services.public_copy import suggested_terms

    data = store.pdf(case_id)
    pictures = reader.pictures(data, password)
    lines = [
        " ".join(word.text for word in line)
        for page in text.pages
        for _, line in groupby(page.words, key=attrgetter("line"))
    ]
    return Original(
        data=data,
        password=password,
        pictures=pictures,
        words=tuple(page.words for page in text.pages),
        unread_pages=text.unread_pages,
        suggestions=suggested_terms(letter, lines),
    )


def _write(
    reader: Reader,
    original: Original,
    marks: Marks,
    chosen: Chosen,
    kept_in: Path,
    watch: Watch,
) -> Copy:
    from app.services.public_copy import write_redacted

    redacted = write_redacted(
        reader,
        chosen.path,
        original.data,
        marks.terms,
        marks.areas,
        password=original.password,
        kept_in=kept_in,
        may_replace=chosen.may_replace,
        watch=watch,
    )
    return Copy(chosen.path, redacted, reader.pictures(redacted.pdf))
