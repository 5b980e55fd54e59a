"""Every window that may show something of a letter goes while patient data is hidden, whoever opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.ui.curtain import Curtain
from app.ui.dialogs.frame import DialogFrame
from app.ui.dialogs.history import HistoryDialog
from app.ui.dialogs.other_people import OtherPeopleDialog
from tests.ui.desk import Desk
from tests.ui.dialogs.made import MAKERS
from tests.ui.made_letters import letter, write_pdf

TELL_NOTHING = {
    "make_palette",
    "make_keys",
    "make_settings",
    "make_help",
    "make_about",
    "make_encryption",
    "make_encrypted",
}
HIDING = (Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

every_dialog = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@every_dialog
def test_a_drawn_curtain_leaves_only_what_tells_of_no_letter(
    make: Callable[[QWidget], QDialog], parent: QWidget
) -> None:
    dialog = make(parent)
    dialog.show()
    Curtain(parent).draw(drawn=True)
    assert parent.isVisible()
    assert dialog.isVisible() == (make.__name__ in TELL_NOTHING)


@every_dialog
def test_behind_it_nothing_else_comes_up(
    make: Callable[[QWidget], QDialog], parent: QWidget, qtbot: QtBot
) -> None:
    curtain = Curtain(parent)
    curtain.draw(drawn=True)
    between = QWidget(parent)
    dialog = make(between)
    if not isinstance(dialog, DialogFrame):
        return  # pop-ups of the form, which stays readable
    if make.__name__ in TELL_NOTHING:
        dialog.open()
        assert dialog.isVisible()
        return
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    with qtbot.waitSignals([curtain.refused, dialog.finished]):
        dialog.open()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: bool(gone))
    curtain.draw(drawn=False)
    again = make(between)
    again.open()
    assert again.isVisible()


@pytest.mark.parametrize("kind", [QFileDialog, QMessageBox])
def test_what_the_system_asks_with_goes_too(kind: type[QDialog], parent: QWidget) -> None:
    dialog = kind(parent)
    dialog.open()
    Curtain(parent).draw(drawn=True)
    assert not dialog.isVisible()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    summary = "The 56 year old worker saw Dr. Priya Raghunathan."
    made.open(write_pdf(tmp_path / "a.pdf", replace(letter(3), clinical_summary=summary)))
    made.settle()
    yield made
    made.close()


def shown(kind: type[QDialog]) -> list[QDialog]:
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]


def test_the_key_works_in_every_dialog_and_what_is_asked_for_next_is_refused(desk: Desk) -> None:
    window = desk.window
    desk.trigger("history")
    desk.settle()
    (history,) = shown(HistoryDialog)
    QTest.keyClick(history, *HIDING)
    assert window.is_masked
    assert shown(QDialog) == []
    others = desk.document.letter
    assert "Raghunathan" in others.clinical_summary
    desk.document.edit(FieldId("cover.employee"), "Ramona Quill")
    window.departure._form = "redacted"
    window.departure._choose_others(window.departure._others())
    assert shown(OtherPeopleDialog) == []
    assert "hidden" in window.notice.words
    desk.trigger("mask")
    window.departure._choose_others(window.departure._others())
    desk.settle()
    (dialog,) = shown(OtherPeopleDialog)
    QTest.keyClick(dialog, *HIDING)
    assert shown(OtherPeopleDialog) == []
