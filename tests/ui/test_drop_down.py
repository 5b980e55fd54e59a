"""Every entry of a drop-down list is seen whole, at each size of text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

import app.ui
from app.ui import theme
from app.ui.drop_down import DropDown

UI = Path(app.ui.__file__).parent


@pytest.mark.parametrize("points", [9.0, 10.0, 14.0, 20.0])
@pytest.mark.parametrize("count", [2, 5, 18])
def test_each_entry_is_seen_whole(
    qapp: QApplication, qtbot: QtBot, points: float, count: int
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, points)
    box = DropDown()
    qtbot.addWidget(box)
    box.addItems([f"{number}. an entry with more words than its box" for number in range(count)])
    box.setFixedWidth(90)
    box.show()
    box.showPopup()
    QApplication.processEvents()
    view = box.view()
    words = view.fontMetrics().horizontalAdvance(box.itemText(count - 1))
    for row in range(count):
        seen = view.visualRect(view.model().index(row, 0))
        assert view.viewport().rect().contains(seen)
        assert seen.width() >= words
        assert seen.height() >= view.fontMetrics().height()
    box.hidePopup()
    theme.apply(qapp, theme.Scheme.LIGHT)


def test_the_wheel_passes_over_a_box_and_changes_nothing(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    column = QWidget()
    box = DropDown(column)
    box.addItems(["Standard", "Expedited", "Other"])
    column.setFixedSize(300, 2000)
    area.setWidget(column)
    area.resize(320, 200)
    area.show()
    box.setFocus()
    place = QPointF(box.rect().center())
    event = QWheelEvent(
        place,
        box.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == 0
    assert not event.isAccepted() or area.verticalScrollBar().value() > 0


def test_there_is_no_other_kind_of_drop_down_list() -> None:
    made = re.compile(r"\bQComboBox\(")
    others = [path.name for path in UI.rglob("*.py") if made.search(path.read_text("utf-8"))]
    assert others == []
