"""Better words for one that no list has, on a right click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.paths import WORDS
from app.services.spelling import Spelling
from app.ui.form.spelling_marks import SpellingMarks, SpellingMenu
from app.ui.form.text_editor import GrowingText


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    made = Spelling(WORDS, iter(()))
    made.load()
    return made


@pytest.fixture
def box(qtbot: QtBot, spelling: Spelling) -> GrowingText:
    made = GrowingText(2)
    qtbot.addWidget(made)
    made.resize(400, 60)
    made.setPlainText("The Hawkin's test was postive.")
    made.show()
    return made


def menu_at(box: GrowingText, spelling: Spelling, place: int) -> tuple[QMenu, SpellingMenu]:
    offer = SpellingMenu(box, SpellingMarks(box.document(), spelling), spelling)
    cursor = QTextCursor(box.document())
    cursor.setPosition(place)
    box.customContextMenuRequested.emit(box.cursorRect(cursor).center() + QPoint(1, 0))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu, offer


def test_a_better_word_takes_the_place_of_the_whole_marked_one(
    box: GrowingText, spelling: Spelling
) -> None:
    menu, _ = menu_at(box, spelling, 24)
    better = next(action for action in menu.actions() if action.text() == "positive")
    better.trigger()
    menu.close()
    assert box.toPlainText() == "The Hawkin's test was positive."


def test_a_word_with_an_apostrophe_is_kept_whole(box: GrowingText, spelling: Spelling) -> None:
    menu, offer = menu_at(box, spelling, 6)
    learned: list[str] = []
    offer.word_learned.connect(learned.append)
    right = next(action for action in menu.actions() if action.text().endswith("is right"))
    assert right.text() == "“Hawkin's” is right"
    right.trigger()
    menu.close()
    assert learned == ["Hawkin's"]


def test_a_word_that_is_right_gets_the_box_s_own_menu(box: GrowingText, spelling: Spelling) -> None:
    menu, _ = menu_at(box, spelling, 15)
    assert not any(action.text().endswith("is right") for action in menu.actions())
    menu.close()
