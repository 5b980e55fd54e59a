"""Each command does what its words say, from the menu as from the key."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from app.letter import FieldId
from app.ui.actions import TABLE
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

KEYS_OF_EDITORS = {"Return", "Tab", "Backspace", "Space", "Left", "Right", "Up", "Down"}


def test_every_command_does_something(desk: Desk) -> None:
    unconnected = [
        spec.id
        for spec, action in desk.window.commands
        if not action.receivers("2triggered(bool)") and not action.receivers("2toggled(bool)")
    ]
    assert unconnected == []


def test_no_two_commands_share_a_key() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in TABLE for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(keys), "a key that Qt does not know reads as nothing"
    assert not KEYS_OF_EDITORS & set(keys)


def test_what_needs_a_letter_is_grey_without_one(desk: Desk) -> None:
    needing = {spec.id for spec in TABLE if spec.needs_letter}
    for spec, action in desk.window.commands:
        assert action.isEnabled() == (spec.id not in needing)
    desk.open(letter_file(desk.folder))
    desk.settle()
    # There is nothing to undo yet, so these two stay grey.
    enabled = {spec.id for spec, action in desk.window.commands if action.isEnabled()}
    assert needing - enabled == {"undo", "redo"}
    desk.document.edit(FieldId("header.priority"), "Expedited")
    assert desk.window.commands["undo"].isEnabled()
    desk.trigger("undo")
    assert desk.window.commands["redo"].isEnabled()
    desk.window.letters.close()
    for spec, action in desk.window.commands:
        if spec.needs_letter:
            assert not action.isEnabled(), spec.id


def test_undo_can_be_asked_for_while_still_typing(open_desk: Desk) -> None:
    before = open_desk.document.letter
    editor = open_desk.editor("header.case_number")
    open_desk.type(editor, "CM16-0299999")
    assert open_desk.window.commands["undo"].isEnabled()
    open_desk.trigger("undo")
    assert open_desk.document.letter == before
    assert editor.property("text") == "CM16-0200001"


def test_f6_goes_round_the_panes_and_back(open_desk: Desk) -> None:
    window = open_desk.window
    panes = [window.letter_pane, window.form, window.side]
    open_desk.editor("header.case_number")

    def pane() -> int:
        return next(i for i, one in enumerate(panes) if one.isAncestorOf(window.focusWidget()))

    met = [pane()]
    for command in ("switch_pane", "switch_pane", "switch_pane", "switch_pane_back"):
        open_desk.trigger(command)
        met.append(pane())
    assert met == [1, 2, 0, 1, 0]


def test_f6_does_not_end_at_a_form_that_takes_no_typing(desk: Desk) -> None:
    window = desk.window
    window.queue.take_focus()
    seen: list[bool] = []
    for _ in range(4):
        desk.trigger("switch_pane")
        focus = QApplication.focusWidget()
        seen.append(focus is not None and window.side.isAncestorOf(focus))
    assert any(seen), "the keyboard came round to the list again"


def test_the_checks_give_the_keyboard_back_to_the_field_in_hand(open_desk: Desk) -> None:
    open_desk.window.activateWindow()
    open_desk.wait_until(open_desk.window.isActiveWindow)
    line = open_desk.editor("header.priority")
    for shown in (True, False):
        open_desk.trigger("checks")
        open_desk.settle()
        assert open_desk.window.checks.isVisible() is shown
        focus = open_desk.window.focusWidget()
        assert focus is not None
        assert open_desk.window.checks.isAncestorOf(focus) is shown
    assert open_desk.window.focusWidget() is line
