"""How the sheet comes and goes, and what passes between it and the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.letter import SPEC_BY_NAME, FieldId
from app.services.checks import Finding
from app.services.letter_intake import Reader
from app.services.one_field import HEADER
from app.services.settings import Settings
from app.services.store import CaseSummary, Imported, Store
from app.ui.actions import Actions
from app.ui.checks_view import ChecksView
from app.ui.desk_history import DeskHistory
from app.ui.dialogs.note import NotePopup
from app.ui.document import LetterDocument
from app.ui.jobs import Jobs
from app.ui.opener import Opener
from app.ui.queue_view import QueueView
from app.ui.session import Session
from app.ui.sheet.acts import SheetActs
from app.ui.sheet.documents import Documents

if TYPE_CHECKING:
    from app.ui.sheet.view import SheetView

FIELD = "sheet_field"
"""Under which it is kept which field was looked through last."""


class SheetFlow(QObject):
    """One sheet at a time, over the letters as they are listed when it is opened."""

    letter_edited = Signal(int)
    """Something was written to a letter that is not on the desk."""
    letter_listed = Signal(object)
    """The CaseSummary of a letter that is to be listed as it stands now."""
    letter_wanted = Signal(int)
    """A letter (its id) is to be on the desk."""
    field_wanted = Signal(object)
    """A FieldId of the letter on the desk is to be in hand there."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Jobs,
        document: LetterDocument,
        session: Session,
        history: DeskHistory,
        commands: Actions,
        opener: Opener,
        checks: ChecksView,
        queue: QueueView,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._store = store
        self._reader = reader
        self._jobs = jobs
        self._session = session
        self._commands = commands
        self._opener = opener
        self._checks = checks
        self._queue = queue
        self._settings = Settings()
        self._listed: tuple[CaseSummary, ...] = ()
        self._arriving = 0
        self._edited: set[int] = set()
        self._wanted: tuple[int, FieldId] | None = None
        self.documents = Documents(store, document, session, self)
        self.acts = SheetActs(self.documents, history, self)
        self.view: SheetView | None = None
        self.documents.edited.connect(self._on_documents_edited)

    def take_settings(self, settings: Settings) -> None:
        """By which rules letters are judged."""
        self._settings = settings

    def open(self) -> None:
        """Show the letters that are listed. A sheet that is open comes to the front as it is, unless
        other letters are listed by now."""
        before = [case.id for case in self._listed]
        self._listed = tuple(case for case in self._queue.listed() if case.removed_at is None)
        if self.view is not None and before == [case.id for case in self._listed]:
            self._bring_to_front(self.view)
            return
        if self.view is None:
            # Seldom wanted at the start: loaded with the first sheet.
            from app.ui.sheet.view import SheetView

            self.view = SheetView(
                self._store,
                self._reader,
                self._jobs,
                self.documents,
                self.acts,
                self._opener.password_of,
                self._findings_on_desk,
                self._parent,
            )
            self._connect(self.view)
        self.view.letters.take_settings(self._settings)
        self.view.use_dark_page(self._commands["dark_page"].isChecked())
        kept = self._store.setting(FIELD, HEADER)
        self._show(kept if kept in SPEC_BY_NAME else HEADER)
        self._bring_to_front(self.view)

    def _bring_to_front(self, view: SheetView) -> None:
        view.window.show()
        view.window.raise_()
        view.window.activateWindow()

    def close(self) -> None:
        """Put the sheet away; what was typed is kept."""
        if self.view is not None:
            self.view.window.close()
        self.documents.close()

    def keep_all(self) -> None:
        """Write whatever is in hand now."""
        if self.view is not None:
            self.view.walk.finish()
        self.documents.keep_all()

    def _findings_on_desk(self) -> tuple[Finding, ...]:
        return self._checks.findings

    def _connect(self, view: SheetView) -> None:
        work, walk, window = view.work, view.walk, view.window
        slots = {
            "confirm": work.confirm,
            "use_other": work.use_other,
            "use_second_other": work.use_second_other,
            "next_doubt": walk.next_open,
            "previous_doubt": walk.previous_open,
            "revert_field": work.revert,
            "postpone": self._ask_note,
            "undo": work.undo,
            "redo": work.redo,
            "show_place": work.show_page,
            "next_letter": walk.next_letter,
            "previous_letter": walk.previous_letter,
            "switch_pane": view.switch_pane,
            "switch_pane_back": view.switch_pane,
        }
        for name, slot in slots.items():
            # The desk's own commands speak of the field in hand there; here their keys do the same.
            action = QAction(self._commands[name].text(), window)
            action.setShortcuts(self._commands[name].shortcuts())
            action.triggered.connect(slot)
            window.add_command(name, action)
        keep, close = QAction(window), QAction(window)
        keys = [
            QKeySequence(Qt.Modifier.SHIFT | key) for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ]
        keep.setShortcuts(keys)
        keep.triggered.connect(work.keep_shown)
        window.add_command("keep", keep)
        close.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        close.triggered.connect(window.close)
        window.add_command("close", close)
        told = ("use_other", "use_second_other", "revert_field", "show_place")
        window.hand.use_keys({name: self._commands.key_of(name) for name in told})
        window.field_chosen.connect(self._show)
        window.finished.connect(self._on_window_finished)
        work.page_wanted.connect(self._on_work_page_wanted)

    def _show(self, name: str) -> None:
        view = self.view
        if view is None:
            return
        if name != self._store.setting(FIELD, HEADER):
            self._session.save_setting(FIELD, name)
        view.show(self._listed, name, self._arriving)

    def _ask_note(self) -> None:
        view = self.view
        if view is None or view.walk.at is None or view.window.hand.row is None:
            return
        view.walk.finish()
        note = view.work.note
        popup = NotePopup(
            view.walk.at[1].spec.label,
            note or "",
            view.window,
            is_postponed=note is not None,
            anchor=view.window.hand.row.editor,
        )
        popup.note_given.connect(view.work.postpone)
        popup.resume_requested.connect(view.work.resume)
        popup.show()

    def _on_window_finished(self) -> None:
        view, self.view = self.view, None
        if view is not None:
            view.put_away()
        self.documents.close()

    def _on_work_page_wanted(self, case_id: int, field: FieldId) -> None:
        self._parent.raise_()
        self._parent.activateWindow()
        if case_id == self.documents.on_desk:
            self.field_wanted.emit(field)
        else:
            self._wanted = case_id, field
            self.letter_wanted.emit(case_id)

    def _on_documents_edited(self, case_id: int) -> None:
        self._edited.add(case_id)
        self.letter_edited.emit(case_id)

    def list_edited(self) -> None:
        """All is written: the letters that were edited here are to be listed as they stand."""
        if self._session.unwritten:
            return
        edited, self._edited = self._edited, set()
        for case_id in edited:
            self.letter_listed.emit(self._store.summary(case_id))

    # What happens on the desk meanwhile

    def letter_asked(self, case_id: int) -> None:
        """A letter is about to be fetched for the desk: its document here is written and closed."""
        if self.view is not None:
            self.view.step_aside(case_id)
        self.documents.release(case_id)

    def letter_leaving(self) -> None:
        """The letter on the desk is about to be left."""
        on_desk = self.documents.on_desk
        if self.view is not None and on_desk is not None:
            self.view.step_aside(on_desk)

    def letter_arrived(self, *_: object) -> None:
        """Another letter is on the desk, or none, or it could not come."""
        self.documents.note_arrival()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted[0] == self.documents.on_desk:
            self.field_wanted.emit(wanted[1])
        if self.view is not None:
            self.view.take_again()

    def letters_gone(self, ids: tuple[int, ...]) -> None:
        """Letters leave the list."""
        self._listed = tuple(case for case in self._listed if case.id not in ids)
        for case_id in ids:
            if self.view is not None:
                self.view.remove(case_id)
            self.documents.let_go(case_id)

    def letters_come(self, done: int, total: int, _failed: int) -> None:
        """So many letters are still being read into the list."""
        self._arriving = max(total - done, 0)
        if self.view is not None:
            self.view.show_arriving(self._arriving)

    def letter_taken_in(self, imported: Imported) -> None:
        """A letter is in the list now: where the filter shows it, it comes last in the sheet."""
        case = imported.summary
        there, listed = ({one.id for one in some} for some in (self._listed, self._queue.listed()))
        if self.view is not None and case.id in listed - there:
            self._listed = (*self._listed, case)
            self.view.letters.add((case,))
