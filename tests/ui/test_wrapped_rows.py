"""A finding's words are all seen, however narrow the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.ui.pages.outline import OutlineItem, OutlineView
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
    short = QTreeWidgetItem(["One line", ""])
    tree.addTopLevelItems([head, short])
    head.setExpanded(True)
    tree.show()
    heights = []
    for width in (1600, 700, 400, 900):
        tree.resize(width, 300)
        QApplication.processEvents()
        row = tree.visualItemRect(finding)
        room = tree.columnWidth(0) - 2 * tree.indentation() - AIR
        needed = tree.fontMetrics().boundingRect(
            0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), WORDS
        )
        assert row.height() >= needed.height()
        assert tree.visualItemRect(head).height() == tree.visualItemRect(short).height()
        heights.append(row.height())
    assert heights[0] < heights[3] < heights[2]


def test_no_row_takes_more_lines_than_it_may(qtbot: QtBot) -> None:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    tree.setItemDelegateForColumn(0, WrappedRows(tree, most=2))
    tree.addTopLevelItem(QTreeWidgetItem([WORDS * 3]))
    tree.setColumnWidth(0, 300)
    tree.show()
    QApplication.processEvents()
    item = tree.topLevelItem(0)
    assert item is not None
    line = tree.fontMetrics().lineSpacing()
    assert 2 * line <= tree.visualItemRect(item).height() < 3 * line + AIR


def test_the_outline_shows_whole_titles_in_a_narrow_side(qtbot: QtBot) -> None:
    outline = OutlineView()
    qtbot.addWidget(outline)
    titles = ("Case", "1. MRI of the lumbar spine without contrast, with sedation")
    outline.set_items([OutlineItem(title) for title in titles])
    outline.resize(170, 300)
    outline.show()
    QApplication.processEvents()
    short, long = (outline.topLevelItem(row) for row in range(2))
    assert short is not None
    assert long is not None
    one = outline.visualItemRect(short).height()
    assert outline.visualItemRect(long).height() >= one + outline.fontMetrics().lineSpacing()
    outline.resize(900, 300)
    QApplication.processEvents()
    assert outline.visualItemRect(long).height() == one
