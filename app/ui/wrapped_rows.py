"""Rows of a tree that show all their words, on as many lines as these need."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView
from typing_extensions import override

AIR = 24
"""Pixels beside the words: the sheet's padding, and the style's own."""


class WrappedRows(QStyledItemDelegate):
    """For the first column of a tree, which by itself reckons every row as one line high.

    The column is one that takes what room there is: its rows are reckoned anew as it does. No row
    takes more lines than `most`.
    """

    def __init__(self, tree: QTreeView, most: int = 50) -> None:
        super().__init__(tree)
        self._tree = tree
        self._most = most
        tree.setWordWrap(True)
        tree.setUniformRowHeights(False)
        # Never at once: a width that is settled while the rows are painted would lay them out in
        # the middle of it, and what is painted next would be a row that is no more.
        tree.header().sectionResized.connect(
            tree.scheduleDelayedItemsLayout, Qt.ConnectionType.QueuedConnection
        )

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        plain = super().sizeHint(option, index)
        words = str(index.data() or "")
        room = self._tree.columnWidth(0) - self._depth(index) * self._tree.indentation() - AIR
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            room -= self._tree.iconSize().width() if self._tree.iconSize().isValid() else 16
        if room <= 0:
            return plain
        metrics = self._tree.fontMetrics()
        box = metrics.boundingRect(
            QRectF(0, 0, room, 10_000).toRect(), int(Qt.TextFlag.TextWordWrap), words
        )
        most = metrics.height() + (self._most - 1) * metrics.lineSpacing()
        more = min(ceil(box.height()), most) - metrics.height()
        if more <= 0:
            return plain
        # The style lays lines out in parts of a pixel, and leaves one out that lacks any of it.
        return QSize(plain.width(), plain.height() + more + ceil(more / metrics.lineSpacing()) + 1)

    def _depth(self, index: QModelIndex | QPersistentModelIndex) -> int:
        depth = 1 if self._tree.rootIsDecorated() else 0
        above = index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return depth
