"""Beginning a determination on the desk, by its commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from app.letter import FieldId
from app.paths import SAMPLE
from app.services.checks import NewItem
from app.ui.dialogs.application_items import ApplicationItemsDialog
from app.ui.dialogs.new_determination import NewDeterminationDialog
from app.ui.form.row_foot import RowFoot
from tests.ui.desk import Desk

APPLICATION = FieldId("cover.disputed_items")


def begin_empty(desk: Desk) -> None:
    """As Ctrl+N and Ctrl+Enter do."""
    desk.trigger("new_letter")
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, NewDeterminationDialog))
    desk.wait_until(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_new_one_is_on_the_desk_with_what_is_to_do(desk: Desk) -> None:
    begin_empty(desk)
    desk.wait_until(lambda: desk.document.is_open)
    desk.settle()
    assert desk.document.letter.header.case_number == ""
    assert len(desk.document.open_points) >= 8
    assert desk.document.current_field == FieldId("header.case_number")
    desk.type(desk.editor("header.case_number"), "CM16-0200042")
    desk.window.session.settle()
    assert [case.number for case in desk.store.cases()] == ["CM16-0200042"]


def test_one_like_this_takes_the_reviewer_along(open_desk: Desk) -> None:
    before = open_desk.document.letter
    open_desk.trigger("new_like_this")
    open_desk.wait_until(lambda: open_desk.document.letter.header.case_number == "")
    assert open_desk.document.letter.reviewer == before.reviewer
    assert open_desk.document.letter.clinical_summary == ""
    assert len(open_desk.store.cases()) == 2


def test_the_application_s_items_are_made_in_one_step(desk: Desk) -> None:
    begin_empty(desk)
    desk.wait_until(lambda: desk.document.is_open)
    desk.trigger("application_items")
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ApplicationItemsDialog))
    dialog.lines.setPlainText("MRI of the left knee\nNorco 10/325 #60")
    desk.wait_until(lambda: "Not decided" in dialog.told.text())
    make = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Make the items")
    make.click()
    titles = [issue.title for issue in desk.document.letter.issues]
    assert titles == ["MRI of the left knee", "Norco 10/325 #60"]
    assert desk.document.letter.cover.disputed_items.count("\n") == 1
    desk.trigger("undo")
    assert desk.document.letter.issues == ()
    assert desk.document.letter.cover.disputed_items == ""


def test_an_item_that_was_lost_is_added_from_its_finding(open_desk: Desk) -> None:
    count = len(open_desk.document.letter.issues)
    open_desk.document.edit(APPLICATION, "Lumbar facet injection, third level")
    open_desk.window.checks.run_now()
    open_desk.settle()
    lost = [f for f in open_desk.window.checks.errors if f.rule == "item-lost"]
    assert [f.fix for f in lost] == [NewItem("Lumbar facet injection, third level", "Add it")]
    open_desk.window.checks.fix_requested.emit(lost[0].fix)
    issues = open_desk.document.letter.issues
    assert (len(issues), issues[-1].title) == (count + 1, "Lumbar facet injection, third level")
    assert open_desk.document.current_field == FieldId("issue.title", issues[-1].id)


def test_an_empty_form_fits_its_pane_and_keeps_no_room_of_the_letter_before(desk: Desk) -> None:
    desk.window.resize(1280, 690)
    desk.open(SAMPLE)
    desk.settle()
    begin_empty(desk)
    desk.wait_until(lambda: desk.document.letter.header.case_number == "")
    desk.settle()
    row = desk.window.form.row(FieldId("header.date_of_injury"))
    assert row is not None
    assert all(foot.minimumHeight() == 0 for foot in row.findChildren(RowFoot))
    scroll = desk.window.form.findChild(QScrollArea)
    assert scroll is not None
    inside = scroll.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= scroll.viewport().width()
