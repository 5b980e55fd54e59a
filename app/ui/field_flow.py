"""What happens to the field in hand: lit on the page, filled from it, confirmed, cited, left for the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from app.evidence import Box, Place, SetAside
from app.letter import Citation, FieldId, field_ids
from app.services import editing
from app.services.field_finder import FieldFinder
from app.ui.document import LetterDocument
from app.ui.filling import value_from_words
from app.ui.form.form_view import FormView
from app.ui.form.text_editor import TextEditor
from app.ui.last_question import Ending, ending
from app.ui.letter_pane import LETTER_TAB, LetterPane
from app.ui.not_read import NotRead
from app.ui.pages import Light

LINES_MARKED = 3
"""Lines of a doubtful text that are underlined on the page; longer texts are marked at the start."""


class FieldFlow(QObject):
    """Moves the clerk's attention: page and form always speak of the same field."""

    last_doubt_done = Signal(bool)
    """Whether it was said before that the letter ends with this answer."""
    all_passed = Signal()
    """The last question was put off."""
    answered = Signal(object)
    """The FieldId that was kept, or given the other value."""
    words_refused = Signal(str)
    """A sentence: the words picked on the page are no value for the field."""
    citation_wanted = Signal(object, QWidget)
    """(FieldId of a guideline, the widget to stand beside)"""
    citation_added = Signal(object, object)
    """(FieldId, Citation)"""

    def __init__(
        self,
        document: LetterDocument,
        form: FormView,
        letter_pane: LetterPane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._pane = letter_pane
        self._finder: FieldFinder | None = None
        self.not_read = NotRead(document, letter_pane, self)
        self._lit: tuple[Place, ...] = ()
        self._idle_at: FieldId | None = None
        """Where the cursor was put for want of anything to do; none once the user moves on."""
        self._arrived_at: FieldId | None = None
        """Where the flow came to before the checks said what is wrong there."""
        form.findings_told.connect(self._on_form_findings_told)
        document.loaded.connect(self._on_document_loaded)
        document.letter_changed.connect(self._on_document_letter_changed)
        document.statuses_changed.connect(self._on_document_statuses_changed)
        document.current_field_changed.connect(self._on_document_current_field_changed)

    def _on_document_loaded(self) -> None:
        self._finder = FieldFinder(self._document.evidence)

    def go_to(self, field: FieldId) -> None:
        """Take a field in hand and put the cursor into it."""
        self._form.take_over(field)
        self._arrived_at = field

    def start(self, left_at: str = "") -> None:
        """Where the user was in a letter (a field's key), else its first doubt or first field."""
        fields = {field.key: field for field in field_ids(self._document.letter)}
        first = fields.get(left_at) or self._document.next_point(waiting=True)
        idle = first is None
        first = first or next(iter(fields.values()), None)
        if first is not None:
            self.go_to(first)
        self._idle_at = first if idle else None

    def _on_form_findings_told(self) -> None:
        """The words that the checks found are selected where nobody has moved the caret yet."""
        field, self._arrived_at = self._arrived_at, None
        row = self._form.row(field) if field is not None else None
        if row is None or field is None or field != self._document.current_field:
            return
        holder = self._form.window().focusWidget()
        is_there = holder is not None and row.isAncestorOf(holder)
        if is_there and isinstance(row.editor, TextEditor) and row.editor.is_at_start:
            self._form.take_over(field)

    def _on_document_current_field_changed(self, field: FieldId | None) -> None:
        if field != self._idle_at:
            self._idle_at = None

    def _on_document_statuses_changed(self, _fields: frozenset[FieldId]) -> None:
        """The checks come a moment after the letter: what they find is in hand then, where nothing
        was to do before and the user has begun nothing yet."""
        document, row = self._document, self._form.row(self._idle_at) if self._idle_at else None
        if row is None:
            return
        holder = self._form.window().focusWidget()
        begun = document.history.count() or document.words or document.wrong
        if begun or holder is None or not row.isAncestorOf(holder):
            self._idle_at = None
            return
        waiting = next((point.field for point in document.open_points if point.waits), None)
        if waiting is not None:
            self._idle_at = None
            self.go_to(waiting)

    def confirm(self, field: FieldId | None = None) -> None:
        """The field is right as it stands: on to the next doubt."""
        field = field or self._document.current_field
        if field is None:
            return
        row = self._form.row(field)
        if row is not None and row.editor.says_wrong():
            return
        ends = field == self._document.current_field and ending(self._document) is Ending.ANY
        self._document.confirm(field)
        self.answered.emit(field)
        self.go_on(ends=ends)

    def use_other(self, field: FieldId | None = None, place: int = 0) -> None:
        """Put the other value there that may be meant, and go on to the next doubt."""
        field = field or self._document.current_field
        others = self._form.others(field) if field is not None else ()
        if field is None or place >= len(others):
            self.words_refused.emit("No other value is known for this field.")
            return
        ends = field == self._document.current_field and ending(self._document) is not Ending.NONE
        self._document.edit(field, others[place])
        self.answered.emit(field)
        self.go_on(ends=ends)

    def go_on(self, *, ends: bool = False) -> None:
        """To the next doubt, as the one in hand is settled or left for later; `ends` is whether
        it was said before that the letter ends with it."""
        following = self._document.next_point(waiting=True)
        if following is not None:
            self.go_to(following)
        else:
            self.last_doubt_done.emit(ends)

    def go_past(self) -> None:
        """The same as the field in hand was put off, which is no answer that could end the letter."""
        following = self._document.next_point(waiting=True)
        if following is not None:
            self.go_to(following)
        else:
            self.all_passed.emit()

    def next_doubt(self, *, backwards: bool = False) -> None:
        """To the next or previous doubt without confirming."""
        self._document.seal()
        field = self._document.next_point(backwards=backwards)
        if field is not None:
            self.go_to(field)

    def light_current(self) -> None:
        """Light the field in hand on the page, and bring it into view."""
        field = self._document.current_field
        self._lit = self._document.places_of(field) if field is not None else ()
        self._pane.view.show_field(self._lit)

    def _on_document_letter_changed(self, _letter: object) -> None:
        field = self._document.current_field
        if field is not None:
            self._follow_place(field)

    def _follow_place(self, field: FieldId) -> None:
        if self._document.places_of(field) != self._lit:
            self.light_current()

    def light_doubts(self) -> None:
        """Mark the places that still wait for a person."""
        places: list[Place] = []
        for field in self._document.doubts:
            seen = self._document.evidence.get(field)
            if seen is None:
                continue
            if seen.doubtful_places:
                places += seen.doubtful_places
                continue
            long = sum(len(place.boxes) for place in seen.places) > LINES_MARKED
            # Of a long text the first line is enough: its sign in the margin says the rest.
            places += (
                [replace(seen.places[0], boxes=seen.places[0].boxes[:1])] if long else seen.places
            )
        self._pane.view.set_highlight("doubts", places, Light.DOUBT)

    def show_place(self) -> None:
        """From the field to its place on the page, or from the page back to the field."""
        if self._pane.view.hasFocus() and self._document.current_field is not None:
            self._form.show_field(self._document.current_field)
            self._form.activateWindow()
            return
        self._pane.setCurrentIndex(LETTER_TAB)
        self._pane.view.back_to_field()
        self._pane.view.setFocus()
        self._pane.activateWindow()  # the page may have a window of its own

    def show_place_of(self, field: FieldId) -> None:
        """Light a field on the page, whatever was in view."""
        self._document.set_current_field(field)
        self._pane.setCurrentIndex(LETTER_TAB)
        self._pane.view.back_to_field()

    def take_words(self, field: FieldId, start: int, end: int) -> None:
        """Take some words of a text in hand: what is typed then takes their place."""
        self.go_to(field)
        row = self._form.row(field)
        if row is not None and isinstance(row.editor, TextEditor):
            cursor = row.editor.text.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            row.editor.text.setTextCursor(cursor)

    def take_page_click(self, page: int, x: float, y: float) -> None:
        """A click on the page goes to the field that was read there, or tells what was not read."""
        file = self._pane.view.file
        field = self._finder.at(page, x, y, file) if self._finder is not None else None
        if not file and self.not_read.pick(page, x, y, on_field=field is not None):
            return
        if field is not None:
            self.go_to(field)
            self._form.activateWindow()

    def fill(self, words: str, page: int = 0, boxes: tuple[Box, ...] = ()) -> None:
        """Put words picked on the page into the field in hand, as its kind of value.

        The place they were picked at is lit from then on: the value stands there.
        """
        field = self._document.current_field
        if field is None:
            self.words_refused.emit("Choose the field first, then the words on the page.")
            return
        try:
            value = value_from_words(field.spec, words)
        except ValueError as error:
            self.words_refused.emit(str(error))
            return
        self._document.fill(
            field, value, Place(page, boxes, self._pane.view.file) if boxes else None
        )
        self._follow_place(field)  # the same value may have been picked at another place
        self._form.show_field(field)

    def take_in(self, found: SetAside) -> None:
        """Put print that was not read into the field in hand: behind its text, or as its value."""
        field = self._document.current_field
        value = self.not_read.value_with(field, found) if field is not None else None
        if field is None or value is None:
            self.fill(found.text)
            return
        self._document.edit(field, value)
        self._form.show_field(field)

    def show_not_read(self) -> None:
        """To the next print on the pages that was not read."""
        if not self.not_read.show_next():
            self.words_refused.emit("All print on these pages was read as the letter's.")

    def fill_from_selection(self) -> None:
        """The same with the words selected on the page."""
        view = self._pane.view
        if view.selected_text:
            view.pointer.pick_selection()
        else:
            self.fill("")

    def revert(self) -> None:
        """The field in hand back to the value that was read."""
        self._with_current(self._form.revert)

    def cite(self, field: FieldId | None = None) -> None:
        """Ask for a citation for the guideline in hand; from elsewhere in an issue, for MAXIMUS's."""
        field = field or self._document.current_field
        if field is None or field.issue is None:
            issue = self._form.current_issue
            if issue is None:
                return
            field = FieldId("issue.maximus_guideline", issue)
        if not field.name.endswith("_guideline"):
            field = FieldId("issue.maximus_guideline", field.issue)
        self.go_to(field)
        row = self._form.row(field)
        if row is not None:
            self.citation_wanted.emit(field, row)

    def add_citation(self, field: FieldId, citation: Citation) -> None:
        """Put a citation into a guideline: one step of the history."""
        document = self._document
        after = editing.add_citation(
            document.letter, field, citation, document.citation_style, document.guidelines
        )
        self._document.replace_letter(after, "Add citation", field)
        self.citation_added.emit(field, citation)
        self._form.show_field(field)

    def _with_current(self, act: Callable[[FieldId], Any]) -> None:
        if self._document.current_field is not None:
            act(self._document.current_field)
