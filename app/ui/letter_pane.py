"""The middle of the window: the letter as read, the new letter, and what changed between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.letter_intake import Reader
from app.services.rendering import Renderer
from app.ui.changes_view import ChangesView
from app.ui.document import LetterDocument
from app.ui.empty_state import EmptyState
from app.ui.jobs import Jobs
from app.ui.pages import FindBar, Fit, PageBar, PageView
from app.ui.preview_pane import PreviewPane

OPEN_WORDS = "Open PDFs or a whole folder, or drop them here."
LETTER_TAB, PREVIEW_TAB, CHANGES_TAB = range(3)


class LetterPane(QTabWidget):
    """Three views of the open letter; the first is the page the form was filled from."""

    def __init__(
        self,
        document: LetterDocument,
        renderer: Renderer,
        reader: Reader,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.view = PageView(jobs)
        self.page_bar = PageBar(self.view)
        self.find_bar = FindBar(self.view)
        self.empty = EmptyState(
            self.view.viewport(),
            OPEN_WORDS,
            title="No letter is open",
            glyph="file-text",
        )
        self.empty.set_shown(True)
        self.preview = PreviewPane(document, renderer, reader, jobs)
        self.changes = ChangesView(document)
        letter = QWidget()
        column = QVBoxLayout(letter)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page_bar)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self.addTab(letter, "Letter")
        self.addTab(self.preview, "New letter")
        self.addTab(self.changes, "What changed")
        self.setTabToolTip(LETTER_TAB, "The page the form was filled from")
        self.setTabToolTip(PREVIEW_TAB, "The letter as it will be written")
        self.setTabToolTip(CHANGES_TAB, "What differs from the letter as read")
        self.find_bar.hide()
        self.view.document_changed.connect(self._on_view_document_changed)
        self.page_bar.find_toggled.connect(self._on_page_bar_find_toggled)
        self.find_bar.opened.connect(self._on_find_bar_opened)
        self.find_bar.closed.connect(self._on_find_bar_closed)

    @override
    def minimumSizeHint(self) -> QSize:
        """The names of the views are read whole."""
        least = super().minimumSizeHint()
        return least.expandedTo(QSize(self.tabBar().sizeHint().width(), 0))

    def say_waiting(self, next_key: Callable[[], str], letters: int) -> None:
        """How many letters of the list wait, while none is open: the list may be folded away.

        `next_key` tells the key that opens the next, nothing where the user has taken it away.
        """
        if letters:
            wait = (
                "1 letter of the list waits"
                if letters == 1
                else f"{letters} letters of the list wait"
            )
            key = next_key()
            how = f": {key} opens the next" if key else ""
            self.empty.say(f"{wait}{how}. {OPEN_WORDS}")
        else:
            self.empty.say(OPEN_WORDS)

    def _on_view_document_changed(self) -> None:
        self.empty.set_shown(not self.view.page_count)
        if self.view.file and self.find_bar.isVisible():
            self.find_bar.close_bar()  # its hits would be those of the pages near by

    def _on_page_bar_find_toggled(self, is_open: bool) -> None:
        if is_open:
            self.find_bar.open_bar()
        else:
            self.find_bar.close_bar()

    def _on_find_bar_opened(self) -> None:
        self.page_bar.set_find_open(True)

    def _on_find_bar_closed(self) -> None:
        self.page_bar.set_find_open(False)

    @property
    def shown_view(self) -> PageView:
        """The page view that zooming and scrolling speak to."""
        return self.preview.view if self.currentIndex() == PREVIEW_TAB else self.view

    def choose_document(self) -> None:
        """List the documents of the case file to choose one."""
        self.setCurrentIndex(LETTER_TAB)
        self.page_bar.choose_document()

    def open_find(self) -> None:
        """The find box, on the page it searches."""
        self.setCurrentIndex(LETTER_TAB)
        self.find_bar.open_bar()

    def zoom_in(self) -> None:
        self.shown_view.zoom_in()

    def zoom_out(self) -> None:
        self.shown_view.zoom_out()

    def fit_page(self) -> None:
        self.shown_view.set_fit(Fit.PAGE)

    def fit_width(self) -> None:
        self.shown_view.set_fit(Fit.WIDTH)

    def actual_size(self) -> None:
        self.shown_view.set_zoom(1.0)

    def go_back(self) -> None:
        self.shown_view.go_back()

    def go_forward(self) -> None:
        self.shown_view.go_forward()

    def set_dark_page(self, dark: bool) -> None:
        """Dark pages in both views."""
        self.view.set_dark_page(dark)
        self.preview.view.set_dark_page(dark)

    def set_masked(self, masked: bool) -> None:
        """Cover the pages, for a shared screen."""
        self.view.set_masked(masked)
        self.preview.view.set_masked(masked)
        self.changes.set_masked(masked)

    def show_letter_tab(self) -> None:
        self.setCurrentIndex(LETTER_TAB)

    def show_preview_tab(self) -> None:
        self.setCurrentIndex(PREVIEW_TAB)

    def show_changes_tab(self) -> None:
        self.setCurrentIndex(CHANGES_TAB)

    def focus_shown(self) -> None:
        """Put the cursor into the view that is shown."""
        if self.currentIndex() == CHANGES_TAB:
            self.changes.take_focus()
        else:
            self.shown_view.setFocus()
