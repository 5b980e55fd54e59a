"""Dates, lists and numbers, by their keys: what they give the letter, what they keep to themselves."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.ui.form.line_editors import DateEditor, ListEditor
from app.ui.form.row_foot import RowFoot
from app.ui.outline_items import outline_items
from app.ui.pages import Mark
from tests.ui.desk import Desk
from tests.ui.form.rows import row_of, value_of

INJURY = FieldId("header.date_of_injury")


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
    assert row.words == "There is no such day: month 13, day 45, 2020."
    assert row.findChild(RowFoot).isVisible()
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
    assert line.property("text") == "09/18/201"
    desk.trigger("undo")
    assert line.property("text") == "09/13/2016"
    assert INJURY not in desk.document.wrong
    assert not desk.document.history.canUndo()
    desk.trigger("redo")
    assert line.property("text") == "09/18/201"
    assert desk.document.letter == before
    desk.trigger("undo")


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
    assert row_of(desk, "patient.age").words.startswith("Not an age in years.")
    desk.type(line, "51")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert value_of(desk, "patient.age") == 51


def test_enter_takes_the_likeliest_proposal_and_no_half_word(desk: Desk) -> None:
    line = desk.editor("reviewer.licensure")
    assert isinstance(line, QLineEdit)
    desk.type(line, "tex")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Texas"
    assert value_of(desk, "reviewer.licensure") == ("Texas",)
    assert desk.document.confirmed == {}
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert desk.document.confirmed[FieldId("reviewer.licensure")] == ("Texas",)
    desk.trigger("undo")
    assert value_of(desk, "reviewer.licensure") == desk.document.parsed.letter.reviewer.licensure


def test_a_word_on_no_list_is_never_shown_as_right(desk: Desk) -> None:
    line = desk.editor("reviewer.specialties")
    assert isinstance(line, QLineEdit)
    desk.type(line, "Wound whispering")
    QTest.keyClick(line, Qt.Key.Key_Return)
    row = row_of(desk, "reviewer.specialties")
    assert FieldId("reviewer.specialties") in desk.document.confirmed
    assert row._mark_word.text() == "on no list"
    assert row._mark_word.property("tone") == "doubt"
    marks = {item.title: item.mark for item in outline_items(desk.document)}
    assert marks["Reviewer"] is not Mark.OK


def test_escape_leaves_what_was_typed(desk: Desk) -> None:
    line = desk.editor("reviewer.specialties")
    editor = row_of(desk, "reviewer.specialties").editor
    assert isinstance(line, QLineEdit)
    assert isinstance(editor, ListEditor)
    desk.type(line, "Orth")
    shown = editor._offered.stringList()
    assert shown[0] == "Orthopedic Surgery"
    QTest.keyClick(editor._popup, Qt.Key.Key_Escape)
    assert not editor._popup.isVisible()
    assert line.text() == "Orth"
    specialties = FieldId("reviewer.specialties")
    assert not desk.document.statuses[specialties].open  # it is not finished
    desk.window.fields.go_to(FieldId("header.case_number"))
    assert desk.document.statuses[specialties].open
