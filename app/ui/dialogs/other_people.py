"""Whom the public copy names besides those of the cover: chosen by role or one by one, then written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from app.services.privacy.others import NOT_LOOKED_FOR, Other
from app.ui.dialogs.frame import DialogFrame, words_label

_NAME = Qt.ItemDataRole.UserRole
_TICKED = Qt.CheckState.Checked


class OtherPeopleDialog(DialogFrame):
    """Roles with the names below them, each ticked to be taken out."""

    chosen = Signal(object)
    """The names to take out, a tuple of str."""

    def __init__(self, others: Sequence[Other], parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(640, 520))
        self.set_title(
            "Others named in the letter",
            "Ticked names are taken out of the public copy, however they are written.",
        )
        self._names: list[QTreeWidgetItem] = []
        self._tree = QTreeWidget()
        self._tree.setColumnCount(2)
        self._tree.setHeaderLabels(["Name", "Stands in"])
        self._tree.setAccessibleName("Names to take out")
        for role, group in groupby(others, key=lambda other: other.role):
            self._add_role(role.value, tuple(group))
        self._tree.expandAll()
        self._tree.resizeColumnToContents(0)
        self.body.addWidget(self._tree, 1)
        self.body.addWidget(words_label(NOT_LOOKED_FOR, "muted"))
        write = QPushButton("Write the copy…")
        write.setProperty("primary", True)
        write.setAutoDefault(False)
        write.clicked.connect(self._on_write_clicked)
        self.foot.addStretch(1)
        self.foot.addWidget(write)
        self.add_close_button()
        self._tree.setCurrentIndex(self._tree.model().index(0, 0))
        self._tree.setFocus()

    def _add_role(self, words: str, others: Sequence[Other]) -> None:
        top = QTreeWidgetItem(self._tree, [words, ""])
        many = "1 name" if len(others) == 1 else f"{len(others)} names"
        top.setData(1, Qt.ItemDataRole.AccessibleTextRole, many)
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        for other in others:
            item = QTreeWidgetItem(top, [other.name, ", ".join(other.places)])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, _TICKED)
            item.setData(0, _NAME, other.name)
            self._names.append(item)

    def _on_write_clicked(self) -> None:
        ticked = [item.data(0, _NAME) for item in self._names if item.checkState(0) is _TICKED]
        self.chosen.emit(tuple(ticked))
        self.close()
