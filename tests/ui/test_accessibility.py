"""The walker finds what it is for, and leaves alone what is well."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import jumps_back, tab_chain, walk


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.setLayout(QVBoxLayout())
    qtbot.addWidget(widget)
    return widget


def add(window: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        window.layout().addWidget(widget)
    window.show()


def test_a_labelled_form_in_order_is_well(window: QWidget):
    label, line, combo = QLabel("Name"), QLineEdit(), QComboBox()
    label.setBuddy(line)
    combo.setAccessibleName("Kind")
    add(window, label, line, combo, QPushButton("Save"))
    assert walk(window) == []
    assert [type(one) for one in tab_chain(window)] == [QLineEdit, QComboBox, QPushButton]


@pytest.mark.parametrize("make", [QLineEdit, QComboBox, QPushButton, QToolButton])
def test_a_widget_without_a_name_is_told(window: QWidget, make: type[QWidget]):
    add(window, make())
    assert ["has no name" in words for words in walk(window)][:1] == [True]


def test_a_widget_that_tab_does_not_reach_is_told(window: QWidget):
    button = QPushButton("Save")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    add(window, button, QPushButton("Close"))
    assert walk(window) == ["QPushButton “Save”: Tab does not reach it"]


def test_a_tool_button_whose_action_has_a_key_needs_no_tab(window: QWidget):
    action = QAction("Undo", window)
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    add(window, button)
    assert walk(window) == ["QToolButton “Undo”: Tab does not reach it"]
    action.setShortcut(QKeySequence("Ctrl+Z"))
    assert walk(window) == []


def test_an_order_against_reading_is_told(window: QWidget):
    first, second, third = QPushButton("1"), QPushButton("2"), QPushButton("3")
    add(window, first, second, third)
    QWidget.setTabOrder(first, third)
    QWidget.setTabOrder(third, second)
    assert walk(window) == ["QPushButton “3” -> QPushButton “2”: Tab jumps back"]


def test_hidden_and_disabled_widgets_are_not_met(window: QWidget):
    hidden, disabled = QLineEdit(), QPushButton("Off")
    add(window, hidden, disabled)
    hidden.hide()
    disabled.setEnabled(False)
    assert walk(window) == []


def test_two_columns_are_read_one_after_the_other(window: QWidget):
    columns = QHBoxLayout()
    for names in ("ab", "cd"):
        column = QVBoxLayout()
        for name in names:
            column.addWidget(QPushButton(name))
        columns.addLayout(column)
    holder = QWidget()
    holder.setLayout(columns)
    add(window, holder)
    assert walk(window) == []


@pytest.mark.parametrize(
    ("there", "back"),
    [
        (QRect(0, 40, 50, 20), False),
        (QRect(120, 0, 50, 20), False),
        (QRect(120, -40, 50, 20), False),
        (QRect(20, -40, 50, 20), True),
        (QRect(-80, 0, 50, 20), True),
        (QRect(-80, 30, 50, 20), False),
    ],
)
def test_where_a_step_goes(there: QRect, back: bool):
    assert jumps_back(QRect(0, 0, 100, 20), there) is back
