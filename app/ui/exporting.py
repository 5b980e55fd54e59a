"""Writing the letter out: where to, in which form, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.errors import UserError
from app.letter import FieldId, Letter
from app.services.guard import Watch
from app.services.interchange import encode_letter
from app.services.letter_file import letter_file
from app.services.rendering import LETTER, PUBLIC_COPY, Renderer, file_name, write_file
from app.services.settings import Settings
from app.ui.file_places import ExportFolder
from app.ui.jobs import URGENT, Jobs

Make = Callable[[Path], tuple[bytes, str]]
"""Makes a file of that name: its bytes, and in words what was proved of them, if anything."""


class Chosen(NamedTuple):
    """Where to write, and whether a file that is there may be replaced: the user was asked."""

    path: Path
    may_replace: bool


class Exporter(QObject):
    """Asks for a place and writes there in the background."""

    exported = Signal(str, object, str)
    """(what was written: one of FORMS or of OTHERS; its Path; what was proved)"""
    failed = Signal(object)
    """UserError; nothing was written."""

    FORMS = {  # noqa: RUF012 - a constant table
        "pdf": (LETTER, "PDF (*.pdf)", ".pdf"),
        "redacted": (PUBLIC_COPY, "PDF (*.pdf)", ".pdf"),
        "word": (LETTER, "Word (*.docx)", ".docx"),
        "json": (LETTER, "JSON (*.json)", ".json"),
    }
    OTHERS = {  # noqa: RUF012 - a constant table
        "report_pdf": ("report of the checks", "PDF (*.pdf)", ".pdf"),
        "report_json": ("report of the checks", "JSON (*.json)", ".json"),
        "key_card": ("keys", "PDF (*.pdf)", ".pdf"),
        "unsaved": ("unsaved copy", "PDF (*.pdf)", ".pdf"),
        "searchable": ("searchable", "PDF (*.pdf)", ".pdf"),
        "redacted_copy": ("redacted copy", "PDF (*.pdf)", ".pdf"),
    }
    """What is written beside the letter, in the same way: what it is, filter, ending."""

    def __init__(self, renderer: Renderer, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._renderer = renderer
        self._jobs = jobs
        self._pattern = Settings().file_name
        self._attach_all = Settings().attach_all
        self.folder = ExportFolder()
        # Tests and scripts put their own answer here.
        self.ask_path: Callable[[str, str], Path | None] = self._ask_path
        self.begin_proof: Callable[[], Watch] = Watch
        """What follows the proof of a public copy, whose pages are read from their pictures."""

    def set_renderer(self, renderer: Renderer) -> None:
        """Write with other templates or words from now on."""
        self._renderer = renderer

    def take_settings(self, settings: Settings) -> None:
        """The pattern that proposed file names follow, what is attached to PDFs, and the folder."""
        self._pattern = settings.file_name
        self._attach_all = settings.attach_all
        self.folder.set(settings.export_folder)

    def export(
        self, form: str, letter: Letter, source_name: str, as_read: Mapping[FieldId, str]
    ) -> None:
        """Write the letter as `form`, one of FORMS or `unsaved`, to a place the user names.

        `as_read` is what was printed for each field: see `Renderer.render`.
        """
        attach_all = self._attach_all or form == "unsaved"  # that has to come back whole
        watch = self.begin_proof() if form == "redacted" else None
        make = partial(_make, self._renderer, form, letter, as_read, attach_all, watch)
        self.save(form, make, letter, source_name)

    def save(self, form: str, make: Make, letter: Letter, source_name: str) -> bool:
        """Write what `make` gives to a place the user names, in the background; whether one was.

        `form` is one of FORMS or OTHERS.
        """
        chosen = self.choose(form, letter, source_name)
        if chosen is not None:
            self._jobs.run(
                partial(_write, make, chosen),
                partial(self._on_written, form),
                self._on_failed,
                priority=URGENT,
            )
        return chosen is not None

    def choose(self, form: str, letter: Letter, source_name: str) -> Chosen | None:
        """Ask where to write; None where the user thought better of it."""
        kind, file_filter, suffix = {**self.FORMS, **self.OTHERS}[form]
        if not letter.header.case_number:
            letter = replace(
                letter, header=replace(letter.header, case_number=Path(source_name).stem)
            )
        path = self.ask_path(file_name(letter, kind, suffix[1:], self._pattern), file_filter)
        if path is None:
            return None
        self.folder.note(path.parent)
        if path.suffix.lower() != suffix:
            # Nobody was asked about a file of this name.
            return Chosen(path.with_name(path.name + suffix), may_replace=False)
        return Chosen(path, may_replace=True)

    def unprintable(self, letter: Letter) -> tuple[FieldId, ...]:
        """The fields with a character that would be printed as `?`."""
        return self._renderer.unprintable(letter)

    def open_folder(self, path: Path) -> None:
        """Show the folder of a written file in the desktop's file program."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _ask_path(self, name: str, file_filter: str) -> Path | None:
        # The dialog asks before it lets an existing file be chosen.
        # Over the window that is worked in: another one would have the keyboard when it closes.
        chosen, _ = QFileDialog.getSaveFileName(
            QApplication.activeWindow() or self._window,
            "Export",
            str(self.folder.first / name),
            file_filter,
        )
        return Path(chosen) if chosen else None

    def _on_written(self, form: str, written: tuple[Path, str]) -> None:
        self.exported.emit(form, *written)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)


def _make(
    renderer: Renderer,
    form: str,
    letter: Letter,
    as_read: Mapping[FieldId, str],
    attach_all: bool,
    watch: Watch | None,
    path: Path,
) -> tuple[bytes, str]:
    if form == "json":
        return encode_letter(letter, path.name), ""
    if form == "word":
        return renderer.render_word(letter, as_read=as_read), ""
    if form == "redacted":
        # It proves its work with the PDF engine, which is loaded with the first copy.
        from app.services.public_copy import public_copy

        copy = public_copy(renderer, letter, as_read, watch=watch)
        return copy.pdf, copy.sentence
    made = letter_file(renderer, letter, path.name, as_read=as_read, attach_all=attach_all)
    return made.pdf, made.sentence


def _write(make: Make, chosen: Chosen) -> tuple[Path, str]:
    data, proved = make(chosen.path)
    write_file(chosen.path, data, replace=chosen.may_replace)
    return chosen.path, proved
