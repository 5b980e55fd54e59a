"""Keys are changed in place; a clash is refused in words and changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import FIXED, TABLE, Actions
from app.ui.dialogs.keys import KeyBox, KeysDialog

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def actions(parent: QWidget) -> Actions:
    return Actions(parent)


@pytest.fixture
def told() -> list[dict[str, str]]:
    return []


def open_keys(
    actions: Actions, told: list[dict[str, str]], mapped: dict[str, str] | None = None
) -> KeysDialog:
    dialog = KeysDialog(actions, mapped or {}, actions.parent())
    dialog.keys_changed.connect(told.append)
    dialog.show()
    return dialog


def press(qtbot: QtBot, dialog: KeysDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(dialog.findChild(KeyBox), key, modifiers)


def words(dialog: KeysDialog) -> str:
    return dialog.findChild(KeyBox).accessibleDescription()


def shown_key(dialog: KeysDialog, action_id: str) -> str:
    dialog.select(action_id)
    return dialog.findChild(QTreeWidget).currentItem().text(1)


def button(dialog: KeysDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def test_a_free_key_is_taken_at_once(actions: Actions, told: list[dict[str, str]], qtbot: QtBot):
    dialog = open_keys(actions, told)
    dialog.select("backup")
    press(qtbot, dialog, Qt.Key.Key_B, CTRL | ALT)
    assert told == [{"backup": "Ctrl+Alt+B"}]
    assert shown_key(dialog, "backup") == "Ctrl+Alt+B"
    actions.apply_keys(told[-1])
    assert actions["backup"].shortcut() == QKeySequence("Ctrl+Alt+B")


@pytest.mark.parametrize(
    ("key", "modifiers", "named"),
    [
        (Qt.Key.Key_O, CTRL, "“Open letters”"),
        (Qt.Key.Key_Y, CTRL, "“Redo”"),
        (Qt.Key.Key_F8, SHIFT, "“Previous doubt”"),
        (Qt.Key.Key_C, CTRL, "“Copy” in every box"),
        (Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "for typing"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "for typing"),
    ],
)
def test_a_key_that_is_taken_is_refused_by_name(
    actions: Actions,
    told: list[dict[str, str]],
    qtbot: QtBot,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    named: str,
):
    dialog = open_keys(actions, told)
    dialog.select("backup")
    press(qtbot, dialog, key, modifiers)
    assert named in words(dialog)
    assert any(label.text() == words(dialog) for label in dialog.findChildren(QLabel))
    assert told == []
    assert shown_key(dialog, "backup") == ""


def test_a_key_given_up_is_free_for_another(
    actions: Actions, told: list[dict[str, str]], qtbot: QtBot
):
    dialog = open_keys(actions, told)
    dialog.select("open")
    press(qtbot, dialog, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
    dialog.select("backup")
    press(qtbot, dialog, Qt.Key.Key_O, CTRL)
    assert told == [{"open": ""}, {"open": "", "backup": "Ctrl+O"}]
    # Its own key went to another command in the meantime: that is a clash too.
    dialog.select("open")
    button(dialog, "Reset").click()
    assert "“Back up now”" in words(dialog)
    assert len(told) == 2


def test_one_is_reset_and_all_are_reset(actions: Actions, told: list[dict[str, str]], qtbot: QtBot):
    dialog = open_keys(actions, told, {"undo": "Ctrl+Alt+U", "redo": "Ctrl+Alt+R", "gone": "F2"})
    dialog.select("undo")
    button(dialog, "Reset").click()
    assert told == [{"redo": "Ctrl+Alt+R"}]
    assert shown_key(dialog, "redo") == "Ctrl+Alt+R"
    button(dialog, "Reset all keys").click()
    assert told[-1] == {}
    assert shown_key(dialog, "redo") == "Ctrl+Shift+Z or Ctrl+Y"
    assert not button(dialog, "Reset all keys").isEnabled()


def test_the_table_s_own_key_is_no_change(
    actions: Actions, told: list[dict[str, str]], qtbot: QtBot
):
    dialog = open_keys(actions, told, {"find": "Ctrl+Alt+F"})
    dialog.select("find")
    press(qtbot, dialog, Qt.Key.Key_F, CTRL)
    assert told == [{}]


def test_escape_leaves_the_box_and_not_the_dialog(
    actions: Actions, told: list[dict[str, str]], qtbot: QtBot
):
    dialog = open_keys(actions, told)
    dialog.select("backup")
    box = dialog.findChild(KeyBox)
    box.setFocus()
    press(qtbot, dialog, Qt.Key.Key_O, CTRL)
    press(qtbot, dialog, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.findChild(QTreeWidget)
    assert box.keySequence().isEmpty()


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("undo", {"Undo"}),
        ("ctrl+k", {"Cite a guideline"}),
        ("drag", {"Fill the field with the words"}),
    ],
)
def test_the_filter_looks_at_commands_and_keys(
    actions: Actions, told: list[dict[str, str]], qtbot: QtBot, typed: str, left: set[str]
):
    dialog = open_keys(actions, told)
    qtbot.keyClicks(dialog.findChild(QLineEdit), typed)
    assert left == shown_rows(dialog)


def test_every_action_and_every_fixed_key_is_listed(actions: Actions, told: list[dict[str, str]]):
    rows = shown_rows(open_keys(actions, told))
    assert rows == {spec.text.rstrip("…") for spec in TABLE} | {key.does for key in FIXED}


def shown_rows(dialog: KeysDialog) -> set[str]:
    tree = dialog.findChild(QTreeWidget)
    groups = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {
        group.child(row).text(0)
        for group in groups
        for row in range(group.childCount())
        if not group.isHidden() and not group.child(row).isHidden()
    }
