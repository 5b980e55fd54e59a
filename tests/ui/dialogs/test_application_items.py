"""The application's list: compared while it is typed, taken from a file, kept as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.ui.dialogs.application_items import ApplicationItemsDialog
from tests.ui.desk import Desk
from tests.ui.dialogs.made import LETTER
from tests.ui.letter_files import letter_file

ITEMS = FieldId("cover.disputed_items")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(parent: QWidget) -> ApplicationItemsDialog:
    made = ApplicationItemsDialog(LETTER, parent)
    made.show()
    return made


def test_what_the_letter_does_not_decide_is_told_while_typing(
    dialog: ApplicationItemsDialog, qtbot: QtBot
) -> None:
    assert "Without a list" in dialog.told.text()
    dialog.lines.setPlainText("MRI lumbar spine\nNorco 5/325 #30")
    qtbot.waitUntil(lambda: dialog.told.text() == "Not decided in the letter: Norco 5/325 #30")
    assert dialog.added.text() == "Not on this list: item 2, Physical therapy"
    dialog.lines.setPlainText("1) MRI lumbar spine\n2) PT, 12 visits")
    qtbot.waitUntil(lambda: "decides all 2 of them" in dialog.told.text())
    assert not dialog.added.isVisible()
    dialog.lines.setPlainText("\n".join(f"Unheard thing {letter * 5}" for letter in "abcdefgh"))
    qtbot.waitUntil(lambda: dialog.told.text().endswith("And 5 more"))
    assert dialog.told.text().count("\n") == 3


def test_a_list_from_a_file(dialog: ApplicationItemsDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "items.csv"
    dialog.ask_file = lambda: path
    dialog._from_file.click()
    assert "cannot be read" in dialog.told.text()
    path.write_text("No,Item\n1,MRI lumbar spine\n")
    dialog._from_file.click()
    assert dialog.lines.toPlainText() == "MRI lumbar spine"
    with qtbot.waitSignal(dialog.items_given) as given:
        dialog._keep.click()
    assert given.args == ["MRI lumbar spine"]


def test_the_list_is_kept_with_the_letter_and_can_be_undone(desk: Desk) -> None:
    desk.open(letter_file(desk.folder))
    desk.settle()
    desk.trigger("application_items")
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, ApplicationItemsDialog)
    shown.lines.setPlainText("- A treatment that nobody decided")
    shown._keep.click()
    lost = lambda: [f for f in desk.window.checks.errors if f.rule == "item-lost"]  # noqa: E731
    desk.wait_until(lambda: len(lost()) == 1)
    assert lost()[0].field == ITEMS
    desk.settle()
    case_id = desk.window.session.case_id
    assert desk.store.case(case_id).letter.cover.disputed_items == (
        "A treatment that nobody decided"
    )
    desk.trigger("undo")
    desk.wait_until(lambda: not lost())
    desk.settle()
    assert desk.store.case(case_id).letter.cover.disputed_items == ""
