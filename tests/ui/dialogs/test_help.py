"""The manual is complete, found in, and opens nothing; the program says what it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTextBrowser, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import FIXED, TABLE
from app.ui.dialogs.about import LIBRARIES, AboutDialog, version_of
from app.ui.dialogs.help import HelpWindow
from tests.ui.dialogs.made import MANUAL

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def window(parent: QWidget) -> HelpWindow:
    made = HelpWindow(MANUAL, parent)
    made.resize(900, 600)
    made.show()
    return made


def test_there_is_a_page_for_each_task(window: HelpWindow):
    assert window.tasks == (
        "In short",
        "Begin a determination",
        "Work from the case file",
        "Open letters",
        "Correct a letter",
        "Check one field of many letters",
        "Cite a guideline",
        "Write with ready sentences",
        "Check a letter",
        "Have it read a second time",
        "Export a letter",
        "Redact a letter that came in",
        "Hand a case over",
        "Search all letters",
        "Look back and put back",
        "Erase a letter for good",
        "Restore a backup",
        "Encryption",
        "Hide patient data",
        "Work with a screen reader",
        "Make it yours",
        "Without the window",
        "Keys",
        "What the checks look for",
    )


def test_the_manual_s_keys_are_the_program_s():
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", MANUAL.read_text("utf-8"), re.MULTILINE)
    told = {does: key for key, does in rows}
    for spec in TABLE:
        if spec.keys:
            assert told[spec.text.rstrip("…")] == " or ".join(spec.keys)
    for key in FIXED:
        assert told[key.does] == key.key


def test_every_key_in_the_manual_s_text_is_a_key_of_the_program():
    known = {key for spec in TABLE for key in spec.keys} | {key.key for key in FIXED}
    told = set(re.findall(r"\*\*((?:Ctrl|Shift|Alt)\+[^*]+|F\d+)\*\*", MANUAL.read_text("utf-8")))
    assert told
    assert {key.replace("Enter", "Return") for key in told} <= known


def test_a_task_is_scrolled_to(window: HelpWindow, qtbot: QtBot):
    text = window.findChild(QTextBrowser)
    assert text.verticalScrollBar().value() == 0
    window.show_task("Keys")
    near_top = {text.cursorForPosition(QPoint(8, y)).block().text() for y in range(0, 60, 4)}
    assert text.verticalScrollBar().value() > 0
    assert "Keys" in near_top


def test_words_are_found_and_counted(window: HelpWindow, qtbot: QtBot):
    qtbot.keyClicks(window.findChild(QLineEdit), "chained")
    text = window.findChild(QTextBrowser)
    assert text.textCursor().selectedText() == "chained"
    assert len(text.extraSelections()) == 1
    assert any("1 found" in label.text() for label in window.findChildren(QLabel))
    qtbot.keyClick(window.findChild(QLineEdit), Qt.Key.Key_Return)
    assert text.textCursor().selectedText() == "chained"
    qtbot.keyClicks(window.findChild(QLineEdit), "xyzzy")
    assert any(label.text() == "Not found" for label in window.findChildren(QLabel))


def test_no_link_leads_out_of_the_manual(window: HelpWindow):
    text = window.findChild(QTextBrowser)
    assert not re.search(r"https?:", MANUAL.read_text("utf-8"))
    assert not text.openLinks()
    before = text.source()
    text.anchorClicked.emit(QUrl("https://example.org/"))
    assert text.source() == before
    text.anchorClicked.emit(QUrl("#restore-a-backup"))
    assert text.verticalScrollBar().value() > 0


def test_about_says_licence_offline_and_version(parent: QWidget, qtbot: QtBot):
    about = AboutDialog("1.2.3", parent)
    about.show()
    words = " ".join(label.text() for label in about.findChildren(QLabel))
    for needed in ("1.2.3", "AGPL-3.0-or-later", "PyMuPDF", "no network connection", "source"):
        assert needed.replace(" ", "") in words.replace(" ", "").replace("\n", "")
    assert about.findChild(QTreeWidget).topLevelItemCount() == len(LIBRARIES)
    copy = next(one for one in about.findChildren(QPushButton) if one.text() == "Copy versions")
    copy.click()
    assert QGuiApplication.clipboard().text() == about.versions()
    assert about.versions().startswith("IMR Desk 1.2.3\nPython ")


def test_every_dependency_is_named_with_a_version():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[ ]", one)[0].lower() for one in project["dependencies"]}
    named = {distribution.lower() for distribution, _, _ in LIBRARIES.values() if distribution}
    assert needed <= named
    assert all(version_of(name) for name in needed)


def test_the_pictures_are_there_and_no_wider_than_their_column(window: HelpWindow) -> None:
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", MANUAL.read_text("utf-8"))
    assert len(pictures) >= 4
    for _, path in pictures:
        assert (MANUAL.parent / path).is_file()
    text = window.findChild(QTextBrowser)
    assert text is not None
    image = text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(pictures[0][1]))
    assert image
    column = text.viewport().width()
    block = text.document().begin()
    widest = 0.0
    while block.isValid():
        if "\ufffc" in block.text():
            layout = text.document().documentLayout()
            widest = max(widest, layout.blockBoundingRect(block).width())
        block = block.next()
    assert 0 < widest <= column
