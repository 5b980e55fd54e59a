"""Newer facts of the law from one signed-off file: what they would change, before they change it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.errors import UserError
from app.services.language.dates import date_text
from app.services.library import (
    Adoption,
    FactChange,
    Library,
    Update,
    compare,
    read_facts,
    status_lines,
)
from app.services.regular_files import read_regular
from app.ui.citing.law_view import LawView
from app.ui.citing.page import Page, button
from app.ui.citing.words import place_in_source
from app.ui.file_places import first_shown
from app.ui.jobs import Jobs


class FactsView(Page):
    """`take_in_requested` carries the Update that is shown."""

    take_in_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Newer facts", parent)
        self._update: Update | None = None
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(["Entry", "Now", "With the file"])
        self.tree.setAccessibleName("What the file would change")
        self.tree.setWordWrap(True)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.take_in = button("Take in", primary=True)
        self.body.addWidget(self.tree, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take_in)
        self.take_in.clicked.connect(self._on_take_in_clicked)

    def show_update(self, update: Update) -> None:
        """Take over what a file would change."""
        self._update = update
        file = update.file
        self.set_title(
            f"Facts of {date_text(file.as_of)}",
            f"{file.about}. Version {file.version}, signed off by {file.signed_off_by} on {date_text(file.signed_off_on)}. What you changed stays as it is.",
        )
        self.tree.clear()
        for change in update.changes:
            self.tree.addTopLevelItem(self._item(change))
        for drugs in update.new_lists:
            name = f"MTUS Drug List v. {drugs.version}"
            rows = f"{len(drugs.rows)} rows, in force from {date_text(drugs.effective_from)}"
            self.tree.addTopLevelItem(QTreeWidgetItem([name, "", rows]))
        self.tree.expandAll()
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _item(self, change: FactChange) -> QTreeWidgetItem:
        name = f"{change.after.title} · {place_in_source(change.after)}"
        what = "changed" if change.before is not None else "new"
        if change.after.adoption is Adoption.WITHDRAWN:
            what = "withdrawn"
        if change.deleted:
            what = f"{what}; you deleted it, and it stays so"
        item = QTreeWidgetItem([name, "", what])
        for one in compare(change.before, change.after):
            row = QTreeWidgetItem([one.label, one.left, one.right])
            for column in range(3):
                row.setTextAlignment(column, Qt.AlignmentFlag.AlignTop)
                row.setToolTip(column, (one.label, one.left, one.right)[column])
            item.addChild(row)
        for label, value in change.kept_values:
            row = QTreeWidgetItem([label, value, "you changed it, and it stays so"])
            row.setToolTip(1, value)
            item.addChild(row)
        return item

    def _on_take_in_clicked(self) -> None:
        if self._update is not None:
            self.take_in_requested.emit(self._update)


class FactsFlow(QObject):
    """Asks for the file, reads it and takes it in away from the main thread."""

    page_shown = Signal(object, object)
    """A page has something to show, and which part of it wants the keyboard."""
    taken_in = Signal(int)
    """So many entries changed."""
    failed = Signal(object)

    def __init__(self, library: Library, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._jobs, self._window = library, jobs, window
        self.view = FactsView()
        self.view.take_in_requested.connect(self._on_view_take_in_requested)
        self.law = LawView()
        self.law.update_facts.clicked.connect(self.ask_and_read)

    def show_status(self) -> None:
        """Show how old the facts are, what is in force today and what ends when."""
        today = date.today()
        told = self._library.law.status(today, self._library.guidelines())
        self.law.show_status(status_lines(told, today))
        self.page_shown.emit(self.law, self.law.lines)

    def ask_and_read(self) -> None:
        """Let the user choose a file of facts, and show what it would change."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Newer facts", first_shown(), "Facts (*.json)"
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Show what a file would change."""
        self._jobs.run(partial(_read, self._library, path), self._on_read, self.failed.emit)

    def _on_read(self, update: Update) -> None:
        self.view.show_update(update)
        self.page_shown.emit(self.view, self.view.take_in)

    def _on_view_take_in_requested(self, update: Update) -> None:
        self._jobs.run(
            partial(_take_in, self._library, update), self.taken_in.emit, self.failed.emit
        )


def _take_in(library: Library, update: Update) -> int:
    library.take_in_facts(update)
    return len(update.changes)


def _read(library: Library, path: Path) -> Update:
    try:
        data = read_regular(path)
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read.", "Check that it is there and that you may open it."
        ) from error
    return library.law.preview(read_facts(data))
