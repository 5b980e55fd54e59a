"""The library of guidelines beside the work, and what the work teaches it.

Each window is loaded when it is first asked for, so that the start does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.letter import Citation, FieldId
from app.services.settings import OWN_WORDS
from app.services.store import Store
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.jobs import Jobs
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.library import Library
    from app.ui.citing.manager import LibraryManager


class LibraryWindow(QObject):
    """One window for all letters; made when it is first opened, and anew when it was closed."""

    changed = Signal()
    """The library has other entries than before."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library],
        document: LetterDocument,
        session: Session,
        commands: Actions,
        jobs: Jobs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._library = library
        self._document = document
        self._session = session
        self._jobs = jobs
        self._manager: LibraryManager | None = None
        commands["library"].triggered.connect(self.show_library)

    def show_library(self) -> None:
        """The library of guidelines, with the citations of the open letter offered."""
        from app.ui.citing.manager import LibraryManager

        if self._manager is None:
            self._manager = LibraryManager(self._library(), self._jobs, self._window)
            self._manager.library_changed.connect(self.changed)
            self._manager.destroyed.connect(self._on_manager_destroyed)
        if self._document.is_open:
            self._manager.show_offers(self._document.letter)
        self._manager.show()
        self._manager.raise_()
        self._manager.activateWindow()

    def _on_manager_destroyed(self) -> None:
        self._manager = None

    def note_citation(self, field: FieldId, citation: Citation) -> None:
        """Remember for which kind of treatment an entry was cited."""
        if citation.library_id is None or field.issue is None:
            return
        letter = self._document.letter
        issue = letter.issue(field.issue)
        self._library().record_use(
            citation.library_id,
            letter.header.case_number or str(self._session.case_id),
            issue.title,
            issue.decision,
        )

    def note_word(self, word: str) -> None:
        """A word the user knows to be right."""
        words = self._store.setting(OWN_WORDS, [])
        self._store.save_setting(OWN_WORDS, [*words, word])
