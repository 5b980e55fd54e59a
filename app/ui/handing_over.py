"""How a case leaves for another desk and how one comes in: asked, done in the background, told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.paths import HANDED_OVER
from app.services.handover import Look, Side, TakenIn, look_into, pack_case, take_in
from app.services.store import Imported, Store
from app.services.store.case_files import CaseFiles
from app.services.vault import VaultLocked
from app.services.vault.problems import WrongPassphrase
from app.ui.beside.hidden import HiddenData
from app.ui.dialogs.hand_over import HandOverDialog
from app.ui.dialogs.taking_in import PassphraseDialog, TakingInDialog
from app.ui.exporting import Exporter
from app.ui.file_places import first_shown
from app.ui.jobs import URGENT, Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.session import Session
from app.ui.settling import Settling

_FILTER = f"Handed-over cases (*{HANDED_OVER})"


class HandingOver(QObject):
    """One file at a time, out or in."""

    def __init__(
        self,
        store: Store,
        session: Session,
        letters: LetterFlow,
        exporter: Exporter,
        hidden: HiddenData,
        notice: NoticeBar,
        jobs: Jobs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._store = store
        self._session = session
        self._letters = letters
        self._exporter = exporter
        self._hidden = hidden
        self._notice = notice
        self._jobs = jobs
        self._window = window
        self._settling = Settling(session, self)
        self._waiting: deque[Path] = deque()
        self._secret = ""
        self.dialog: HandOverDialog | PassphraseDialog | TakingInDialog | None = None

    # Out

    def hand_over(self) -> None:
        """Ask how the case on the desk is to be handed over, and write its file."""
        opened = self._letters.opened
        if opened is None or self._hidden.refuses():
            return
        summary = opened.case.summary
        documents = len(CaseFiles(self._store).files(summary.id))
        name = summary.number or summary.file_name
        dialog = HandOverDialog(
            name, documents, must_lock=not self._store.cipher.is_plain, parent=self._window
        )
        dialog.write_requested.connect(partial(self._write, dialog, summary.id, name))
        self._show(dialog)

    def _write(self, dialog: HandOverDialog, case_id: int, name: str, passphrase: str) -> None:
        chosen = self._exporter.ask_path(f"{Path(name).stem}{HANDED_OVER}", _FILTER)
        if chosen is None:
            return
        path = chosen if chosen.suffix.lower() == HANDED_OVER else Path(f"{chosen}{HANDED_OVER}")
        dialog.show_writing()
        self._run(
            partial(pack_case, self._store, case_id, path, passphrase),
            partial(self._on_written, path),
            self._on_failed,
        )

    def _on_written(self, path: Path, documents: int) -> None:
        self._close()
        noun = "document" if documents == 1 else "documents"
        words = f"The case with {documents} {noun} is written to {path.name}."
        self._notice.tell(Kind.WRITTEN, words)

    # In

    def choose(self) -> None:
        """Ask for a file that was handed over, and take it in."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, "Take in a handed-over case", first_shown(), _FILTER
        )
        self.take_in([Path(name) for name in chosen])

    def take_in(self, paths: list[Path]) -> None:
        """Take in these files, one after another."""
        self._waiting.extend(paths)
        if self.dialog is None and len(self._waiting) == len(paths):
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            return
        if self._hidden.refuses():
            self._waiting.clear()
            return
        self._secret = ""
        self._look("")

    @property
    def _path(self) -> Path:
        return self._waiting[0]

    def _look(self, secret: str) -> None:
        self._run(
            partial(look_into, self._store, self._path, secret),
            partial(self._on_looked, secret),
            self._on_look_failed,
        )

    def _on_look_failed(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase) and isinstance(self.dialog, PassphraseDialog):
            self.dialog.show_problem(error)
        elif isinstance(error, VaultLocked):
            dialog = PassphraseDialog(self._path.name, self._window)
            dialog.given.connect(self._look)
            self._show(dialog)
        else:
            self._on_failed(error)

    def _on_looked(self, secret: str, look: Look) -> None:
        self._secret = secret
        if look.case_id is None or look.is_known or not (look.taken or look.conflicts):
            self._take({})
            return
        self._letters.letter_asked.emit(look.case_id)
        dialog = TakingInDialog(look, self._window)
        dialog.wanted.connect(self._take)
        self._show(dialog)

    def _take(self, choices: dict[str, Side]) -> None:
        # Where the letter changes the dialog stands before it until it comes anew.
        take = partial(
            take_in, self._store, self._path, self._secret, by=self._session.by, choices=choices
        )
        self._run(take, self._on_taken, self._on_failed)

    def _on_taken(self, taken: TakenIn) -> None:
        self._close()
        self._waiting.popleft()
        summary = self._store.summary(taken.case_id)
        self._letters.show_taken_in(Imported(summary=summary, twins=taken.twins))
        self._letters.open_anew(taken.case_id)
        self._notice.tell(Kind.TAKEN_IN, _words_of(taken), case=taken.case_id)
        self._next()

    def _run(
        self,
        act: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it in a worker when all that was done here is kept: it goes along."""

        def run() -> None:
            self._jobs.run(act, then, failed, priority=URGENT)

        self._settling.then(run, self._on_not_kept)

    def _on_not_kept(self) -> None:
        slow = UserError("What was done last is not on the disk yet.", "Wait a moment, try again.")
        self._on_failed(self._session.obstacle or slow)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            return
        if self.dialog is not None:
            self.dialog.show_problem(error)
            return
        self._notice.tell_problem(Kind.NOT_TAKEN_IN, error)
        if self._waiting:
            self._waiting.popleft()
            self._next()

    # The one dialog

    def _show(self, dialog: HandOverDialog | PassphraseDialog | TakingInDialog) -> None:
        self._close()
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def _close(self) -> None:
        if self.dialog is not None:
            dialog, self.dialog = self.dialog, None
            dialog.end()

    def _on_dialog_finished(self) -> None:
        """It was put away: what it was about is not taken in, and the next file comes."""
        if self.sender() is self.dialog:
            self.dialog = None
            if self._waiting:
                self._waiting.popleft()
                self._next()


def _words_of(taken: TakenIn) -> str:
    if taken.is_new:
        return f"{taken.name} is taken in, with its history and its documents."
    count = len(taken.taken) + taken.chosen
    if not count:
        return f"{taken.name}: all of the file is here already."
    noun = "change" if count == 1 else "changes"
    notes = "".join(f" {note}" for note in taken.notes)
    return f"{taken.name}: {count} {noun} taken in; each can be undone.{notes}"
