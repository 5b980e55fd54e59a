"""The form: what its rows show of the letter, which issue they speak for, and what their edits become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.letter import (
    COVER,
    ISSUE,
    FieldId,
    Guideline,
    get_value,
)
from app.services.checks import Finding, Quote
from app.services.editing import TITLE
from app.services.spelling import Spelling
from app.ui.document import LetterDocument
from app.ui.form.editor import Editor
from app.ui.form.field_row import FieldRow
from app.ui.form.form_scroll import FormScroll
from app.ui.form.form_sections import PROSE, SECTIONS, FormSection
from app.ui.form.guideline_editor import GuidelineEditor
from app.ui.form.issue_list import IssueList
from app.ui.form.row_words import RowWords
from app.ui.form.spelling_marks import FormSpelling
from app.ui.form.text_editor import TextEditor
from app.ui.item_acts import change_items, take_out_citation
from app.ui.last_question import Ending, ending
from app.ui.theme import LookWatch


class FormView(QWidget):
    """Shows the document's letter and asks the document to change it."""

    place_requested = Signal(object)
    cite_requested = Signal(object)
    confirm_requested = Signal(object)
    other_requested = Signal(object, int)
    """(FieldId, which of its `others`): another value is to stand there."""
    text_typed = Signal(object, str)
    typing_ended = Signal(object)
    word_learned = Signal(str)
    findings_told = Signal()
    """What the checks found stands at its fields now."""

    def __init__(
        self, document: LetterDocument, spelling: Spelling, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._spelling = spelling
        self._spelling_marks = FormSpelling(spelling, self)
        self._showing = False

        self.issue_list = IssueList()
        self._request_toggle = QPushButton("UR approved a part of the request…")
        self._request_toggle.setProperty("flat", True)
        self._request_toggle.setProperty("inline", True)
        self._request_toggle.setAutoDefault(False)
        self._request_toggle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._request_toggle.setProperty("command", "partial_approval")
        self._issue_title = QLabel()
        self._issue_title.setProperty("tone", "section")

        self._sections = {name: FormSection(name) for name in SECTIONS}
        self._words = RowWords(document, self._sections)
        self._rows = {row.spec.name: row for card in self._sections.values() for row in card.rows}
        self._request_rows = [
            row for name, row in self._rows.items() if name.startswith("issue.request.")
        ]
        self._lay_out_sections()
        self._scroll = FormScroll(self._sections)
        self._scroll.section_chosen.connect(self._on_scroll_section_chosen)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

        for row in self._rows.values():
            self._connect_row(row)

        LookWatch(self).scheme_changed.connect(self._on_scheme_changed)
        document.loaded.connect(self._on_document_loaded)
        document.letter_changed.connect(self._on_document_letter_changed)
        document.statuses_changed.connect(self._on_document_statuses_changed)
        document.words_changed.connect(self._on_document_words_changed)
        document.current_field_changed.connect(self._on_document_current_field_changed)
        self.issue_list.picked.connect(self.show_issue)
        self.issue_list.action_requested.connect(partial(change_items, document))
        self._request_toggle.clicked.connect(self.show_request)
        self._spelling_marks.word_learned.connect(self.word_learned)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self._on_document_loaded()

    # What the window asks

    @property
    def current_issue(self) -> int | None:
        """The id of the issue shown."""
        return self._document.current_issue

    def row(self, field: FieldId) -> FieldRow | None:
        """The row that speaks for a field now; None where another issue is shown."""
        row = self._rows.get(field.name)
        return row if row is not None and row.field == field else None

    def show_field(self, field: FieldId) -> None:
        """Take a field in hand, scroll to it and put the cursor there."""
        if field != self._document.current_field:
            self._document.set_current_field(field)
        elif field in self._document.statuses:
            self._put_cursor(field)

    def take_over(self, field: FieldId) -> None:
        """The same, as the flow of the work came to the field: what is typed next replaces its
        value, or the words of a long text that are in doubt."""
        self.show_field(field)
        row = self.row(field)
        if row is not None:
            row.editor.take_over(self._words.doubtful_words(field))

    def select_place(self, place: Quote) -> None:
        """Select the words of a text that a finding is about, where they still stand there."""
        row = self.row(place.field) if place.field is not None else None
        if row is None or place.start is None or place.end is None or place.field is None:
            return
        value = get_value(self._document.letter, place.field)
        text = value.text if isinstance(value, Guideline) else value
        if isinstance(text, str) and place.end <= len(text):
            row.editor.take_over((place.start, place.end))

    def show_issue(self, issue_id: int) -> None:
        """Take another issue of the letter in hand."""
        self._document.set_current_field(FieldId(TITLE, issue_id))

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Name these keys of the commands, by their ids, on what does the same as they."""
        for row in self._rows.values():
            row.use_keys(keys)
            if isinstance(row.editor, GuidelineEditor):
                row.editor.show_key(keys.get("cite", ""))

    def next_issue(self) -> None:
        """To the next issue, stopping at the last one."""
        self._document.take_issue(1)

    def previous_issue(self) -> None:
        """To the issue before, stopping at the first one."""
        self._document.take_issue(-1)

    def focus_current(self) -> None:
        """The cursor back into the field in hand, or the first one."""
        field = self._document.current_field or next(iter(self._document.statuses), None)
        if field is not None:
            self.show_field(field)

    def show_draft(self, field: FieldId, text: str) -> None:
        """Words that were half-typed when the program ended."""
        if field not in self._document.statuses:
            return  # its item is gone
        if field.issue is not None:
            self.show_issue(field.issue)
        self._rows[field.name].editor.show_draft(text)

    def revert(self, field: FieldId) -> None:
        """Back to the value that was read, also from words that make no value."""
        self._document.revert(field)
        row = self.row(field)
        if row is not None:
            row.editor.forget()
            self._show_row(row)
            self.typing_ended.emit(field)

    def others(self, field: FieldId) -> tuple[Any, ...]:
        """The values that may be meant in place of the one that stands in a field."""
        return self._words.others(field)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Tell at each field what the checks found there."""
        self._words.take_findings(findings)
        for row in self._rows.values():
            self._words.show_findings(row)
        self.findings_told.emit()

    def text_boxes(self) -> tuple[QPlainTextEdit, ...]:
        """The boxes of all running texts."""
        editors = (row.editor for row in self._rows.values())
        return tuple(editor.text for editor in editors if isinstance(editor, TextEditor))

    def show_spelling(self, shown: bool) -> None:
        """Mark misspelt words in the running texts, or stop it; also when the lists are loaded."""
        self._spelling_marks.set_shown(shown)

    # Building

    def _lay_out_sections(self) -> None:
        for section, card in self._sections.items():
            if section == ISSUE:
                toggle: dict[str, QWidget] = {"issue.request.original": self._request_toggle}
                card.lay_out(self.issue_list, self._issue_title, before=toggle)
            else:
                card.lay_out()
        for row in self._request_rows:
            row.hide()

    def _connect_row(self, row: FieldRow) -> None:
        row.typed.connect(self._on_row_typed)
        row.step_ended.connect(self._on_row_step_ended)
        row.committed.connect(self._on_row_committed)
        row.text_typed.connect(self.text_typed)
        row.confirm_requested.connect(self.confirm_requested)
        row.other_requested.connect(self.other_requested)
        row.revert_requested.connect(self.revert)
        row.place_requested.connect(self.place_requested)
        row.problem_changed.connect(self._on_row_problem_changed)
        editor = row.editor
        if isinstance(editor, GuidelineEditor):
            editor.cite_requested.connect(self._on_editor_cite_requested)
            editor.removal_requested.connect(self._on_editor_removal_requested)
        if isinstance(editor, TextEditor):
            editor.text.cursorPositionChanged.connect(self._scroll.follow_caret)
            editor.text.is_word = self._spelling.is_word
        if row.spec.name in PROSE and isinstance(editor, TextEditor):
            self._spelling_marks.watch(editor.text)

    # Showing

    def _on_document_loaded(self) -> None:
        self._let_rows_say()
        self._words.take_findings(())
        self._scroll.show_form(self._document.is_open)
        self._showing = True  # what an editor still has to say is of the letter before
        for name, row in self._rows.items():
            if not row.spec.of_issue:
                row.bind(FieldId(name))
            row.editor.finish()
        self._showing = False
        self._bind_issue_rows()
        self._show_all()
        self._give_room_back(tuple(self._rows.values()))  # what was kept was of the letter before
        self._scroll.go_to_top()

    def _bind_issue(self) -> None:
        """Another issue is in hand: its rows, and what stands in them."""
        of_issue = self._bind_issue_rows()
        self._show_rows(of_issue)
        self._give_room_back(of_issue)

    def _bind_issue_rows(self) -> Sequence[FieldRow]:
        """The rows of the issue in hand, none where there is none."""
        letter, here = self._document.letter, self._document.current_issue
        number = next((n for n, i in enumerate(letter.issues, 1) if i.id == here), 0)
        self._issue_title.setText(
            f"Disputed item {number} of {len(letter.issues)}" if number else ""
        )
        for name, row in self._rows.items():
            if row.spec.of_issue:
                row.setVisible(number > 0)
                if number:
                    row.bind(FieldId(name, here))
        self._request_toggle.setVisible(number > 0)
        if not number:
            return ()
        self._show_request_rows(letter.issue(here or 0).request is not None)
        return [row for row in self._rows.values() if row.spec.of_issue]

    def _give_room_back(self, rows: Sequence[FieldRow]) -> None:
        for row in rows:
            row.give_room_back()
        for section in {row.spec.section for row in rows}:
            self._sections[section].give_room_back()

    def _show_request_rows(self, shown: bool) -> None:
        for row in self._request_rows:
            row.setVisible(shown)
        self._request_toggle.setVisible(not shown and self._document.current_issue is not None)

    def _show_all(self) -> None:
        self._words.find_common(anew=True)
        self._refresh_issue_list()
        self._show_rows(self._rows.values())

    def _show_rows(self, rows: Any) -> None:
        self._showing = True
        for row in rows:
            self._show_row(row)
        self._showing = False

    def _show_row(self, row: FieldRow) -> None:
        if row.field not in self._document.statuses:
            return
        self._show_value(row)
        self._words.show(row)

    def _show_value(self, row: FieldRow) -> None:
        value = get_value(self._document.letter, row.field)
        row.show_value(value, self._document.words.get(row.field, ""))

    def _refresh_issue_list(self) -> None:
        waiting = Counter(f.issue for f in self._document.doubts if f.issue is not None)
        here = self._document.current_issue
        self.issue_list.show_issues(self._document.letter, waiting, here)

    def _on_document_letter_changed(self, _letter: object) -> None:
        if self._document.written is None:
            self._let_rows_say()  # it was changed otherwise than by writing
        self._bind_if_needed()
        # What changed of the statuses has been shown already: only values are left.
        self._showing = True
        for row in self._rows.values():
            if row.field in self._document.statuses:
                self._show_value(row)
        self._showing = False
        self._refresh_issue_list()

    def _bind_if_needed(self) -> None:
        here = self._document.current_issue
        if self._rows[TITLE].field.issue != here or here is None:
            self._bind_issue()
            return
        letter = self._document.letter
        number = [issue.id for issue in letter.issues].index(here) + 1
        self._issue_title.setText(f"Disputed item {number} of {len(letter.issues)}")
        if letter.issue(here).request is not None:
            self._show_request_rows(True)

    def _on_document_statuses_changed(self, fields: frozenset[FieldId]) -> None:
        if self._words.find_common():
            fields = frozenset(self._document.statuses)
        # What one field is given may take away what another one offered.
        fields |= {field for field, seen in self._document.evidence.items() if seen.others}
        for field in fields:
            row = self.row(field)
            if row is not None and field in self._document.statuses:
                self._words.show(row)
        self._refresh_issue_list()
        self._show_in_hand()

    def _on_document_current_field_changed(self, field: FieldId | None) -> None:
        self._let_rows_say()
        self._bind_if_needed()
        self._refresh_issue_list()
        self._show_in_hand()
        if field is not None:
            self._put_cursor(field)

    def _show_in_hand(self) -> None:
        field = self._document.current_field
        ends = ending(self._document) is Ending.ANY
        for row in self._rows.values():
            row.show_in_hand(row.field == field, ends=ends)

    def _put_cursor(self, field: FieldId) -> None:
        row = self._rows[field.name]
        if row in self._request_rows:
            self._show_request_rows(True)
        self._sections[field.spec.section].fold(False)
        holder = self.window().focusWidget()
        if holder is None or not row.editor.isAncestorOf(holder):
            row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.scroll_to(row, field.spec.section)

    def _on_scroll_section_chosen(self, section: str) -> None:
        """Its first field is in hand then: no command may speak of a field that is out of sight."""
        rows, fields = self._sections[section].rows, self._document.statuses
        first = next((row.field for row in rows if row.field in fields), None)
        if first is not None:
            self.take_over(first)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """A key or click that moved the cursor to another row takes that row's field in hand."""
        if now is None or now.window() is not self.window() or not self._document.is_open:
            return
        if before is not None and not (before.isVisible() and before.isEnabled()):
            # What had the cursor is gone, and Qt gave it to whatever comes next: nobody asked.
            if self._document.current_field is not None:
                QTimer.singleShot(0, self, self.focus_current)
            return
        row = next((row for row in self._rows.values() if row.isAncestorOf(now)), None)
        if row is not None:
            self._document.set_current_field(row.field)

    def _on_document_words_changed(self, field: FieldId) -> None:
        """Undo has put words back, or taken them away, that are no value."""
        row = self.row(field)
        if row is None:
            return
        words = self._document.words.get(field, "")
        row.editor.forget()
        self._showing = True
        self._show_value(row)
        self._showing = False
        if words:
            self.text_typed.emit(field, words)
        else:
            self.typing_ended.emit(field)

    def _on_scheme_changed(self) -> None:
        self._show_all()
        self._spelling_marks.dress()

    # What the rows say

    def _on_row_typed(self, field: FieldId, value: Any, words: str) -> None:
        if not self._showing:
            # What is said of values while somebody writes would push the rows below about.
            for row in self._rows.values():
                row.hold()
            self._document.edit(field, value, typing=True, words=words)

    def _let_rows_say(self) -> None:
        for row in self._rows.values():
            row.release()

    def _on_row_problem_changed(self, field: FieldId, why: str) -> None:
        self._document.set_wrong(field, why)
        if why:
            self._let_rows_say()

    def _on_row_step_ended(self) -> None:
        if not self._showing:
            self._document.seal()

    def _on_row_committed(self, field: FieldId, value: Any) -> None:
        if self._showing:
            return
        if field in self._document.statuses:
            self._document.edit(field, value)
            self._document.seal()
        self._let_rows_say()
        self.typing_ended.emit(field)

    def _on_editor_cite_requested(self) -> None:
        self.cite_requested.emit(self._field_of_sender())

    def _on_editor_removal_requested(self, index: int) -> None:
        take_out_citation(self._document, self._field_of_sender(), index)

    def _field_of_sender(self) -> FieldId:
        editor = self.sender()
        return next(row.field for row in self._rows.values() if row.editor is editor)

    def show_request(self) -> None:
        """What UR approved of the item in hand, to be written."""
        if self._document.current_issue is not None:
            self.show_field(FieldId("issue.request.original", self._document.current_issue))

    def fold_cover(self) -> None:
        """Fold the section of the letter to the parties, or unfold it."""
        self._sections[COVER].turn()

    def join_lines(self) -> None:
        """Join the selected lines of the text in hand."""
        editor = self._editor_in_hand()
        if isinstance(editor, TextEditor):
            editor.join_lines()

    def take_citation_out(self) -> None:
        """Ask which citation of the guideline in hand is to go."""
        editor = self._editor_in_hand()
        if isinstance(editor, GuidelineEditor):
            editor.ask_removal()

    def _editor_in_hand(self) -> Editor | None:
        field = self._document.current_field
        row = self.row(field) if field is not None else None
        return row.editor if row is not None else None
