"""A note is given by Enter, left by Escape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.dialogs.note import NotePopup


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(600, 400)
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def told() -> list[str]:
    return []


def open_note(
    parent: QWidget, told: list[str], note: str = "", *, is_postponed: bool = False
) -> NotePopup:
    popup = NotePopup("Date of injury", note, parent, is_postponed=is_postponed, anchor=parent)
    popup.note_given.connect(told.append)
    popup.show()
    return popup


@pytest.mark.parametrize(("typed", "note"), [("ask  the office ", "ask the office"), ("", "")])
def test_enter_gives_the_note(
    parent: QWidget, told: list[str], qtbot: QtBot, typed: str, note: str
):
    popup = open_note(parent, told)
    assert popup.focusWidget() is popup.findChild(QLineEdit)
    qtbot.keyClicks(popup.focusWidget(), typed)
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    assert told == [note]
    assert not popup.isVisible()


def test_escape_gives_none(parent: QWidget, told: list[str], qtbot: QtBot):
    popup = open_note(parent, told)
    qtbot.keyClicks(popup.focusWidget(), "ask")
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Escape)
    assert told == []
    assert not popup.isVisible()


def test_typing_takes_the_place_of_the_old_note(parent: QWidget, told: list[str], qtbot: QtBot):
    popup = open_note(parent, told, "old", is_postponed=True)
    qtbot.keyClicks(popup.focusWidget(), "new")
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    assert told == ["new"]


def test_only_what_is_postponed_can_be_taken_up_again(
    parent: QWidget, told: list[str], qtbot: QtBot
):
    def resume(popup: NotePopup) -> QPushButton:
        return next(one for one in popup.findChildren(QPushButton) if one.text() == "Take up again")

    assert not resume(open_note(parent, told)).isVisible()
    popup = open_note(parent, told, is_postponed=True)
    with qtbot.waitSignal(popup.resume_requested):
        qtbot.keyClick(resume(popup), Qt.Key.Key_Space)
    assert told == []
    assert not popup.isVisible()
