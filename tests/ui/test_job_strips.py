"""What is read or exported at length: how far it is, and how it is stopped by hand and by key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from tests.bundles import long_bundle
from tests.ui.desk import Desk

STOP = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_bundle_says_which_page_is_read_and_a_key_stops_it(desk: Desk, qtbot: QtBot) -> None:
    path = desk.folder / "bundle.pdf"
    path.write_bytes(long_bundle(2990))
    strip = desk.window.strips.reading
    desk.window.take_in([path])
    desk.wait_until(lambda: strip.words.startswith("Reading page "))
    assert strip.isVisible()
    assert " of 3,0" in strip.words
    qtbot.keyClick(desk.window, Qt.Key.Key_X, STOP)
    desk.settle()
    assert desk.store.cases() == ()
    assert strip.words == "0 letters read · stopped: 1 not read"
    assert not strip.is_running
    qtbot.keyClick(desk.window, Qt.Key.Key_X, STOP)
    assert desk.window.notice.words == "Nothing is being read or exported."


def test_many_files_go_on_being_counted_while_a_bundle_is_read(desk: Desk, qtbot: QtBot) -> None:
    strips = desk.window.strips
    strips.show_import_step(1, 4, 0)
    strips.show_pages_read(1500, 3000)
    assert strips.reading.words == "1 of 4 read · page 1,500 of 3,000"
    bar = strips.reading.findChild(QProgressBar)
    assert bar is not None
    assert bar.value() / bar.maximum() == 1.5 / 4
    button = next(b for b in strips.reading.findChildren(QPushButton) if b.text() == "Cancel")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert strips.reading.words.endswith("stopping…")
    strips.show_pages_read(1550, 3000)
    assert strips.reading.words.endswith("stopping…"), "what still comes says no other"


def test_a_kept_bundle_that_is_opened_is_followed_until_it_is_there(desk: Desk) -> None:
    strips = desk.window.strips
    strips.show_pages_read(50, 3000)
    assert strips.reading.isVisible()
    strips.clear_done()
    assert not strips.reading.isVisible()
