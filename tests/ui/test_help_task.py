"""F1 opens the manual at the task in hand, in the window and in what it opens."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QListView,
    QListWidget,
    QTextBrowser,
    QWidget,
)

from app.paths import MANUAL, PROGRAM
from app.ui.dialogs.help import HelpWindow
from app.ui.help_task import TASKS, task_of
from tests.ui.desk import Desk


def task_shown() -> str:
    """The task the manual is open at; it is closed again."""
    (window,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, HelpWindow))
    tasks = window.findChild(QListWidget)
    assert tasks is not None
    shown = tasks.currentItem().text()
    # Its heading stands on top of the text, not somewhere below.
    QApplication.processEvents()
    text = window.findChild(QTextBrowser)
    assert text is not None
    top = text.cursorForPosition(QPoint(12, 24)).block().text()
    assert top == shown
    window.close()
    return shown


def test_each_task_is_a_heading_and_each_pane_a_class() -> None:
    headings = re.findall(r"^## (.+)$", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert set(TASKS.values()) <= set(headings)
    code = "\n".join(path.read_text("utf-8") for path in (PROGRAM / "app" / "ui").rglob("*.py"))
    for name in TASKS:
        assert f"class {name}(" in code, name


@pytest.mark.parametrize(("field", "issue", "task"), [
    ("header.case_number", None, "Correct a letter"),
    ("issue.maximus_guideline", 1, "Cite a guideline"),
    ("clinical_summary", None, "Write with ready sentences"),
])  # fmt: skip
def test_a_field_has_its_task(open_desk: Desk, field: str, issue: int | None, task: str) -> None:
    assert task_of(open_desk.editor(field, issue)) == task


def test_the_manual_opens_at_the_pane_in_hand(open_desk: Desk) -> None:
    open_desk.window.activateWindow()
    letters = open_desk.window.queue.findChild(QListView)
    assert letters is not None
    letters.setFocus()
    open_desk.trigger("help")
    assert task_shown() == "Open letters"


def test_a_dialog_offers_its_own_task(open_desk: Desk) -> None:
    open_desk.trigger("restore")
    open_desk.settle()
    (dialog,) = (
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    )
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert task_shown() == "Restore a backup"


def test_what_belongs_to_no_task_has_none() -> None:
    assert task_of(None) == ""
    assert task_of(QWidget()) == ""
