"""The second reader: one item a page without its decision, an answer to each, then where they differ."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.letter import Decision, Letter
from app.services.second_reading import Item, differences, items_of, result_words
from app.ui.announce import ANNOUNCER
from app.ui.dialogs.frame import DialogFrame, scrolling, words_label
from app.ui.enter_button import EnterButton

ANSWERS: tuple[tuple[str, Decision | None], ...] = (
    ("&Upheld", Decision.UPHELD),
    ("&Overturned", Decision.OVERTURNED),
    ("&Cannot be told", None),
)
ISSUE = Qt.ItemDataRole.UserRole


class SecondReaderDialog(DialogFrame):
    """U, O and C answer; Backspace goes back to the item before. The letter is not changed."""

    item_wanted = Signal(int)
    """The id of an item on which the readings differ: it is to be shown on the desk."""
    result_made = Signal(str)
    """The result in a line, to be kept in the history."""

    def __init__(self, letter: Letter, parent: QWidget | None = None) -> None:
        super().__init__(parent, QSize(820, 660))
        self._letter = letter
        self._items = items_of(letter)
        self._answers: dict[int, Decision | None] = {}
        self._at = 0
        self._column = QVBoxLayout()
        self._text = QWidget()
        self._text.setLayout(self._column)
        self._differing = QListWidget()
        self._differing.setAccessibleName("Items on which the readings differ")
        self._differing.setWordWrap(True)
        self._differing.itemActivated.connect(self._on_differing_item_activated)
        self._result = words_label("", "body")
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolling(self._text))
        end = QWidget()
        column = QVBoxLayout(end)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._result)
        column.addWidget(self._differing, 1)
        self._pages.addWidget(end)
        self.body.addWidget(self._pages, 1)
        self._make_foot()
        self._show_item()

    def _make_foot(self) -> None:
        self._back = EnterButton("Back")
        self._back.clicked.connect(self._go_back)
        self._choices = QWidget()
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._buttons: list[QPushButton] = []
        for words, _ in ANSWERS:
            button = EnterButton(words)
            button.clicked.connect(self._on_answer_clicked)
            row.addWidget(button)
            self._buttons.append(button)
        self._keep = EnterButton("Keep the result in the history")
        self._keep.clicked.connect(self._on_keep_clicked)
        self.foot.addWidget(self._back)
        self.foot.addStretch(1)
        self.foot.addWidget(self._choices)
        self.foot.addWidget(self._keep)
        self.add_close_button()

    @property
    def answers(self) -> dict[int, Decision | None]:
        """What was answered so far, by the ids of items."""
        return dict(self._answers)

    def _show_item(self) -> None:
        item = self._items[self._at]
        self.set_title(
            f"Second reading: item {self._at + 1} of {len(self._items)}",
            "The letter without its decisions. How would you decide?",
        )
        while (old := self._column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for label in self._labels(item):
            self._column.addWidget(label)
        self._column.addStretch(1)
        self._pages.setCurrentIndex(0)
        self._choices.show()
        self._keep.hide()
        self._back.setEnabled(self._at > 0)
        self._buttons[0].setFocus()
        ANNOUNCER.announce(self, f"{self.windowTitle()}. {item.title}")

    def _labels(self, item: Item) -> list[QLabel]:
        labels = [words_label(item.title or "(no title)", "title")]
        parts = (
            ("Clinical case summary", self._letter.clinical_summary),
            ("Claims Administrator guideline", item.claims_administrator),
            ("MAXIMUS guideline", item.guideline),
            ("Reasons", item.reasons),
        )
        for name, text in parts:
            labels.append(words_label(name, "label"))
            body = words_label(text or "(empty)", "body")
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            labels.append(body)
        return labels

    def _on_answer_clicked(self) -> None:
        self._answer(self._buttons.index(self.sender()))  # type: ignore[reportArgumentType]

    def _answer(self, number: int) -> None:
        self._answers[self._items[self._at].id] = ANSWERS[number][1]
        self._at += 1
        if self._at < len(self._items):
            self._show_item()
        else:
            self._show_end()

    def _go_back(self) -> None:
        if self._at > 0:
            self._at -= 1
            self._show_item()

    def _show_end(self) -> None:
        differ = differences(self._letter, self._answers)
        self.set_title("Second reading", "Nothing was changed in the letter.")
        agree = len(self._answers) - len(differ)
        words = f"{agree} of {len(self._answers)} items are decided alike."
        if differ:
            words += " Enter shows the item on the desk."
        self._result.setText(words)
        self._differing.clear()
        for one in differ:
            told = f"{one.title}\nLetter: {one.letter or 'open'} · Second reader: {one.reader or 'cannot be told'}"
            row = QListWidgetItem(told, self._differing)
            row.setData(ISSUE, one.id)
        self._differing.setVisible(bool(differ))
        self._differing.setCurrentRow(0)
        self._pages.setCurrentIndex(1)
        self._choices.hide()
        self._keep.show()
        self._back.setEnabled(True)
        (self._differing if differ else self._keep).setFocus()
        ANNOUNCER.announce(self, words)

    def _on_differing_item_activated(self, row: QListWidgetItem) -> None:
        self.item_wanted.emit(row.data(ISSUE))
        self.close()

    def _on_keep_clicked(self) -> None:
        self._keep.setEnabled(False)
        self._keep.setText("Kept")
        self.result_made.emit(result_words(self._letter, self._answers))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = [words[1] for words, _ in ANSWERS]
        typed = event.text().upper()
        if self._at < len(self._items) and typed and typed in letters:
            self._answer(letters.index(typed))
        elif event.key() == Qt.Key.Key_Backspace:
            self._go_back()
        else:
            super().keyPressEvent(event)
