"""One notice at a time, with its ways out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.notice_bar import NoticeBar, Offer


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def test_it_is_not_there_without_a_notice(bar: NoticeBar) -> None:
    assert bar.isHidden()
    assert bar.words == ""


def test_a_newer_notice_takes_the_place_of_the_older(bar: NoticeBar) -> None:
    bar.tell("First.", Offer("Do it", lambda: None))
    bar.tell_problem(UserError("It broke.", "Mend it."))
    assert bar.words == "It broke.\nMend it."
    assert bar.accessibleName() == bar.words
    assert [b for b in bar.findChildren(QPushButton) if not b.isHidden()] == []


def test_an_offer_is_done_once_and_the_notice_goes(bar: NoticeBar) -> None:
    done: list[str] = []
    bar.tell("Choose.", Offer("One", lambda: done.append("one")), Offer("Two", lambda: None))
    one = next(b for b in bar.findChildren(QPushButton) if b.text() == "One")
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert done == ["one"]
    assert bar.words == ""


def test_what_an_offer_tells_stays(bar: NoticeBar) -> None:
    """An offer may have a notice of its own to give: closing the old one must not take it away."""
    bar.tell("Choose.", Offer("Go", lambda: bar.tell("It is done.")))
    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "Go")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.words == "It is done."


def test_the_password_is_given_hidden_and_not_kept(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.ask_password(UserError("It is locked.", "Give the password."))
    with qtbot.waitSignal(bar.password_given) as given:
        QTest.keyClicks(bar._password, "sesame")
        assert bar._password.displayText() == "●" * 6
        QTest.keyClick(bar._password, Qt.Key.Key_Return)
    assert given.args == ["sesame"]
    bar.ask_password(UserError("It is locked.", "Give the password."))
    assert bar._password.text() == ""


def test_closing_tells(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.tell("Something.")
    with qtbot.waitSignal(bar.closed):
        close = bar.findChild(QToolButton)
        assert close is not None
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert bar.words == ""


@pytest.mark.parametrize("offers", range(4))
def test_words_and_offers_have_the_room_they_need(qtbot: QtBot, offers: int) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(700, 400)
    bar = NoticeBar()
    bar.float_over(ground)
    ground.show()
    ways = [Offer(f"Go that way, the {number}th of them", lambda: None) for number in range(offers)]
    bar.tell_problem(UserError("It broke. " * 20, "Mend it.\nOr do not."), *ways)
    QApplication.processEvents()
    (words,) = (label for label in bar.findChildren(QLabel) if label.text() == bar.words)
    assert words.height() >= words.heightForWidth(words.width())
    buttons = [b for b in bar.findChildren(QPushButton) if not b.isHidden()]
    assert len(buttons) == offers
    for button in buttons:
        assert button.size().height() >= button.sizeHint().height()
        assert bar.rect().contains(button.geometry())


def test_a_kind_of_problem_brings_its_way_out_with_it(bar: NoticeBar) -> None:
    class Broken(UserError):
        pass

    bar.offer_with(Broken, Offer("Mend", lambda: None))
    bar.tell_problem(UserError("It is lost.", "Find it."))
    assert [b.text() for b in bar.findChildren(QPushButton) if not b.isHidden()] == []
    bar.tell_problem(Broken("It broke.", "Mend it."), Offer("Try again", lambda: None))
    shown = [b.text() for b in bar.findChildren(QPushButton) if not b.isHidden()]
    assert shown == ["Mend", "Try again"]
