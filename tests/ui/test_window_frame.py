"""Menus, sizes, what folds, the page in a window of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from app.ui.actions import MENUS, SUBMENUS, TABLE
from app.ui.notice_bar import Kind
from tests.ui.desk import Desk


def test_every_command_stands_in_a_menu_under_its_words(desk: Desk) -> None:
    menus = {menu.text(): menu.menu().actions() for menu in desk.window.menuBar().actions()}
    inner = {
        (name, action.text()): action.menu().actions()
        for name, actions in menus.items()
        for action in actions
        if action.menu()
    }
    for spec in TABLE:
        menu, inside = MENUS[spec.menu], SUBMENUS.get(spec.id)
        actions = inner[menu, inside] if inside else menus[menu]
        assert desk.window.commands[spec.id] in actions
        assert desk.window.commands[spec.id].text()


def test_no_menu_is_longer_than_a_small_screen(desk: Desk) -> None:
    """At 150 per cent a screen of 900 lines shows 21 rows; a longer menu breaks into columns."""
    for menu in desk.window.menuBar().actions():
        assert len([one for one in menu.menu().actions() if one.isVisible()]) <= 20, menu.text()


def test_each_menu_opens_with_a_letter_of_its_own() -> None:
    letters = [menu[menu.index("&") + 1].lower() for menu in MENUS.values()]
    assert len(set(letters)) == len(MENUS)
    assert [menu.replace("&", "") for menu in MENUS.values()] == list(MENUS)


def test_size_and_splitters_come_back(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    # A screen of tests has 800 by 800 points.
    desk.window.resize(780, 650)
    desk.window.panes.setSizes([200, 250, 330])
    desk.window.commands["checks"].setChecked(True)
    sizes = desk.window.panes.sizes()
    desk.close()
    again = Desk(tmp_path)
    assert again.window.size().toTuple() == (780, 650)
    assert again.window.panes.sizes() == pytest.approx(sizes, abs=8)
    again.close()


def test_a_narrow_window_folds_the_list_and_a_wide_one_brings_it_back(desk: Desk) -> None:
    desk.window.resize(1000, 700)
    assert not desk.window.side.isVisible()
    assert not desk.window.commands["queue"].isChecked()
    desk.window.resize(1300, 700)
    assert desk.window.side.isVisible()
    # What the user folded himself stays folded.
    desk.trigger("queue")
    desk.window.resize(1000, 700)
    desk.window.resize(1300, 700)
    assert not desk.window.side.isVisible()


def test_the_page_can_stand_in_a_window_of_its_own_and_come_back(open_desk: Desk) -> None:
    open_desk.trigger("detach_page")
    assert open_desk.window.letter_pane.window() is not open_desk.window
    open_desk.trigger("detach_page")
    assert open_desk.window.letter_pane.window() is open_desk.window
    assert open_desk.window.panes.indexOf(open_desk.window.letter_pane) == 1


def test_the_line_of_an_import_comes_and_goes_without_moving_what_is_worked_on(
    open_desk: Desk,
) -> None:
    window = open_desk.window
    widgets = (window.top_bar, window.letter_pane, window.form, window.queue)

    def corners() -> list[tuple[int, int]]:
        open_desk.settle()
        return [widget.mapTo(window, QPoint()).toTuple() for widget in widgets]

    before = corners()
    window.strips.show_import_step(1, 20, 0)
    assert window.strips.reading.isVisible()
    assert corners() == before
    # What is told meanwhile does not lie over it.
    window.notice.tell(Kind.BACKED_UP, "The backup is made.")
    open_desk.settle()
    strip = QRect(window.strips.reading.mapTo(window, QPoint()), window.strips.reading.size())
    notice = QRect(window.notice.mapTo(window, QPoint()), window.notice.size())
    assert not strip.intersects(notice)
    window.strips.show_import_end(20, 0)
    window.strips.clear_done()
    assert corners() == before
