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

FIRST_LETTER = """
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.application import main
from app.ui.main_window import MainWindow

class Importers:
    def find_spec(self, name, path=None, target=None):
        if name in sys.argv[2:]:
            main_thread = threading.current_thread() is threading.main_thread()
            print(name, "by the window" if main_thread else "by a worker")

def look():
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.document.is_open and "app.services.store.rows" in sys.modules:
            if window._store.setting("counted_with") is not None:
                QApplication.quit()

application = QApplication([])
sys.meta_path.insert(0, Importers())
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(60_000, application, lambda: sys.exit("no letter came"))
sys.exit(main(["--data", sys.argv[1]]))
"""


def _told_by(program: str, data: Path, engines: list[str]) -> list[str]:
    """The lines that a fresh process prints of the engines."""
    run = subprocess.run(
        [sys.executable, "-c", program, str(data), *engines],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_the_first_picture_waits_for_no_engine(tmp_path: Path) -> None:
    engines = ["alembic", "docx", "jinja2", "pymupdf", "rapidfuzz", "spellchecker", "sqlalchemy"]
    engines += ["http.client", "urllib.request"]  # all of the network, by the way
    assert _told_by(START, tmp_path, engines) == ["loaded:"]


def test_the_window_never_waits_for_an_engine_when_the_first_letter_comes(tmp_path: Path) -> None:
    engines = ["sqlalchemy", "sqlalchemy.orm", "app.services.store.rows", "alembic", "jinja2"]
    told = _told_by(FIRST_LETTER, tmp_path, engines)
    assert "app.services.store.rows by a worker" in told
    assert not [line for line in told if line.endswith("by the window")]


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
