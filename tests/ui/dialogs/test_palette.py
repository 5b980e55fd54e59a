"""The palette finds any action by a few letters and does it after it has closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import TABLE, Actions
from app.ui.dialogs.matching import NO_MATCH, match_spans, score
from app.ui.dialogs.palette import RECENT_KEPT, CommandPalette


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1000, 700)
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def actions(parent: QWidget) -> Actions:
    made = Actions(parent)
    made.enable_for_letter(True)
    return made


def open_palette(actions: Actions, parent: QWidget, recent: tuple[str, ...] = ()) -> CommandPalette:
    palette = CommandPalette(actions, parent, recent)
    palette.show()
    return palette


def ids(palette: CommandPalette) -> list[str]:
    return [command.spec.id for command in palette.commands]


def test_it_lists_every_action_but_itself_with_its_key(actions: Actions, parent: QWidget):
    palette = open_palette(actions, parent)
    assert sorted(ids(palette)) == sorted(spec.id for spec in TABLE if spec.id != "palette")
    keys = {command.spec.id: command.key for command in palette.commands}
    assert keys["export_pdf"] == "Ctrl+Shift+E"
    assert keys["backup"] == ""


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("export pdf", "export_pdf"),
        ("pdf exp", "export_pdf"),
        ("word", "export_word"),
        ("EXP PUB", "export_redacted"),
        ("next dou", "next_doubt"),
        ("zoom o", "zoom_out"),
        ("hist", "history"),
    ],
)
def test_words_in_any_order_by_their_beginnings(
    actions: Actions, parent: QWidget, qtbot: QtBot, typed: str, first: str
):
    palette = open_palette(actions, parent)
    qtbot.keyClicks(palette.focusWidget(), typed)
    assert palette.current is not None
    assert palette.current.spec.id == first


def test_enter_does_it_once_the_palette_is_closed(actions: Actions, parent: QWidget, qtbot: QtBot):
    palette = open_palette(actions, parent, ("find", "checks"))
    seen: list[bool] = []
    recent: list[tuple[str, ...]] = []
    actions["export_word"].triggered.connect(lambda: seen.append(palette.isVisible()))
    palette.recent_changed.connect(recent.append)
    qtbot.keyClicks(palette.focusWidget(), "word")
    qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    assert seen == [False]
    assert recent == [("export_word", "find", "checks")]


def test_recent_ones_come_first_and_are_not_kept_for_ever(
    actions: Actions, parent: QWidget, qtbot: QtBot
):
    used = tuple(spec.id for spec in TABLE if spec.needs_letter)[:RECENT_KEPT]
    palette = open_palette(actions, parent, used)
    assert ids(palette)[:RECENT_KEPT] == list(used)
    with qtbot.waitSignal(palette.recent_changed) as told:
        qtbot.keyClicks(palette.focusWidget(), "quit")
        qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    assert told.args == [("quit", *used[: RECENT_KEPT - 1])]


def test_what_cannot_be_done_says_why_and_is_not_done(
    actions: Actions, parent: QWidget, qtbot: QtBot
):
    actions.enable_for_letter(False)
    palette = open_palette(actions, parent)
    assert [bool(one.reason) for one in palette.commands] == sorted(
        bool(one.reason) for one in palette.commands
    )
    done: list[bool] = []
    actions["checked"].triggered.connect(done.append)
    qtbot.keyClicks(palette.focusWidget(), "checked")
    assert palette.current is not None
    assert palette.current.reason == "needs an open letter"
    qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    assert done == []
    assert palette.isVisible()


def test_a_disabled_undo_with_a_letter_open_has_its_own_reason(actions: Actions, parent: QWidget):
    actions["undo"].setEnabled(False)
    reasons = {one.spec.id: one.reason for one in open_palette(actions, parent).commands}
    assert reasons["undo"] == "nothing to undo"
    assert reasons["redo"] == ""


def test_arrow_keys_go_round(actions: Actions, parent: QWidget, qtbot: QtBot):
    palette = open_palette(actions, parent)
    listed = ids(palette)
    for key, expected in (
        (Qt.Key.Key_Down, listed[1]),
        (Qt.Key.Key_Up, listed[0]),
        (Qt.Key.Key_Up, listed[-1]),
        (Qt.Key.Key_Down, listed[0]),
    ):
        qtbot.keyClick(palette.focusWidget(), key)
        assert palette.current is not None
        assert palette.current.spec.id == expected


def test_words_no_command_has(actions: Actions, parent: QWidget, qtbot: QtBot):
    palette = open_palette(actions, parent)
    line = palette.focusWidget()
    qtbot.keyClicks(line, "xyzzy")
    assert palette.commands == ()
    assert line.accessibleDescription() == "No command has these words."
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert palette.isVisible()


@pytest.mark.parametrize(
    ("typed", "text", "spans"),
    [
        ("pdf ex", "Export PDF", [(0, 2), (7, 10)]),
        ("let", "Open letters", [(5, 8)]),
        ("port", "Export", [(2, 6)]),
        ("", "Export", []),
        ("xy", "Export", None),
    ],
)
def test_where_typed_words_stand(typed: str, text: str, spans: list[tuple[int, int]] | None):
    assert match_spans(typed, text) == spans


def test_a_beginning_counts_more_than_a_middle_and_a_name_more_than_its_menu():
    assert score("ex", ["Export", "File"]) < score("po", ["Export", "File"])
    assert score("fi", ["Find", "Edit"]) < score("fi", ["Quit", "File"])
    assert score("zz", ["Export", "File"]) == NO_MATCH
