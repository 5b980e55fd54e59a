"""The sample of the first start says what it is and what to press, until it is used."""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.letter import FieldId
from app.paths import SAMPLE
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf


def told(desk: Desk) -> bool:
    return any("sample" in words for words in desk.window.notice.all_words)


def test_the_sample_says_so_and_what_to_press_until_something_is_done(desk: Desk) -> None:
    desk.open(SAMPLE)
    desk.settle()
    notice = desk.window.notice
    assert told(desk)
    assert "Enter" in notice.words
    assert "sample" in notice.accessibleName()
    # It takes no key from the letter and covers nothing of the field in hand.
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.window.form.isAncestorOf(focus)
    editor = desk.editor("header.date_of_injury")
    desk.type(editor, "09/18/2016")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    assert not told(desk)


def test_it_goes_with_the_letter_and_comes_back_with_it_as_long_as_nothing_was_done(
    desk: Desk,
) -> None:
    desk.open(SAMPLE)
    desk.settle()
    desk.open(write_pdf(desk.folder / "own.pdf", letter(3)))
    desk.settle()
    assert not told(desk)
    desk.trigger("previous_letter")
    desk.settle()
    assert told(desk)
    desk.document.edit(FieldId("patient.age"), 50)
    desk.window.notice.look_again()
    assert not told(desk)


def test_a_letter_of_one_s_own_with_that_name_is_none(desk: Desk) -> None:
    own = write_pdf(desk.folder / "made.pdf", letter(4))
    shutil.copy(own, desk.folder / SAMPLE.name)
    desk.open(desk.folder / SAMPLE.name)
    desk.settle()
    assert not told(desk)
