"""Finding a phrase in the whole case file: how often in which document, and the way to each page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.casefile.values import Found
from app.services.casefile.wording import document_words
from app.ui.casefile.shelf import Shelf
from app.ui.jobs import URGENT, Jobs

_OF_ROW = Qt.ItemDataRole.UserRole
WAIT_MS = 80
"""How long the typing pauses before the index is asked."""
Search = Callable[[str], tuple[Found, ...]]
Excerpts = Callable[[str, tuple[Found, ...]], tuple[str, ...]]


class _Answer(NamedTuple):
    phrase: str
    found: tuple[Found, ...]
    in_letter: int


class FindTab(QWidget):
    """The phrase, and its pages grouped by document."""

    passage_requested = Signal(str, int, str)
    """(file as places name it, page, words)"""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._shelf = Shelf()
        self._search: Search | None = None
        self._excerpts: Excerpts | None = None
        self._letter: Callable[[str], int] = _nowhere
        self._answer = _Answer("", (), 0)
        self.term = QLineEdit()
        self.term.setPlaceholderText("Find in the whole case file")
        self.term.setAccessibleName("Phrase to find in the case file")
        self.term.setClearButtonEnabled(True)
        self.count = QLabel()
        self.count.setAccessibleName("Pages found")
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(1)
        self.tree.setAccessibleName("Pages found, by document")
        row = QHBoxLayout()
        row.addWidget(self.term, 1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.term.textChanged.connect(self._on_term_text_changed)
        self.term.returnPressed.connect(self._on_term_return_pressed)
        self.tree.itemExpanded.connect(self._on_tree_item_expanded)
        self.tree.itemActivated.connect(self._on_tree_item_activated)

    def use(self, search: Search, excerpts: Excerpts, letter: Callable[[str], int]) -> None:
        """How the documents are asked, and in how many places the letter's own page has a phrase."""
        self._search, self._excerpts, self._letter = search, excerpts, letter

    def show_shelf(self, shelf: Shelf) -> None:
        """The documents are these now."""
        self._shelf = shelf
        self.look()

    def look(self) -> None:
        """Ask for the phrase as it stands."""
        phrase = self.term.text().strip()
        if self._search is None or not phrase:
            self._take(_Answer("", (), 0))
            return
        work = partial(_ask, self._search, self._letter, phrase)
        self._jobs.run(work, self._take, key=(id(self), "find"), priority=URGENT)

    def _on_term_text_changed(self, _text: str) -> None:
        self._timer.start()

    def _on_term_return_pressed(self) -> None:
        self.tree.setFocus()
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _take(self, answer: _Answer) -> None:
        self._answer = answer
        self.tree.clear()
        groups: dict[int, list[Found]] = {}
        for one in answer.found:
            sha256, page = self._shelf.sheet_of(one.file_id, one.page)
            groups.setdefault(self._shelf.stop_at(sha256, page), []).append(one)
        if answer.in_letter:
            words = f"Letter: {_times(answer.in_letter, 'place')}"
            self.tree.addTopLevelItem(self._item(words, ("", 1)))
        for stop, pages in sorted(groups.items()):
            name = document_words(self._shelf.documents[stop - 1])
            top = self._item(
                f"{name}: {_times(len(pages), 'page')}",
                self._shelf.sheet_of(pages[0].file_id, pages[0].page),
            )
            top.setData(0, _OF_ROW + 1, tuple(pages))
            top.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.tree.addTopLevelItem(top)
        if not answer.phrase:
            self.count.clear()
        elif not answer.found and not answer.in_letter:
            self.count.setText(self._nothing())
        else:
            pages, documents = len(answer.found), len(groups)
            self.count.setText(f"{_times(pages, 'page')} in {_times(documents, 'document')}")
        only = self.tree.topLevelItem(0) if self.tree.topLevelItemCount() == 1 else None
        if only is not None:
            only.setExpanded(True)

    def _nothing(self) -> str:
        unread = sum(file.without_text for file in self._shelf.files)
        rest = sum(file.pages - file.pages_read for file in self._shelf.files if not file.is_read)
        if rest > 0:
            return f"Nothing yet: {rest:,} pages are still being read"
        return f"Nothing ({unread:,} pages have no text)" if unread else "Nothing"

    def _item(self, words: str, sheet: tuple[str, int]) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setData(0, _OF_ROW, sheet)
        item.setToolTip(0, words)
        return item

    def _on_tree_item_expanded(self, item: QTreeWidgetItem) -> None:
        """The words around each place are fetched for the document that is looked into."""
        pages: tuple[Found, ...] | None = item.data(0, _OF_ROW + 1)
        if not pages or item.childCount() or self._excerpts is None:
            return
        for one, words in zip(pages, self._excerpts(self._answer.phrase, pages), strict=True):
            sheet = self._shelf.sheet_of(one.file_id, one.page)
            item.addChild(self._item(f"page {one.page}: {words}", sheet))

    def _on_tree_item_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        sheet: tuple[str, int] | None = item.data(0, _OF_ROW)
        if sheet is not None:
            self.passage_requested.emit(*sheet, self._answer.phrase)


def _ask(search: Search, letter: Callable[[str], int], phrase: str) -> _Answer:
    return _Answer(phrase, search(phrase), letter(phrase))


def _nowhere(_phrase: str) -> int:
    return 0


def _times(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
