"""How long the window is held up in a clerk's walk over thirty letters, and by a change of look.

Run with `python -m tests.benchmarks.bench_walk [REPEATS]`. A freeze is how long one event was worked on
by the main thread. Each letter is opened, its questions are answered by Enter, a value is typed and
taken back, the items and the panes are gone through. Beside it stands the time the processor took
for it: on a busy machine that is the one to compare, and the quietest of the repeats. Exits 1 where an aim is missed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

LETTERS = 30
AIM_MS = 100.0
WORST = 5


class Freeze(NamedTuple):
    """Milliseconds that the main thread was held up, those of its processor, and by what."""

    took: float
    processor: float
    doing: str


class Clock:
    """How long something takes, from its making on."""

    def __init__(self) -> None:
        self._at, self._processor_at = perf_counter(), thread_time()

    def freeze(self, doing: str) -> Freeze:
        return Freeze(
            (perf_counter() - self._at) * 1000, (thread_time() - self._processor_at) * 1000, doing
        )


class Watched(QApplication):
    """Notes how long each event takes that is not part of another one."""

    def __init__(self) -> None:
        # Events come as soon as something is made that listens, a timer among them.
        self.freezes: list[Freeze] = []
        self.doing = ""
        self._inside = False
        super().__init__([])
        from app.ui.garbage import MainThreadGarbage

        self.garbage = MainThreadGarbage()

    @override
    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._inside:
            return super().notify(receiver, event)
        self._inside = True
        kind, name, clock = event.type().name, type(receiver).__name__, Clock()
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            self.freezes.append(clock.freeze(f"{self.doing}: {kind} of {name}"))


def walk(application: Watched) -> list[Freeze]:
    """The freezes of a walk over the letters of a list."""
    from tests.ui.desk import Desk
    from tests.ui.letter_files import letter_file

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.window.resize(1440, 900)
        application.garbage.set_start_aside()  # as the program does when its window is up
        paths = [letter_file(desk.folder, n, issues=1 + n % 6) for n in range(1, LETTERS + 1)]
        application.doing = "taking the letters in"
        desk.window.take_in(paths)
        desk.wait_until(lambda: len(desk.store.cases()) == LETTERS, 120_000)
        desk.settle()
        for number in range(1, LETTERS + 1):
            _work(application)
            application.doing = "next letter"
            _do(application, lambda: _key(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier))
            desk.settle()
            assert number == LETTERS or desk.window.letters.opened is not None
        desk.close()
    freezes, application.freezes = application.freezes, []
    return freezes


def _work(application: Watched) -> None:
    """What is done in one letter, each key through the event loop."""
    none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    alt = Qt.KeyboardModifier.AltModifier
    keys = (
        ("F8", Qt.Key.Key_F8, none),
        ("a digit typed", Qt.Key.Key_1, none),
        ("undo", Qt.Key.Key_Z, control),
        ("F7", Qt.Key.Key_F7, none),
        ("F7", Qt.Key.Key_F7, none),
        ("next item", Qt.Key.Key_PageDown, alt),
        ("Tab", Qt.Key.Key_Tab, none),
        ("a letter typed", Qt.Key.Key_A, none),
        ("undo", Qt.Key.Key_Z, control),
        ("new letter", Qt.Key.Key_2, control | alt),
        ("letter as read", Qt.Key.Key_1, control | alt),
    )
    for doing, key, modifiers in keys:
        application.doing = doing
        _do(application, lambda key=key, modifiers=modifiers: _key(key, modifiers))


def _key(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    window = QApplication.activeWindow()
    target = QApplication.focusWidget() or window
    if target is not None:
        QTest.keyClick(target, key, modifiers)


def _do(application: Watched, act: Callable[[], object]) -> None:
    """One deed, and a moment for what follows from it."""
    clock = Clock()
    act()
    application.freezes.append(clock.freeze(application.doing))
    until = perf_counter() + 0.05
    while perf_counter() < until:
        application.processEvents()


def changes_of_look(application: Watched) -> list[Freeze]:
    """The freezes of changes of scheme and size of text, with a letter open."""
    from app.ui import theme
    from tests.ui.desk import Desk
    from tests.ui.letter_files import letter_file

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.window.resize(1440, 900)
        application.garbage.set_start_aside()
        desk.open(letter_file(desk.folder, 1, issues=6))
        desk.settle()
        application.freezes = []
        looks = ((theme.Scheme.DARK, None), (theme.Scheme.LIGHT, None), (theme.Scheme.LIGHT, 14.0))
        for scheme, points in (*looks, *looks):
            application.doing = f"{scheme}, {points or 'usual'} text"
            QTimer.singleShot(0, application, _changer(application, scheme, points))
            desk.settle()
        freezes, application.freezes = application.freezes, []
        desk.close()
    return freezes


def _changer(application: Watched, scheme: object, points: float | None) -> Callable[[], None]:
    def change() -> None:
        from app.ui import theme

        theme.change(application, theme.Scheme(str(scheme)), points)

    return change


def main() -> int:
    from app.ui import theme

    application = Watched()
    theme.apply(application, theme.Scheme.LIGHT)
    status = 0
    parts = (("a walk over 30 letters", walk), ("changes of look", changes_of_look))
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    for words, part in parts:
        # Of a machine that others work on too the quietest of the repeats tells of the program.
        made = [sorted(part(application), reverse=True) for _ in range(repeats)]
        freezes = min(made, key=lambda one: (sum(f.took > AIM_MS for f in one), one[0].took))
        over = sum(freeze.took > AIM_MS for freeze in freezes)
        busy = sum(freeze.processor > AIM_MS for freeze in freezes)
        status = status or int(over > 0)
        print(
            f"{words}: {len(freezes)} events, median {median(freeze.took for freeze in freezes):.1f} "
            f"ms, {over} over {AIM_MS:g} ms, {busy} by the processor's time"
        )
        for freeze in sorted(freezes, key=lambda one: one.processor, reverse=True)[:WORST]:
            print(f"    {freeze.took:6.1f} ms, processor {freeze.processor:6.1f}  {freeze.doing}")
    application.garbage.stop()
    return status


if __name__ == "__main__":
    sys.exit(main())
