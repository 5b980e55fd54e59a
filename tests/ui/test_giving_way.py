"""A bar without room keeps what matters most."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.giving_way import give_way


@pytest.mark.parametrize(
    ("room", "left"), [(400, "abcd"), (399, "cd"), (200, "cd"), (199, "d"), (10, "d")]
)
def test_the_first_groups_go_first_and_come_back(qtbot: QtBot, room: int, left: str) -> None:
    bar = QWidget()
    qtbot.addWidget(bar)
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    made = {name: QWidget() for name in "abcd"}
    for widget in made.values():
        widget.setFixedWidth(100)
        row.addWidget(widget)
    bar.show()
    give_way(row, 10, [(made["a"], made["b"]), (made["c"],)])
    give_way(row, room, [(made["a"], made["b"]), (made["c"],)])
    assert "".join(name for name, widget in made.items() if widget.isVisible()) == left
