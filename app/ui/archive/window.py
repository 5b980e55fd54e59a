"""The window of the search: what is asked above, by what it is narrowed at the left, what was found."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
)
from typing_extensions import override

from app.services.archive.values import Facets, Question, TermCount
from app.ui.archive.ask_bar import AskBar
from app.ui.archive.asker import Answer
from app.ui.archive.facet_tree import FacetTree
from app.ui.archive.results import ResultList, Results
from app.ui.archive.terms_view import TermsView
from app.ui.dialogs.frame import DialogFrame, flat_button, say, words_label
from app.ui.enter_button import EnterButton

SIZE = QSize(1040, 640)
NOTHING = "Nothing was found."


class ArchiveWindow(DialogFrame):
    """Not modal: what is opened comes onto the desk beside it."""

    asked = Signal(object)
    """A Question."""
    more_wanted = Signal(int)
    """What follows so many results."""
    opened = Signal(object)
    """The Found that is to be on the desk."""
    terms_wanted = Signal(object)
    """The Question within whose structure a list of terms is to be counted."""
    save_requested = Signal(str, object)
    """(name, Question)"""
    forget_requested = Signal(str)

    def __init__(self) -> None:
        # Of its own: a window of the desk's would always lie over it.
        super().__init__(None, SIZE)
        self.setWindowFlags(Qt.WindowType.Window)
        self.set_title("Search all letters")
        self.bar = AskBar()
        self.words, self.saved, self.terms = self.bar.words, self.bar.saved, self.bar.terms
        self.said = words_label("", "muted", wraps=False)
        self.meant = flat_button("")
        self.meant.hide()
        self.facets = FacetTree()
        self.model = Results(self)
        self.results = ResultList(self.model)
        self.counted = TermsView()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.results)
        self.pages.addWidget(self.counted)
        self.to_desk = EnterButton("Open the letter")
        self.to_desk.setProperty("primary", True)
        self._goes_on = False
        self._lay_out()
        self._connect()
        self.fit_text()
        self._show_open()

    def _lay_out(self) -> None:
        third = QHBoxLayout()
        third.addWidget(self.said)
        third.addWidget(self.meant)
        third.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.facets)
        split.addWidget(self.pages)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([SIZE.width() * 3 // 10, SIZE.width() * 7 // 10])
        self.body.setSpacing(8)
        self.body.addWidget(self.bar)
        self.body.addLayout(third)
        self.body.addWidget(split, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.to_desk)
        self.add_close_button()

    def _connect(self) -> None:
        self.bar.asked.connect(self.ask)
        self.bar.typing_paused.connect(self._on_bar_typing_paused)
        self.bar.entered.connect(self._on_bar_entered)
        self.facets.chosen_changed.connect(self.ask)
        self.model.more_wanted.connect(self._on_model_more_wanted)
        self.results.opened.connect(self.opened)
        self.results.selectionModel().currentChanged.connect(self._show_open)
        self.counted.term_chosen.connect(self.search)
        self.to_desk.clicked.connect(self._on_open_clicked)
        self.meant.clicked.connect(self._on_meant_clicked)
        self.terms.clicked.connect(self._on_terms_clicked)
        self.saved.question_chosen.connect(self.show_question)
        self.saved.name_given.connect(self._on_saved_name_given)
        self.saved.forget_requested.connect(self.forget_requested)

    @override
    def fit_text(self) -> None:
        self.bar.fit_text()

    @override
    def dress(self) -> None:
        self.results.viewport().update()

    # What is asked

    def question(self, *, begun: bool = False) -> Question:
        """What is asked for at this moment; `begun` where the last word is still being typed."""
        return replace(self.bar.question(begun=begun), chosen=self.facets.chosen)

    def ask(self) -> None:
        """Ask for what is typed and chosen."""
        self.asked.emit(self.question())

    def search(self, words: str) -> None:
        """Search these words, within what is chosen."""
        self.words.setText(words)
        self.words.setFocus()
        self.ask()

    def show_question(self, question: Question) -> None:
        """Ask what was kept."""
        self.bar.show_question(question)
        self.facets.choose(dict(question.chosen))
        self.ask()

    # What comes back

    def show_answer(self, answer: Answer) -> None:
        """The first page; what is found is in hand, the cursor stays where it is."""
        self.pages.setCurrentWidget(self.results)
        self.model.show_first(answer.found, answer.count)
        self.results.scrollToTop()
        if answer.found:
            self.results.setCurrentIndex(self.model.index(0, 0))
        self._say(answer)
        self.meant.setText(f"Did you mean: {answer.meant}")
        self.meant.setProperty("words", answer.meant)
        self.meant.setVisible(bool(answer.meant))
        self._show_open()
        if self._goes_on:
            self._goes_on = False
            self._go_on()

    def _go_on(self) -> None:
        """Enter was pressed in the words: on to what was found, or to what was meant."""
        if self.model.found:
            self.results.take_first()
        elif self.meant.isVisible():
            self.meant.setFocus()

    def _say(self, answer: Answer) -> None:
        count = answer.count
        words = f"{count:,} items found." if count != 1 else "1 item found."
        if not count:
            words = NOTHING
        if answer.missing:
            words += f" {answer.missing:,} letters are still to be put into the index."
        say(self.said, words, "muted")

    def show_facets(self, facets: Facets) -> None:
        """How many of the items found have which value."""
        self.facets.show_counts(facets)

    def show_terms(self, counted: tuple[TermCount, ...]) -> None:
        """What a list of terms came to."""
        self.counted.show_terms(counted)
        self.pages.setCurrentWidget(self.counted)
        self.meant.hide()
        found = sum(bool(one.items) for one in counted)
        say(self.said, f"{found:,} of {len(counted):,} terms found. Enter searches one.", "muted")
        self.counted.setFocus()
        self._show_open()

    def show_filling(self, done: int, of: int) -> None:
        """How far the letters are put into the index."""
        if done < of:
            say(self.said, f"{done:,} of {of:,} letters are in the index.", "muted")

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """A sentence on what was done or could not be."""
        say(self.said, words, "error" if wrong else "muted")

    def show_saved(self, names: Iterable[tuple[str, Question]]) -> None:
        """Which searches are kept."""
        self.saved.show_searches(dict(names))

    # What is done here

    def _on_bar_typing_paused(self) -> None:
        self.asked.emit(self.question(begun=True))

    def _on_bar_entered(self) -> None:
        """Enter asks for the words as they stand, and goes to what was found."""
        self._goes_on = True
        self.ask()

    def _on_model_more_wanted(self) -> None:
        self.more_wanted.emit(len(self.model.found))

    def _on_open_clicked(self) -> None:
        found = self.results.current()
        if found is not None:
            self.opened.emit(found)

    def _on_meant_clicked(self) -> None:
        self.search(str(self.meant.property("words")))

    def _on_terms_clicked(self) -> None:
        self.terms_wanted.emit(self.question())

    def _on_saved_name_given(self, name: str) -> None:
        self.save_requested.emit(name, self.question())

    def _show_open(self, *_: object) -> None:
        shown = self.pages.currentWidget() is self.results
        self.to_desk.setEnabled(shown and self.results.current() is not None)
