"""The windows beside the work, where patient data is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.errors import UserError
from app.letter import FieldId
from tests.ui.desk import Desk


def dialogs() -> list[QDialog]:
    return [
        top
        for top in QApplication.topLevelWidgets()
        if isinstance(top, QDialog) and top.isVisible()
    ]


@pytest.mark.parametrize("name", ["history", "restore"])
def test_what_shows_patient_data_closes_and_stays_away_while_it_is_hidden(
    open_desk: Desk, name: str
) -> None:
    open_desk.trigger(name)
    assert len(dialogs()) == 1
    open_desk.window.commands["mask"].setChecked(True)
    assert dialogs() == []
    open_desk.trigger(name)
    assert dialogs() == []
    assert open_desk.window.notice.words.startswith("Patient data is hidden.")
    open_desk.window.commands["mask"].setChecked(False)
    open_desk.trigger(name)
    assert len(dialogs()) == 1


def test_the_names_of_files_are_hidden_too(open_desk: Desk) -> None:
    strip = open_desk.window.strips.reading
    strip.start(2)
    details = next(one for one in strip.findChildren(QPushButton) if one.text() == "Details")
    open_desk.window.commands["mask"].setChecked(True)
    strip.add_detail("A. Worker.pdf", str(UserError("It is no PDF.", "Choose another.")))
    assert not details.isVisible()
    open_desk.window.commands["mask"].setChecked(False)
    assert details.isVisible()


def test_what_changed_is_hidden_too(open_desk: Desk) -> None:
    open_desk.document.edit(FieldId("cover.employee"), "A. Worker")
    open_desk.trigger("tab_changes")
    changes = open_desk.window.letter_pane.changes
    assert "A. Worker" in changes.text
    open_desk.window.commands["mask"].setChecked(True)
    assert changes.text == "Hidden while the screen is shared"
    open_desk.window.commands["mask"].setChecked(False)
    assert "A. Worker" in changes.text
