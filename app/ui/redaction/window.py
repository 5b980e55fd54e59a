"""The window in which a letter's PDF is redacted: pages at the left, what is taken out at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.errors import UserError
from app.evidence import Place
from app.services.privacy.reading import terms_of_phrases
from app.ui.dialogs.frame import DialogFrame, flat_button, words_label
from app.ui.jobs import Jobs
from app.ui.notice_bar import Kind, NoticeBar
from app.ui.pages import FindBar, PageBar, PageView
from app.ui.redaction.foot import WritingFoot
from app.ui.redaction.mark_list import MarkList, Row
from app.ui.redaction.marks import Copy, Marks, Original
from app.ui.redaction.page import RedactionPage
from app.ui.redaction.proof import ProofView

SIZE = QSize(1180, 820)
ORIGINAL_TAB, COPY_TAB = range(2)
SHORTEST = 2
"""Letters a term needs: a single letter would be taken out of half the page."""


class RedactionWindow(DialogFrame):
    """Not modal. What is marked is told at each change, so that it outlives the window."""

    marks_changed = Signal(object)
    """The Marks as they stand now."""
    write_requested = Signal(object)
    """The Marks to write a copy with."""
    stop_requested = Signal()
    """The copy being written is not wanted."""
    password_given = Signal(str)
    folder_requested = Signal(object)

    def __init__(self, name: str, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent, SIZE)
        self._marks = Marks()
        self._original: Original | None = None
        self._places: dict[str, tuple[Place, ...]] = {}
        self._working = False
        self.view = RedactionPage(jobs)
        self.copy_view = PageView(jobs)
        self.notice = NoticeBar()
        self.line = QLineEdit()
        self.list = MarkList()
        self.proof = ProofView()
        self.writing = WritingFoot()
        self._add = QPushButton("Take out")
        self._add_all = flat_button("Take out all that is suggested")
        self._mark_selection = flat_button(
            "Mark the selected words",
            "Shift and the arrow keys select words on the page; Enter marks them",
        )
        self.set_title(
            f"Redact {name}",
            (
                "Drag over what must go, or type it. It is removed from the copy, not only "
                "covered; the letter kept here stays as it is."
            ),
        )
        self._lay_out()
        self._connect()
        self._show()

    # Building

    def _lay_out(self) -> None:
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._page_bar = PageBar(self.view)
        self._find_bar = FindBar(self.view)
        for widget in (self._page_bar, self._find_bar):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(pages, "Letter, marked")
        self.tabs.addTab(self.copy_view, "Redacted copy")
        self.tabs.setTabVisible(COPY_TAB, False)
        self.copy_view.setAccessibleName("Pages of the redacted copy")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tabs)
        split.addWidget(self._make_side())
        split.setStretchFactor(0, 1)
        split.setSizes([780, 360])
        self.body.addWidget(self.notice)
        self.body.addWidget(split, 1)
        self.foot.addWidget(self.writing, 1)
        self.add_close_button()

    def _make_side(self) -> QWidget:
        side = QWidget()
        self.line.setPlaceholderText("A name, a number, a phrase")
        self.line.setAccessibleName("Term to take out wherever it stands")
        self._add.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self._add)
        label = words_label("Take out wherever it stands, as whole words", "label")
        label.setBuddy(self.line)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._add_all)
        below.addStretch(1)
        below.addWidget(self._mark_selection)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        column.addWidget(self.proof)
        return side

    def _connect(self) -> None:
        self.view.area_marked.connect(self._on_view_area_marked)
        self.view.pointer.selection_changed.connect(self._show_selection)
        self._page_bar.find_toggled.connect(self._on_page_bar_find_toggled)
        self._find_bar.opened.connect(self._on_find_bar_opened)
        self._find_bar.closed.connect(self._on_find_bar_closed)
        self.list.removed.connect(self._on_list_removed)
        self.list.suggestion_taken.connect(self.add_term)
        self.list.chosen.connect(self._on_list_chosen)
        self.line.returnPressed.connect(self._on_add_clicked)
        self._add.clicked.connect(self._on_add_clicked)
        self._add_all.clicked.connect(self._on_add_all_clicked)
        self._mark_selection.clicked.connect(self.view.mark_selection)
        self.writing.write_requested.connect(self._on_write_requested)
        self.writing.stop_requested.connect(self.stop_requested)
        self.writing.left.connect(self.line.setFocus)
        self.notice.password_given.connect(self._on_notice_password_given)
        self.proof.folder_requested.connect(self.folder_requested)
        self.finished.connect(self._on_finished)

    # What is shown

    @property
    def marks(self) -> Marks:
        """What would be taken out now."""
        return self._marks

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Terms worth taking out that are not yet."""
        known = {term.casefold() for term in self._marks.terms}
        offered = self._original.suggestions if self._original is not None else ()
        return tuple(term for term in offered if term.casefold() not in known)

    @property
    def words(self) -> str:
        """What is told in the foot."""
        return self.writing.words

    def show_original(self, original: Original, marks: Marks) -> None:
        """The PDF is here: show it with what was marked in it before."""
        self._original = original
        self._marks = marks
        self._places = {}
        self.notice.clear()
        self.view.show_document(original.pictures, original.words)
        if original.unread_pages:
            self.notice.tell(
                Kind.REDACTION,
                (
                    "The text of page {} cannot be read by a program: it is a picture of paper, or its "
                    "letters have no meaning. Terms cannot be found there; drag over each place "
                    "that must go."
                ).format(", ".join(map(str, original.unread_pages))),
            )
        self._show()
        self.line.setFocus()

    def show_working(self) -> None:
        """A copy is being made."""
        self._working = True
        self.notice.clear()
        self._show()

    def show_copy(self, copy: Copy) -> None:
        """The copy is on the disk: its proof and its pages."""
        self._working = False
        self.proof.show_proof(copy.path, copy.redacted.proof)
        self.copy_view.show_document(copy.pictures, ())
        self.tabs.setTabVisible(COPY_TAB, True)
        self.tabs.setCurrentIndex(COPY_TAB)
        self._show()

    def show_problem(self, error: UserError) -> None:
        """Nothing was written, or the letter could not be shown, and why."""
        self._working = False
        self.notice.tell_problem(Kind.REDACTION, error)
        self._show()

    def show_stopped(self) -> None:
        """The copy that was not wanted is not written."""
        self._working = False
        self._show()
        self.writing.tell("Stopped: no copy was written.")

    def ask_password(self, error: UserError) -> None:
        """The PDF is locked."""
        self._working = False
        self.notice.ask_password(Kind.REDACTION, error)
        self._show()

    def _on_notice_password_given(self, _locked: object, password: str) -> None:
        self.password_given.emit(password)

    @override
    def dress(self) -> None:
        self.proof.dress()
        self._show()

    def _change(self, marks: Marks) -> None:
        if marks != self._marks:
            self._marks = marks
            # What was proved was proved of other marks.
            self.proof.hide()
            self.tabs.setTabVisible(COPY_TAB, False)
            self._show()
            self.marks_changed.emit(marks)

    def _show(self) -> None:
        terms = (*self._marks.terms, *self.suggestions)
        for term in terms:
            if term not in self._places:
                hits = self.view.text.find_by(terms_of_phrases([term]).places)
                self._places[term] = tuple(place for hit in hits for place in hit.places)
        covered = {area: self._covered(area) for area in self._marks.areas}
        self.list.show_marks(self._marks, self.suggestions, self._places, covered)
        self._show_bars()
        self._show_selection()
        self._add_all.setEnabled(bool(self.suggestions))
        self.writing.show_state(
            self._marks,
            sum(bool(self._places[term]) for term in self._marks.terms),
            ready=self._original is not None and not self._working,
            working=self._working,
        )
        if self._original is None and not self.notice.isHidden():
            self.writing.tell("")  # the notice says why

    def _show_bars(self) -> None:
        places = [place for term in self._marks.terms for place in self._places[term]]
        row = self.list.current_row
        self.view.show_marks(places, self._marks.areas, row.places if row is not None else ())

    def _show_selection(self) -> None:
        self._mark_selection.setEnabled(bool(self.view.pointer.selected))

    def _covered(self, area: Place) -> str:
        text = self.view.text
        return text.text(text.words_in(area.page, area.boxes[0]))

    # Marking

    def add_term(self, term: str) -> None:
        """Take a term out wherever it stands; says so where it is too short to be one."""
        term = " ".join(term.split())
        if len(term) < SHORTEST:
            self.writing.tell("A term needs at least two letters.", "error")
            return
        self._change(self._marks.with_term(term))

    def _on_add_clicked(self) -> None:
        self.add_term(self.line.text())
        self.line.clear()
        self.line.setFocus()

    def _on_add_all_clicked(self) -> None:
        marks = self._marks
        for term in self.suggestions:
            marks = marks.with_term(term)
        self._change(marks)

    def _on_view_area_marked(self, area: Place) -> None:
        self._change(self._marks.with_area(area))

    def _on_list_removed(self, row: Row) -> None:
        if row.area is not None:
            self._change(self._marks.without_area(row.area))
        else:
            self._change(self._marks.without_term(row.term))

    def _on_list_chosen(self, places: tuple[Place, ...]) -> None:
        if places:
            self.tabs.setCurrentIndex(ORIGINAL_TAB)
            self.view.go_to(places)
        self._show_bars()

    def _on_write_requested(self) -> None:
        self.write_requested.emit(self._marks)

    def _on_page_bar_find_toggled(self, is_open: bool) -> None:
        if is_open:
            self._find_bar.open_bar()
        else:
            self._find_bar.close_bar()

    def _on_find_bar_opened(self) -> None:
        self._page_bar.set_find_open(True)

    def _on_find_bar_closed(self) -> None:
        self._page_bar.set_find_open(False)

    def _on_finished(self) -> None:
        # The views close the files they show.
        self.view.clear()
        self.copy_view.clear()
