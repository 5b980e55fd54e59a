"""Running text: its height, its cursor, its way to be confirmed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.ui.form.text_editor import TextEditor
from tests.ui.desk import Desk
from tests.ui.form.rows import value_of


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
