"""How the window of the case file comes up, once, and what it asks of the desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.letter_intake import OpenedCase
from app.services.store import Store
from app.ui.actions import Actions
from app.ui.casefile.flow import CaseFileFlow
from app.ui.document import LetterDocument
from app.ui.jobs import Jobs

if TYPE_CHECKING:
    from app.ui.casefile.window import CaseFileWindow


_EVERYWHERE = (
    "next_document", "previous_document", "page_back", "page_forward", "case_file",
    "find_in_case_file", "timeline",
)  # fmt: skip
"""Commands of the desk whose keys work in that window too."""


class CaseFileOpening(QObject):
    """One window at a time; loaded when it is first asked for."""

    summary_wanted = Signal(object)
    """The FieldId to go to."""

    def __init__(
        self,
        flow: CaseFileFlow,
        document: LetterDocument,
        store: Store,
        jobs: Jobs,
        commands: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._document = document
        self._store = store
        self._jobs = jobs
        self._parent = parent
        self._commands = commands
        self.window: CaseFileWindow | None = None
        for tab, name in enumerate(("case_file", "find_in_case_file", "timeline")):
            commands[name].triggered.connect(partial(self._on_command_triggered, tab))

    def show(self, tab: int = 0) -> None:
        """Bring the window up, with one of its parts in front."""
        from app.ui.casefile.window import FIND, CaseFileWindow

        if self.window is None:
            self.window = made = CaseFileWindow(
                self._flow, self._document, self._store, self._jobs, self._parent
            )
            made.add_requested.connect(self._flow.ask_files)
            made.folder_requested.connect(self._flow.ask_folder)
            made.dropped.connect(self._flow.add)
            made.summary_wanted.connect(self.summary_wanted)
            made.finished.connect(self._on_window_finished)
            made.addActions([self._commands[name] for name in _EVERYWHERE])
            made.documents.take_in_hand(self._flow.shown_document)
            made.show()
            made.stand_aside()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        phrase = self._flow.selected_words() if tab == FIND else ""
        self.window.show_tab(tab, phrase)

    def find(self, phrase: str) -> None:
        """Look for a phrase in the whole case file; without one for what is selected."""
        from app.ui.casefile.window import FIND

        self.show(FIND)
        if self.window is not None and phrase and not self._flow.selected_words():
            self.window.finding.term.setText(phrase)

    def letter_shown(self, opened: OpenedCase | None) -> None:
        """Another letter is on the desk: without one there is no case file."""
        if opened is None and self.window is not None:
            self.window.close()

    def _on_command_triggered(self, tab: int, _checked: bool = False) -> None:
        self.show(tab)

    def _on_window_finished(self, _result: int) -> None:
        self.window = None
