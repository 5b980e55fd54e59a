"""A long job in one line: how far, what failed and why, cancel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.dialogs.progress import ProgressStrip
from tests.ui.accessibility import walk


@pytest.fixture
def strip(qtbot: QtBot) -> ProgressStrip:
    made = ProgressStrip()
    qtbot.addWidget(made)
    made.resize(800, made.sizeHint().height())
    return made


def button(strip: ProgressStrip, words: str) -> QPushButton:
    return next(one for one in strip.findChildren(QPushButton) if one.text() == words)


def test_it_is_not_there_before_a_job(strip: ProgressStrip):
    assert strip.isHidden()


@pytest.mark.parametrize(
    ("done", "failed", "words"),
    [
        (0, 0, "0 of 60 read"),
        (12, 0, "12 of 60 read"),
        (13, 1, "12 of 60 read · 1 could not be read"),
        (60, 60, "0 of 60 read · 60 could not be read"),
    ],
)
def test_the_line(strip: ProgressStrip, done: int, failed: int, words: str):
    strip.start(60)
    strip.step(done, failed)
    assert strip.isVisible()
    assert strip.words == words
    assert strip.accessibleName() == words
    bar = strip.findChild(QProgressBar)
    assert bar.value() * 60 == bar.maximum() * done
    assert walk(strip) == []


def test_cancel_is_asked_for_once(strip: ProgressStrip, qtbot: QtBot):
    strip.start(3)
    with qtbot.waitSignal(strip.cancel_requested):
        qtbot.keyClick(button(strip, "Cancel"), Qt.Key.Key_Space)
    assert not button(strip, "Cancel").isEnabled()
    assert strip.words == "0 of 3 read · stopping…"


def test_the_end_stays_until_it_is_closed(strip: ProgressStrip, qtbot: QtBot):
    strip.start(2)
    strip.step(2, 0)
    strip.finish("2 letters read.")
    assert strip.words == "2 letters read."
    assert not button(strip, "Cancel").isVisible()
    assert walk(strip) == []
    with qtbot.waitSignal(strip.closed):
        strip.findChild(QToolButton).click()
    assert strip.isHidden()


def test_details_are_shown_and_grow(strip: ProgressStrip, qtbot: QtBot):
    strip.start(5)
    assert not button(strip, "Details").isVisible()
    strip.add_detail("a.pdf", "Not a PDF. Choose another file.")
    button(strip, "Details").click()
    popup = strip.findChild(QListWidget).window()
    assert popup is not strip
    assert walk(popup) == []
    strip.add_detail("b.pdf", "Locked. Give its password.")
    rows = strip.findChild(QListWidget)
    assert [rows.item(row).text() for row in range(rows.count())] == [
        "a.pdf\nNot a PDF. Choose another file.",
        "b.pdf\nLocked. Give its password.",
    ]
    with qtbot.waitSignal(popup.destroyed):
        qtbot.keyClick(rows, Qt.Key.Key_Escape)
    strip.add_detail("c.pdf", "Empty.")
    assert len(strip.details) == 3


def test_another_job_begins_anew(strip: ProgressStrip):
    strip.start(2)
    strip.add_detail("a.pdf", "Empty.")
    strip.finish("done")
    strip.start(4)
    assert strip.words == "0 of 4 read"
    assert strip.details == ()
    assert not button(strip, "Details").isVisible()
    assert button(strip, "Cancel").isEnabled()


def test_other_jobs_have_their_own_words(qtbot: QtBot):
    strip = ProgressStrip(verb="exported", failed_words="could not be written")
    qtbot.addWidget(strip)
    strip.start(9)
    strip.step(9, 2)
    assert strip.words == "7 of 9 exported · 2 could not be written"


@pytest.mark.parametrize(("failures", "stays"), [(0, False), (1, True)])
def test_it_goes_when_it_is_done_unless_something_failed(
    strip: ProgressStrip, failures: int, stays: bool
):
    strip.start(2)
    strip.clear_done()
    assert strip.isVisible()
    for number in range(failures):
        strip.add_detail(f"{number}.pdf", "No PDF.")
    strip.finish("2 letters read")
    strip.clear_done()
    assert strip.isVisible() is stays
