"""A library on a real database, a made-up letter, and the two windows that use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.letter import Citation, FieldId, Header, Issue, Letter
from app.services.database import open_database
from app.services.library import Library
from app.ui.citing import CitationPicker
from app.ui.citing.manager import LibraryManager
from app.ui.jobs import Jobs

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
        picker.open_for(letter or made_letter(), field, anchor)
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
