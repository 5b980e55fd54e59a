"""What the program does to come up: nothing that its first picture does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

from app.application import once

PROJECT = Path(__file__).resolve().parents[1]
START = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
from app.application import main

class FirstPicture(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print("loaded:", *sorted(sys.modules.keys() & set(sys.argv[2:])))
            application.removeEventFilter(self)  # it may be painted again before it ends
            QApplication.quit()
        return False

application = QApplication([])
watch = FirstPicture()
application.installEventFilter(watch)
sys.exit(main(["--data", sys.argv[1]]))
"""


def test_the_first_picture_waits_for_no_engine(tmp_path: Path) -> None:
    engines = ["alembic", "docx", "jinja2", "pymupdf", "rapidfuzz", "spellchecker", "sqlalchemy"]
    engines += ["http.client", "urllib.request"]  # all of the network, by the way
    run = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path), *engines],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["loaded:"]


def test_what_is_made_once_is_the_same_for_all_who_ask_at_the_same_time() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    give = once(make)
    given: list[object] = []
    askers = [Thread(target=lambda: given.append(give())) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(made) == 1
    assert given == made * 8
