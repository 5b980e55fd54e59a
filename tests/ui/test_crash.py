"""A bug is told in the window, without a word of the letter, and what was typed is kept."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app import crash
from app.errors import UserError
from app.letter import FieldId
from app.ui.crash_notice import CrashNotice
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

SECRET = "Quetzalcoatl"


@pytest.fixture
def hooked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashNotice]:
    """The program's own hooks, with a letter open."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    notice = CrashNotice()
    crash.install_hook(notice.report, notice.tell)
    notice.set_window(desk.window)
    desk.open(letter_file(desk.folder))
    desk.settle()
    return notice


def fail() -> None:
    raise ZeroDivisionError(SECRET)


def test_a_problem_of_the_world_is_told_in_its_own_words(
    hooked: CrashNotice, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    error = UserError(f"The disk {SECRET} is gone.", "Plug it in again.")
    sys.excepthook(UserError, error, None)
    assert desk.window.notice.words == f"{error.what}\n{error.remedy}"
    assert [record.message for record in caplog.records] == ["UserError"]
    caplog.clear()


def test_a_bug_is_told_in_place_and_the_typing_is_kept(
    hooked: CrashNotice, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    editor = desk.editor("clinical_summary")
    desk.type(editor, "Half a sentence")
    try:
        fail()
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    assert "Your work is saved." in desk.window.notice.words
    case_id = desk.window.session.case_id
    assert case_id is not None
    assert desk.window.session.log.settle(30.0)
    kept = desk.store.case(case_id)
    assert kept.letter.clinical_summary == "Half a sentence"
    assert SECRET not in desk.window.notice.words
    button = next(b for b in desk.window.notice.findChildren(QPushButton) if "Copy" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    report = QGuiApplication.clipboard().text()
    assert report.startswith("ZeroDivisionError\n")
    assert "in fail" in report
    assert SECRET not in report
    assert [SECRET in record.getMessage() for record in caplog.records] == [False]
    # The program goes on.
    desk.document.edit(FieldId("header.priority"), "Expedited")
    assert desk.document.letter.header.priority == "Expedited"


def test_a_bug_in_another_thread_is_told_too(hooked: CrashNotice, desk: Desk) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    desk.wait_until(lambda: "Your work is saved." in desk.window.notice.words)


def test_a_bug_in_a_slot_reaches_the_hook(qtbot: QtBot, desk: Desk) -> None:
    with capture_exceptions() as caught:
        QTimer.singleShot(0, desk.window, fail)
        desk.wait_until(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_an_interrupt_from_the_keyboard_is_no_bug(
    hooked: CrashNotice, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    assert desk.window.notice.words == ""


def test_a_bug_before_there_is_a_window_is_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    notice = CrashNotice()
    crash.install_hook(notice.report, notice.tell)
    with caplog.at_level(logging.ERROR):
        sys.excepthook(ValueError, ValueError(SECRET), None)
    assert [record.getMessage() for record in caplog.records] == ["ValueError\n"]
