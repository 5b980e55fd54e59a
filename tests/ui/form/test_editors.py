"""Each kind of editor, by its keys: what it gives the letter, what it keeps to itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId, get_value
from app.services.review import State
from app.ui.form.choice_editor import ChoiceEditor
from app.ui.form.field_row import FieldRow
from app.ui.form.line_editors import DateEditor, ListEditor
from app.ui.form.text_editor import TextEditor
from tests.ui.desk import Desk

INJURY = FieldId("header.date_of_injury")


def value_of(desk: Desk, name: str, issue: int | None = None) -> Any:
    return get_value(desk.document.letter, FieldId(name, issue))


def row_of(desk: Desk, name: str, issue: int | None = None) -> FieldRow:
    row = desk.window.form.row(FieldId(name, issue))
    assert row is not None
    return row


def issue_of(desk: Desk, place: int = 0) -> int:
    return desk.document.letter.issues[place].id


@pytest.mark.parametrize("text", ["9/18/2016", "09-18-16", "2016-09-18", "09182016"])
def test_a_date_is_taken_in_any_form_and_shown_in_the_letters_own(desk: Desk, text: str) -> None:
    line = desk.editor("header.date_of_injury")
    desk.type(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert value_of(desk, "header.date_of_injury") == date(2016, 9, 18)
    assert line.property("text") == "09/18/2016"


def test_a_wrong_date_is_told_and_never_reaches_the_letter(desk: Desk) -> None:
    before = desk.document.letter
    line = desk.editor("header.date_of_injury")
    desk.type(line, "13/45/20")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    row = row_of(desk, "header.date_of_injury")
    assert row._words.text() == "There is no such day: month 13, day 45, 2020."
    assert row._words.isVisible()
    assert "no such day" in line.accessibleDescription()
    assert desk.document.letter == before
    # Neither Enter nor the command takes the old value for confirmed behind the wrong words.
    desk.editor("header.date_of_injury")
    QTest.keyClick(line, Qt.Key.Key_Return)
    desk.trigger("confirm")
    assert desk.document.confirmed == {}
    desk.type(line, "9/18/2016")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert INJURY in desk.document.confirmed
    assert not row._problem


def test_a_value_met_on_the_way_to_wrong_words_does_not_stay(desk: Desk) -> None:
    before = desk.document.letter
    line = desk.editor("header.date_of_injury")
    desk.type(line, "09/18/20")
    assert value_of(desk, "header.date_of_injury") == date(2020, 9, 18)
    QTest.keyClicks(line, "1")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert desk.document.letter == before
    assert desk.document.history.count() == 0
    assert line.property("text") == "09/18/201"


def test_arrows_move_a_date_by_a_day(desk: Desk) -> None:
    line = desk.editor("header.decision_date")
    desk.type(line, "12/31/2016")
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert value_of(desk, "header.decision_date") == date(2017, 1, 1)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert value_of(desk, "header.decision_date") == date(2016, 12, 31)


@pytest.mark.parametrize(
    ("first", "key", "last"),
    [("12/31/9999", Qt.Key.Key_Up, "12/31/9999"), ("01/01/0001", Qt.Key.Key_Down, "01/01/0001")],
)
def test_arrows_end_where_the_calendar_does(
    qtbot: QtBot, first: str, key: Qt.Key, last: str
) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.show()
    QTest.keyClicks(editor.line, first)
    QTest.keyClick(editor.line, key)
    assert editor.line.text() == last


def test_a_day_of_the_calendar_is_taken(desk: Desk) -> None:
    row = row_of(desk, "header.decision_date")
    assert isinstance(row.editor, DateEditor)
    desk.editor("header.decision_date")
    QTest.keyClick(row.editor.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = row.editor._menu
    assert menu is not None
    assert menu.isVisible()
    day = menu.calendar.selectedDate().addDays(3)
    menu.calendar.clicked.emit(day)
    assert not menu.isVisible()
    assert value_of(desk, "header.decision_date") == date(day.year(), day.month(), day.day())


@pytest.mark.parametrize(
    ("key", "decision"), [("U", "Upheld"), ("O", "Overturned"), ("u", "Upheld"), ("x", "Upheld")]
)
def test_the_first_letter_takes_a_choice(desk: Desk, key: str, decision: str) -> None:
    issue = issue_of(desk)
    desk.document.edit(FieldId("issue.decision", issue), "Overturned" if key in "uU" else "Upheld")
    desk.document.seal()
    desk.editor("issue.decision", issue)
    QTest.keyClicks(focus(desk), key)
    assert value_of(desk, "issue.decision", issue) == decision


def focus(desk: Desk) -> QWidget:
    """What has the keyboard in the window."""
    widget = desk.window.focusWidget()
    assert widget is not None
    return widget


def test_enter_on_a_choice_confirms_it(desk: Desk) -> None:
    desk.editor("header.priority")
    QTest.keyClick(focus(desk), Qt.Key.Key_Return)
    assert FieldId("header.priority") in desk.document.confirmed


def test_a_value_outside_the_choices_is_shown(qtbot: QtBot) -> None:
    editor = ChoiceEditor(("Standard", "Expedited"))
    qtbot.addWidget(editor)
    editor.show_value("Urgent")
    assert [name for name, b in editor._buttons.items() if b.isChecked()] == ["Urgent"]
    editor.show_value("Standard")
    assert [name for name, b in editor._buttons.items() if b.isChecked()] == ["Standard"]
    assert list(editor._buttons) == ["Standard", "Expedited"]


def test_a_list_is_completed_from_its_vocabulary(desk: Desk) -> None:
    line = desk.editor("reviewer.licensure")
    assert isinstance(line, QLineEdit)
    editor = row_of(desk, "reviewer.licensure").editor
    assert isinstance(editor, ListEditor)
    desk.type(line, "California, new yo")
    popup = editor._completer.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "California, New York"
    assert value_of(desk, "reviewer.licensure") == ("California", "New York")
    # Enter took the choice; the field is still in hand.
    assert desk.document.confirmed == {}
    assert desk.document.current_field == FieldId("reviewer.licensure")
    desk.trigger("undo")
    assert line.text() == "California"


def test_a_number_is_told_apart_from_words(desk: Desk) -> None:
    line = desk.editor("patient.age")
    desk.type(line, "fifty")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert value_of(desk, "patient.age") == desk.document.parsed.letter.patient.age
    assert row_of(desk, "patient.age")._words.text().startswith("Not an age in years.")
    desk.type(line, "51")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert value_of(desk, "patient.age") == 51


def test_text_grows_with_its_lines_and_ctrl_enter_confirms(desk: Desk) -> None:
    text = desk.editor("clinical_summary")
    height = text.height()
    desk.type(text, "One.")
    for line in ("", "", "  Two   words. ", *("line" for _ in range(20))):
        QTest.keyClick(text, Qt.Key.Key_Return)
        QTest.keyClicks(text, line)
    assert text.height() > height
    assert text.property("verticalScrollBarPolicy") == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    value = value_of(desk, "clinical_summary")
    assert value.startswith("One.\nTwo words.\nline\n")
    assert desk.document.confirmed[FieldId("clinical_summary")] == value
    assert desk.document.history.count() == 1


def test_text_shown_anew_keeps_the_cursor(qtbot: QtBot) -> None:
    editor = TextEditor()
    qtbot.addWidget(editor)
    editor.show()
    editor.show_value("A line of text.")
    editor.text.setFocus()
    qtbot.waitUntil(editor.text.hasFocus)
    cursor = editor.text.textCursor()
    cursor.setPosition(6)
    editor.text.setTextCursor(cursor)
    told: list[object] = []
    editor.typed.connect(told.append)
    editor.show_value("A line of other text.")
    assert editor.text.textCursor().position() == 6
    assert told == []


def test_a_citation_is_taken_out_by_its_chip(desk: Desk) -> None:
    issue = issue_of(desk)
    field = FieldId("issue.maximus_guideline", issue)
    desk.editor(field.name, issue)
    before = get_value(desk.document.letter, field)
    assert len(before.citations) == 1
    row = row_of(desk, field.name, issue)
    remove = next(
        b
        for b in row.findChildren(QPushButton)
        if b.accessibleName().startswith("Take out") and b.isVisible()
    )
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    after = get_value(desk.document.letter, field)
    assert after.citations == ()
    assert "Low Back" not in after.text
    desk.trigger("undo")
    assert get_value(desk.document.letter, field) == before


def test_the_sentences_of_a_guideline_are_read_while_they_are_typed(desk: Desk) -> None:
    issue = issue_of(desk)
    text = desk.editor("issue.maximus_guideline", issue)
    desk.type(text, "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies.")
    guideline = value_of(desk, "issue.maximus_guideline", issue)
    assert [citation.title for citation in guideline.citations] == ["Knee Complaints"]
    assert desk.document.statuses[FieldId("issue.maximus_guideline", issue)].state is State.EDITED
