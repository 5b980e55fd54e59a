"""A finding's words are all seen, however narrow the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.ui.wrapped_rows import AIR, WrappedRows

WORDS = (
    "The header gives one day as the date of injury and the summary gives quite another one. " * 2
)


def test_a_row_is_as_high_as_its_words_need(qtbot: QtBot) -> None:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    tree.setColumnCount(2)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.setItemDelegateForColumn(0, WrappedRows(tree))
    head = QTreeWidgetItem(["Errors", ""])
    finding = QTreeWidgetItem([WORDS, "Date of injury"])
    head.addChild(finding)
    tree.addTopLevelItem(head)
    head.setExpanded(True)
    tree.show()
    line = tree.fontMetrics().height()
    heights = []
    for width in (1600, 700, 400, 900):
        tree.resize(width, 300)
        QApplication.processEvents()
        row = tree.visualItemRect(finding)
        room = tree.columnWidth(0) - 2 * tree.indentation() - 16 - AIR
        needed = tree.fontMetrics().boundingRect(
            0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), WORDS
        )
        assert row.height() >= needed.height()
        assert tree.visualItemRect(head).height() < 2 * line
        heights.append(row.height())
    assert heights[0] < heights[3] < heights[2]
