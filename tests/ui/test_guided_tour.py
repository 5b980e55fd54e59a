"""The tour goes on with what the user does, and is offered until it was taken or skipped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.paths import SAMPLE
from app.ui.guided_tour import STEPS, TAKEN, GuidedTour
from tests.ui.desk import Desk


def tour_of(desk: Desk) -> GuidedTour:
    tour = desk.window.findChild(GuidedTour)
    assert tour is not None
    return tour


def offer(desk: Desk, words: str) -> QPushButton | None:
    buttons = desk.window.notice.findChildren(QPushButton)
    return next((one for one in buttons if one.text() == words), None)


def open_sample(desk: Desk) -> None:
    desk.open(SAMPLE)
    desk.settle()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def test_each_step_is_done_by_its_own_key(desk: Desk) -> None:
    open_sample(desk)
    start = offer(desk, "Take the tour")
    assert start is not None
    start.click()
    desk.window.fields.go_to(desk.document.doubts[0])
    tour = tour_of(desk)
    assert desk.window.notice.words.startswith("1 of 6: ")
    press(Qt.Key.Key_F8)  # another key does not end the step
    desk.window.fields.go_to(desk.document.doubts[0])
    assert tour.step == 1
    press(Qt.Key.Key_F4)
    desk.settle()
    assert tour.step == 2
    press(Qt.Key.Key_Return)
    assert tour.step == 3
    for number, step in enumerate(STEPS[2:], 4):
        desk.trigger(step.command)
        desk.settle()
        assert tour.step == (number if number <= len(STEPS) else None)
    assert "That was the tour" in desk.window.notice.words
    assert desk.store.setting(TAKEN) is True


def test_it_is_skipped_once_and_for_all(desk: Desk) -> None:
    open_sample(desk)
    start = offer(desk, "Take the tour")
    assert start is not None
    start.click()
    skip = offer(desk, "Skip the tour")
    assert skip is not None
    skip.click()
    assert tour_of(desk).step is None
    desk.window.letters.let_go((desk.window.letters.opened.case.id,))
    open_sample(desk)
    assert offer(desk, "How it works (F1)") is not None
    assert offer(desk, "Take the tour") is None


def test_each_step_names_a_command_that_has_a_key(desk: Desk) -> None:
    for step in STEPS:
        assert ("{key}" in step.words) == bool(step.command)
        assert not step.command or desk.window.commands.key_of(step.command)
