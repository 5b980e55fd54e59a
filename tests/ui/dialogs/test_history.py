"""The history is read, filtered, judged and put back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.letter import FieldId, Letter, with_value
from app.services.store import ISSUES, Act, Break, JournalEntry
from app.ui.dialogs.field_words import entry_words, field_words, value_words
from app.ui.dialogs.history import HistoryDialog, verdict_words
from app.ui.dialogs.history_table import CHANGE, HistoryTable
from app.ui.dialogs.journal_csv import journal_csv
from tests.ui.dialogs.made import LETTER, START, entries


class Opened:
    """The dialog and all it has asked for."""

    def __init__(self, qtbot: QtBot, told: Sequence[JournalEntry] | None = None) -> None:
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.dialog = HistoryDialog(entries() if told is None else told, None, LETTER, self.parent)
        self.asked: list[tuple[str, object]] = []
        self.dialog.revert_requested.connect(self._on_dialog_revert_requested)
        self.dialog.show()
        self.table = self.dialog.findChild(QTableView)

    def _on_dialog_revert_requested(self, field: str, value: object) -> None:
        self.asked.append((field, value))

    def rows(self) -> list[list[str]]:
        model = self.table.model()
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def go_to(self, seq: int) -> None:
        """By the arrow keys, from the newest entry on."""
        self.qtbot.keyClick(self.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(len(entries()) - seq):
            self.qtbot.keyClick(self.table, Qt.Key.Key_Down)

    def button(self, side: str) -> QPushButton:
        return next(
            one
            for one in self.dialog.findChildren(QPushButton)
            if one.accessibleName() == f"Put this back: {side}"
        )

    def text(self, side: str) -> str:
        return next(
            one.toPlainText()
            for one in self.dialog.findChildren(QPlainTextEdit)
            if one.accessibleName() == side
        )

    def says(self, words: str) -> bool:
        return any(words in label.text() for label in self.dialog.findChildren(QLabel))


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot)


def test_the_newest_entry_comes_first_with_everything_in_words(opened: Opened):
    rows = opened.rows()
    assert [row[1:] for row in rows] == [
        ["A. Clerk", "Postponed", "Priority", "– → Ask the office"],
        ["A. Clerk", "Edited", "Removed item · Disputed item", "Acupuncture → Injection"],
        ["A. Clerk", "Edited", "Item 2 · Disputed item", "=Chiropractic → Physical therapy"],
        ["A. Clerk", "Edited", "Date of injury", "10/13/2016 → 10/18/2016"],
        ["A. Clerk", "Marked in work", "", "new → in work"],
        ["A. Clerk", "Imported", "", ""],
    ]
    assert rows[0][0] == (entries()[-1].at.astimezone().strftime("%m/%d/%Y %H:%M:%S"))


def test_one_field_alone(opened: Opened):
    fields = opened.dialog.findChild(QComboBox)
    fields.setCurrentIndex(fields.findData("header.date_of_injury"))
    assert [row[3] for row in opened.rows()] == ["Date of injury"]
    assert (opened.text("Before"), opened.text("After")) == ("10/13/2016", "10/18/2016")


def test_a_former_value_is_put_back_as_it_was(opened: Opened):
    opened.go_to(3)
    assert not opened.button("after").isEnabled()
    opened.qtbot.keyClick(opened.button("before"), Qt.Key.Key_Space)
    assert opened.asked == [("header.date_of_injury", date(2016, 10, 13))]


def test_after_putting_back_the_other_side_can_be_put_back(opened: Opened):
    field = FieldId("header.date_of_injury")
    letter = with_value(LETTER, field, date(2016, 10, 13))
    made = JournalEntry(
        seq=7,
        at=START,
        by="A. Clerk",
        act=Act.REVERT,
        label="Put back",
        field=field.key,
        before=date(2016, 10, 18),
        after=date(2016, 10, 13),
    )
    opened.dialog.show_entries((*entries(), made), None, letter)
    assert opened.rows()[0][2] == "Put back"
    assert opened.button("before").isEnabled()
    assert not opened.button("after").isEnabled()
    assert opened.says("The journal holds: 7 entries, chained.")


@pytest.mark.parametrize(
    ("seq", "words"),
    [(6, "This changed no value."), (5, "disputed item was removed"), (1, "changed no value")],
)
def test_what_cannot_be_put_back_says_why(opened: Opened, seq: int, words: str):
    opened.go_to(seq)
    assert not opened.button("before").isEnabled()
    assert not opened.button("after").isEnabled()
    assert opened.says(words)


def test_the_issues_are_put_back_whole(qtbot: QtBot):
    edit = replace(entries()[2], field=ISSUES, before=LETTER.issues[:1], after=LETTER.issues)
    opened = Opened(qtbot, [edit])
    opened.button("before").click()
    assert opened.asked == [(ISSUES, LETTER.issues[:1])]
    assert opened.text("After") == "1. MRI of the lumbar spine · Upheld\n2. Physical therapy"


def test_a_journal_without_entries(qtbot: QtBot):
    opened = Opened(qtbot, [])
    assert opened.rows() == []
    assert not opened.button("before").isEnabled()


@pytest.mark.parametrize(
    ("count", "verdict", "words"),
    [
        (41, None, "The journal holds: 41 entries, chained."),
        (1, None, "The journal holds: 1 entry, chained."),
        (9, Break(seq=5, reason="an entry is missing"), "at entry 5, an entry is missing."),
    ],
)
def test_the_verdict(count: int, verdict: Break | None, words: str):
    assert words in verdict_words(count, verdict)


def test_the_table_for_other_programs():
    text = journal_csv(entries(), LETTER).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[:3] == ["Number", "Time (UTC)", "By"]
    assert [int(row[0]) for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[2][3:] == [
        "Edited",
        "Date of injury",
        "header.date_of_injury",
        "10/13/2016",
        "10/18/2016",
    ]
    # No spreadsheet takes a value for a formula.
    assert rows[3][6] == "'=Chiropractic"


def test_saving_the_table(opened: Opened, tmp_path: Path):
    target = tmp_path / "history.csv"
    opened.dialog.save_csv(str(target))
    assert target.read_bytes() == journal_csv(entries(), LETTER)
    assert target.stat().st_mode & 0o077 == 0
    assert opened.says("Saved as history.csv.")


def test_a_table_that_cannot_be_saved_is_told_in_place(opened: Opened, tmp_path: Path):
    opened.dialog.save_csv(str(tmp_path / "none" / "history.csv"))
    assert opened.says("could not be written")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("header.priority", "Priority"),
        ("issues.3.rationale", "Item 2 · Decision rationale"),
        ("issues.9.rationale", "Removed item · Decision rationale"),
        ("issues", "Disputed items"),
        ("letter", "Whole letter"),
        ("a.field.of.another.version", "a.field.of.another.version"),
    ],
)
def test_what_a_field_is_called(key: str, words: str):
    assert field_words(key, LETTER) == words


def test_values_in_words():
    assert value_words("reviewer.specialties", ("A", "B")) == "A, B"
    assert value_words("patient.age", None) == ""
    assert value_words("letter", Letter(clinical_summary="Pain.")) == "Pain."
    assert entry_words(entries()[0]) == ("", "")


@pytest.mark.parametrize(("width", "points"), [(1000, 10.0), (760, 10.0), (980, 14.0), (780, 14.0)])
def test_the_table_is_never_wider_than_its_place(qtbot: QtBot, width: int, points: float) -> None:
    model = QStandardItemModel(3, 5)
    table = HistoryTable(model)
    qtbot.addWidget(table)
    font = table.font()
    font.setPointSizeF(points)
    table.setFont(font)
    table.resize(width, 300)
    table.show()
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0
    assert not table.isColumnHidden(CHANGE)
    assert table.columnWidth(CHANGE) >= table.fontMetrics().horizontalAdvance("00/00/0000")
