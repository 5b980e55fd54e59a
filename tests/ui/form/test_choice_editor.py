"""Choices, by key and by what they show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.ui.form.choice_editor import ChoiceEditor
from tests.ui.desk import Desk
from tests.ui.form.rows import focus, issue_of, value_of


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
