"""Writing the letter out: where to, in which form, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.letter import Letter
from app.services.interchange import encode_letter
from app.services.rendering import Renderer, file_name, write_file
from app.services.settings import Settings
from app.ui.jobs import URGENT, Jobs


class Exporter(QObject):
    """Asks for a place and writes there in the background."""

    exported = Signal(str, object)
    """(what was written: `pdf`, `redacted`, `word`, `json`; its Path)"""
    failed = Signal(object)
    """UserError; nothing was written."""

    FORMS = {  # noqa: RUF012 - a constant table
        "pdf": ("letter", "PDF (*.pdf)", ".pdf"),
        "redacted": ("public copy", "PDF (*.pdf)", ".pdf"),
        "word": ("letter", "Word (*.docx)", ".docx"),
        "json": ("letter", "JSON (*.json)", ".json"),
    }

    def __init__(self, renderer: Renderer, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._renderer = renderer
        self._jobs = jobs
        self._pattern = Settings().file_name
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        # Tests and scripts put their own answer here.
        self.ask_path: Callable[[str, str], Path | None] = self._ask_path

    def set_renderer(self, renderer: Renderer) -> None:
        """Write with other templates or words from now on."""
        self._renderer = renderer

    def set_file_name(self, pattern: str) -> None:
        """The pattern that proposed file names follow."""
        self._pattern = pattern

    def export(self, form: str, letter: Letter, source_name: str) -> None:
        """Write the letter as `form`, one of FORMS, to a place the user names."""
        kind, file_filter, suffix = self.FORMS[form]
        if not letter.header.case_number:
            header = replace(letter.header, case_number=Path(source_name).stem)
            named = replace(letter, header=header)
        else:
            named = letter
        path = self.ask_path(file_name(named, kind, suffix[1:], self._pattern), file_filter)
        if path is None:
            return
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
        self._folder = path.parent
        self._jobs.run(
            partial(_write, self._renderer, form, letter, path),
            partial(self._on_written, form),
            self._on_failed,
            priority=URGENT,
        )

    def open_folder(self, path: Path) -> None:
        """Show the folder of a written file in the desktop's file program."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _ask_path(self, name: str, file_filter: str) -> Path | None:
        # The dialog asks before it lets an existing file be chosen.
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Export"), str(self._folder / name), file_filter
        )
        return Path(chosen) if chosen else None

    def _on_written(self, form: str, path: Path) -> None:
        self.exported.emit(form, path)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)


def _write(renderer: Renderer, form: str, letter: Letter, path: Path) -> Path:
    if form == "json":
        data = encode_letter(letter, path.name)
    elif form == "word":
        data = renderer.render_word(letter)
    elif form == "redacted":
        data = renderer.render(letter, redacted=True).pdf
    else:
        data = renderer.render(letter, form_data=encode_letter(letter, path.name)).pdf
    write_file(path, data, replace=True)
    return path
