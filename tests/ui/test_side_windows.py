"""The windows beside the work, where patient data is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.errors import UserError
from app.letter import Decision, FieldId
from app.ui.dialogs.second_reader import SecondReaderDialog
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


def test_a_second_reading_is_kept_and_leads_to_what_differs(open_desk: Desk) -> None:
    before = open_desk.document.letter
    open_desk.trigger("second_reader")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SecondReaderDialog))
    for issue in before.issues:
        QTest.keyClick(dialog, "U" if issue.decision is Decision.OVERTURNED else "O")
    dialog.result_made.emit("Second reading: 0 of 1 items agree")
    wanted = before.issues[-1].id
    dialog.item_wanted.emit(wanted)
    dialog.close()
    assert open_desk.document.current_field == FieldId("issue.decision", wanted)
    open_desk.window.session.flush()
    case_id = open_desk.window.session.case_id
    assert case_id is not None
    last = open_desk.store.journal(case_id)[-1]
    assert (last.label, open_desk.document.letter) == ("Second reading: 0 of 1 items agree", before)
    assert open_desk.store.verify(case_id) is None
