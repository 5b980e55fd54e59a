"""The library's window: everything one can do with entries, each as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.letter import Citation, Letter
from app.services.library import Entry, Library, copy_of
from app.services.library.exchange import ImportPreview
from app.ui import theme
from app.ui.citing.browse_page import BrowsePage
from app.ui.citing.duplicates_view import Duplicates, DuplicatesView
from app.ui.citing.entry_table import fetch
from app.ui.citing.facts_view import FactsFlow
from app.ui.citing.file_exchange import FileExchange, FileRead
from app.ui.citing.history_view import HistoryView
from app.ui.citing.import_preview import ImportPreviewView
from app.ui.citing.library_tools import LibraryTools
from app.ui.citing.offers_view import OfferStrip, OffersView
from app.ui.help_task import offer_everywhere
from app.ui.jobs import URGENT, Jobs
from app.ui.screen_room import bounded, keep_on_screen

TABLE_JOB = "library table"
SIZE = QSize(1280, 780)


class LibraryManager(QDialog):
    """Not modal; closing it keeps what was being typed."""

    tells_of_letters = False

    library_changed = Signal()
    """Some entry is new, another one or gone."""

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._library, self._jobs = library, jobs
        self._select: int | None = None
        self.setWindowTitle("Guideline library")
        self.resize(bounded(SIZE, self.screen()))
        offer_everywhere(self)
        self.page = BrowsePage(library)
        self.tools = LibraryTools(self, self.page.table)
        self.preview = ImportPreviewView()
        self.duplicates = DuplicatesView()
        self.history = HistoryView()
        self.strip = OfferStrip()
        self.offers = OffersView()
        self.pages = QStackedWidget()
        self.exchange = FileExchange(library, jobs, self)
        self.facts = FactsFlow(library, jobs, self)
        self._other_pages = (
            self.preview,
            self.facts.view,
            self.facts.law,
            self.duplicates,
            self.history,
            self.offers,
        )
        self._above = QWidget()
        self._status = QLabel()
        self._count = QLabel()
        self._lay_out()
        self._connect()
        theme.LookWatch(self).scheme_changed.connect(self._on_page_current_changed)
        self.page.search.setFocus()
        self.refresh()

    # ---- Laying out

    def _lay_out(self) -> None:
        above = QVBoxLayout(self._above)
        above.setContentsMargins(8, 8, 8, 0)
        above.setSpacing(8)
        above.addWidget(self.tools)
        above.addWidget(self.strip)
        for page in (self.page, *self._other_pages):
            self.pages.addWidget(page)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)  # it tells titles, which are of any length
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._count.setProperty("tone", "muted")
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(self._status, 1)
        foot.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._above)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        slots: dict[str, Callable[[], None]] = {
            "new": self._on_new_triggered,
            "edit": self._on_edit_triggered,
            "duplicate": self._on_duplicate_triggered,
            "delete": self._on_delete_triggered,
            "history": self._on_history_triggered,
            "undo": self._on_undo_triggered,
            "redo": self._on_redo_triggered,
            "duplicates": self.find_duplicates,
            "import": self.exchange.ask_and_read,
            "law": self.facts.show_status,
            "export": self._on_export_triggered,
        }
        for name, slot in slots.items():
            self.tools.named[name].triggered.connect(slot)
        self.page.view_changed.connect(self._on_page_view_changed)
        self.page.current_changed.connect(self._on_page_current_changed)
        self.page.table.activated.connect(self._on_edit_triggered)
        self.page.editor.save_requested.connect(self._on_editor_save_requested)
        self.page.editor.cancelled.connect(self._on_editor_cancelled)
        for page in self._other_pages:
            page.left.connect(self.show_table)
        self.exchange.reading_changed.connect(self._say)
        self.exchange.read_done.connect(self._on_exchange_read_done)
        self.exchange.taken_in.connect(self._on_exchange_taken_in)
        self.exchange.written.connect(self._on_exchange_written)
        self.exchange.failed.connect(self._on_exchange_failed)
        self.facts.page_shown.connect(self._on_facts_page_shown)
        self.facts.taken_in.connect(self._on_facts_taken_in)
        self.facts.failed.connect(self._on_job_failed)
        self.preview.encoding_chosen.connect(self.exchange.read)
        self.preview.import_requested.connect(self._on_preview_import_requested)
        self.duplicates.merge_requested.connect(self._on_duplicates_merge_requested)
        self.history.restore_requested.connect(self._on_history_restore_requested)
        self.strip.wanted.connect(self._on_strip_wanted)
        self.offers.add_requested.connect(self._on_offers_add_requested)
        self.offers.edit_requested.connect(self._on_offers_edit_requested)

    # ---- What is shown

    def refresh(self, select: int | None = None) -> None:
        """Fetch the table anew; the entry `select` is marked once it is there."""
        self._select = select if select is not None else self._select
        self._jobs.run(
            partial(fetch, self._library, self.page.view()),
            self._on_fetch_done,
            self._on_job_failed,
            key=TABLE_JOB,
            priority=URGENT,
        )
        self.tools.show_steps(self._library.undo_label(), self._library.redo_label())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        keep_on_screen(self)

    def show_table(self) -> None:
        """Back to the library's own page."""
        self.pages.setCurrentWidget(self.page)
        self._above.show()
        if not self.page.is_editing:
            self.page.table.setFocus()

    def _show_page(self, page: QWidget, focus: QWidget) -> None:
        self._above.hide()
        self.pages.setCurrentWidget(page)
        focus.setFocus()

    def _say(self, words: str, *, tone: str = "muted") -> None:
        self._status.setText(words)
        if self._status.property("tone") != tone:
            self._status.setProperty("tone", tone)
            self._status.style().polish(self._status)

    @property
    def status(self) -> str:
        """What the foot of the window says."""
        return self._status.text()

    def _on_fetch_done(self, entries: tuple[Entry, ...]) -> None:
        select, self._select = self._select, None
        self.page.show_entries(entries, select)
        total = self._library.count()
        if len(entries) == total:
            self._count.setText(f"{total} entries")
        else:
            self._count.setText(f"{len(entries)} of {total} entries")

    def _on_page_view_changed(self) -> None:
        self.refresh()

    def _on_page_current_changed(self) -> None:
        entry = self.page.current
        self.tools.enable_for_entry(entry is not None)
        if entry is None or entry.id is None:
            self.page.details.show_nothing("Nothing in the library fits.")
            return
        self.page.details.show_entry(
            entry,
            self._library.guidelines(),
            successor=self._library.superseding(entry),
            outcomes=self._library.uses(entry.id),
            versions=self._library.history(entry.id),
        )

    # ---- Changing entries

    def _change(self, act: Callable[[], Entry | tuple[Entry, ...] | None], words: str) -> bool:
        """Do it, say so, show it; where the world is against it, say that and answer False."""
        try:
            changed = act()
        except UserError as error:
            self._say(f"{error.what} {error.remedy}", tone="error")
            return False
        self._show_change(changed if isinstance(changed, tuple) else (changed,), words)
        return True

    def _show_change(self, changed: tuple[Entry | None, ...], words: str) -> None:
        """Say what happened, mark the first entry it happened to, and tell the others."""
        first = changed[0] if changed else None
        self._say(words)
        self.refresh(first.id if first is not None else None)
        self.library_changed.emit()

    def _on_new_triggered(self) -> None:
        self.edit_entry(Entry())

    def edit_entry(self, entry: Entry) -> None:
        """Open the form; one without id is a draft of a new entry.

        What is being typed for another entry is never thrown away.
        """
        editor = self.page.editor
        self.show_table()
        if self.page.is_editing and editor.is_changed:
            self._say("Save or cancel this entry first.", tone="doubt")
            editor.setFocus()
            return
        self.page.show_editor(entry)

    def _on_edit_triggered(self) -> None:
        if self.page.current is not None:
            self.edit_entry(self.page.current)

    def _on_duplicate_triggered(self) -> None:
        if self.page.current is not None:
            self.edit_entry(copy_of(self.page.current))

    def _on_editor_save_requested(self, entry: Entry) -> None:
        if self._change(partial(self._library.save, entry), f"Saved {entry.title}."):
            self.page.show_details()

    def _on_editor_cancelled(self) -> None:
        self.page.show_details()

    def _on_delete_triggered(self) -> None:
        entries = self.page.selected
        ids = [entry.id for entry in entries if entry.id is not None]
        if not ids:
            return
        name = entries[0].title if len(ids) == 1 else f"{len(ids)} entries"
        words = f"Deleted {name}. Ctrl+Z brings it back; letters keep what they cite."
        self._change(partial(self._library.delete, *ids), words)

    def _on_undo_triggered(self) -> None:
        self._step(again=False)

    def _on_redo_triggered(self) -> None:
        self._step(again=True)

    def _step(self, *, again: bool) -> None:
        try:
            change = self._library.redo() if again else self._library.undo()
        except UserError as error:
            self._say(f"{error.what} {error.remedy}", tone="error")
            return
        if change is not None:
            words = "Done again: %s." if again else "Undone: %s."
            self._say(words % change.label)
            self.refresh(change.entry_ids[0] if change.entry_ids else None)
            self.library_changed.emit()

    # ---- History

    def _on_history_triggered(self) -> None:
        entry = self.page.current
        if entry is not None and entry.id is not None:
            self.history.show_history(entry, self._library.history(entry.id))
            self._show_page(self.history, self.history.versions)

    def _on_history_restore_requested(self, entry: Entry) -> None:
        words = f"{entry.title} is back to how it was."
        if self._change(partial(self._library.save, entry), words):
            self.show_table()

    # ---- Duplicates

    def find_duplicates(self) -> None:
        """Look through the whole library, then show what may be the same."""
        self._say("Looking for duplicates…")
        self._jobs.run(self._library.duplicates, self._on_duplicates_found, self._on_job_failed)

    def _on_duplicates_found(self, groups: Duplicates) -> None:
        self._say("")
        self.duplicates.show_groups(groups)
        if self.pages.currentWidget() is not self.duplicates:
            self._show_page(self.duplicates, self.duplicates.start)

    def _on_duplicates_merge_requested(self, merged: Entry, dropped: int) -> None:
        words = f"Made one of two: {merged.title}. Ctrl+Z in the library parts them."
        if self._change(partial(self._library.merge, merged, [dropped]), words):
            self._jobs.run(
                self._library.duplicates, self.duplicates.show_groups, self._on_job_failed
            )

    # ---- Files

    def import_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self.exchange.read(path)

    def export_file(self, path: Path) -> None:
        """Write the entries the table shows; an existing file is replaced as one step."""
        self.exchange.write(self.page.view(), path)

    def _on_export_triggered(self) -> None:
        self.exchange.ask_and_write(self.page.view())

    def _on_exchange_read_done(self, read: FileRead) -> None:
        self._say("")
        self.preview.show_file(read)
        self._show_page(self.preview, self.preview.start)

    def _on_preview_import_requested(self, preview: ImportPreview) -> None:
        self._say("Importing…")
        self.preview.setEnabled(False)
        self.exchange.take_in(preview)

    def _on_exchange_taken_in(self, entries: tuple[Entry, ...]) -> None:
        self.preview.setEnabled(True)
        self.show_table()
        words = f"Imported {len(entries)} entries. Ctrl+Z takes them back."
        self._show_change(entries, words)

    def _on_exchange_written(self, name: str, count: int) -> None:
        self._say(f"Wrote {count} entries to {name}.")

    def _on_facts_page_shown(self, page: QWidget, focus: QWidget) -> None:
        self._say("")
        self._show_page(page, focus)

    def _on_facts_taken_in(self, count: int) -> None:
        self.show_table()
        self._show_change((), f"The facts are up to date: {count} entries changed.")

    def _on_exchange_failed(self, error: Exception) -> None:
        self.preview.setEnabled(True)
        self._on_job_failed(error)

    def _on_job_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._say(f"{error.what} {error.remedy}", tone="error")

    # ---- The open letter

    def show_offers(self, letter: Letter) -> None:
        """Look in a letter for citations the library does not have, and offer them quietly."""
        self._jobs.run(
            partial(self._library.from_letter, letter), self._on_offers_found, self._on_job_failed
        )

    def _on_offers_found(self, citations: tuple[Citation, ...]) -> None:
        self.offers.show_offers(citations)
        self.strip.offer(len(citations))

    def _on_strip_wanted(self) -> None:
        self._show_page(self.offers, self.offers.list)

    def _on_offers_add_requested(self, drafts: tuple[Entry, ...]) -> None:
        words = f"Added {len(drafts)} entries from the letter."
        act = partial(self._library.save_all, drafts, "Add from a letter")
        if self._change(act, words):
            self.strip.hide()
            self.show_table()

    def _on_offers_edit_requested(self, draft: Entry) -> None:
        self.edit_entry(draft)
