"""What was done to one entry, and the way back to how it was."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QWidget

from app.services.language.dates import moment_text
from app.services.library import Entry, Version, compare
from app.ui.citing.difference_table import DifferenceTable
from app.ui.citing.page import Page, button
from app.ui.citing.words import short_name

VERSION_ROLE = Qt.ItemDataRole.UserRole


class HistoryView(Page):
    """`restore_requested` carries the entry with the values it had."""

    restore_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", parent)
        self._entry = Entry()
        self.versions = QListWidget()
        self.versions.setAccessibleName("Versions of the entry, newest first")
        self.table = DifferenceTable()
        self.restore = button("Back to these values", primary=True)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.versions)
        panes.addWidget(self.table)
        panes.setStretchFactor(1, 1)
        panes.setSizes([280, 720])
        self.body.addWidget(panes, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.restore)
        self.versions.currentRowChanged.connect(self._on_versions_current_row_changed)
        self.restore.clicked.connect(self._on_restore_clicked)

    def show_history(self, entry: Entry, versions: tuple[Version, ...]) -> None:
        """`versions` as the library gives them, newest first."""
        self._entry = entry
        self.versions.clear()
        for version in versions:
            at = version.change.at.astimezone()
            undone = "\n(undone)" if version.change.undone else ""
            item = QListWidgetItem(f"{moment_text(at)}\n{version.change.label}{undone}")
            item.setData(VERSION_ROLE, version)
            self.versions.addItem(item)
        about = "What the entry said before each change, beside what it says now."
        if not versions:
            about = "Nothing was changed in this entry yet."
        self.set_title(f"History of {short_name(entry)}", about)
        self._show_version()
        if versions:
            self.versions.setCurrentRow(0)

    @property
    def _version(self) -> Version | None:
        item = self.versions.currentItem()
        return item.data(VERSION_ROLE) if item is not None else None

    def _show_version(self) -> None:
        version = self._version
        then, now, heads = self._entry, self._entry, ("Then", "Now")
        if version is not None:
            then = version.before
            if then is None and version.after is not None:
                now, heads = version.after, ("Not there yet", "As it was added")
        self.table.show_differences(compare(then, now), *heads)
        self.restore.setEnabled(then is not None and self.table.rowCount() > 0)

    def _on_versions_current_row_changed(self) -> None:
        self._show_version()

    def _on_restore_clicked(self) -> None:
        version = self._version
        if version is not None and version.before is not None:
            self.restore_requested.emit(replace(version.before, id=self._entry.id))
