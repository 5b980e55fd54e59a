"""The window as a whole: names, files dropped on it, mask, log, sockets, memory."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TextIO
from weakref import ref

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import crash
from app.letter import FieldId
from app.ui.queue_view import MASK
from tests.ui.accessibility import interactive, nameless_cells, walk
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file, letter_files

PROJECT = Path(__file__).resolve().parents[2]
NO_SOCKETS = """
import socket, sys
def refuse(*_a, **_k):
    raise AssertionError("a socket was opened")
socket.socket.__init__ = refuse
socket.create_connection = refuse
from app.application import main
sys.exit(main(["--data", sys.argv[1]]))
"""


@pytest.mark.parametrize("tab", ["tab_letter", "tab_preview", "tab_changes"])
def test_every_widget_has_a_name_and_is_reached_by_the_keyboard(open_desk: Desk, tab: str) -> None:
    open_desk.trigger(tab)
    open_desk.window.form._sections["Parties"].fold(False)
    open_desk.settle()
    assert len(list(interactive(open_desk.window))) > 40
    assert walk(open_desk.window) == []
    # By itself: the form above it is scrolled, so that places below cannot be compared.
    open_desk.window.commands["checks"].setChecked(True)
    open_desk.settle()
    assert walk(open_desk.window.checks) == []
    assert nameless_cells(open_desk.window) == []


def test_dropped_files_are_taken_in(desk: Desk) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in letter_files(desk.folder, 2)])
    event = QDropEvent(
        QPointF(200, 200),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.window.dropEvent(event)
    desk.wait_until(lambda: len(desk.store.cases()) == 2)
    desk.settle()
    assert desk.window.letters.opened is not None


def test_who_has_no_letter_open_is_told_the_key_of_the_next_as_it_is_set(desk: Desk) -> None:
    desk.window.commands.apply_keys({"next_letter": "Ctrl+F9"})
    desk.window.queue.waiting_changed.emit(2)
    empty = desk.window.letter_pane.empty
    desk.wait_until(lambda: "2 letters of the list wait: Ctrl+F9 opens" in empty.words)
    desk.window.commands.apply_keys({"next_letter": ""})
    desk.window.queue.waiting_changed.emit(1)
    assert empty.words.startswith("1 letter of the list waits. ")


def test_the_mask_hides_the_number_in_list_bar_title_and_page(open_desk: Desk) -> None:
    window = open_desk.window
    assert "CM16-0200001" in window.windowTitle()
    open_desk.trigger("mask")
    assert window.windowTitle() == f"{MASK} – IMR Desk"
    assert window.top_bar._number.text() == MASK
    assert window.queue._visible.index(0, 0).data() == MASK
    assert window.letter_pane.view.masked
    assert window.letter_pane.preview.view.masked
    # Another letter comes in masked too.
    open_desk.open(letter_file(open_desk.folder, 2))
    assert "0200002" not in window.windowTitle()
    open_desk.trigger("mask")
    assert window.windowTitle() == "CM16-0200002 – IMR Desk"
    assert not window.letter_pane.view.masked


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's own log, at its most talkative."""
    faults: list[TextIO] = []
    monkeypatch.setattr(crash.faulthandler, "enable", faults.append)
    root = logging.getLogger()
    before, handlers = root.level, list(root.handlers)
    folder = tmp_path / "logs"
    crash.log_to(folder)
    root.setLevel(logging.DEBUG)
    yield folder / "imr-desk.log"
    root.setLevel(before)
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    for file in faults:
        file.close()


def test_the_log_of_a_whole_job_holds_nothing_of_a_letter(
    log: Path, open_desk: Desk, tmp_path: Path
) -> None:
    logging.getLogger("app").info("the log is written")
    open_desk.document.edit(FieldId("header.date_of_injury"), date(2016, 9, 18))
    editor = open_desk.editor("clinical_summary")
    open_desk.type(editor, "Half-typed Quetzalcoatl")
    open_desk.trigger("tab_preview")
    open_desk.window.exporter.ask_path = lambda _name, _filter: tmp_path / "out.json"
    open_desk.trigger("export_json")
    open_desk.wait_until((tmp_path / "out.json").exists)
    open_desk.window.take_in([tmp_path / "Quetzalcoatl.pdf"])
    open_desk.settle()
    written = log.read_text(encoding="utf-8")
    assert "the log is written" in written
    letter = open_desk.document.parsed.letter
    secrets = [
        "Quetzalcoatl",
        "0200001",
        "lumbar",
        "shoulder",
        "09/13/2016",
        "2016-09-1",
        letter.reviewer.specialties[0],
        letter.issues[0].title,
    ]
    assert [word for word in secrets if word.lower() in written.lower()] == []
    assert log.stat().st_mode & 0o077 == 0


def test_the_job_without_a_window_opens_no_socket(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, str(tmp_path / "data")],
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "No display was found" in done.stdout
    assert "The new letter is written" in done.stdout
    assert list((tmp_path / "data" / "tour").glob("*.pdf"))


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_memory_stays_flat_over_thirty_letters(desk: Desk) -> None:
    for path in (letter_file(desk.folder, n, issues=2 * n) for n in (1, 2, 3)):
        desk.open(path)
    desk.settle()
    ids = [case.id for case in desk.store.cases()]
    after_nine = 0.0
    for turn in range(30):
        case_id = ids[turn % 3]
        desk.window.letters.open(case_id)
        desk.wait_until(lambda case_id=case_id: desk.window.session.case_id == case_id)
        desk.settle()
        if turn == 9:
            gc.collect()
            after_nine = resident_mb()
    gc.collect()
    assert resident_mb() - after_nine < 15


def test_a_closed_window_is_freed(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.open(letter_file(tmp_path))
    desk.settle()
    window, form, view = (
        ref(one) for one in (desk.window, desk.window.form, desk.window.letter_pane.view)
    )
    desk.close()
    del desk
    gc.collect()
    assert [one() for one in (window, form, view)] == [None, None, None]
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


def test_files_held_over_the_window_are_told_until_they_leave(desk: Desk) -> None:
    paths = letter_files(desk.folder, 2)
    for count, words in ((2, "Drop to open all 2"), (1, "Drop to open it"), (0, "")):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths[:count]])
        event = QDragEnterEvent(
            QPoint(40, 40),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        desk.window.dragEnterEvent(event)
        assert desk.window.drop_sign.words == words
        desk.window.dragLeaveEvent(QDragLeaveEvent())
        assert desk.window.drop_sign.words == ""
