"""How a look into a PDF goes: after each export by itself, of any PDF where it is asked for.

It says nothing of a file that holds nothing unseen.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.services.inspection import Look, look
from app.services.letter_intake import Reader
from app.services.pdf.files import load
from app.services.rendering import write_file
from app.ui.dialogs.look_inside import LookDialog
from app.ui.exporting import Exporter
from app.ui.file_places import first_shown
from app.ui.jobs import URGENT, Jobs
from app.ui.notice_bar import Kind, NoticeBar, Offer

_FILTER = "PDF (*.pdf)"


class Looking(QObject):
    """One dialog at a time."""

    def __init__(
        self,
        reader: Reader,
        exporter: Exporter,
        notice: NoticeBar,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._reader = reader
        self._exporter = exporter
        self._notice = notice
        self._jobs = jobs
        self._path = Path()
        self._is_ours = False
        self._masked = False
        self.dialog: LookDialog | None = None
        exporter.exported.connect(self._on_exported)

    def choose(self) -> None:
        """Ask for a PDF and look into it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, "Look inside a PDF", first_shown(), _FILTER
        )
        if chosen:
            self.look_at(Path(chosen), is_ours=False)

    def look_at(self, path: Path, *, is_ours: bool) -> None:
        """Show what a PDF holds. One that was just written here may be written anew in its place."""
        self._run(path, partial(self._show, path, is_ours))

    def set_masked(self, masked: bool) -> None:
        """Show nothing of what files hold while patient data is hidden."""
        self._masked = masked
        if masked:
            self.close()

    def close(self) -> None:
        """Put the dialog away."""
        if self.dialog is not None:
            self.dialog.close()

    def _run(self, path: Path, then: partial[None]) -> None:
        self._jobs.run(
            partial(_look, self._reader, path),
            then,
            self._on_failed,
            key="look inside",
            priority=URGENT,
        )

    def _on_exported(self, _form: str, path: Path, _proved: str) -> None:
        if path.suffix.lower() == ".pdf":
            self._run(path, partial(self._tell, path))

    def _tell(self, path: Path, seen: Look) -> None:
        if not seen.careful or self._masked:
            return
        first, *others = seen.careful
        more = f" And {len(others)} more." if others else ""
        self._notice.tell(
            Kind.LOOK_INSIDE,
            f"Look before sending {path.name}: {first.words}.{more}",
            Offer("Look inside", partial(self._show, path, True, seen)),
        )

    def _show(self, path: Path, is_ours: bool, seen: Look) -> None:
        if self._masked:
            return
        self._path, self._is_ours = path, is_ours
        self.close()
        self.dialog = LookDialog(path, seen, self._window)
        self.dialog.clean_requested.connect(self._on_clean_requested)
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    def _on_clean_requested(self) -> None:
        target = self._path
        if not self._is_ours:
            name = str(self._path.with_name(f"{self._path.stem} without hidden data.pdf"))
            chosen = self._exporter.ask_path(name, _FILTER)
            if chosen is None:
                return
            target = chosen if chosen.suffix.lower() == ".pdf" else Path(f"{chosen}.pdf")
        self._jobs.run(
            partial(_clean, self._reader, self._path, target),
            partial(self._on_cleaned, target),
            self._on_clean_failed,
            priority=URGENT,
        )

    def _on_cleaned(self, target: Path, seen: Look) -> None:
        self._path, self._is_ours = target, True
        self._notice.retract(Kind.LOOK_INSIDE)
        if self.dialog is not None:
            self.dialog.show_look(target, seen, f"Written: {target.name}.")

    def _on_clean_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self.dialog is not None:
            self.dialog.show_problem(f"{error.what} {error.remedy}")

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.NOT_LOOKED, error)

    def _on_dialog_finished(self) -> None:
        if self.sender() is self.dialog:
            self.dialog = None


def _look(reader: Reader, path: Path) -> Look:
    return look(reader, load(path))


def _clean(reader: Reader, source: Path, target: Path) -> Look:
    data = reader.cleaned(load(source))
    write_file(target, data, replace=True)
    return look(reader, data)
