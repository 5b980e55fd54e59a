"""Writing the letter out: where to, in which form, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.letter import Letter
from app.services.interchange import encode_letter
from app.services.rendering import Renderer
from app.services.rendering.files import write_file
from app.ui.jobs import URGENT, Jobs


class Exporter(QObject):
    """Asks for a place and writes there in the background."""

    exported = Signal(str, object)
    """(what was written: `pdf`, `redacted`, `word`, `json`; its Path)"""
    failed = Signal(object)
    """UserError; nothing was written."""

    FORMS = {  # noqa: RUF012 - a constant table
        "pdf": ("", "PDF (*.pdf)", ".pdf"),
        "redacted": ("-public", "PDF (*.pdf)", ".pdf"),
        "word": ("", "Word (*.docx)", ".docx"),
        "json": ("", "JSON (*.json)", ".json"),
    }

    def __init__(self, renderer: Renderer, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._renderer = renderer
        self._jobs = jobs
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        # Tests and scripts put their own answer here.
        self.ask_path: Callable[[str, str], Path | None] = self._ask_path

    def export(self, form: str, letter: Letter, source_name: str) -> None:
        """Write the letter as `form`, one of FORMS, to a place the user names."""
        tail, file_filter, suffix = self.FORMS[form]
        stem = letter.header.case_number or Path(source_name).stem or "letter"
        path = self.ask_path(f"{stem}{tail}{suffix}", file_filter)
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
