"""What is asked for, above the results: words, the days of decision, and searches that are kept."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.services.archive.values import Question
from app.ui.archive.day_line import DayLine
from app.ui.archive.saved_box import SavedBox
from app.ui.dialogs.frame import flat_button

WAIT_MS = 200
"""How long the typing pauses before the archive is asked."""


class AskBar(QWidget):
    """Says when it is to be asked; by what values the search is narrowed is chosen elsewhere."""

    asked = Signal()
    """Something is to be asked for as it stands."""
    typing_paused = Signal()
    """The same, with the last word perhaps still being written."""
    entered = Signal()
    """Enter was pressed in the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit()
        self.words.setAccessibleName("Words to find in all letters")
        self.words.setPlaceholderText('Words, "words in a row", begin*, -without')
        self.words.setClearButtonEnabled(True)
        self.first_day, self.last_day = DayLine("Decided from"), DayLine("Decided to")
        self.saved = SavedBox()
        self.terms = flat_button("Count a list of terms…", "A text file with one term a line")
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.saved)
        for name, line in (("Decided &from", self.first_day), ("&to", self.last_day)):
            label = QLabel(name)
            label.setBuddy(line)
            below.addWidget(label)
            below.addWidget(line)
        below.addStretch(1)
        below.addWidget(self.terms)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for row in (top, below):
            row.setSpacing(8)
            column.addLayout(row)
        self._timer.timeout.connect(self.typing_paused)
        self.words.textEdited.connect(self._on_words_edited)
        self.words.textChanged.connect(self._on_words_changed)
        self.words.returnPressed.connect(self._on_words_return_pressed)
        self.first_day.day_changed.connect(self.asked)
        self.last_day.day_changed.connect(self.asked)

    @property
    def is_waiting(self) -> bool:
        """Whether the typing has only just paused."""
        return self._timer.isActive()

    def fit_text(self) -> None:
        """Days are as wide as a day is."""
        self.first_day.fit_text()
        self.last_day.fit_text()

    def question(self, *, begun: bool = False) -> Question:
        """What is typed, without the values that are chosen."""
        self._timer.stop()
        return Question(
            words=self.words.text() if begun else self.words.text().strip(),
            first_day=self.first_day.day,
            last_day=self.last_day.day,
            begun=begun,
        )

    def show_question(self, question: Question) -> None:
        """Put in what was kept, without asking for it."""
        self.words.setText(question.words)
        self.first_day.show_day(question.first_day)
        self.last_day.show_day(question.last_day)

    def take_focus(self) -> None:
        """The cursor into the words, all of them marked."""
        self.words.setFocus()
        self.words.selectAll()

    def _on_words_edited(self, _text: str) -> None:
        self._timer.start()

    def _on_words_changed(self, text: str) -> None:
        if not text and not self._timer.isActive():
            self._timer.start()  # the button in the line took them away

    def _on_words_return_pressed(self) -> None:
        self._timer.stop()
        self.entered.emit()
