"""What a pane says that has nothing to show: late enough not to flash, with commands as they are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.empty_state import EmptyState
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file


def shown(qtbot: QtBot, *actions: QAction) -> tuple[QWidget, EmptyState]:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(400, 300)
    empty = EmptyState(ground, "Open one.", title="Nothing here", glyph="file-text")
    empty.offer(*actions)
    ground.show()
    empty.set_shown(True)
    assert empty.words == ""
    qtbot.waitUntil(lambda: bool(empty.words))
    return ground, empty


def test_it_comes_late_fills_the_pane_and_goes(qtbot: QtBot) -> None:
    ground, empty = shown(qtbot)
    words = [label.text() for label in ground.findChildren(QLabel) if label.text()]
    assert words == ["Nothing here", "Open one."]
    sheet = ground.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
    ground.resize(700, 500)
    assert sheet.size() == QSize(700, 500)
    empty.say("Another.")
    assert empty.words == "Another."
    empty.set_shown(False)
    assert empty.words == ""
    assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == [ground]


def test_what_comes_in_time_keeps_it_away(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    empty = EmptyState(ground, "Open one.")
    ground.show()
    empty.set_shown(True)
    empty.set_shown(False)
    assert not empty._timer.isActive()
    assert empty.words == ""


def test_a_command_has_its_key_of_the_moment_and_is_done(qtbot: QtBot) -> None:
    action = QAction("Open letters…")
    action.setShortcut(QKeySequence("Ctrl+O"))
    done: list[bool] = []
    action.triggered.connect(lambda: done.append(True))
    ground, _ = shown(qtbot, action)
    button = ground.findChild(QPushButton)
    assert button is not None
    assert button.text() == "Open letters   Ctrl+O"
    action.setShortcut(QKeySequence("F12"))
    assert button.text() == "Open letters   F12"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True]
    action.setEnabled(False)
    assert not button.isEnabled()


def test_every_pane_says_what_belongs_there_until_a_letter_comes(desk: Desk) -> None:
    window = desk.window
    panes = [window.letter_pane.empty, window.form._scroll._empty, window.outline._empty]
    desk.wait_until(lambda: all(pane.words for pane in panes))
    window.letter_pane.show_preview_tab()
    desk.wait_until(lambda: bool(window.letter_pane.preview.empty.words))
    desk.open(letter_file(desk.folder))
    assert not any(pane.words for pane in (*panes, window.letter_pane.preview.empty))
    window.letters.close()
    desk.wait_until(lambda: all(pane.words for pane in panes))
