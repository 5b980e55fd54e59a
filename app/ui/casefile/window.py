"""The case file in a window of its own: documents, finding, timeline, the list of documents reviewed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from app.letter import FieldId
from app.services.casefile.named import Named, lacking
from app.services.casefile.reviewed import ReviewedStyle
from app.services.casefile.timeline import Event, events
from app.services.casefile.values import Found
from app.services.store import Store
from app.ui.casefile.documents_tab import DocumentsTab
from app.ui.casefile.find_tab import FindTab
from app.ui.casefile.flow import CaseFileFlow
from app.ui.casefile.reviewed_tab import ReviewedTab
from app.ui.casefile.shelf import Shelf
from app.ui.casefile.timeline_tab import TimelineTab
from app.ui.dialogs.frame import DialogFrame, flat_button
from app.ui.document import LetterDocument
from app.ui.jobs import Jobs
from app.ui.screen_room import keep_on_screen

STYLE = "records_reviewed"
SHARE = 0.58
"""Of the desk's width it takes no more as it comes up."""
ASIDE = 150
"""Pixels below the top of the desk: its bar and the bar of the pages stay free."""
DOCUMENTS, FIND, TIMELINE, REVIEWED = range(4)
_REVIEWED = FieldId("cover.documents_reviewed")


class CaseFileWindow(DialogFrame):
    """Stands beside the desk; what is chosen in it shows in the page pane."""

    add_requested = Signal()
    folder_requested = Signal()
    dropped = Signal(object)
    """A list of paths."""
    summary_wanted = Signal(object)
    """The FieldId to go to: an event of the letter itself."""

    def __init__(
        self,
        flow: CaseFileFlow,
        document: LetterDocument,
        store: Store,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, QSize(880, 620))
        self._flow = flow
        self._document = document
        self._store = store
        self._jobs = jobs
        self.setAcceptDrops(True)
        self.documents = DocumentsTab()
        self.finding = FindTab(jobs)
        self.timeline = TimelineTab(jobs)
        self.reviewed = ReviewedTab(_style_of(store))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.documents, "&Documents")
        self.tabs.addTab(self.finding, "&Find")
        self.tabs.addTab(self.timeline, "&Timeline")
        self.tabs.addTab(self.reviewed, "Documents &reviewed")
        self.body.addWidget(self.tabs, 1)
        add = flat_button("Add files…", "Or drop them here")
        folder = flat_button("Add a folder…")
        self.foot.addWidget(add)
        self.foot.addWidget(folder)
        self.foot.addStretch(1)
        self.add_close_button()
        self.finding.use(self._search, flow.files.excerpts, self._in_letter)
        self.timeline.use(self._events)

        add.clicked.connect(self.add_requested)
        folder.clicked.connect(self.folder_requested)
        flow.shelf_changed.connect(self.show_shelf)
        self.documents.shown.connect(flow.go_to_page)
        self.documents.corrected.connect(self._on_documents_corrected)
        self.documents.split_requested.connect(self._on_documents_split_requested)
        self.documents.join_requested.connect(self._on_documents_join_requested)
        self.documents.remove_requested.connect(flow.remove)
        self.finding.passage_requested.connect(flow.show_passage)
        self.timeline.event_chosen.connect(self._on_timeline_event_chosen)
        self.reviewed.style_changed.connect(self._on_reviewed_style_changed)
        self.reviewed.list_given.connect(self._on_reviewed_list_given)
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        self.show_shelf(flow.shelf)

    def stand_aside(self) -> None:
        """At the right edge of the desk: what is chosen here shows in the page pane."""
        desk = self.parentWidget()
        if desk is not None:
            around = desk.frameGeometry()
            self.resize(min(self.width(), round(SHARE * around.width())), self.height())
            self.move(around.right() - self.frameGeometry().width(), around.top() + ASIDE)
            keep_on_screen(self)

    def show_shelf(self, shelf: Shelf) -> None:
        """The documents of the letter on the desk, as they are now."""
        pages = sum(file.pages for file in shelf.files)
        count = len(shelf.documents)
        told = f"{count:,} document{'' if count == 1 else 's'} on {pages:,} pages."
        self.set_title(
            "Case file", told if shelf.files else "Add the documents the letter is written from."
        )
        self.documents.show_shelf(shelf)
        self.finding.show_shelf(shelf)
        self.timeline.set_stale()
        self.reviewed.show_documents(shelf.documents)
        work = partial(lacking, self._flow.files, shelf.documents)
        self._jobs.run(work, partial(self._tell_lacking, shelf), key=(id(self), "lacking"))

    def show_tab(self, tab: int, phrase: str = "") -> None:
        """Bring a part to the front; with a phrase look for it."""
        self.tabs.setCurrentIndex(tab)
        if phrase:
            self.finding.term.setText(phrase)
        self._on_tabs_current_changed(tab)

    def _tell_lacking(self, shelf: Shelf, named: tuple[Named, ...]) -> None:
        if shelf is self._flow.shelf:
            self.documents.tell_lacking("\n".join(one.words for one in named))

    def _search(self, phrase: str) -> tuple[Found, ...]:
        case_id = self._flow.shelf.case_id
        return self._flow.files.search(case_id, phrase) if case_id is not None else ()

    def _in_letter(self, phrase: str) -> int:
        return self._flow.places_in_letter(phrase)

    def _events(self, treatment: str) -> tuple[Event, ...]:
        summary = self._document.letter.clinical_summary
        return events(self._flow.files, self._flow.shelf.documents, summary, treatment)

    def _on_tabs_current_changed(self, tab: int) -> None:
        in_hand = (self.documents.tree, self.finding.term, self.timeline.tree, self.reviewed.lines)
        in_hand[tab].setFocus()

    def _on_documents_corrected(self, document_id: int, values: dict[str, object]) -> None:
        self._flow.change(partial(self._flow.files.correct, document_id, values))

    def _on_documents_split_requested(self, document_id: int) -> None:
        page = self._flow.page_in(document_id)
        if page is None:
            self.documents.tell("Show the page first on which the new document begins.")
            return
        self._flow.change(partial(self._flow.files.split, document_id, page))

    def _on_documents_join_requested(self, document_id: int) -> None:
        self._flow.change(partial(self._flow.files.join, document_id))

    def _on_timeline_event_chosen(self, event: Event) -> None:
        if event.file_id is None:
            self.summary_wanted.emit(FieldId("clinical_summary"))
        else:
            sha256, page = self._flow.shelf.sheet_of(event.file_id, event.page)
            self._flow.show_passage(sha256, page, event.words)

    def _on_reviewed_style_changed(self, style: ReviewedStyle) -> None:
        self._store.save_setting(STYLE, msgspec.to_builtins(style))

    def _on_reviewed_list_given(self, lines: str) -> None:
        self._document.seal()
        self._document.edit(_REVIEWED, lines)
        self._document.seal()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.dropped.emit([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])


def _style_of(store: Store) -> ReviewedStyle:
    try:
        return msgspec.convert(store.setting(STYLE, {}), ReviewedStyle)
    except msgspec.ValidationError:
        return ReviewedStyle()
