"""Buttons go on the next line where there is no room for them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.ui.button_flow import ButtonFlow


class Fixed(QPushButton):
    @override
    def sizeHint(self) -> QSize:
        return QSize(100, 20)


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (300, [(0, 0), (100, 0), (200, 0)]),
        (299, [(0, 0), (100, 0), (0, 20)]),
        (150, [(0, 0), (0, 20), (0, 40)]),
        (50, [(0, 0), (0, 20), (0, 40)]),
    ],
)
def test_lines_fill_from_the_left(qtbot: QtBot, width: int, places: list[tuple[int, int]]) -> None:
    flow = ButtonFlow()
    qtbot.addWidget(flow)
    buttons = [Fixed() for _ in range(4)]
    flow.set_buttons(buttons)
    for place in (0, 2, 3):
        buttons[place].show()
    flow.fit()
    flow.resize(width, 100)
    flow.show()
    shown = [button for button in buttons if button.isVisible()]
    assert [(button.x(), button.y()) for button in shown] == places
    assert flow.heightForWidth(width) == places[-1][1] + 20
    assert all(button.geometry().right() < max(width, 1) for button in shown)
