"""The window with somebody at the keys, until it is killed: for `test_kill`.

`python -m tests.ui.typing_session FOLDER LETTER.pdf` types one word after another into the summary
and ends the edit with every fifth. It prints `typed N` for each word, and `saved N` when the window
says that all is saved and N words were in the last finished edit.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.ui import desk as desk_module
from tests.ui.desk import Desk


def say(line: str) -> None:
    try:
        os.write(1, line.encode() + b"\n")
    except BrokenPipeError:
        os._exit(1)  # whoever was to kill this process is gone


class Typist:
    """Types a word every 50 ms."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.words = self.finished = 0
        editor = desk.editor("clinical_summary")
        assert isinstance(editor, QPlainTextEdit)
        self.box = editor
        self.box.clear()
        self.timer = QTimer(interval=50)
        self.timer.timeout.connect(self.type)
        self.timer.start()
        desk.window.session.saved.connect(self.tell_saved)

    def type(self) -> None:
        self.box.setFocus()
        self.box.moveCursor(QTextCursor.MoveOperation.End)
        self.words += 1
        QTest.keyClicks(self.box, f"w{self.words} ")
        say(f"typed {self.words}")
        if self.words % 5 == 0:
            self.finished = self.words
            self.desk.document.seal()

    def tell_saved(self) -> None:
        say(f"saved {self.finished}")


def main() -> None:
    folder, letter = map(Path, sys.argv[1:])
    application = QApplication([])
    desk_module.WAIT_MS = 60_000  # a busy machine is no lost word
    desk = Desk(folder)
    desk.open(letter)
    desk.settle()
    typist = Typist(desk)
    application.exec()
    del typist


if __name__ == "__main__":
    main()
