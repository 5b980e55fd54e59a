"""What a backup would change is shown first; going back is asked in the same window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.services.store import Backup, CaseDifference
from app.ui.dialogs.restore import MASK, RestoreDialog, reason_words, size_words
from app.ui.jobs import Jobs
from tests.ui.dialogs.made import DIFFERENCES, backups, compare, measure


class Opened:
    """The dialog with its backups compared, and what it has asked for."""

    def __init__(
        self,
        qtbot: QtBot,
        told: tuple[Backup, ...] | None = None,
        by: Callable[[Backup], tuple[CaseDifference, ...]] = compare,
        *,
        masked: bool = False,
    ) -> None:
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.jobs = Jobs(self.parent)
        self.dialog = RestoreDialog(
            backups() if told is None else told,
            by,
            self.jobs,
            self.parent,
            measure=measure,
            masked=masked,
        )
        self.asked: list[Backup] = []
        self.dialog.restore_requested.connect(self.asked.append)
        self.dialog.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.busy)

    def button(self, words: str) -> QPushButton:
        return next(one for one in self.dialog.findChildren(QPushButton) if one.text() == words)

    def says(self, words: str) -> bool:
        return any(
            words in label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible()
        )

    def tree(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        tree = self.dialog.findChild(QTreeWidget)
        return [
            (
                item.text(0),
                item.text(1),
                [
                    (item.child(row).text(0), item.child(row).text(1))
                    for row in range(item.childCount())
                ],
            )
            for item in map(tree.topLevelItem, range(tree.topLevelItemCount()))
        ]


def test_the_newest_is_chosen_and_its_differences_listed(qtbot: QtBot):
    opened = Opened(qtbot)
    assert opened.dialog.backup == backups()[0]
    assert opened.says("2 letters would change:")
    assert opened.tree() == [
        (
            "CM16-0200001",
            "goes back to how it was",
            [
                ("Status", "new, now in work"),
                ("Date of injury", "as it was then"),
                ("Item 1 · Decision rationale", "as it was then"),
            ],
        ),
        ("CM16-0200002", "goes away: the backup has it not", []),
    ]


def test_case_numbers_are_hidden_on_a_shared_screen(qtbot: QtBot):
    opened = Opened(qtbot, masked=True)
    assert [row[0] for row in opened.tree()] == [MASK, MASK]


def test_going_back_is_asked_for_twice_in_the_same_window(qtbot: QtBot):
    opened = Opened(qtbot)
    rows = opened.dialog.findChild(QListWidget)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    opened.settle()
    opened.button("Restore this backup…").click()
    assert opened.asked == []
    assert opened.says("is kept first")
    # Enter pressed once more does not restore: the focus is on the way back.
    assert opened.dialog.focusWidget() is opened.button("Back")
    qtbot.keyClick(opened.button("Restore"), Qt.Key.Key_Space)
    assert opened.asked == [backups()[1]]
    assert not opened.dialog.isVisible()


@pytest.mark.parametrize("way", ["escape", "back", "another"])
def test_the_ways_out_of_the_question(qtbot: QtBot, way: str):
    opened = Opened(qtbot)
    opened.button("Restore this backup…").click()
    if way == "escape":
        qtbot.keyClick(opened.dialog, Qt.Key.Key_Escape)
    elif way == "back":
        opened.button("Back").click()
    else:
        qtbot.keyClick(opened.dialog.findChild(QListWidget), Qt.Key.Key_Down)
    opened.settle()
    assert opened.asked == []
    assert opened.dialog.isVisible()
    assert opened.button("Restore this backup…").isVisible()
    assert not opened.button("Restore").isVisible()


def test_a_backup_that_is_the_same(qtbot: QtBot):
    opened = Opened(qtbot, by=lambda _backup: ())
    assert opened.says("The letters are in this backup as they are now.")
    assert opened.button("Restore this backup…").isEnabled()


def test_a_backup_that_cannot_be_read_cannot_be_restored(qtbot: QtBot):
    def fail(_backup: Backup) -> tuple[CaseDifference, ...]:
        raise UserError("The backup is damaged.", "Choose another one.")

    opened = Opened(qtbot, by=fail)
    assert opened.says("The backup is damaged. Choose another one.")
    assert not opened.button("Restore this backup…").isEnabled()


def test_only_the_differences_of_the_one_chosen_are_shown(qtbot: QtBot):
    first, second, _ = backups()

    def by(backup: Backup) -> tuple[CaseDifference, ...]:
        return DIFFERENCES[:1] if backup == second else DIFFERENCES

    opened = Opened(qtbot, by=by)
    rows = opened.dialog.findChild(QListWidget)
    rows.setCurrentRow(1)
    rows.setCurrentRow(0)
    rows.setCurrentRow(1)
    opened.settle()
    assert opened.dialog.backup == second != first
    assert len(opened.tree()) == 1


def test_the_sizes_are_told(qtbot: QtBot):
    opened = Opened(qtbot)
    rows = opened.dialog.findChild(QListWidget)
    assert [rows.item(row).text().splitlines()[1] for row in range(3)] == [
        "made by itself · 84 kB",
        "before a restore · 84 kB",
        "made by you · 84 kB",
    ]
    assert opened.says("4.7 MB together.")
    assert opened.dialog.backup == backups()[0]
    assert opened.says("2 letters would change:")


def test_no_backup_yet(qtbot: QtBot):
    opened = Opened(qtbot, ())
    assert opened.says("There is no backup yet.")
    assert not opened.button("Restore this backup…").isEnabled()


@pytest.mark.parametrize(
    ("size", "words"), [(10, "1 kB"), (84_321, "84 kB"), (1_234_567, "1.2 MB")]
)
def test_sizes(size: int, words: str):
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "made by itself"), ("before-restore", "before a restore"), ("own-words", "own words")],
)
def test_reasons(reason: str, words: str):
    assert reason_words(reason) == words


def test_each_backup_is_read_out_on_one_line(qtbot: QtBot):
    opened = Opened(qtbot)
    rows = opened.dialog.findChild(QListWidget)
    spoken = rows.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "before a restore" in spoken
    assert "\n" not in spoken
