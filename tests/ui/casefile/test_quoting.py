"""Words of the record go into the letter by one key, and the letter's sentence leads back to them."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from tests.ui.casefile.test_flow import WAIT, filed
from tests.ui.desk import Desk

__all__ = ["filed"]


def _select(desk: Desk, qtbot: QtBot, stop: int, first: str, count: int) -> None:
    view = desk.window.letter_pane.view
    desk.window.case_file.go_to_stop(stop)
    qtbot.waitUntil(lambda: bool(view.file) and len(view.text) > 20, timeout=WAIT)
    start = next(n for n in range(len(view.text)) if view.text.text([n]).startswith(first))
    view.pointer.select(range(start, start + count))


def test_a_quoted_sentence_leads_to_its_place(filed: Desk, qtbot: QtBot) -> None:
    window, view = filed.window, filed.window.letter_pane.view
    field = FieldId("issue.rationale", filed.document.letter.issues[0].id)
    window.fields.go_to(field)
    editor = window.form.row(field).editor
    editor.text.moveCursor(QTextCursor.MoveOperation.End)
    _select(filed, qtbot, 2, "protrusion", 5)
    said = " ".join(view.selected_text.split())
    filed.trigger("quote_selection")
    text = editor.text.toPlainText()
    assert f"“{said}”" in text
    filed.settle()
    window.case_file.go_to_stop(0)
    qtbot.waitUntil(lambda: view.file == "", timeout=WAIT)

    # A click into the sentence, and the key, light the place; elsewhere neither does.
    editor.text.clicked.emit(2)
    assert view.file == ""
    editor.text.clicked.emit(text.index(said) + 3)
    qtbot.waitUntil(lambda: bool(view.file), timeout=WAIT)
    (place,) = view.highlights.places("passage")
    assert (place.page, view.shows([place])) == (3, True)
    window.case_file.go_to_stop(0)
    qtbot.waitUntil(lambda: view.file == "", timeout=WAIT)
    filed.trigger("show_source")
    qtbot.waitUntil(lambda: bool(view.file), timeout=WAIT)

    # It is kept: also when the letter is opened again.
    filed.session_settled()
    kept = window.case_file.files.quotations(window.letters.opened.case.id)
    assert [(one.page, one.words, one.field) for one in kept] == [(3, said, field.key)]
    filed.trigger("undo")
    assert said not in filed.document.letter.issues[0].rationale


def test_the_same_key_takes_a_value_into_a_plain_field(filed: Desk, qtbot: QtBot) -> None:
    filed.window.fields.go_to(FieldId("header.date_of_injury"))
    _select(filed, qtbot, 1, "05/14/2013", 1)
    filed.trigger("quote_selection")
    assert str(filed.document.letter.header.date_of_injury) == "2013-05-14"


def test_nothing_selected_is_told(filed: Desk) -> None:
    filed.window.letter_pane.view.pointer.select(range(0))
    filed.trigger("quote_selection")
    assert "Select the words" in filed.window.notice.words
