"""Enter presses the button that has the focus, whichever kind it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.enter_button import EnterButton, EnterToolButton
from tests.ui.desk import Desk

OF_OTHERS = ("QTabBar", "QLineEdit", "QDateEdit", "QComboBox", "QCheckBox", "QRadioButton")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [EnterButton, EnterToolButton])
def test_it_is_pressed_once(
    qtbot: QtBot, kind: type[EnterButton | EnterToolButton], key: Qt.Key
) -> None:
    button = kind()
    qtbot.addWidget(button)
    button.show()
    pressed = QSignalSpy(button.clicked)
    qtbot.keyClick(button, key)
    assert pressed.count() == 1
    if key is not Qt.Key.Key_Space:
        qtbot.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed.count() == 1


def test_the_menu_of_a_tool_button_opens(qtbot: QtBot) -> None:
    button = EnterToolButton()
    qtbot.addWidget(button)
    menu = QMenu(button)
    menu.addAction("One")
    button.setMenu(menu)
    button.show()
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu.close))
    with qtbot.waitSignal(menu.aboutToShow):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_every_button_that_tab_reaches_takes_enter(open_desk: Desk) -> None:
    desk = open_desk
    desk.trigger("library")
    desk.settle()
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    deaf = [
        f"{type(one).__name__} “{one.accessibleName() or one.text()}”"
        for top in tops
        for one in top.findChildren(QAbstractButton)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, EnterButton | EnterToolButton)
        and not (isinstance(one, QPushButton) and one.isCheckable())  # a value: Enter confirms it
        and not _is_part_of_another(one)
    ]
    desk.close_beside()
    assert "; ".join(deaf) == ""


def _is_part_of_another(button: QWidget) -> bool:
    parents = (button, button.parentWidget())
    return any(kind.__name__ in OF_OTHERS for one in parents if one for kind in type(one).__mro__)
