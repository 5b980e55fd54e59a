"""What is spoken without the cursor moving: each kind of news, once, in the words that are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.letter import FieldId
from app.ui.announce import ANNOUNCER
from app.ui.dialogs.palette import CommandPalette
from app.ui.notice_bar import Kind
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file


@pytest.fixture
def heard() -> Iterator[list[tuple[str, bool]]]:
    """Everything that is spoken during the test, and whether it was urgent."""
    told: list[tuple[str, bool]] = []

    def note(words: str, urgent: bool) -> None:
        told.append((words, urgent))

    ANNOUNCER.spoken.connect(note)
    yield told
    ANNOUNCER.spoken.disconnect(note)


def words_of(heard: list[tuple[str, bool]]) -> str:
    return " | ".join(words for words, _ in heard)


def test_nothing_is_spoken_of_no_words(qtbot: QtBot, heard: list[tuple[str, bool]]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    ANNOUNCER.announce(widget, "  \n")
    ANNOUNCER.announce(widget, " It snows. ", urgent=True)
    assert heard == [("It snows.", True)]


def test_a_row_is_spoken_with_its_place(qtbot: QtBot, heard: list[tuple[str, bool]]) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItem("Plain")
    told = QListWidgetItem("↯")
    told.setData(Qt.ItemDataRole.AccessibleTextRole, "Lightning")
    rows.addItem(told)
    for row in (0, 1):
        rows.setCurrentRow(row)
        ANNOUNCER.announce_row(rows, rows.currentIndex())
    rows.clear()
    ANNOUNCER.announce_row(rows, rows.currentIndex(), "No row has these words")
    assert words_of(heard) == "Plain, 1 of 2 | Lightning, 2 of 2 | No row has these words"


def test_the_letter_that_came_is_spoken_with_what_is_left_to_do(
    desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    desk.open(letter_file(desk.folder))
    desk.settle()
    number = desk.document.letter.header.case_number
    (came,) = [words for words, _ in heard if words.startswith("Letter ")]
    assert came.startswith(f"Letter {number}, 1 of 1. ")
    assert "left" in came.lower() or "doubt" in came or "missing" in came


def test_a_hidden_number_is_not_spoken(desk: Desk, heard: list[tuple[str, bool]]) -> None:
    desk.window.set_masked(True)
    desk.open(letter_file(desk.folder))
    desk.settle()
    assert desk.document.letter.header.case_number not in words_of(heard)
    assert "with its number hidden" in words_of(heard)


def test_what_stands_against_a_field_is_spoken_on_arrival(
    open_desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    open_desk.document.edit(FieldId("header.decision_date"), None)
    open_desk.document.seal()
    open_desk.window.fields.go_to(FieldId("header.case_number"))
    open_desk.settle()
    heard.clear()
    open_desk.window.fields.go_to(FieldId("header.decision_date"))
    open_desk.settle()
    row = open_desk.window.form.row(FieldId("header.decision_date"))
    assert row is not None
    shown = row._status.words
    assert shown
    assert words_of(heard).startswith(f"{row.spec.label}: ")
    assert shown.rstrip(".") in words_of(heard)


def test_words_that_make_no_value_are_spoken_at_once(
    open_desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    line = open_desk.editor("header.decision_date")
    open_desk.settle()
    heard.clear()
    open_desk.type(line, "in spring")
    QTest.keyClick(line, Qt.Key.Key_Return)
    open_desk.settle()
    row = open_desk.window.form.row(FieldId("header.decision_date"))
    assert row is not None
    why = row._problem
    assert why
    assert [urgent for words, urgent in heard if why.rstrip(".") in words] == [True]
    assert line.accessibleDescription().startswith(why.rstrip("."))


def test_what_undo_takes_back_is_spoken_and_what_redo_does(
    open_desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    open_desk.document.edit(FieldId("header.decision_date"), date(2016, 4, 5))
    open_desk.document.seal()
    step = open_desk.window.history.undo_words
    for command, done in (("undo", "Taken back"), ("redo", "Done again")):
        heard.clear()
        open_desk.trigger(command)
        open_desk.settle()
        assert words_of(heard).startswith(f"{done}: {step}.")


def test_notices_are_spoken_and_problems_come_first(
    desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    desk.window.notice.tell(Kind.BACKED_UP, "Seven letters are new.")
    desk.window.notice.tell_problem(
        Kind.NOT_WRITTEN, UserError("The disk is full.", "Make room on it.")
    )
    assert heard == [
        ("Seven letters are new.", False),
        ("The disk is full.\nMake room on it.", True),
    ]


def test_each_hit_is_spoken_with_its_number_and_its_line(
    open_desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    bar, view = open_desk.window.letter_pane.find_bar, open_desk.window.letter_pane.view
    bar.open_bar()
    open_desk.settle()
    heard.clear()
    QTest.keyClicks(bar._term, "the")
    open_desk.wait_until(lambda: view.finder.current is not None)
    open_desk.settle()
    count = len(view.finder.hits)
    assert count > 1
    assert heard[-1][0].startswith(f"1 of {count}, page 1: ")
    line = heard[-1][0].split(": ", 1)[1]
    assert "the" in line.lower()
    bar.find_next()
    assert heard[-1][0].startswith(f"2 of {count}, page ")
    open_desk.type(bar._term, "qqzzy")
    open_desk.wait_until(lambda: not view.finder.hits)
    open_desk.settle()
    assert heard[-1][0] == "No hits"
    heard.clear()
    bar.close_bar()
    assert heard == []


def test_what_is_hidden_on_the_page_is_not_spoken(
    open_desk: Desk, heard: list[tuple[str, bool]]
) -> None:
    bar, view = open_desk.window.letter_pane.find_bar, open_desk.window.letter_pane.view
    number = open_desk.document.letter.header.case_number
    assert number in view.accessibleDescription()
    open_desk.window.commands["mask"].setChecked(True)
    assert number not in view.accessibleDescription()
    bar.open_bar()
    QTest.keyClicks(bar._term, number[:4])
    open_desk.wait_until(lambda: view.finder.current is not None)
    open_desk.settle()
    assert heard[-1][0].endswith(f"page {view.finder.hits[0].places[0].page}")
    assert number not in words_of(heard[-1:])
    open_desk.window.commands["mask"].setChecked(False)
    assert number in view.accessibleDescription()


def test_the_row_of_the_palette_is_spoken(desk: Desk, heard: list[tuple[str, bool]]) -> None:
    palette = CommandPalette(desk.window.commands, desk.window)
    palette.show()
    QTest.keyClicks(palette._line, "zoom")
    rows = len(palette.commands)
    assert rows > 1
    first = heard[-1][0]
    assert first.endswith(f", 1 of {rows}")
    QTest.keyClick(palette._line, Qt.Key.Key_Down)
    assert heard[-1][0] != first
    assert heard[-1][0].endswith(f", 2 of {rows}")
    QTest.keyClicks(palette._line, " qqzzy")
    assert heard[-1][0] == "No command has these words."
    palette.close()
