"""From the record into the letter: words of a page into the field in hand, and back to their place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor

from app.errors import UserError
from app.evidence import Place
from app.letter import FieldId
from app.services.casefile.quoting import quoted_at
from app.services.casefile.values import Quotation
from app.ui.actions import Actions
from app.ui.casefile.flow import PASSAGE, CaseFileFlow
from app.ui.casefile.shelf import Shelf
from app.ui.document import LetterDocument
from app.ui.field_flow import FieldFlow
from app.ui.form.form_view import FormView
from app.ui.form.text_editor import TextEditor
from app.ui.jobs import Jobs
from app.ui.letter_pane import LetterPane
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.pages import Light

_SENTENCE = 3
"""From so many words on what is selected is quoted; fewer are taken as they stand."""


class Quoting(QObject):
    """One key quotes what is selected; a click on it later lights the place it came from."""

    def __init__(
        self,
        flow: CaseFileFlow,
        document: LetterDocument,
        form: FormView,
        fields: FieldFlow,
        pane: LetterPane,
        commands: Actions,
        notice: NoticeBar,
        jobs: Jobs,
    ) -> None:
        super().__init__(flow)
        self._flow = flow
        self._document = document
        self._form = form
        self._fields = fields
        self._pane = pane
        self._view = pane.view
        self._notice = notice
        self._jobs = jobs
        self._quotations: tuple[Quotation, ...] = ()
        self._shelf = Shelf()
        flow.shelf_changed.connect(self._on_flow_shelf_changed)
        document.current_field_changed.connect(self._on_document_current_field_changed)
        commands["quote_selection"].triggered.connect(self.quote)
        commands["show_source"].triggered.connect(self.show_source)

    def quote(self) -> None:
        """Put the selected words into the field in hand: quoted in a text, else as its value."""
        words = " ".join(self._view.selected_text.split())
        field = self._document.current_field
        row = self._form.row(field) if field is not None else None
        if not words:
            self._notice.tell(Kind.NOTHING_QUOTED, "Select the words on the page first.")
        elif field is None or row is None:
            words = "Choose the field first, then the words on the page."
            self._notice.tell(Kind.NOTHING_QUOTED, words)
        elif isinstance(row.editor, TextEditor):
            places = self._view.text.places(self._view.pointer.selected)
            self._insert(row.editor, words)
            self._keep(field, words, places)
        else:
            self._fields.fill_from_selection()

    def _insert(self, editor: TextEditor, words: str) -> None:
        quoted = f"“{words}”" if len(words.split()) >= _SENTENCE else words
        cursor = editor.text.textCursor()
        before = editor.text.toPlainText()[: cursor.selectionStart()]
        behind = editor.text.toPlainText()[cursor.selectionEnd() :]
        left = " " if before and not before[-1].isspace() else ""
        right = " " if behind and behind[0].isalnum() else ""
        cursor.insertText(f"{left}{quoted}{right}")
        cursor.movePosition(QTextCursor.MoveOperation.NoMove)
        editor.text.setTextCursor(cursor)
        editor.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, field: FieldId, words: str, places: tuple[Place, ...]) -> None:
        file = self._shelf.named(places[0].file) if places else None
        if file is None or self._shelf.case_id is None:
            return  # of the letter's own page
        quotation = Quotation(
            file_id=file.id,
            page=places[0].page,
            boxes=places[0].boxes,
            field=field.key,
            words=words,
        )
        self._quotations = (quotation, *self._quotations)
        work = partial(self._flow.files.quote, self._shelf.case_id, quotation)
        self._jobs.run(work, None, self._on_failed)

    def show_source(self) -> None:
        """Light where the sentence under the cursor came from."""
        field = self._document.current_field
        row = self._form.row(field) if field is not None else None
        if field is None or row is None or not isinstance(row.editor, TextEditor):
            self._fields.show_place()
        elif not self._light(field, row.editor, row.editor.text.textCursor().position()):
            words = "This sentence was not taken from a document."
            self._notice.tell(Kind.SOURCE_UNKNOWN, words)

    def _light(self, field: FieldId, editor: TextEditor, at: int) -> bool:
        theirs = [one for one in self._quotations if one.field == field.key]
        found = quoted_at(editor.text.toPlainText(), at, theirs) if theirs else None
        if found is None:
            return False
        sha256, page = self._shelf.sheet_of(found.file_id, found.page)
        place = Place(page, found.boxes, sha256)
        self._pane.show_letter_tab()
        self._view.set_highlight(PASSAGE, [place], Light.FIND_CURRENT)
        self._view.go_to([place])
        return True

    def _on_flow_shelf_changed(self, shelf: Shelf) -> None:
        is_another = shelf.case_id != self._shelf.case_id or shelf.files != self._shelf.files
        self._shelf = shelf
        if shelf.case_id is None or not shelf.files:
            self._quotations = ()
        elif is_another:
            work = partial(self._flow.files.quotations, shelf.case_id)
            self._jobs.run(work, self._take, self._on_failed, key=(id(self), "quotations"))

    def _take(self, found: tuple[Quotation, ...]) -> None:
        self._quotations = found
        for one in found:
            try:
                field = FieldId.from_key(one.field)
                sheet = self._shelf.sheet_of(one.file_id, one.page)
            except (ValueError, KeyError):
                continue  # of a field or a file that is no more
            self._document.picked.note(field, one.words, Place(sheet[1], one.boxes, sheet[0]))
        self._fields.light_current()

    def _on_document_current_field_changed(self, field: FieldId | None) -> None:
        row = self._form.row(field) if field is not None else None
        if row is not None and isinstance(row.editor, TextEditor):
            row.editor.text.clicked.connect(
                self._on_text_clicked, Qt.ConnectionType.UniqueConnection
            )

    def _on_text_clicked(self, place: int) -> None:
        field = self._document.current_field
        row = self._form.row(field) if field is not None else None
        if field is not None and row is not None and isinstance(row.editor, TextEditor):
            self._light(field, row.editor, place)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._notice.tell_problem(Kind.QUOTATION_NOT_KEPT, error)
