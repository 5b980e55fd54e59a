"""The second reader by keys alone: no decision is seen before it is asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from app.letter import Decision, Issue, Letter
from app.ui.dialogs.second_reader import SecondReaderDialog

LETTER = Letter(
    clinical_summary="He slipped.",
    issues=(
        Issue(id=3, title="MRI", decision=Decision.UPHELD, rationale="It is not medically necessary."),
        Issue(id=7, title="Visits", decision=Decision.OVERTURNED, rationale="He improved."),
    ),
)  # fmt: skip


@pytest.fixture
def dialog(qtbot: QtBot) -> SecondReaderDialog:
    made = SecondReaderDialog(LETTER)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def words_of(dialog: SecondReaderDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def press(dialog: SecondReaderDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog, key)


def test_no_decision_is_seen(dialog: SecondReaderDialog) -> None:
    assert "necessary" not in words_of(dialog)
    assert "He slipped." in words_of(dialog)


def test_a_key_an_item_then_what_differs(dialog: SecondReaderDialog, qtbot: QtBot) -> None:
    press(dialog, Qt.Key.Key_U, Qt.Key.Key_U)
    assert dialog.answers == {3: Decision.UPHELD, 7: Decision.UPHELD}
    listed = dialog.findChild(QListWidget)
    assert listed is not None
    assert listed.count() == 1
    assert "Letter: Overturned · Second reader: Upheld" in listed.item(0).text()
    with qtbot.waitSignal(dialog.item_wanted) as wanted:
        QTest.keyClick(listed, Qt.Key.Key_Return)
    assert wanted.args == [7]


def test_an_answer_can_be_given_again(dialog: SecondReaderDialog, qtbot: QtBot) -> None:
    press(dialog, Qt.Key.Key_C, Qt.Key.Key_Backspace, Qt.Key.Key_U, Qt.Key.Key_O)
    assert dialog.answers == {3: Decision.UPHELD, 7: Decision.OVERTURNED}
    with qtbot.waitSignal(dialog.result_made) as made:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert made.args == ["Second reading: 2 of 2 items agree"]
