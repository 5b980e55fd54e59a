"""The library's files: asking where, reading and writing away from the main thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog

from app.errors import UserError
from app.services.library import Library
from app.services.library.exchange import (
    MOST_BYTES,
    Format,
    ImportPreview,
    Pace,
    Stopped,
    apply_import,
    export_entries,
    preview_import,
    read_entries,
    samples,
)
from app.services.regular_files import read_regular
from app.services.rendering import write_file
from app.ui.citing.entry_table import View, fetch
from app.ui.file_places import first_shown
from app.ui.jobs import Jobs

FORMATS = "CSV (*.csv);;BibTeX (*.bib);;RIS (*.ris);;CSL-JSON (*.json)"
READ_TOO = (
    "EndNote (*.enw *.xml);;PubMed (*.nbib);;Web of Science (*.ciw *.txt);;Tables (*.tsv *.txt)"
)
ALL_FORMATS = "References (*.csv *.bib *.ris *.json *.enw *.xml *.nbib *.ciw *.tsv *.txt)"


READING = "file of references"


class FileRead(msgspec.Struct, frozen=True):
    """A file, what importing it would do, and how its characters were read.

    `encodings` are those it can be read in, each with a line in which they differ; the first one
    was taken. More than one: the user is to say which is right.
    """

    path: Path
    preview: ImportPreview
    encoding: str
    encodings: tuple[tuple[str, str], ...] = ()


class FileExchange(QObject):
    """Reads, takes in and writes; what came of it goes out as signals."""

    read_done = Signal(object)
    """The FileRead."""
    taken_in = Signal(object)
    """The entries as saved, a tuple."""
    written = Signal(str, int)
    """(file name, how many entries)"""
    failed = Signal(object)
    """The UserError."""
    reading_changed = Signal(str)
    """What to say of a file that is being read, or of one that was stopped."""

    def __init__(self, library: Library, jobs: Jobs, window: QDialog) -> None:
        super().__init__(window)
        self._library, self._jobs, self._window = library, jobs, window
        self._unwanted = Event()
        self._escape = QShortcut(Qt.Key.Key_Escape, window, enabled=False)
        self._escape.activated.connect(self.stop)
        window.finished.connect(self.stop)

    def ask_and_read(self) -> None:
        """Let the user choose a file, and read it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            "Import references",
            first_shown(),
            f"{ALL_FORMATS};;{FORMATS};;{READ_TOO}",
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path, encoding: str | None = None) -> None:
        """Find out what a file would change, in the encoding that is named or found.

        A file that is still being read is not wanted any more.
        """
        self._unwanted.set()
        self._unwanted = unwanted = Event()
        self._escape.setEnabled(True)
        self.reading_changed.emit(f"Reading {path.name}. Escape stops it.")
        self._jobs.run(
            partial(_read, self._library, path, encoding, unwanted),
            self._on_read,
            self._on_failed,
            key=READING,
        )

    def stop(self) -> None:
        """Stop reading; nothing was taken in."""
        if self._escape.isEnabled():
            self._escape.setEnabled(False)
            self._unwanted.set()
            self.reading_changed.emit("Reading was stopped; nothing was taken in.")

    def take_in(self, preview: ImportPreview) -> None:
        """Change what the preview says, as one step."""
        self._jobs.run(
            partial(apply_import, self._library, preview), self._on_taken_in, self._on_failed
        )

    def ask_and_write(self, view: View) -> None:
        """Let the user name a file, and write the entries of the view."""
        name, chosen = QFileDialog.getSaveFileName(
            self._window,
            "Export what the table shows",
            str(Path(first_shown()) / "library.csv"),
            FORMATS,
        )
        if name:
            suffix = chosen.partition("*")[2].rstrip(")")
            self.write(view, Path(name if Path(name).suffix else name + suffix))

    def write(self, view: View, path: Path) -> None:
        """Write the entries of a view; an existing file is replaced as one step."""
        self._jobs.run(
            partial(_write, self._library, view, path), self._on_written, self._on_failed
        )

    def _on_read(self, read: FileRead | None) -> None:
        if read is not None and not self._unwanted.is_set():
            self._escape.setEnabled(False)
            self.read_done.emit(read)

    def _on_taken_in(self, entries: object) -> None:
        self.taken_in.emit(entries)

    def _on_written(self, written: tuple[str, int]) -> None:
        self.written.emit(*written)

    def _on_failed(self, error: Exception) -> None:
        self._escape.setEnabled(False)
        self.failed.emit(error)


def _read(library: Library, path: Path, encoding: str | None, unwanted: Event) -> FileRead | None:
    """None where the file was not wanted any more before it was read."""
    file_format = Format.of_name(path.name)
    try:
        data = read_regular(path, MOST_BYTES + 1)
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read.", "Check that it is there and that you may open it."
        ) from error
    try:
        found = read_entries(data, file_format, encoding, Pace(lambda: not unwanted.is_set()))
    except Stopped:
        return None
    ways = (found.encoding, *found.other_encodings)
    return FileRead(
        path=path,
        preview=preview_import(library, found),
        encoding=found.encoding,
        encodings=() if found.sure else samples(data, ways),
    )


def _write(library: Library, view: View, path: Path) -> tuple[str, int]:
    entries = fetch(library, view)
    write_file(path, export_entries(entries, Format.of_name(path.name)), replace=True)
    return path.name, len(entries)
