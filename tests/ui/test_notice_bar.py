"""One notice at a time, with its ways out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.notice_bar import Kind, NoticeBar, Offer
from app.ui.notice_card import NoticeCard
from app.ui.notice_kinds import Of

PROJECT = Path(__file__).resolve().parents[2]

KIND = Kind.WRITTEN


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def test_it_is_not_there_without_a_notice(bar: NoticeBar) -> None:
    assert bar.isHidden()
    assert bar.words == ""


def test_a_newer_notice_takes_the_place_of_the_older(bar: NoticeBar) -> None:
    bar.tell(KIND, "First.", Offer("Do it", lambda: None))
    bar.tell_problem(KIND, UserError("It broke.", "Mend it."))
    assert bar.words == "It broke.\nMend it."
    assert bar.accessibleName() == bar.words
    assert [b for b in bar.findChildren(QPushButton) if not b.isHidden()] == []


def test_an_offer_is_done_once_and_the_notice_goes(bar: NoticeBar) -> None:
    done: list[str] = []
    bar.tell(KIND, "Choose.", Offer("One", lambda: done.append("one")), Offer("Two", lambda: None))
    one = next(b for b in bar.findChildren(QPushButton) if b.text() == "One")
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert done == ["one"]
    assert bar.words == ""


def test_what_an_offer_tells_stays(bar: NoticeBar) -> None:
    """An offer may have a notice of its own to give: closing the old one must not take it away."""
    bar.tell(KIND, "Choose.", Offer("Go", lambda: bar.tell(Kind.PRINTED, "It is done.")))
    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "Go")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.words == "It is done."


def test_the_password_is_given_hidden_and_not_kept(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.ask_password(Kind.LETTER_LOCKED, UserError("It is locked.", "Give the password."), "letter")
    with qtbot.waitSignal(bar.password_given) as given:
        line = bar._cards[-1].password
        QTest.keyClicks(line, "sesame")
        assert line.displayText() == "●" * 6
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert given.args == ["letter", "sesame"]
    assert not bar.asks
    bar.ask_password(Kind.LETTER_LOCKED, UserError("It is locked.", "Give the password."))
    assert bar._cards[-1].password.text() == ""


def test_closing_a_password_notice_leaves_it_locked(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.ask_password(Kind.LETTER_LOCKED, UserError("It is locked.", "Give the password."), "letter")
    with qtbot.waitSignal(bar.password_refused) as refused:
        QTest.keyClick(bar._cards[-1].password, Qt.Key.Key_Escape)
    assert refused.args == ["letter"]
    assert bar.words == ""


def test_the_keyboard_goes_back_when_its_notice_goes(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show()
    bar.activateWindow()
    bar.tell(KIND, "Something.", Offer("Do it", lambda: None))
    bar.focus_offer()
    qtbot.waitUntil(lambda: bar._cards[0].buttons[0].hasFocus())
    with qtbot.waitSignal(bar.focus_left):
        close = bar.findChild(QToolButton)
        assert close is not None
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert bar.words == ""


def test_enter_takes_the_way_out_that_has_the_keyboard(bar: NoticeBar) -> None:
    done: list[str] = []
    bar.tell(KIND, "Choose.", Offer("One", lambda: None), Offer("Two", lambda: done.append("two")))
    bar.focus_offer()
    QTest.keyClick(bar._cards[0].buttons[-1], Qt.Key.Key_Return)
    assert done == ["two"]


def test_the_keyboard_is_not_put_on_what_loses_something(bar: NoticeBar) -> None:
    lost: list[str] = []
    last = Offer("Lose it", lambda: lost.append("it"), loses=True)
    bar.tell(KIND, "Choose.", Offer("Keep", lambda: None), last)
    bar.focus_offer()
    keep, _ = bar._cards[0].buttons
    assert bar.focusWidget() is keep
    QTest.keyClick(keep, Qt.Key.Key_Return)
    bar.tell(KIND, "Lost?", last)
    bar.focus_offer()
    assert bar.focusWidget() is not bar._cards[-1].buttons[0]
    assert lost == []


# What a notice belongs to


def test_what_belongs_to_a_letter_goes_with_it(bar: NoticeBar) -> None:
    bar.show_letter(1)
    bar.tell(Kind.READING, "This PDF has no text.")
    bar.show_letter(1)
    assert bar.words == "This PDF has no text."
    bar.show_letter(2)
    assert bar.words == ""


def test_what_is_told_of_a_letter_that_is_still_coming_waits_for_it(bar: NoticeBar) -> None:
    bar.show_letter(1)
    bar.tell(Kind.TWINS, "It is here already.", case=2)
    bar.show_letter(2)
    assert bar.words == "It is here already."
    bar.show_letter(3)
    assert bar.words == ""


def test_what_was_done_is_seen_over_the_next_letter_and_its_own_news(bar: NoticeBar) -> None:
    bar.show_letter(1)
    bar.tell(KIND, "Removed.")
    bar.show_letter(2)
    bar.tell(Kind.READING, "This PDF has no text.")
    assert bar.all_words == ("Removed.", "This PDF has no text.")
    bar.show_letter(3)
    assert bar.all_words == ()


def test_a_letter_put_away_and_brought_back_is_no_other_letter(bar: NoticeBar) -> None:
    """As when the window is locked and opened again."""
    bar.show_letter(1)
    bar.tell(KIND, "Written.")
    for case in (None, 1, None, 1, 2):
        bar.show_letter(case)
        assert bar.words == "Written."
    bar.show_letter(3)
    assert bar.words == ""


def test_what_belongs_to_a_field_goes_when_it_is_left(bar: NoticeBar) -> None:
    bar.tell(Kind.WORDS_REFUSED, "No date in that.")
    bar.tell(KIND, "Written.")
    bar.leave_field()
    assert bar.all_words == ("Written.",)


def test_what_is_no_longer_true_goes(bar: NoticeBar) -> None:
    left: list[str] = []
    bar.tell(Kind.LEFT_TO_DO, "Nothing is left.", holds=lambda: not left)
    bar.look_again()
    assert bar.words == "Nothing is left."
    left.append("a doubt")
    bar.look_again()
    assert bar.words == ""


def test_no_news_waits_behind_a_password(bar: NoticeBar) -> None:
    locked = UserError("a.pdf: It is locked.", "Give the password.")
    bar.ask_password(Kind.FILE_LOCKED, locked, "a.pdf", holds=lambda: True)
    bar.tell(Kind.BACKED_UP, "The backup is made.")
    bar.tell(Kind.TWINS, "Another file of this case is here.")
    assert bar.all_words[1:] == ("The backup is made.", "Another file of this case is here.")
    assert bar.asks
    # More than fit: the oldest goes, never the one that asks.
    bar.tell(KIND, "Written.")
    assert bar.asks
    assert bar.words == "Written."
    assert len(bar.all_words) == 3


def test_a_kind_is_taken_back(bar: NoticeBar) -> None:
    bar.tell(Kind.NOT_SAVED, "Not saved.", holds=lambda: True)
    bar.show_letter(1)
    bar.show_letter(2)
    assert bar.words == "Not saved."
    assert bar.retract(Kind.NOT_SAVED)
    assert not bar.retract(Kind.NOT_SAVED)
    assert bar.words == ""


# Every kind


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_each_kind_goes_with_what_it_belongs_to(bar: NoticeBar, kind: Kind) -> None:
    holds = True
    bar.show_letter(1)
    bar.tell(kind, "Told.", holds=lambda: holds)
    bar.show_letter(1)
    bar.look_again()
    assert bar.stands(kind), "nothing has happened to it"
    bar.leave_field()
    assert bar.stands(kind) is (kind.of is not Of.FIELD)
    bar.tell(kind, "Told.", holds=lambda: holds)
    bar.show_letter(2)
    assert bar.stands(kind) is (kind.of in (Of.ACT, Of.STATE))
    bar.show_letter(3)
    assert bar.stands(kind) is (kind.of is Of.STATE)
    bar.tell(kind, "Told.", holds=lambda: holds)
    holds = False
    bar.look_again()
    assert not bar.stands(kind)


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_what_may_become_untrue_is_told_with_whether_it_is_true(bar: NoticeBar, kind: Kind) -> None:
    assert kind.until or kind.of is not Of.STATE, "a state ends"
    if kind.until:
        with pytest.raises(TypeError):
            bar.tell(kind, "Told.")
    else:
        bar.tell(kind, "Told.")
        assert bar.stands(kind)


def test_every_kind_is_told_somewhere_and_none_without_one() -> None:
    """The list is of what the program tells, no more and no less."""
    texts = [path.read_text("utf-8") for path in (PROJECT / "app").rglob("*.py")]
    named = {name for text in texts for name in re.findall(r"\bKind\.([A-Z_]+)", text)}
    assert {kind.name for kind in Kind} <= named


def test_it_lies_over_its_own_part_and_never_over_the_field_in_hand(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(1200, 800)
    page, row = QWidget(ground), QWidget(ground)
    page.setGeometry(200, 0, 500, 800)
    row.setGeometry(200, 700, 900, 60)
    bar = NoticeBar()
    bar.float_over(ground, over=page)
    bar.keep_clear_of(lambda: row)
    ground.show()
    bar.tell(KIND, "Told.")
    assert page.geometry().contains(bar.geometry())
    assert not bar.geometry().intersects(row.geometry())
    row.setGeometry(200, 20, 900, 60)
    bar.leave_field()
    assert not bar.geometry().intersects(row.geometry())
    assert bar.geometry().bottom() > 700
    # A page too narrow for words gives the whole ground.
    page.setGeometry(200, 0, 200, 800)
    assert bar.width() > 200
    # A field as high as the ground leaves what is beside it.
    row.setGeometry(500, 0, 700, 800)
    bar.leave_field()
    assert not bar.geometry().intersects(row.geometry())
    assert ground.rect().contains(bar.geometry())


@pytest.mark.parametrize("offers", range(4))
def test_words_and_offers_have_the_room_they_need(qtbot: QtBot, offers: int) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(700, 400)
    bar = NoticeBar()
    bar.float_over(ground)
    ground.show()
    ways = [Offer(f"Go that way, the {number}th of them", lambda: None) for number in range(offers)]
    bar.tell_problem(KIND, UserError("It broke. " * 20, "Mend it.\nOr do not."), *ways)
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
    bar.tell_problem(KIND, UserError("It is lost.", "Find it."))
    assert [b.text() for b in bar.findChildren(QPushButton) if not b.isHidden()] == []
    bar.tell_problem(KIND, Broken("It broke.", "Mend it."), Offer("Try again", lambda: None))
    shown = [b.text() for b in bar.findChildren(QPushButton) if not b.isHidden()]
    assert shown == ["Mend", "Try again"]


@pytest.mark.parametrize(("width", "lines"), [(554, 2), (380, 3)])
def test_several_ways_out_take_as_many_lines_as_its_own_part_is_narrow(
    qtbot: QtBot, width: int, lines: int
) -> None:
    """Else it would lie over the form, for its buttons' sake."""
    ground, page = QWidget(), QWidget()
    page.setParent(ground)
    qtbot.addWidget(ground)
    bar = NoticeBar()
    bar.float_over(ground, over=page)
    ground.resize(1280, 720)
    page.setGeometry(0, 80, width, 600)
    ground.show()
    offers = ("Take the tour", "How it works (F1)", "Open your letters (Ctrl+O)", "Something else")
    bar.tell(
        KIND, "This is a sample letter. " * 8, *(Offer(words, lambda: None) for words in offers)
    )
    QApplication.processEvents()
    assert page.geometry().contains(bar.geometry())
    buttons = [one for one in bar.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in buttons] == list(offers)
    assert len({one.y() for one in buttons}) >= lines  # more where the text is large
    for button in buttons:
        shown = QRect(button.mapTo(bar, QPoint()), button.size())
        assert bar.rect().contains(shown)
        assert button.width() >= button.sizeHint().width()


def test_one_way_out_stands_beside_the_words_where_they_have_room_and_else_below(
    bar: NoticeBar,
) -> None:
    bar.tell(KIND, "A print was not read as part of it.", Offer("Take it in there", lambda: None))
    (card,) = bar.findChildren(NoticeCard)
    words = next(label for label in card.findChildren(QLabel) if label.text())
    (button,) = card.buttons
    for width, below in ((1200, False), (260, True), (1200, False)):
        card.setFixedWidth(width)
        card.fit(width)
        card.show()
        QApplication.processEvents()
        assert (button.y() >= words.geometry().bottom()) is below
