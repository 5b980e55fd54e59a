"""Dialogs for files begin where the user's letters are, not where the program lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.file_places import ExportFolder, documents

PROJECT = Path(__file__).resolve().parents[2]
ASKED = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from app.ui.file_places import first_shown
print(first_shown())
"""


@pytest.mark.parametrize("folders", [("Documents",), ()])
def test_the_first_dialog_begins_among_the_documents(
    tmp_path: Path, folders: tuple[str, ...]
) -> None:
    """In a process of its own: Qt remembers for as long as one runs what was chosen last."""
    home, program = tmp_path / "home", tmp_path / "program"
    for folder in (home, program, *(home / name for name in folders)):
        folder.mkdir()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("XDG_")
    } | {"HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(PROJECT)}
    run = [sys.executable, "-c", ASKED]
    answer = subprocess.run(
        run, cwd=program, env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(home.joinpath(*folders))


def test_exports_begin_in_the_folder_of_the_settings_while_it_is_there(tmp_path: Path) -> None:
    house, other = tmp_path / "house", tmp_path / "other"
    for folder in (house, other):
        folder.mkdir()
    place = ExportFolder()
    assert place.first == documents()
    place.note(other)
    assert place.first == other
    place.set(str(house))
    place.note(other)
    assert place.first == house
    house.rmdir()
    assert place.first == other
    place.set("")
    assert place.first == other
    other.rmdir()
    assert place.first == documents()
