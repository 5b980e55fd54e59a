"""The field in hand: its editor, which stands in the table, and below it all that is said of it.

The same rows as in the form, told by the same rules; what is done to them is done to the document
that speaks for the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.letter import FieldId, get_value
from app.services.checks import Finding
from app.ui.document import LetterDocument
from app.ui.form.field_row import FieldRow
from app.ui.form.form_sections import make_editor
from app.ui.form.guideline_editor import GuidelineEditor
from app.ui.form.line_editors import LineEditor
from app.ui.form.row_words import RowWords
from app.ui.item_acts import take_out_citation
from app.ui.session import Session


class Hand(QWidget):
    """Holds one row for each kind of field that was in hand, and shows the one that is."""

    confirm_requested = Signal()
    other_requested = Signal(int)
    """Which of the other values, from 0."""
    revert_requested = Signal()
    place_requested = Signal()
    changed = Signal()
    """The value in hand was changed otherwise than by typing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FieldRow] = {}
        self._row: FieldRow | None = None
        self._document: LetterDocument | None = None
        self._session: Callable[[], Session] | None = None
        self._words: RowWords | None = None
        self._name = ""
        self._keys: Mapping[str, str] = {}
        self._showing = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    @property
    def row(self) -> FieldRow | None:
        """The row in hand."""
        return self._row

    @property
    def field(self) -> FieldId | None:
        """The field in hand."""
        return self._row.field if self._row is not None else None

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Name these keys of the commands, by their ids, on what does the same as they."""
        self._keys = keys
        for row in self._rows.values():
            row.use_keys(keys)

    def take(
        self,
        field: FieldId,
        document: LetterDocument,
        session: Callable[[], Session],
        name: str,
        findings: tuple[Finding, ...],
    ) -> FieldRow:
        """Take a field of a letter in hand; `name` is what the letter is called."""
        self.drop()
        row = self._rows.get(field.name) or self._make_row(field)
        self._document, self._session, self._name = document, session, name
        self._words = RowWords(document, {})
        self._words.take_findings(findings)
        self._showing = True
        row.bind(field)
        self._showing = False
        self._row = row
        row.show()
        self.refresh()
        row.show_in_hand(True)
        return row

    def drop(self) -> None:
        """Nothing is in hand any more; what was typed counts."""
        self.finish()
        if self._row is not None:
            self._row.show_in_hand(False)
            self._row.hide()
        self._row = self._document = self._session = self._words = None

    def finish(self) -> None:
        """What was typed is done: it is one step, and is kept."""
        if self._row is None or self._document is None:
            return
        editor = self._row.editor
        if isinstance(editor, LineEditor):
            # Leaving the line says so in the form; here the line goes on to the next letter.
            editor.line.editingFinished.emit()
        else:
            editor.finish()
        self._document.seal()

    def refresh(self, findings: tuple[Finding, ...] | None = None) -> None:
        """Show what the document says now."""
        row, document = self._row, self._document
        if row is None or document is None or self._words is None:
            return
        if row.field not in document.statuses:
            return
        if findings is not None:
            self._words.take_findings(findings)
        self._showing = True
        row.show_value(get_value(document.letter, row.field), document.words.get(row.field, ""))
        self._words.show(row)
        self._showing = False
        self._name_editor(row)

    def show_words(self) -> None:
        """Undo has put words back, or taken them away, that are no value."""
        if self._row is not None:
            self._row.editor.forget()
            self.refresh()

    def others(self) -> tuple[Any, ...]:
        """The values that may be meant in place of the one that stands there."""
        if self._row is None or self._words is None:
            return ()
        return self._words.others(self._row.field)

    def doubtful_words(self) -> tuple[int, int] | None:
        """The words of the text in hand that are in doubt."""
        if self._row is None or self._words is None:
            return None
        return self._words.doubtful_words(self._row.field)

    def _make_row(self, field: FieldId) -> FieldRow:
        row = self._rows[field.name] = FieldRow(field.spec, make_editor(field.spec))
        row.use_keys(self._keys)
        row.hide()
        self._column.addWidget(row)
        row.typed.connect(self._on_row_typed)
        row.step_ended.connect(self._on_row_step_ended)
        row.committed.connect(self._on_row_committed)
        row.text_typed.connect(self._on_row_text_typed)
        row.problem_changed.connect(self._on_row_problem_changed)
        row.confirm_requested.connect(self._on_row_confirm_requested)
        row.other_requested.connect(self._on_row_other_requested)
        row.revert_requested.connect(self._on_row_revert_requested)
        row.place_requested.connect(self._on_row_place_requested)
        if isinstance(row.editor, GuidelineEditor):
            row.editor.hide_library()
            row.editor.removal_requested.connect(self._on_editor_removal_requested)
        return row

    def _name_editor(self, row: FieldRow) -> None:
        """A screen reader is told the letter too: the same field is met in one after the other."""
        focus = row.editor.focusProxy() or row.editor
        row.editor.describe(f"{row.spec.label}, {self._name}", focus.accessibleDescription())

    def _speaks(self, field: FieldId) -> bool:
        """Whether a row speaks of the field in hand; one that was left may speak later."""
        return not self._showing and field == self.field

    def _on_row_typed(self, field: FieldId, value: Any, words: str) -> None:
        if self._speaks(field) and self._document is not None:
            self._document.edit(field, value, typing=True, words=words)

    def _on_row_step_ended(self) -> None:
        if not self._showing and self._document is not None:
            self._document.seal()

    def _on_row_committed(self, field: FieldId, value: Any) -> None:
        if not self._speaks(field) or self._document is None or self._session is None:
            return
        if field in self._document.statuses:
            self._document.edit(field, value)
            self._document.seal()
        self._session().end_typing(field)

    def _on_row_text_typed(self, field: FieldId, text: str) -> None:
        if self._speaks(field) and self._session is not None:
            self._session().note_typing(field, text)

    def _on_row_problem_changed(self, field: FieldId, why: str) -> None:
        if self._speaks(field) and self._document is not None:
            self._document.set_wrong(field, why)

    def _on_editor_removal_requested(self, index: int) -> None:
        if self._document is not None and self._row is not None:
            take_out_citation(self._document, self._row.field, index)
            self.changed.emit()

    def _on_row_confirm_requested(self, field: FieldId) -> None:
        if self._speaks(field):
            self.confirm_requested.emit()

    def _on_row_other_requested(self, field: FieldId, place: int) -> None:
        if self._speaks(field):
            self.other_requested.emit(place)

    def _on_row_revert_requested(self, field: FieldId) -> None:
        if self._speaks(field):
            self.revert_requested.emit()

    def _on_row_place_requested(self, field: FieldId) -> None:
        if self._speaks(field):
            self.place_requested.emit()
