"""The page in a window of its own, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.desk import Desk
from tests.ui.letter_files import letter_files
from tests.ui.made_letters import write_pdf


def test_the_page_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_pdf(tmp_path / "letter.pdf"))
    pane = desk.window.letter_pane
    sizes = desk.window.panes.sizes()
    desk.trigger("detach_page")
    assert pane.window() is not desk.window
    assert pane.isVisible()
    first = next(iter(desk.document.evidence))
    desk.window.fields.go_to(first)
    pane.window().close()
    desk.settle()
    assert pane.window() is desk.window
    assert not desk.window.commands["detach_page"].isChecked()
    assert desk.window.panes.indexOf(pane) == 1
    assert desk.window.panes.sizes() == sizes


@pytest.fixture
def page(desk: Desk) -> QWidget:
    """The page's own window, with the cursor in it, and a second letter in the list."""
    desk.window.take_in(letter_files(desk.folder, 2))
    desk.wait_until(lambda: desk.window.queue.place_of(None)[1] == 2)
    desk.settle()
    desk.trigger("detach_page")
    window = desk.window.letter_pane.window()
    window.activateWindow()
    desk.wait_until(window.isActiveWindow)
    desk.window.letter_pane.view.setFocus()
    return window


def test_the_keys_of_the_commands_work_there_too(desk: Desk, page: QWidget) -> None:
    before = desk.document.letter.header.case_number
    QTest.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    desk.wait_until(lambda: desk.document.letter.header.case_number != before)


@pytest.mark.parametrize("way", ["click", "show_place", "switch_pane"])
def test_going_to_the_form_brings_its_window_to_the_front(
    desk: Desk, page: QWidget, way: str
) -> None:
    if way == "click":
        view = desk.window.letter_pane.view
        field = desk.document.current_field
        assert field is not None
        desk.window.fields.light_current()
        view.back_to_field()
        box = view.rect_of(desk.document.evidence[field].places)
        spot = (box.center() - view.window_on_strip.topLeft()).toPoint()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    else:
        desk.trigger(way)
    desk.wait_until(desk.window.isActiveWindow)
    focus = desk.window.focusWidget()
    assert focus is not None
    assert desk.window.form.isAncestorOf(focus)


def test_a_window_that_was_out_at_the_end_is_out_at_the_next_start(
    desk: Desk, page: QWidget
) -> None:
    place = QRect(page.screen().geometry().topLeft() + QPoint(30, 40), QSize(500, 400))
    page.setGeometry(place)
    kept = desk.window.places()
    assert not kept["page_is_out"]
    desk.window.bring_page_back()
    kept = desk.window.places()
    assert kept["page_is_out"]
    desk.window.restore_places(kept)
    desk.window.came_up.emit()
    again = desk.window.letter_pane.window()
    assert again is not desk.window
    assert again.geometry() == place
