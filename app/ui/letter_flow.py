"""Which letter is on the desk: taking letters in, opening one, going to the next, being done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.letter import FieldId, Letter, get_value
from app.services.letter_intake import OpenedCase, twin_words
from app.services.picked_places import PICKED
from app.services.store import DAMAGED, Backup, CaseSummary, Imported, Store
from app.ui.document import LetterDocument
from app.ui.form.form_view import FormView
from app.ui.letter_list import LetterList
from app.ui.letter_pane import LetterPane
from app.ui.locked_files import LockedFiles
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.opener import Opener, needs_password
from app.ui.opening_mark import OpeningMark
from app.ui.queue_view import QueueView
from app.ui.reading_words import words_of_reading
from app.ui.session import Session
from app.ui.settling import Settling

LAST_CASE = "last_case"
FIELD = "field"
"""Under which the field in hand is kept with the place on the page."""
PLACE_DELAY_MS = 400
"""Milliseconds after which the field in hand is kept; not each one that is passed."""

CHANGED_OUTSIDE = UserError(
    "Something other than this program changed what is kept of this letter.",
    "It is shown as its last saved text has it. Look through the fields and the history (Ctrl+H); a "
    "backup may have it whole.",
)


class Carried(NamedTuple):
    """A letter that could not be saved, on its way into the database that a restore brought."""

    case_id: int
    letter: Letter
    half_typed: dict[FieldId, str]
    confirmed: dict[FieldId, Any]


class LetterFlow(QObject):
    """Carries one letter after another through the window."""

    letter_shown = Signal(object)
    """The OpenedCase that is on the desk now; None where there is none."""
    held_back = Signal()
    """Another letter was asked for, but the one on the desk is not saved yet."""
    letter_asked = Signal(int)
    """A letter (its id) is about to be fetched: nothing may be done to it elsewhere from now on."""
    letter_leaving = Signal()
    """The letter on the desk is about to be left; what is done to it now still counts."""
    letter_coming = Signal(object)
    """The OpenedCase that is about to be loaded."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        session: Session,
        opener: Opener,
        queue: QueueView,
        form: FormView,
        letter_pane: LetterPane,
        notice: NoticeBar,
        letter_list: LetterList,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._list = letter_list
        self._store = store
        self._document = document
        self._session = session
        self._opener = opener
        self._queue = queue
        self._form = form
        self._pane = letter_pane
        self._mark = OpeningMark(store, session, letter_pane.view, self)
        self._notice = notice
        self._settling = Settling(session, self)
        self._opened: OpenedCase | None = None
        self._left: set[int] = set()
        """Letters that are listed as they were before what was done to them last."""
        self._show_when_in = False
        self._carried: Carried | None = None
        self._locked = LockedFiles(notice)
        self._place_timer = QTimer(self, singleShot=True, interval=PLACE_DELAY_MS)
        self._place_timer.timeout.connect(self._save_place)
        document.current_field_changed.connect(self._on_document_place_changed)
        document.edit_made.connect(self._on_document_place_changed)

    @property
    def opened(self) -> OpenedCase | None:
        """The letter on the desk."""
        return self._opened

    # Coming in

    def take_in(self, paths: list[Path]) -> None:
        """Take in files and folders; the first letter comes onto the desk at once."""
        self._show_when_in = True
        self._opener.take_in_files(paths)

    def show_queue(self, *_: object) -> None:
        """List the letters as the store has them."""
        listed = self._store.cases()
        self._queue.show_cases((*listed, *self._store.cases(removed=True)))
        here = self._opened.case.id if self._opened else None
        self._queue.select(here)
        for case in listed:
            if case.id == here:
                self._session.take_status(case.status)

    def show_taken_in(self, imported: Imported) -> None:
        """A letter has come in: list it, and open it if it is the one that was clicked."""
        self._queue.show_case(imported.summary)
        if self._show_when_in:
            self._show_when_in = False
            self.open(imported.summary.id)
            self._tell_twins(imported)
        elif self._opened is not None:
            # The next letter may have come only now.
            self._fetch_ahead(self._opened.case.id)
        self._locked.ask_next()

    def _tell_twins(self, imported: Imported) -> None:
        here = imported.summary.id
        if imported.known:
            words = "This very file is here already; it opens as you left it."
            self._notice.tell(Kind.TWINS, words, case=here)
        elif imported.twins:
            other = Offer("Open the other one", partial(self.open, imported.twins[0].summary.id))
            self._notice.tell(Kind.TWINS, twin_words(imported), other, case=here)

    def show_file_failure(self, path: Path, error: UserError) -> None:
        """A file could not be taken in: say so in place, and ask for a password if that helps."""
        named = UserError(f"{path.name}: {error.what}", error.remedy)
        if not needs_password(error):
            self._notice.tell_problem(Kind.IMPORT_FAILED, named)
            return
        self._locked.add(path, named, awaited=self._show_when_in)

    def show_open_failure(self, case_id: int, error: UserError) -> None:
        """A kept letter could not be opened."""
        self._mark.clear()
        if needs_password(error):
            name = self._queue.name_of(case_id)
            named = UserError(f"{name}: {error.what}", error.remedy)
            self._notice.ask_password(Kind.LETTER_LOCKED, named, case_id, case=case_id)
        else:
            self._notice.tell_problem(Kind.NOT_OPENED, error)

    def unlock(self, locked: Path | int, password: str) -> None:
        """Try what is locked again; other files are asked for after it."""
        if isinstance(locked, Path):
            self._locked.note_try(locked)
            self._show_when_in = True
            self._opener.take_in_locked(locked, password)
        else:
            self._opener.open(locked, password)

    def leave_locked(self, _locked: Path | int) -> None:
        """The password is not known: the files that wait for one are not asked for again."""
        self._locked.give_up()

    # On the desk

    def open(self, case_id: int) -> None:
        """Bring a kept letter onto the desk."""
        if self._opened is not None and self._opened.case.id == case_id:
            return
        self.letter_asked.emit(case_id)
        # A letter opened again before its edits are written would be shown without them.
        self._settling.then(partial(self._fetch, case_id), self.held_back.emit)

    def _fetch(self, case_id: int) -> None:
        self._mark.set(case_id)
        self._opener.open(case_id)

    def open_anew(self, case_id: int) -> None:
        """Bring a letter that was changed elsewhere onto the desk, as it is now."""
        self._opener.forget_ahead()
        if self._opened is not None and self._opened.case.id == case_id:
            self.close()
        self.open(case_id)

    def open_last(self) -> None:
        """Where the user was when the program ended, unless it ended over opening that letter."""
        known = {case.id: case for case in self._store.cases()}
        unfinished = self._mark.unfinished
        last = self._store.setting(LAST_CASE)
        if unfinished in known:
            self._tell_unfinished(known[unfinished])
        elif last in known:
            self.open(last)

    def _tell_unfinished(self, case: CaseSummary) -> None:
        self._notice.tell(
            Kind.OPENING_UNENDED,
            self._mark.words(case.number or case.file_name),
            Offer("Open it", partial(self.open, case.id)),
            Offer("Remove it from the list", partial(self.remove_listed, case.id)),
        )

    def show(self, opened: OpenedCase) -> None:
        """A letter has been fetched: show it as it was left."""
        self._put_down()
        self._opened = opened
        case = opened.case
        self._mark.set(case.id)
        self._pane.view.show_document(opened.pictures, [page.words for page in opened.text.pages])
        self._mark.wait_for_page()
        self.letter_coming.emit(opened)
        history_holds = self._session.open(case)
        for key, text in case.drafts.items():
            self._form.show_draft(FieldId.from_key(key), text)
        if self._carried is not None and self._carried.case_id == case.id:
            self._put_carried(self._carried)
        if case.view:
            self._pane.view.restore_view_state(case.view)
        self._queue.select(case.id)
        self._session.save_setting(LAST_CASE, case.id)
        if words := words_of_reading(opened):
            self._notice.tell(Kind.READING, words)
        if not history_holds:
            self._notice.tell_problem(Kind.CHANGED_OUTSIDE, CHANGED_OUTSIDE)
        self.letter_shown.emit(opened)
        self._fetch_ahead(case.id)

    def _fetch_ahead(self, case_id: int) -> None:
        """Have the letter ready that is wanted when this one is done."""
        queue = self._queue
        self._opener.fetch_ahead(queue.next_to_do(case_id) or queue.neighbour(case_id, 1))

    def _on_document_place_changed(self, *_: object) -> None:
        if not self._place_timer.isActive():
            self._place_timer.start()

    def _save_place(self) -> None:
        """Where the user is in the letter: also the end of a killed program leads back there."""
        self._place_timer.stop()
        field = self._document.current_field
        if self._opened is not None and field is not None:
            place = {FIELD: field.key, PICKED: self._document.picked.as_json()}
            view = self._pane.view.view_state() | place
            self._session.save_view(self._opened.case.id, view)

    def leave(self) -> None:
        """Save what belongs to the letter on the desk; none comes in its place yet."""
        self._mark.clear()
        self._put_down()

    def _put_down(self) -> None:
        if self._opened is None:
            return
        self.letter_leaving.emit()
        self._session.leave()
        self._save_place()
        self._left.add(self._opened.case.id)
        self._opened = None
        if not self._session.unwritten:
            self.refresh_listed()

    def close(self) -> None:
        """No letter on the desk any more."""
        self.leave()
        self._clear()

    def _clear(self) -> None:
        self._opened = None
        self._document.close()
        self._pane.view.clear()
        self._queue.select(None)
        self.letter_shown.emit(None)

    # When a backup takes the place of everything

    def before_restore(self) -> None:
        """Save the letter if that can be done; what cannot must not be written to what comes."""
        self._session.settle()
        self._session.hold()

    def after_restore(self, before: Backup | None) -> None:
        """Show what is kept now; `before` is what was there, None where nothing was restored.

        The letter on the desk goes on as it stands where it could not be saved, or could not be
        read again: then the backup was not chosen to go back in it.
        """
        self._opener.forget_ahead()
        opened, lost = self._opened, self._session.unwritten > 0
        try:
            if before is not None and opened is not None:
                self._session.give_up()
                if lost or before.reason == DAMAGED:
                    self._carry_over(opened)
                self._clear()
        except UserError as error:
            # It is still on the desk, to be saved elsewhere.
            self._notice.tell_problem(Kind.NOT_BACKED_UP, error)
        finally:
            self._session.go_on()
        self.show_queue()
        if self._carried is not None:
            self.open(self._carried.case_id)

    def _carry_over(self, opened: OpenedCase) -> None:
        summary = opened.case.summary
        document, session = self._document, self._session
        # The backup may be older than the letter's import.
        imported = self._store.import_pdf(
            self._store.files.get(summary.file_sha256),
            document.parsed,
            by=session.by,
            file_name=summary.file_name,
        )
        self._carried = Carried(
            imported.summary.id, document.letter, session.half_typed, dict(document.confirmed)
        )

    def _put_carried(self, carried: Carried) -> None:
        self._carried = None
        self._document.replace_letter(carried.letter, "Keep what was not saved")
        for field, value in carried.confirmed.items():
            if field in self._document.statuses and get_value(carried.letter, field) == value:
                self._document.confirm(field)
        for field, text in carried.half_typed.items():
            self._form.show_draft(field, text)

    # From letter to letter

    def step(self, step: int) -> None:
        """To the next or previous letter of the list as it is shown; says where it ends."""
        here = self._opened.case.id if self._opened else None
        there = self._queue.neighbour(here, step)
        if there is not None:
            self.open(there)
        elif here is not None:
            self._notice.tell(
                Kind.LIST_END,
                "That was the last letter of the list."
                if step > 0
                else "That was the first letter of the list.",
            )

    def remove(self) -> None:
        """Take the open letter off the list."""
        if self._opened is not None:
            self._list.remove((self._store.summary(self._opened.case.id),))

    def let_go(self, ids: tuple[int, ...]) -> None:
        """Letters are about to leave the list: if one is on the desk, the next that stays comes."""
        self._opener.forget_ahead()
        if self._opened is None or self._opened.case.id not in ids:
            return
        there = self._queue.next_but(ids, self._opened.case.id)
        self._session.keep_all()
        self.close()
        if there is not None:
            self.open(there)

    def remove_listed(self, case_id: int) -> None:
        """Take a letter off the list without opening it."""
        self._list.remove((self._store.summary(case_id),))

    def refresh_listed(self, *_: object) -> None:
        """The letter on the desk is listed as it stands now, and those that were left meanwhile:
        what was done to them last had to be written first."""
        if not self._store.database.is_available:
            return  # locked, or being encrypted: the list is shown anew when that is over
        stale, self._left = self._left, set()
        if self._opened is not None:
            stale.add(self._opened.case.id)
        try:
            for case_id in stale:
                self._queue.show_case(self._store.summary(case_id))
        except UserError as error:
            # The list may lag behind: leaving a letter, and the program, must be possible.
            self._notice.tell_problem(Kind.LIST_FAILED, error)
