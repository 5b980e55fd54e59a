"""What is opened of the letter on the desk: the application's items, its history, a note to a field.

Each window is loaded when it is first asked for, so that the start does not wait for it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.letter import FieldId
from app.services.editing import apply_step
from app.services.store import Store
from app.ui.actions import Actions
from app.ui.beside.hidden import HiddenData
from app.ui.document import LetterDocument
from app.ui.session import Session


class LetterWindows(QObject):
    """The application's items, the history, the second reader, postponing."""

    items_wanted = Signal(str)
    """The application's items, one a line, of which the undecided ones are to be made."""
    field_postponed = Signal()
    """The field in hand was left for later."""

    def __init__(
        self,
        store: Store,
        document: LetterDocument,
        session: Session,
        commands: Actions,
        hidden: HiddenData,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._document = document
        self._session = session
        self._hidden = hidden
        commands["application_items"].triggered.connect(self.show_application_items)
        commands["history"].triggered.connect(self.show_history)
        commands["second_reader"].triggered.connect(self.show_second_reader)

    def show_application_items(self) -> None:
        """The disputed items that the application lists, for the checks to compare with."""
        from app.ui.dialogs.application_items import ApplicationItemsDialog

        if self._session.case_id is None or self._hidden.refuses():
            return
        self._document.seal()
        dialog = ApplicationItemsDialog(self._document.letter, self._window)
        dialog.items_given.connect(self._on_application_items_given)
        dialog.items_wanted.connect(self.items_wanted)
        dialog.open()

    def show_second_reader(self) -> None:
        """The letter on the desk without its decisions, read by somebody else."""
        from app.ui.dialogs.second_reader import SecondReaderDialog

        case_id = self._session.case_id
        if case_id is None or not self._document.letter.issues or self._hidden.refuses():
            return
        self._document.seal()
        dialog = SecondReaderDialog(self._document.letter, self._window)
        dialog.item_wanted.connect(self._on_second_reader_item_wanted)
        dialog.result_made.connect(partial(self._on_second_reader_result_made, case_id))
        dialog.open()

    def _on_second_reader_item_wanted(self, issue_id: int) -> None:
        self._document.set_current_field(FieldId("issue.decision", issue_id))

    def _on_second_reader_result_made(self, case_id: int, words: str) -> None:
        self._session.note(case_id, words)

    def _on_application_items_given(self, items: str) -> None:
        self._document.edit(FieldId("cover.disputed_items"), items)

    def show_history(self) -> None:
        """What was done to the open letter, by whom, and putting a former value back."""
        from app.ui.dialogs.history import HistoryDialog

        case_id = self._session.case_id
        if case_id is None or self._hidden.refuses():
            return
        self._session.keep_all()
        dialog = HistoryDialog(
            self._store.journal(case_id),
            self._store.verify(case_id),
            self._document.letter,
            self._window,
        )
        dialog.revert_requested.connect(self._on_history_revert_requested)
        dialog.open()

    def _on_history_revert_requested(self, key: str, value: Any) -> None:
        after = apply_step(self._document.letter, key, value)
        try:
            field = FieldId.from_key(key)
        except ValueError:
            field = None
        self._document.replace_letter(after, "Put a former value back", field)

    def show_postpone(self, anchor: QWidget) -> None:
        """Leave the doubt in hand for later, with a note typed at `anchor`."""
        from app.ui.dialogs.note import NotePopup

        field = self._document.current_field
        if field is None:
            return
        postponed = self._document.postponed
        popup = NotePopup(
            field.spec.label,
            postponed.get(field, ""),
            self._window,
            is_postponed=field in postponed,
            anchor=anchor,
        )
        popup.note_given.connect(partial(self._postpone, field))
        popup.resume_requested.connect(partial(self._resume, field))
        popup.show()

    def _postpone(self, field: FieldId, note: str) -> None:
        self._document.postpone(field, note)
        self.field_postponed.emit()

    def _resume(self, field: FieldId) -> None:
        self._document.resume(field)
