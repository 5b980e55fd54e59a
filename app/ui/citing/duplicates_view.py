"""Entries that may be the same: look at two side by side, keep the right values, make them one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.services.library import Entry
from app.ui.citing.difference_table import DifferenceTable
from app.ui.citing.page import Page, button
from app.ui.citing.words import place_in_source, short_name
from app.ui.drop_down import DropDown

GROUP_ROLE = Qt.ItemDataRole.UserRole

Duplicates = tuple[tuple[Entry, ...], ...]


class DuplicatesView(Page):
    """`merge_requested` carries the entry that stays and the id of the one that goes."""

    merge_requested = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Duplicates", parent)
        self._set_aside: set[frozenset[int | None]] = set()
        self.groups = QListWidget()
        self.groups.setAccessibleName("Entries that may be the same")
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table = DifferenceTable()
        self._none = QLabel("No two entries look the same.")
        self._left = DropDown()
        self._left.setAccessibleName("Entry that stays")
        self._right = DropDown()
        self._right.setAccessibleName("Entry that goes into it")
        self.merge = button("Make them one", primary=True)
        self.keep_apart = button("They are different")
        self._lay_out()
        self.groups.currentRowChanged.connect(self._on_groups_current_row_changed)
        self._left.activated.connect(self._on_pair_activated)
        self._right.activated.connect(self._on_pair_activated)
        self.merge.clicked.connect(self._on_merge_clicked)
        self.keep_apart.clicked.connect(self._on_keep_apart_clicked)

    def _lay_out(self) -> None:
        pair = QHBoxLayout()
        pair.addWidget(QLabel("Stays"))
        pair.addWidget(self._left, 1)
        pair.addSpacing(8)
        pair.addWidget(QLabel("Goes into it"))
        pair.addWidget(self._right, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.addLayout(pair)
        self._same = QLabel("The two say the same in every field.")
        self._same.setProperty("tone", "muted")
        column.addWidget(self._same)
        column.addWidget(self.table, 1)
        self._panes = panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.groups)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        panes.setSizes([280, 720])
        self.body.addWidget(panes, 1)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setProperty("tone", "muted")
        self.body.addWidget(self._none, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep_apart)
        self.foot.addWidget(self.merge)

    def show_groups(self, groups: Duplicates) -> None:
        """Take over what was found; groups set aside before stay away. The keyboard stays where it
        is, so that one pair after another is answered by the same key."""
        focus = QApplication.focusWidget()
        held = focus if focus is not None and self.isAncestorOf(focus) else None
        self.groups.clear()
        for group in groups:
            if frozenset(entry.id for entry in group) in self._set_aside:
                continue
            words = "\n".join(_named(entry) for entry in group)
            item = QListWidgetItem(words)
            item.setData(GROUP_ROLE, group)
            self.groups.addItem(item)
        count = self.groups.count()
        about = "%d to look at. Space or a click keeps a value; the rest is let go."
        self.set_title("Duplicates", about % count if count else "")
        self._none.setVisible(not count)
        for part in (self._panes, self.merge, self.keep_apart):
            part.setVisible(count > 0)
        self._show_group()
        if count:
            self.groups.setCurrentRow(0)
        if held is not None:
            (held if held.isVisible() and held.isEnabled() else self.start).setFocus()

    @property
    def start(self) -> QWidget:
        """Where the keyboard begins."""
        return self.groups if self.groups.count() else self.back

    @property
    def _group(self) -> tuple[Entry, ...]:
        """The group in hand; what came with the program stays rather than a copy of it."""
        item = self.groups.currentItem()
        group: tuple[Entry, ...] = item.data(GROUP_ROLE) if item is not None else ()
        return tuple(sorted(group, key=lambda entry: (entry.starter_version is None, entry.id)))

    def _show_group(self) -> None:
        group = self._group
        for box, chosen in ((self._left, 0), (self._right, 1)):
            box.clear()
            for number, entry in enumerate(group, 1):
                box.addItem(f"{number}. {_named(entry)}", entry)
            box.setCurrentIndex(chosen if chosen < len(group) else -1)
            box.setEnabled(len(group) > 2)
        for part in (self.table, self.merge, self.keep_apart):
            part.setEnabled(bool(group))
        self._show_pair()

    def _show_pair(self) -> None:
        left, right = self._left.currentData(), self._right.currentData()
        if left is None or right is None:
            self.table.compare(Entry(), Entry(), "", "")
            self._same.hide()
            return
        self.merge.setEnabled(left is not right)
        self.table.compare(left, right, "Stays", "Goes into it")
        self._same.setVisible(not self.table.rowCount())

    def _on_groups_current_row_changed(self) -> None:
        self._show_group()

    def _on_pair_activated(self) -> None:
        self._show_pair()

    def _on_merge_clicked(self) -> None:
        right = self._right.currentData()
        if right is not None and right.id is not None:
            self.merge_requested.emit(self.table.merged(), right.id)

    def _on_keep_apart_clicked(self) -> None:
        self._set_aside.add(frozenset(entry.id for entry in self._group))
        rest = tuple(
            self.groups.item(row).data(GROUP_ROLE)
            for row in range(self.groups.count())
            if row != self.groups.currentRow()
        )
        self.show_groups(rest)


def _named(entry: Entry) -> str:
    return f"{short_name(entry)} · {place_in_source(entry)}"
