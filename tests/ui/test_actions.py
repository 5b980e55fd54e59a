"""The table of actions holds together, and keys are given from it and from the user."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.actions import EDIT, FIELD, FILE, HELP, ISSUE, LETTER, PAGE, TABLE, VIEW, Actions


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def actions(parent: QWidget) -> Actions:
    return Actions(parent)


def test_each_id_and_each_name_in_a_menu_is_there_once():
    assert len({spec.id for spec in TABLE}) == len(TABLE)
    assert len({(spec.menu, spec.text) for spec in TABLE}) == len(TABLE)


def test_no_key_is_given_twice():
    keys = Counter(QKeySequence(key).toString() for spec in TABLE for key in spec.keys)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("spec", TABLE, ids=lambda spec: spec.id)
def test_each_row_can_be_made(spec):
    assert spec.menu in (FILE, EDIT, FIELD, ISSUE, PAGE, LETTER, VIEW, HELP)
    for key in spec.keys:
        written = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        assert written == key
    if spec.icon:
        assert (theme.RESOURCES / "icons" / f"{spec.icon}.svg").is_file()


@pytest.mark.parametrize(
    ("action_id", "key"),
    [
        ("confirm", "Ctrl+Return"),
        ("next_doubt", "F8"),
        ("previous_doubt", "Shift+F8"),
        ("show_place", "Ctrl+J"),
        ("fill_from_page", "Ctrl+Shift+Return"),
        ("revert_field", "Ctrl+Shift+Backspace"),
        ("next_letter", "Ctrl+PgDown"),
        ("previous_letter", "Ctrl+PgUp"),
        ("checked", "Ctrl+Shift+S"),
        ("next_issue", "Alt+PgDown"),
        ("previous_issue", "Alt+PgUp"),
        ("cite", "Ctrl+K"),
        ("checks", "F7"),
        ("export_pdf", "Ctrl+Shift+E"),
        ("find", "Ctrl+F"),
        ("find_next", "F3"),
        ("snippet", "Ctrl+."),
        ("next_blank", "F2"),
        ("switch_pane", "F6"),
        ("palette", "Ctrl+Shift+P"),
        ("keys", "Ctrl+/"),
        ("help", "F1"),
        ("fit_page", "Ctrl+0"),
        ("actual_size", "Ctrl+1"),
        ("fit_width", "Ctrl+2"),
    ],
)
def test_the_keys_people_rely_on(actions: Actions, action_id: str, key: str):
    assert QKeySequence(key) in actions[action_id].shortcuts()


def test_a_user_s_key_takes_the_place_of_all_of_the_table_s(actions: Actions):
    actions.apply_keys({"redo": "Ctrl+Alt+R", "undo": ""})
    assert actions["redo"].shortcuts() == [QKeySequence("Ctrl+Alt+R")]
    assert actions["redo"].toolTip() == "Redo (Ctrl+Alt+R)"
    assert actions["undo"].shortcuts() == []
    assert actions["undo"].toolTip() == "Undo"
    actions.apply_keys({})
    assert actions["redo"].shortcuts() == [QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")]


@pytest.mark.parametrize(
    ("action_id", "key", "other"),
    [
        ("backup", "Ctrl+O", "open"),
        ("backup", "Ctrl+Y", "redo"),
        ("open", "Ctrl+O", None),
        ("backup", "Ctrl+Alt+B", None),
    ],
)
def test_a_clash_names_the_other_action(
    actions: Actions, action_id: str, key: str, other: str | None
):
    found = actions.clash(action_id, key)
    assert (found and found.id) == other


def test_what_needs_a_letter_is_grey_without_one(actions: Actions):
    actions.enable_for_letter(False)
    for spec, action in actions:
        assert action.isEnabled() is not spec.needs_letter
    actions.enable_for_letter(True)
    assert all(action.isEnabled() for _, action in actions)


def test_icons_follow_the_scheme(actions: Actions):
    actions.dress()
    for spec, action in actions:
        assert action.icon().isNull() is not bool(spec.icon)
