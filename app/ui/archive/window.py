"""The window of the search: what is asked above, by what it is narrowed at the left, what was found."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)
from typing_extensions import override

from app.services.archive.values import Facets, Found, Question, TermCount
from app.ui.archive.asker import Answer
from app.ui.archive.day_line import DayLine
from app.ui.archive.facet_tree import FacetTree
from app.ui.archive.results import ResultList, Results
from app.ui.archive.saved_box import SavedBox
from app.ui.archive.terms_view import TermsView
from app.ui.dialogs.frame import DialogFrame, flat_button, say, words_label
from app.ui.enter_button import EnterButton

SIZE = QSize(1040, 640)
WAIT_MS = 200
"""How long the typing pauses before the archive is asked."""
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
        self.words = QLineEdit()
        self.words.setAccessibleName("Words to find in all letters")
        self.words.setPlaceholderText('Words, "words in a row", begin*, -without')
        self.words.setClearButtonEnabled(True)
        self.first_day, self.last_day = DayLine("Decided from"), DayLine("Decided to")
        self.saved = SavedBox()
        self.terms = flat_button("Count a list of terms…", "A text file with one term a line")
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
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._lay_out()
        self._connect()
        self.fit_text()
        self._show_open()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.words, 1)
        top.addWidget(self.saved)
        second = QHBoxLayout()
        second.setSpacing(8)
        for name, line in (("Decided &from", self.first_day), ("&to", self.last_day)):
            label = QLabel(name)
            label.setBuddy(line)
            second.addWidget(label)
            second.addWidget(line)
        second.addStretch(1)
        second.addWidget(self.terms)
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
        lines = QVBoxLayout()
        lines.setSpacing(8)
        for row in (top, second, third):
            lines.addLayout(row)
        self.body.setSpacing(8)
        self.body.addLayout(lines)
        self.body.addWidget(split, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.to_desk)
        self.add_close_button()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_timer_timeout)
        self.words.textEdited.connect(self._on_words_edited)
        self.words.textChanged.connect(self._on_words_changed)
        self.words.returnPressed.connect(self._on_words_return_pressed)
        for line in (self.first_day, self.last_day):
            line.day_changed.connect(self.ask)
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
        self.first_day.fit_text()
        self.last_day.fit_text()

    @override
    def dress(self) -> None:
        self.results.viewport().update()

    # What is asked

    def question(self, *, begun: bool = False) -> Question:
        """What is asked for at this moment; `begun` where the last word is still being typed."""
        return Question(
            words=self.words.text().strip() if not begun else self.words.text(),
            chosen=self.facets.chosen,
            first_day=self.first_day.day,
            last_day=self.last_day.day,
            begun=begun,
        )

    def ask(self) -> None:
        """Ask for what is typed and chosen."""
        self._timer.stop()
        self.asked.emit(self.question())

    def search(self, words: str) -> None:
        """Search these words, within what is chosen."""
        self.words.setText(words)
        self.words.setFocus()
        self.ask()

    def show_question(self, question: Question) -> None:
        """Ask what was kept."""
        self.words.setText(question.words)
        self.facets.choose(dict(question.chosen))
        self.first_day.show_day(question.first_day)
        self.last_day.show_day(question.last_day)
        self.ask()

    def take_focus(self) -> None:
        """The cursor into the words, all of them marked."""
        self.words.setFocus()
        self.words.selectAll()

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

    def show_more(self, found: tuple[Found, ...]) -> None:
        """What follows the results on show."""
        self.model.add(found)

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

    def _on_words_edited(self, _text: str) -> None:
        self._timer.start()

    def _on_words_changed(self, text: str) -> None:
        if not text and not self._timer.isActive():
            self._timer.start()  # the button in the line took them away

    def _on_timer_timeout(self) -> None:
        self.asked.emit(self.question(begun=True))

    def _on_words_return_pressed(self) -> None:
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
