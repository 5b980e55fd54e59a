"""A library on a real database, a made-up letter, and the two windows that use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.letter import Citation, FieldId, Header, Issue, Letter
from app.services.citations import Style
from app.services.database import open_database
from app.services.library import Library
from app.ui.citing import CitationPicker
from app.ui.citing.manager import LibraryManager
from app.ui.jobs import Jobs
from tests.ui.made_letters import the_renderer

FIELD = FieldId("issue.maximus_guideline", 2)


def made_letter(layout: str = "maximus-2016", decided: date = date(2016, 11, 9)) -> Letter:
    issues = (
        Issue(id=1, title="MRI of the lumbar spine without contrast"),
        Issue(id=2, title="Physical therapy, 6 sessions, lumbar spine"),
    )
    header = Header(case_number="CM16-0200001", decision_date=decided)
    return Letter(layout=layout, header=header, issues=issues, issues_made=2)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = open_database(tmp_path / "desk.sqlite")
    yield Library(database)
    database.close()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait_for_done(10_000)


def style_of(letter: Letter) -> Style:
    """How the layout of a letter prints citations."""
    return the_renderer().citation_style(letter)


class Picking(NamedTuple):
    """The open picker, and how a hand moves it."""

    qtbot: QtBot
    picker: CitationPicker
    chosen: list[tuple[FieldId, Citation]]

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.picker.view.line, text)

    def press(self, *keys: Qt.Key, control: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.qtbot.keyClick(self.picker.view.line, key, held)

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.picker.view.list.rows if not row.is_heading]

    @property
    def headings(self) -> list[str]:
        return [row.title for row in self.picker.view.list.rows if row.is_heading]

    @property
    def sentence(self) -> str:
        return self.picker.view.preview.text

    @property
    def warnings(self) -> str:
        return " ".join(self.picker.view.warnings.words)


@pytest.fixture
def open_picker(qtbot: QtBot, library: Library) -> Callable[..., Picking]:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.resize(600, 80)
    anchor.show()

    def open_for(letter: Letter | None = None, field: FieldId = FIELD) -> Picking:
        picker = CitationPicker(library, anchor)
        chosen: list[tuple[FieldId, Citation]] = []
        picker.citation_chosen.connect(lambda where, what: chosen.append((where, what)))
        shown = letter or made_letter()
        picker.open_for(shown, field, anchor, style_of(shown))
        return Picking(qtbot, picker, chosen)

    return open_for


@pytest.fixture
def manager(qtbot: QtBot, library: Library, jobs: Jobs) -> LibraryManager:
    made = LibraryManager(library, jobs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.page.model.rowCount() == library.count())
    return made


def renamed(library: Library, query: str, title: str) -> int:
    """Saves the first hit of a search under another title; answers its id."""
    entry = library.search(query)[0].entry
    saved = library.save(replace(entry, title=title))
    assert saved.id is not None
    return saved.id


class Hand:
    """Moves the window as a user does, and waits for what is fetched in the background."""

    def __init__(self, qtbot: QtBot, manager: LibraryManager, jobs: Jobs) -> None:
        self.qtbot, self.manager, self.jobs = qtbot, manager, jobs

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.busy)

    def find(self, words: str) -> None:
        search = self.manager.page.search
        search.setFocus()
        search.clear()
        self.qtbot.keyClicks(search, words)
        self.settle()

    def do(self, action: str) -> None:
        self.manager.tools.named[action].trigger()
        self.settle()

    def fill(self, field: str, text: str) -> None:
        editor = self.manager.page.editor._boxes[field].editor
        assert isinstance(editor, QLineEdit | QPlainTextEdit)
        editor.selectAll()
        self.qtbot.keyClicks(editor, text)

    def says(self, field: str) -> str:
        box = self.manager.page.editor._boxes[field]
        return box._says.text() if box._says.isVisible() else ""

    @property
    def titles(self) -> list[str]:
        model = self.manager.page.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def details(self) -> str:
        return self.manager.page.details.toPlainText()


@pytest.fixture
def hand(qtbot: QtBot, manager: LibraryManager, jobs: Jobs) -> Hand:
    return Hand(qtbot, manager, jobs)
