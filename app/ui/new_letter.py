"""Beginning a determination: from nothing, from documents, or with the form of the letter on the desk."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.letter import FieldId, Letter, with_value
from app.services.letter_intake import Reader
from app.services.settings import Settings
from app.services.store import Imported, Order, Store
from app.ui.actions import Actions
from app.ui.document import LetterDocument
from app.ui.jobs import URGENT, Jobs
from app.ui.letter_flow import LetterFlow
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.session import Session

if TYPE_CHECKING:
    from app.services.case_sources import Sources
    from app.services.new_letter import Beginning

APPLICATION = FieldId("cover.disputed_items")
MOST_PATTERNS = 200
"""So many letters of the list are offered as patterns."""


class NewLetters(QObject):
    """Keeps a letter that is begun and brings it onto the desk."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        session: Session,
        letters: LetterFlow,
        commands: Actions,
        notice: NoticeBar,
        reader: Reader,
        jobs: Jobs,
        window: QWidget,
    ) -> None:
        super().__init__(letters)
        self._reader = reader
        self._window = window
        self._store = store
        self._document = document
        self._letters = letters
        self._notice = notice
        self._jobs = jobs
        self._session = session
        self._settings = Settings()
        commands["new_letter"].triggered.connect(self._on_new_letter_triggered)
        commands["new_like_this"].triggered.connect(self._on_new_like_this_triggered)

    def take_settings(self, settings: Settings) -> None:
        """By which rules it is told how much is left to do."""
        self._settings = settings

    def begin(self, letter: Letter) -> None:
        """Keep this letter and open it."""
        self._jobs.run(
            partial(_begun, self._store, letter, self._session.by, self._settings),
            self._on_begun,
            self._on_failed,
            priority=URGENT,
        )

    def add_item(self, title: str) -> None:
        """A disputed item of that title in the letter on the desk, and take it in hand."""
        from app.services.new_letter import with_item

        self._document.seal()
        before = {issue.id: issue.title for issue in self._document.letter.issues}
        after = with_item(self._document.letter, title, self._document.ids_given)
        self._document.replace_letter(after, "Add disputed item")
        made = next(issue.id for issue in after.issues if before.get(issue.id) != issue.title)
        self._document.set_current_field(FieldId("issue.title", made))

    def make_items(self, lines: str) -> None:
        """Keep the application's list, and a disputed item for each that is not decided: one step."""
        from app.services.new_letter import with_items

        self._document.seal()
        letter = with_value(self._document.letter, APPLICATION, lines)
        after = with_items(letter, lines, self._document.ids_given)
        self._document.replace_letter(after, "Items from the application")

    def _on_new_letter_triggered(self) -> None:
        from app.ui.dialogs.new_determination import NewDeterminationDialog  # the reading of forms

        dialog = NewDeterminationDialog(self._reader, self._jobs, self._window)
        dialog.letter_wanted.connect(self._on_dialog_letter_wanted)
        dialog.show()
        self._jobs.run(partial(_patterns, self._store), dialog.offer_patterns, priority=URGENT)

    def _on_dialog_letter_wanted(
        self,
        sources: Sources,
        beginning: Beginning,
        chosen: tuple[int, ...],
        is_same_case: bool,
    ) -> None:
        self._jobs.run(
            partial(
                _begun_from,
                self._store,
                sources,
                beginning,
                chosen,
                self._session.by,
                self._settings,
                is_same_case,
            ),
            self._on_begun,
            self._on_failed,
            priority=URGENT,
        )

    def _on_new_like_this_triggered(self) -> None:
        from app.services.new_letter import as_pattern  # it brings what sets a page along

        self._document.seal()
        self.begin(as_pattern(self._document.letter))

    def _on_begun(self, imported: Imported) -> None:
        self._letters.show_taken_in(imported)
        self._letters.open(imported.summary.id)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.NOT_BEGUN, error)


def _patterns(store: Store) -> tuple[tuple[int, str], ...]:
    """The letters worked on last, as they are called in the list. Runs in a worker."""
    cases = store.cases(order=Order.OPENED, descending=True)[:MOST_PATTERNS]
    return tuple((case.id, case.number or case.file_name) for case in cases)


def _begun_from(
    store: Store,
    sources: Sources,
    beginning: Beginning,
    chosen: tuple[int, ...],
    by: str,
    settings: Settings,
    is_same_case: bool,
) -> Imported:
    """Runs in a worker."""
    from app.services.case_sources import begin_from

    return begin_from(
        store,
        sources,
        chosen,
        by=by,
        now=datetime.now(),
        settings=settings,
        begun=beginning.of(store),
        is_same_case=is_same_case,
    )


def _begun(store: Store, letter: Letter, by: str, settings: Settings) -> Imported:
    """Runs in a worker."""
    from app.services.new_letter import begin

    return begin(store, letter, by=by, now=datetime.now(), settings=settings)
