"""How fast the window is: its start beside a bare window's, a key, and the next letter.

Run with `python -m tests.benchmarks.bench_window`. Starts are measured in pairs, one of each
after the other, from the start of the process to the first picture; the ratio is the middle one
of the pairs. Exits 1 where an aim is missed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import monotonic_ns, perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PAIRS = 7
KEYS = 120
LETTERS = 8
START_AIM, KEY_AIM_MS, NEXT_AIM_MS = 5.0, 50.0, 150.0

WATCH = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.report)
        return False

    def report(self):
        print(time.monotonic_ns(), flush=True)
        QApplication.quit()

watch = Watch()
"""
WATCHED = (
    WATCH
    + """
run = QApplication.exec
def watched_run(*_):
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMainWindow):
            widget.installEventFilter(watch)
    return run()
QApplication.exec = watched_run
"""
)
# The watch needs the toolkit, and when that is imported is a part of what is measured: it is set
# up where the program comes to its own window.
PROGRAM = f"""
import sys

class AtTheWindow:
    def find_spec(self, name, *_):
        if name == "app.ui.main_window":
            exec({WATCHED!r}, globals())

sys.meta_path.insert(0, AtTheWindow())
from app.application import main
sys.exit(main(["--data", sys.argv[1]]))
"""
BARE = (
    WATCH
    + """
application = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.installEventFilter(watch)
window.show()
application.exec()
"""
)


def start(script: str, *arguments: str) -> float:
    """Milliseconds from the start of a process to its window's first picture."""
    # As on a user's machine: modules are compiled once, not at every start.
    environment = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    before = monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        raise RuntimeError(done.stderr)
    return (int(done.stdout.split()[-1]) - before) / 1e6


def starts(*, fresh: bool) -> tuple[float, float, float]:
    """(program, bare, ratio): middle values of the pairs, with an empty data folder or a used one."""
    pairs: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as used:
        for number in range(PAIRS + 1):
            with tempfile.TemporaryDirectory() as folder:
                pairs.append((start(PROGRAM, folder if fresh else used), start(BARE)))
            if number == 0:
                pairs.clear()  # the first one reads everything from the disk
    return (
        median(program for program, _ in pairs),
        median(bare for _, bare in pairs),
        median(program / bare for program, bare in pairs),
    )


def timed(act: Callable[[], object]) -> float:
    """Milliseconds until what `act` has changed is painted."""
    from PySide6.QtWidgets import QApplication

    before = perf_counter()
    act()
    QApplication.processEvents()
    return (perf_counter() - before) * 1000


def keys(*, tab: str) -> list[float]:
    """Each key typed into a rationale of a letter with 20 issues."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.ui.desk import Desk
    from tests.ui.letter_files import letter_file

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.window.resize(1440, 900)
        desk.open(letter_file(desk.folder, 1, issues=20))
        desk.trigger(tab)
        editor = desk.editor("issue.rationale", desk.document.letter.issues[9].id)
        desk.settle()
        times: list[float] = []
        for number in range(KEYS):
            key = "words as a person types them "[number % 29]
            times.append(timed(lambda key=key: QTest.keyClicks(editor, key)))
            pause = QDeadlineTimer(25)
            while not pause.hasExpired():
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        desk.settle()
        desk.close()
    return times


def next_letters() -> list[float]:
    """Each step to a letter that was fetched ahead, from the key to its page and form painted."""
    from tests.ui.desk import Desk
    from tests.ui.letter_files import letter_file

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.window.resize(1440, 900)
        paths = [letter_file(desk.folder, n, issues=4) for n in range(1, LETTERS + 1)]
        desk.window.take_in(paths)
        desk.wait_until(lambda: len(desk.store.cases()) == LETTERS)
        desk.settle()
        times: list[float] = []
        for number in range(2, LETTERS + 1):
            times.append(timed(lambda: desk.trigger("next_letter")))
            assert desk.document.letter.header.case_number == f"CM16-{200000 + number:07d}"
            desk.settle()
        desk.close()
    return times


def main() -> int:
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.garbage import MainThreadGarbage

    rows: list[tuple[str, float, str, bool]] = []
    for words, fresh in (("an empty data folder", True), ("a data folder in use", False)):
        program, bare, ratio = starts(fresh=fresh)
        told = f"{ratio:.2f}x a bare window ({bare:.0f} ms), aim {START_AIM:g}x"
        rows.append((f"start with {words}", program, told, ratio <= START_AIM))
    application = QApplication([])
    theme.apply(application, theme.Scheme.LIGHT)
    garbage = MainThreadGarbage()
    for tab, words in (("tab_letter", "preview hidden"), ("tab_preview", "preview shown")):
        times = keys(tab=tab)
        told = f"95 %, median {median(times):.1f}, most {max(times):.1f}, aim {KEY_AIM_MS:g} ms"
        slow = quantiles(times, n=20)[-1]
        rows.append((f"key to screen, 20 issues, {words}", slow, told, slow < KEY_AIM_MS))
    times = next_letters()
    garbage.stop()
    told = f"most, median {median(times):.1f}, aim {NEXT_AIM_MS:g} ms"
    rows.append(("next letter, fetched ahead", max(times), told, max(times) < NEXT_AIM_MS))
    print(f"{'what':44}{'ms':>8}")
    for words, milliseconds, told, is_met in rows:
        print(f"{words:44}{milliseconds:8.1f}  {told}{'' if is_met else '  MISSED'}")
    return 0 if all(is_met for *_, is_met in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
