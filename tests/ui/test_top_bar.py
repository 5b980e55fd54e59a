"""The bar on top: what gives way where there is little room, and that the number never does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.letter import FieldId
from app.services.review import OpenPoint, State
from app.ui import theme
from app.ui.actions import Actions
from app.ui.last_question import Ending
from app.ui.top_bar import TopBar

POINT = OpenPoint(
    field=FieldId("header.case_number"), state=State.DOUBTFUL, words="Is it so?", waits=True
)
POINTS = [POINT] * 12


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> Iterator[TopBar]:
    theme.apply(qapp, theme.Scheme.LIGHT)
    window = QMainWindow()
    qtbot.addWidget(window)
    made = TopBar(Actions(window), window)
    window.setCentralWidget(made)
    window.show()
    yield made
    assert made.window() is window


def is_whole(bar: TopBar) -> bool:
    return bar._number.width() >= bar._number.sizeHint().width()


@pytest.mark.parametrize("width", range(720, 1100, 40))
def test_the_number_is_whole_whatever_comes_onto_the_bar_after_it(bar: TopBar, width: int) -> None:
    bar.window().resize(width, 300)
    bar.show_letter("CM18-9988776", 108, 240)
    bar.show_left(POINTS, Ending.ANY)
    bar.show_saved("saved")
    QApplication.processEvents()
    assert is_whole(bar)
    bar.show_findings(11, 104)
    QApplication.processEvents()
    assert is_whole(bar)
    bar.show_saved("not saved: 12 edits are waiting", urgent=True)
    QApplication.processEvents()
    assert is_whole(bar)


@pytest.mark.parametrize("width", [800, 960, 1100, 1300])
@pytest.mark.parametrize("points", [None, 18.0])
def test_a_long_name_leaves_its_middle_out_and_crushes_no_button(
    bar: TopBar, qapp: QApplication, width: int, points: float | None
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, points)
    bar.window().resize(width, 300)
    name = "scan of a determination, second copy from the office.pdf"
    bar.show_letter(name, 3, 9)
    bar.show_left(POINTS)
    bar.show_findings(11, 104)
    QApplication.processEvents()
    shown = bar._number.shown()
    assert shown == name or ("…" in shown and bar._number.toolTip() == name)
    assert bar._checks.width() >= bar._checks.minimumSizeHint().width()
    assert bar._export.width() >= bar._export.minimumSizeHint().width()


def test_the_button_of_the_checks_counts_in_words(bar: TopBar) -> None:
    bar.show_findings(1, 0)
    assert bar._checks.accessibleName() == "Checks: 1 error, 0 warnings"
    bar.show_findings(2, 1)
    assert bar._checks.accessibleName() == "Checks: 2 errors, 1 warning"
