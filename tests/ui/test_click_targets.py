"""What is clicked is large enough to be hit: 24 points either way, as WCAG 2.2 asks."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTabBar, QWidget

from app.ui import theme
from app.ui.enter_button import EnterButton
from tests.ui.desk import Desk

LEAST = 24
BESIDE = (
    "settings",
    "history",
    "library",
    "keys",
    "encryption",
    "new_letter",
    "case_file",
    "sheet",
)


def test_everything_that_is_clicked_can_be_hit(qapp: QApplication, open_desk: Desk) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    desk = open_desk
    desk.window.commands["checks"].setChecked(True)
    desk.window.notice.clear()
    desk.settle()
    assert _small(desk.window) == []
    for name in BESIDE:
        desk.trigger(name)
        desk.settle()
        for top in QApplication.topLevelWidgets():
            if top is not desk.window and top.isVisible():
                assert _small(top) == [], name
        desk.close_beside()


def _small(root: QWidget) -> list[str]:
    shown = [one for one in root.findChildren(QWidget) if one.isVisible()]
    small = [
        f"{type(one).__name__} “{one.accessibleName()}” {one.width()} x {one.height()}"
        for one in shown
        if isinstance(one, QAbstractButton | QComboBox | EnterButton)
        if min(one.width(), one.height()) < LEAST
        if not isinstance(one.parent(), QLineEdit | QComboBox)  # a part of a larger target
    ]
    tabs = [one for one in shown if isinstance(one, QTabBar)]
    small += [
        bar.tabText(tab)
        for bar in tabs
        for tab in range(bar.count())
        if bar.isTabVisible(tab) and bar.tabRect(tab).height() < LEAST
    ]
    return small
