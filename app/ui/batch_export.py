"""Writing many letters at once: each its own PDF, one failure never stops the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.evidence import texts_as_read
from app.services.checks import CheckContext, blocking, check, standing
from app.services.interchange import encode_letter
from app.services.rendering import BatchItem, Renderer, file_name, run_batch, write_file
from app.services.settings import Settings
from app.services.store import CaseSummary, Status, Store
from app.ui.jobs import Jobs


class BatchExporter(QObject):
    """Writes the letters of a list into one folder, in the background, one after the other.

    A letter in which errors stand is not written: its first error is told in the report.
    """

    started = Signal(int)
    """How many letters are to be written."""
    progressed = Signal(int, int, object)
    """(done, in all, the BatchItem of the letter just done)"""
    finished = Signal(str)
    """What came of it, in a sentence."""

    def __init__(
        self, store: Store, renderer: Renderer, jobs: Jobs, by: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._store = store
        self._renderer = renderer
        self._jobs = jobs
        self._by = by
        self._settings = Settings()
        self._stop = threading.Event()
        self._folder: Path | None = None
        # Tests and scripts put their own answer here.
        self.ask_folder: Callable[[], Path | None] = self._ask_folder

    def use(self, renderer: Renderer, settings: Settings) -> None:
        """Write with these templates, rules and file names from now on."""
        self._renderer = renderer
        self._settings = settings

    def export_listed(self, cases: Sequence[CaseSummary]) -> None:
        """Write these letters into a folder the user names; one batch at a time."""
        if self._folder is not None or not cases:
            return
        self._folder = self.ask_folder()
        if self._folder is None:
            return
        self._stop.clear()
        writes = [
            (
                case.number or case.file_name,
                partial(
                    _write,
                    self._store,
                    self._renderer,
                    self._settings,
                    case.id,
                    self._folder,
                    self._by,
                ),
            )
            for case in cases
        ]
        self.started.emit(len(writes))
        # The signal is emitted in the worker and so arrives here by the event loop.
        self._jobs.run(
            partial(run_batch, writes, self.progressed.emit, self._stop.is_set),
            self._on_done,
            self._on_failed,
        )

    def cancel(self) -> None:
        """Write no further letters; the one being written is still finished."""
        self._stop.set()

    def _on_done(self, items: tuple[BatchItem, ...]) -> None:
        folder, self._folder = self._folder, None
        written = sum(item.done for item in items)
        self.finished.emit(
            self.tr("%d of %d letters are written to %s") % (written, len(items), folder)
        )

    def _on_failed(self, _error: Exception) -> None:
        """A bug of ours, which the crash hook tells: another batch may start."""
        self._folder = None

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Export the listed letters into this folder")
        )
        return Path(chosen) if chosen else None


def _write(
    store: Store, renderer: Renderer, settings: Settings, case_id: int, folder: Path, by: str
) -> None:
    case = store.case(case_id)
    if case.drafts:
        raise UserError(
            "Not written: words are half-typed in it.", "Open the letter and finish that field."
        )
    context = CheckContext(
        evidence=case.parsed.evidence,
        file_name=case.summary.file_name,
        today=date.today(),
        overrides=settings.overrides,
        settings=settings.check_numbers,
        house_rules=settings.house_rules,
    )
    set_aside = {dismissal.finding for dismissal in case.dismissals}
    for finding in blocking(standing(check(case.letter, context), set_aside)):
        raise UserError(
            f"Not written: {finding.sentence}",
            "Open the letter and correct that, or say there why it may stay.",
        )
    path = folder / file_name(case.letter, "letter", "pdf", settings.file_name)
    form_data = encode_letter(case.letter, path.name)
    as_read = texts_as_read(case.parsed.evidence)
    write_file(path, renderer.render(case.letter, form_data=form_data, as_read=as_read).pdf)
    store.set_status(case_id, Status.EXPORTED, by=by)
