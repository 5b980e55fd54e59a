"""How the search comes and goes, and how what was found comes onto the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import UserError
from app.letter import FieldId, Guideline, get_value
from app.services.archive.saved import (
    SETTING,
    Kept,
    read_searches,
    with_search,
    without_search,
)
from app.services.archive.values import Facets, Found, Question, TermCount
from app.services.checks import Quote
from app.services.letter_intake import OpenedCase
from app.services.store import Store
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.file_places import first_shown
from app.ui.jobs import Jobs
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.archive.asker import Answer, Asker
    from app.ui.archive.window import ArchiveWindow


MANY = 50
"""Letters; fewer are put in with the next question."""


class ArchiveFlow(QObject):
    """One window at a time; loaded when it is first asked for."""

    letter_wanted = Signal(int)
    """A letter (its id) is to be on the desk."""
    field_wanted = Signal(object)
    """A FieldId of the letter on the desk is to be in hand."""
    place_wanted = Signal(object)
    """A Quote: the words of that field that are to be marked."""

    def __init__(
        self,
        store: Store,
        jobs: Jobs,
        document: LetterDocument,
        session: Session,
        commands: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._parent = parent
        self._store = store
        self._document = document
        self._session = session
        self._jobs = jobs
        self._wanted: Found | None = None
        self._waiting: Question | None = None
        self._kept: Kept = {}
        self.window: ArchiveWindow | None = None

    @cached_property
    def _asker(self) -> Asker:
        """Made with the first question: what it needs would hold up the start."""
        from app.services.archive.archive import Archive
        from app.ui.archive.asker import Asker

        made = Asker(Archive(self._store.database), self._jobs, self)
        made.answered.connect(self._on_asker_answered)
        made.counted.connect(self._on_asker_counted)
        made.more_found.connect(self._on_asker_more_found)
        made.terms_counted.connect(self._on_asker_terms_counted)
        made.failed.connect(self._on_asker_failed)
        made.filling.connect(self._on_asker_filling)
        made.filled.connect(self._on_asker_filled)
        return made

    def show(self) -> None:
        """Bring the window up, with the cursor in the words."""
        if self.window is None:
            from app.ui.archive.window import ArchiveWindow

            self.window = made = ArchiveWindow()
            made.addActions([*self._parent.actions(), self._commands["search_letters"]])
            made.asked.connect(self._on_window_asked)
            made.more_wanted.connect(self._asker.ask_more)
            made.opened.connect(self.open)
            made.terms_wanted.connect(self._on_window_terms_wanted)
            made.save_requested.connect(self._on_window_save_requested)
            made.forget_requested.connect(self._on_window_forget_requested)
            made.finished.connect(self._on_window_finished)
            self._kept = self._store.setting(SETTING, {})
            made.show_saved(read_searches(self._kept).items())
            made.ask()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.window.bar.take_focus()

    def close(self) -> None:
        """Put the window away; letters that are being put into the index are no longer."""
        if "_asker" in self.__dict__:
            self._asker.stop()
        if self.window is not None:
            self.window.close()

    def fill(self, taken_in: int, *_: object) -> None:
        """So many letters came in: many are put into the index before somebody asks."""
        if taken_in >= MANY:
            self._asker.fill()

    def look_again(self, *_: object) -> None:
        """The letters are others now."""
        if self.window is not None:
            self.window.ask()

    # Onto the desk

    def open(self, found: Found) -> None:
        """Bring the letter onto the desk, with the words that were found in hand."""
        if self._session.case_id == found.case_id:
            self._go_to(found)
        else:
            self._wanted = found
            self.letter_wanted.emit(found.case_id)
        self._parent.raise_()
        self._parent.activateWindow()

    def letter_shown(self, opened: OpenedCase | None) -> None:
        """A letter is on the desk: the one that was wanted, or another."""
        found, self._wanted = self._wanted, None
        if found is not None and opened is not None and opened.case.id == found.case_id:
            self._go_to(found)

    def _go_to(self, found: Found) -> None:
        if found.field not in self._document.statuses:
            return  # the item is gone since
        self.field_wanted.emit(found.field)
        if not found.places:
            return
        start, end = found.places[0]
        words = found.snippet[slice(*found.lit[0])]
        if _text_of(self._document, found.field)[start:end] == words:
            self.place_wanted.emit(Quote(words, found.field, start=start, end=end))

    # The window

    def _on_window_asked(self, question: Question) -> None:
        """What is being written at the moment is to be found as well."""
        self._session.keep_all()
        if self._session.unwritten and self._session.obstacle is None:
            self._waiting = question
        else:
            self._asker.ask(question)

    def letter_saved(self) -> None:
        """All edits are written: a question that waited for that is asked."""
        question = self._waiting
        if question is not None and not self._session.unwritten:
            self._waiting = None
            self._asker.ask(question)

    def _on_window_terms_wanted(self, question: Question) -> None:
        window = self.window
        if window is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            window, "A list of terms", first_shown(), "Text (*.txt *.csv);;All files (*)"
        )
        if chosen:
            self.count_terms(Path(chosen), question)

    def count_terms(self, path: Path, question: Question) -> None:
        """Count each line of a file within a question's structure."""
        self._asker.ask_terms(path, question)

    def _on_window_save_requested(self, name: str, question: Question) -> None:
        self._keep(
            f"The search is kept as {name}.", partial(with_search, name=name, question=question)
        )

    def _on_window_forget_requested(self, name: str) -> None:
        self._keep(f"The search {name} is forgotten.", partial(without_search, name=name))

    def _keep(self, words: str, change: Callable[[Kept], Kept]) -> None:
        if self.window is None:
            return
        try:
            self._kept = change(self._kept)
        except UserError as error:
            self.window.tell(f"{error.what} {error.remedy}", wrong=True)
            return
        self._session.save_setting(SETTING, self._kept)
        self.window.show_saved(read_searches(self._kept).items())
        self.window.tell(words)

    def _on_window_finished(self, _result: int) -> None:
        self.window = None

    # What comes back

    def _on_asker_answered(self, answer: Answer) -> None:
        if self.window is not None:
            self.window.show_answer(answer)

    def _on_asker_counted(self, facets: Facets) -> None:
        if self.window is not None:
            self.window.show_facets(facets)

    def _on_asker_more_found(self, found: tuple[Found, ...]) -> None:
        if self.window is not None:
            self.window.model.add(found)

    def _on_asker_terms_counted(self, counted: tuple[TermCount, ...]) -> None:
        if self.window is not None:
            self.window.show_terms(counted)

    def _on_asker_failed(self, error: UserError) -> None:
        if self.window is not None:
            self.window.tell(f"{error.what} {error.remedy}", wrong=True)

    def _on_asker_filling(self, done: int, of: int) -> None:
        if self.window is not None:
            self.window.show_filling(done, of)

    def _on_asker_filled(self) -> None:
        self.look_again()


def _text_of(document: LetterDocument, field: FieldId) -> str:
    value = get_value(document.letter, field)
    text = value.text if isinstance(value, Guideline) else value
    return text if isinstance(text, str) else ""
