"""Each setting takes effect as it is changed; what makes no sense is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.services.checks.table import standard_table
from app.services.settings import Settings
from app.ui.dialogs.letters_page import LettersPage
from app.ui.dialogs.settings import SettingsDialog


class Opened:
    """The dialog and all it has told."""

    def __init__(self, qtbot: QtBot, values: Settings) -> None:
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.dialog = SettingsDialog(values, self.parent, standard_table().rules)
        self.told: list[Settings] = []
        self.dialog.settings_changed.connect(self.told.append)
        self.dialog.show()

    def widget(self, kind: type[QWidget], name: str) -> QWidget:
        found = [one for one in self.dialog.findChildren(kind) if name == one.accessibleName()]
        assert len(found) == 1, name
        return found[0]

    def type(self, name: str, text: str) -> QLineEdit:
        line = self.widget(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        line.clear()
        self.qtbot.keyClicks(line, text)
        return line

    def choose(self, name: str, value: object) -> None:
        box = self.widget(QComboBox, name)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot, Settings())


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Colours", "dark", Settings(scheme="dark")),
        ("Size of text", 14, Settings(text_points=14)),
    ],
)
def test_a_choice_is_told_at_once(opened: Opened, name: str, value: object, expected: Settings):
    opened.choose(name, value)
    assert opened.told == [expected]


@pytest.mark.parametrize(
    ("words", "name", "usual"),
    [
        ("Dark page", "dark_page", False),
        ("Hide patient data on start", "mask_on_start", False),
        ("Check spelling", "spell_check", True),
        ("Attach every value to PDFs", "attach_all", False),
        ("Take others out of public copies", "without_others", False),
    ],
)
def test_a_switch_goes_by_the_space_key(opened: Opened, words: str, name: str, usual: bool):
    switch = next(one for one in opened.dialog.findChildren(QCheckBox) if one.text() == words)
    assert switch.isChecked() is usual
    opened.qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert opened.told == [Settings(**{name: not usual})]


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("Your name in the history", "A. Clerk", Settings(by="A. Clerk")),
        ("Letterhead", "Medical Review", Settings(letterhead="Medical Review")),
        ("Days to decide", "45", Settings(days_to_decide=45)),
        (
            "Names of exported files",
            "{decision_date} {case_number}",
            Settings(file_name="{decision_date} {case_number}"),
        ),
    ],
)
def test_typed_text_is_told_after_a_pause(
    opened: Opened, label: str, text: str, expected: Settings
):
    with opened.qtbot.waitSignal(opened.dialog.settings_changed):
        opened.type(label, text)
    assert opened.told == [expected]


@pytest.mark.parametrize(
    ("label", "text", "words"),
    [
        ("Days to decide", "0", "1 to 365"),
        ("Days to decide", "x", "1 to 365"),
        ("Names of exported files", "{name}", "There is no {name}."),
        ("Names of exported files", "letter", "{case_number}"),
        ("Folder of your own layouts", "/no/such/folder", "no such folder"),
    ],
)
def test_what_makes_no_sense_is_told_in_place_and_not_kept(
    opened: Opened, label: str, text: str, words: str
):
    line = opened.type(label, text)
    assert words in line.accessibleDescription()
    assert line.property("wrong") is True
    assert any(words in label.text() for label in opened.dialog.findChildren(QLabel))
    opened.dialog.close()
    assert all(
        getattr(told, field) == getattr(Settings(), field)
        for told in opened.told
        for field in ("days_to_decide", "file_name", "template_folder")
    )


def test_closing_keeps_what_was_typed_a_moment_ago(opened: Opened):
    opened.type("Letterhead", "Late")
    assert opened.told == []
    opened.qtbot.keyClick(opened.dialog, Qt.Key.Key_Escape)
    assert opened.told == [Settings(letterhead="Late")]


def test_a_folder_that_is_there_is_taken(opened: Opened, tmp_path: Path):
    with opened.qtbot.waitSignal(opened.dialog.settings_changed):
        opened.type("Folder of your own layouts", str(tmp_path))
    assert opened.told[-1].template_folder == str(tmp_path)


def test_a_size_that_is_no_choice_is_kept_as_it_is(qtbot: QtBot):
    opened = Opened(qtbot, Settings(text_points=13))
    box = opened.widget(QComboBox, "Size of text")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "13 points"
    opened.choose("Colours", "light")
    assert opened.told == [Settings(scheme="light", text_points=13)]


def test_a_check_is_switched_off_weighed_and_reset(opened: Opened):
    rule = standard_table().rules[0]
    name = f"How “{rule.title}” counts"
    opened.dialog.show_section(3)
    opened.choose(name, "off")
    opened.choose(name, "info")
    opened.choose(name, rule.severity.value)
    assert [told.rules for told in opened.told] == [{rule.id: "off"}, {rule.id: "info"}, {}]


def test_choices_for_checks_that_are_not_here_are_kept(qtbot: QtBot):
    opened = Opened(qtbot, Settings(rules={"of-another-version": "off"}))
    rule = standard_table().rules[0]
    opened.choose(f"How “{rule.title}” counts", "off")
    assert opened.told[-1].rules == {"of-another-version": "off", rule.id: "off"}


@pytest.mark.parametrize(("words", "section"), [
    ("letterhead", "New letters"), ("SPELL", "Work"), ("colours", "Look"), ("weekend", "Checks"),
])  # fmt: skip
def test_a_setting_is_found_by_its_words(opened: Opened, words: str, section: str) -> None:
    opened.type("Find a setting", words)
    sections = opened.widget(QListWidget, "Sections of the settings")
    assert isinstance(sections, QListWidget)
    current = sections.currentItem()
    assert current.text() == section
    assert not current.isHidden()


def test_sections_without_the_words_are_away_until_they_are_taken_back(opened: Opened) -> None:
    sections = opened.widget(QListWidget, "Sections of the settings")
    assert isinstance(sections, QListWidget)
    hidden = lambda: [sections.item(row).isHidden() for row in range(sections.count())]  # noqa: E731
    opened.type("Find a setting", "no such setting")
    assert all(hidden())
    opened.type("Find a setting", "")
    assert not any(hidden())


def test_a_logo_is_shown_kept_and_removed(opened: Opened, tmp_path: Path) -> None:
    page = opened.dialog.findChild(LettersPage)
    assert page is not None
    (tmp_path / "no.svg").write_text("words")
    page.take_logo(tmp_path / "no.svg")
    assert any("cannot be the logo" in label.text() for label in page.findChildren(QLabel))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"/>'
    (tmp_path / "logo.svg").write_text(svg)
    page.take_logo(tmp_path / "logo.svg")
    opened.qtbot.waitUntil(lambda: opened.told[-1:] == [Settings(logo=svg)])
    remove = opened.widget(QPushButton, "Remove the logo")
    assert isinstance(remove, QPushButton)
    remove.click()
    opened.qtbot.waitUntil(lambda: opened.told[-1] == Settings())


def test_a_rhythm_of_backups_that_is_no_choice_is_kept_as_it_is(qtbot: QtBot) -> None:
    opened = Opened(qtbot, Settings(backup_hours=36))
    box = opened.widget(QComboBox, "Backups")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Every 36 hours"
    opened.choose("Backups", 24)
    assert opened.told == [Settings(backup_hours=24)]
