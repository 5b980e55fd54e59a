"""What a screen reader is told that a widget is, and in which state it is."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import roles
from app.ui.form.choice_editor import ChoiceEditor
from app.ui.form.form_sections import SECTIONS
from app.ui.form.issue_list import IssueList
from app.ui.notice_bar import Kind
from app.ui.roles import As
from tests.ui.accessibility import nameless_cells
from tests.ui.desk import Desk
from tests.ui.made_letters import letter

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture(autouse=True)
def with_roles() -> None:
    roles.install()


def spoken(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_choices_are_radio_buttons_in_a_group_of_the_fields_name(qtbot: QtBot) -> None:
    editor = ChoiceEditor(("Granted", "Refused"))
    qtbot.addWidget(editor)
    editor.describe("Outcome", "error. It must be one of two")
    editor.show_value("Refused")
    group = spoken(editor)
    assert (group.role(), group.text(Text.Name)) == (Role.Grouping, "Outcome")
    buttons = [group.child(place) for place in range(group.childCount())]
    assert [button.role() for button in buttons] == [Role.RadioButton] * 2
    assert [bool(button.state().checked) for button in buttons] == [False, True]
    assert [button.text(Text.Description) for button in buttons] == [
        "error. It must be one of two"
    ] * 2


def test_radio_buttons_may_all_be_off_and_one_is_taken_by_a_click(qtbot: QtBot) -> None:
    editor = ChoiceEditor(("Granted", "Refused"))
    qtbot.addWidget(editor)
    editor.show_value("Refused")
    editor.show_value("")
    buttons = list(editor._buttons.values())
    assert not any(button.isChecked() for button in buttons)
    for button, other in (buttons, reversed(buttons)):
        button.click()
        assert button.isChecked()
        assert not other.isChecked()


def test_the_sections_of_the_form_are_tabs(open_desk: Desk) -> None:
    tabs = [w for w in open_desk.window.findChildren(QToolButton) if w.property("section")]
    told = [spoken(tab) for tab in tabs]
    assert [one.text(Text.Name) for one in told] == list(SECTIONS.values())
    assert {one.role() for one in told} == {Role.PageTab}
    holder = tabs[0].parentWidget()
    assert holder is not None
    bar = spoken(holder)
    assert (bar.role(), bar.text(Text.Name)) == (Role.PageTabList, "Sections of the form")
    told[3].actionInterface().doAction(QAccessibleActionInterface.pressAction())
    assert [bool(one.state().selected) for one in told] == [n == 3 for n in range(len(told))]


def test_what_folds_says_whether_it_is_unfolded(open_desk: Desk) -> None:
    (fold,) = (
        button
        for button in open_desk.window.findChildren(QToolButton)
        if button.property("command") == "fold_cover"
    )
    for unfolded in (False, True, False):
        state = spoken(fold).state()
        assert state.expandable
        assert (bool(state.expanded), bool(state.collapsed)) == (unfolded, not unfolded)
        open_desk.trigger("fold_cover")


def test_a_drop_down_is_named_by_its_purpose_and_its_choice(qtbot: QtBot) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["Newest first", "By name"])
    box.setAccessibleName("Order of the drawers")
    box.setCurrentIndex(1)
    told = spoken(box)
    assert told.role() is Role.ComboBox
    assert told.text(Text.Name) == "Order of the drawers: By name"
    assert told.text(Text.Value) == "By name"
    assert told.state().collapsed
    box.show()
    told.actionInterface().doAction(QAccessibleActionInterface.showMenuAction())
    assert box.view().isVisible()
    assert told.state().expanded
    box.hidePopup()


def test_a_button_told_as_a_tab_keeps_its_words_and_its_press(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setText("Costs")
    button.setCheckable(True)
    roles.speak_as(button, As.TAB)
    told = spoken(button)
    assert told.text(Text.Name) == "Costs"
    told.actionInterface().doAction(QAccessibleActionInterface.pressAction())
    assert button.isChecked()
    assert told.state().selected


def test_what_is_told_of_a_widget_ends_with_it(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    button = QToolButton(holder)
    roles.speak_as(button, As.FOLD)
    assert spoken(button).state().collapsed
    button.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert spoken(holder).childCount() == 0


@pytest.mark.parametrize("waiting", [{}, {1: 2}])
def test_each_cell_of_the_disputed_items_says_something(
    qtbot: QtBot, waiting: dict[int, int]
) -> None:
    items = IssueList()
    qtbot.addWidget(items)
    items.show()
    items.show_issues(letter(3, issues=2), waiting, 1)
    assert nameless_cells(items) == []


def test_every_stop_of_the_pane_key_has_a_name(open_desk: Desk) -> None:
    open_desk.window.resize(1400, 900)
    open_desk.window.notice.tell(Kind.BACKED_UP, "A word.")
    open_desk.window.commands["checks"].setChecked(True)
    open_desk.settle()
    met: list[str] = []
    for view in ("tab_letter", "tab_preview", "tab_changes"):
        open_desk.trigger(view)
        for _ in range(5):
            open_desk.trigger("switch_pane")
            focus = QApplication.focusWidget() or open_desk.window.focusWidget()
            assert focus is not None
            told = spoken(focus)
            assert told.text(Text.Name), focus
            assert told.state().focusable, focus
            met.append(told.text(Text.Name))
    assert {"Letters", "Findings of the checks", "Pages of the letter"} <= set(met)
    assert "What changed since the letter was read" in met
