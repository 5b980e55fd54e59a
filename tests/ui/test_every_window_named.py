"""Every window of the program is gone through for names, and none is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.services.database import DatabaseDamaged
from app.services.settings import Settings
from app.services.snippets import Snippet
from app.services.vault.folder import Vault
from app.ui.dialogs.encryption import RecoveryKeyDialog
from app.ui.dialogs.layout_match import LayoutMatchDialog
from app.ui.dialogs.unlock import UnlockDialog
from app.ui.drafting import SnippetPopup
from app.ui.jobs import Jobs
from app.ui.page_text import PageTextWindow, lines_of
from app.ui.pages.text import PageText
from app.ui.start_problem import StartProblem
from tests.ui.accessibility import nameless_cells, walk
from tests.ui.desk import Desk

APP = Path(__file__).resolve().parents[2] / "app"
ELSEWHERE = {
    "ArchiveWindow": "tests/ui/archive/test_search.py",
    "CaseFileWindow": "below, on a desk",
    "ConversionDialog": "words alone: nothing in it takes the focus",
    "DialogFrame": "what the others are made of",
    "LibraryManager": "tests/ui/citing/test_manager.py",
    "RedactionWindow": "tests/ui/redaction/test_redacting.py",
    "SheetWindow": "tests/ui/sheet/test_sheet.py",
}
DRIVEN_FROM_A_LINE = {
    # The arrow keys in the line go through it, and each row is spoken.
    "SnippetPopup": ["QListWidget “Snippets”: Tab does not reach it"],
}
IN_DIALOGS = "tests/ui/dialogs/made.py"


def start_problem(folder: Path, _parent: QWidget) -> QDialog:
    return StartProblem(UserError("The folder is gone.", "Choose another one."), folder)


def damaged(folder: Path, _parent: QWidget) -> QDialog:
    return StartProblem(DatabaseDamaged("It is damaged.", "Take a backup."), folder)


def unlock(folder: Path, parent: QWidget) -> QDialog:
    return UnlockDialog(Vault(folder), parent)


def recovery_key(folder: Path, parent: QWidget) -> QDialog:
    return RecoveryKeyDialog("ABCD-EFGH", folder, parent)


def layout_match(_folder: Path, parent: QWidget) -> QDialog:
    return LayoutMatchDialog(Settings(), Jobs(parent), parent)


def snippets(_folder: Path, parent: QWidget) -> QDialog:
    ready = Snippet(name="rest", title="Rest", text="Rest is advised.")
    return SnippetPopup((ready,), {ready.name: ready.text}, "Some words.", parent)


def page_text(_folder: Path, parent: QWidget) -> QDialog:
    return PageTextWindow(lines_of(PageText([[]]), 1, ()), parent=parent)


MADE: dict[str, Callable[[Path, QWidget], QDialog]] = {
    "StartProblem": start_problem,
    "StartProblem, damaged": damaged,
    "UnlockDialog": unlock,
    "RecoveryKeyDialog": recovery_key,
    "LayoutMatchDialog": layout_match,
    "SnippetPopup": snippets,
    "PageTextWindow": page_text,
}


@pytest.mark.parametrize("name", MADE)
def test_every_widget_of_a_window_is_named_and_reached(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = MADE[name](tmp_path, parent)
    dialog.show()
    assert walk(dialog) == DRIVEN_FROM_A_LINE.get(name, [])
    assert nameless_cells(dialog) == []
    dialog.close()


def test_every_page_of_the_case_file_is_named_and_reached(open_desk: Desk) -> None:
    problems: list[str] = []
    for tab in range(4):
        open_desk.window.case_window.show(tab)
        open_desk.settle()
        window = open_desk.window.case_window.window
        assert window is not None
        problems += [f"{tab}: {words}" for words in [*walk(window), *nameless_cells(window)]]
    assert problems == []


def test_no_window_is_forgotten() -> None:
    windows: set[str] = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & {"QDialog", "DialogFrame"}:
                    windows.add(node.name)
    made = (APP.parent / IN_DIALOGS).read_text("utf-8")
    walked = {name for name in windows if f"{name}(" in made}
    assert windows - walked - set(MADE) - set(ELSEWHERE) == set()
