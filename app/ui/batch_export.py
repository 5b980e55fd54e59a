"""Writing many letters at once: each its own PDF, one failure never stops the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.services.leaving import Leaving
from app.services.letter_intake import Reader
from app.services.rendering import LETTER, PUBLIC_COPY, BatchItem, Renderer, run_batch
from app.services.settings import Settings
from app.services.store import CaseSummary, Store
from app.ui.file_places import ExportFolder
from app.ui.help_task import offer_everywhere
from app.ui.jobs import Jobs


class BatchExporter(QObject):
    """Writes the letters of a list into one folder, in the background, one after the other.

    A letter in which errors stand, or something is left to do, is not written: the report tells
    what.
    """

    started = Signal(int)
    """How many letters are to be written."""
    progressed = Signal(int, int, object)
    """(done, in all, the BatchItem of the letter just done)"""
    finished = Signal(str)
    """What came of it, in a sentence."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        renderer: Renderer,
        jobs: Jobs,
        by: str,
        place: ExportFolder,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._store = store
        self._reader = reader
        self._renderer = renderer
        self._jobs = jobs
        self._by = by
        self._place = place
        self._settings = Settings()
        self._stop = threading.Event()
        self._folder: Path | None = None
        # Tests and scripts put their own answers here.
        self.ask_folder: Callable[[], Path | None] = self._ask_folder
        self.ask_overwrite: Callable[[int], bool | None] = self._ask_overwrite
        self.ask_others: Callable[[int], bool | None] = self._ask_others

    def use(self, renderer: Renderer, settings: Settings) -> None:
        """Write with these templates, rules and file names from now on."""
        self._renderer = renderer
        self._settings = settings

    def export_listed(self, cases: Sequence[CaseSummary], *, redacted: bool = False) -> None:
        """Write these letters, or their public copies, into a folder the user names; one batch at
        a time."""
        if self._folder is not None or not cases:
            return
        without_others = (
            self._settings.without_others or not redacted or self.ask_others(len(cases))
        )
        if without_others is None:
            return
        folder = self.ask_folder()
        if folder is None:
            return
        self._place.note(folder)
        by = self._settings.by or self._by
        leaving = Leaving(self._store, self._reader, self._renderer, self._settings, by)
        kind = PUBLIC_COPY if redacted else LETTER
        there = sum(leaving.path_of(case, folder, kind).exists() for case in cases)
        overwrite = self.ask_overwrite(there) if there else False
        if overwrite is None:
            return
        self._folder = folder
        self._stop.clear()
        writes = [
            (
                case.number or case.file_name,
                partial(_write, leaving, case.id, folder, redacted, overwrite, without_others),
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
        words = f"{written} of {len(items)} letters are written to {folder}"
        left = sum(item.stopped for item in items)
        self.finished.emit(f"{words} · {left} not started" if left else words)

    def _on_failed(self, _error: Exception) -> None:
        """A bug of ours, which the crash hook tells: another batch may start."""
        self._folder = None

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(
            self._window,
            "Export the listed letters into this folder",
            str(self._place.first),
        )
        return Path(chosen) if chosen else None

    def _ask_others(self, letters: int) -> bool | None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Public copies of the listed letters",
            "A letter may name others besides those of its cover: physicians, family, attorneys.",
            parent=self._window,
        )
        counted = "this letter" if letters == 1 else f"all {letters} letters"
        offer_everywhere(box)
        box.setInformativeText(
            f"They can be taken out of {counted} where a title, a degree or a role tells them."
        )
        take = box.addButton("Take them out", QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton("Leave them", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(take)
        box.exec()
        return box.clickedButton() is take if box.clickedButton() in (take, leave) else None

    def _ask_overwrite(self, there: int) -> bool | None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Export the listed letters",
            "One of these letters is in that folder already."
            if there == 1
            else f"{there} of these letters are in that folder already.",
            parent=self._window,
        )
        offer_everywhere(box)
        box.setInformativeText("The others are written either way.")
        overwrite = box.addButton("Overwrite", QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton("Keep what is there", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.exec()
        if box.clickedButton() not in (overwrite, keep):
            return None
        return box.clickedButton() is overwrite


def _write(
    leaving: Leaving,
    case_id: int,
    folder: Path,
    redacted: bool,
    overwrite: bool,
    without_others: bool,
) -> str:
    """Writes one, and gives what is to be told of a public copy: how it was proved."""
    written = leaving.write(
        case_id, folder, redacted=redacted, overwrite=overwrite, without_others=without_others
    )
    return written.proved if redacted else ""
