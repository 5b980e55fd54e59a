"""A second start gives its letters to the window that is open, and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from app.services import letter_intake
from app.services.store import Status
from app.ui.second_start import Reception, hand_over, meeting_place
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reception(qtbot: QtBot, tmp_path: Path) -> Iterator[Reception]:
    made = Reception(tmp_path)
    assert made.listens
    yield made
    made.close()


def start(*arguments: object) -> subprocess.Popen[str]:
    """The program as its user starts it, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_hands_its_letters_to_the_open_window(desk: Desk) -> None:
    from app.services.store import FolderLock

    lock = FolderLock(desk.data)  # as the program holds it while its window is open
    reception = Reception(desk.data)
    reception.letters_named.connect(desk.window.take_over)
    second = start(letter_file(desk.folder, 7), "--data", desk.data)
    desk.wait_until(lambda: second.poll() is not None, 60_000)
    said, complained = second.communicate()
    assert (second.returncode, complained) == (0, "")
    assert "has taken over" in said
    desk.wait_until(lambda: desk.document.letter.header.case_number == "CM16-0200007")
    reception.close()
    lock.release()


def test_nobody_is_there_after_the_window_has_gone(qtbot: QtBot, tmp_path: Path) -> None:
    reception = Reception(tmp_path)
    reception.close()
    assert not hand_over(tmp_path, [tmp_path / "letter.pdf"])


def test_what_a_crash_left_there_is_no_hindrance(qtbot: QtBot, tmp_path: Path) -> None:
    Path(meeting_place(tmp_path)).write_text("a socket's file that nobody listens at")
    reception = Reception(tmp_path)
    assert reception.listens
    reception.close()


def test_only_the_owner_can_speak_there(reception: Reception, tmp_path: Path) -> None:
    assert Path(meeting_place(tmp_path)).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", [b"no json\n", b'{"open": 1}\n', b"[1, 2]\n", b"\xff\xfe\n"])
def test_what_is_no_list_of_letters_is_not_taken(
    qtbot: QtBot, reception: Reception, tmp_path: Path, words: bytes
) -> None:
    named: list[object] = []
    reception.letters_named.connect(named.append)
    socket = QLocalSocket()
    socket.connectToServer(meeting_place(tmp_path))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(words)
    assert named == []


def test_a_folder_with_a_long_path_has_a_place_too(qtbot: QtBot, tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    assert len(meeting_place(deep)) < 60
    assert meeting_place(deep) != meeting_place(deep.parent)
    reception = Reception(deep)
    assert reception.listens
    reception.close()


def test_a_letter_imported_by_the_command_is_listed_at_once(desk: Desk) -> None:
    desk.window.list_watch.start()
    done = start("import", letter_file(desk.folder, 5), "--data", desk.data)
    desk.wait_until(lambda: done.poll() is not None, 60_000)
    assert done.communicate()[1] == ""
    desk.wait_until(lambda: [c.number for c in desk.window.queue.listed()] == ["CM16-0200005"])


def test_what_came_in_before_the_list_is_watched_is_listed_too(desk: Desk) -> None:
    take_in(desk, 5)  # after the window has read its list
    desk.window.list_watch.start()
    desk.window.list_watch.start()  # whoever starts it again loses nothing
    desk.window.list_watch.look()
    assert [case.number for case in desk.window.queue.listed()] == ["CM16-0200005"]


def test_what_another_program_does_to_a_listed_letter_is_listed(desk: Desk) -> None:
    first, second = take_in(desk, 5), take_in(desk, 6)
    desk.window.list_watch.look()
    desk.store.remove_case(first, by="Another")
    desk.store.set_status(second, Status.EXPORTED, by="Another")
    desk.window.list_watch.look()
    (left,) = desk.window.queue.listed()
    assert (left.id, left.status) == (second, Status.EXPORTED)


def test_a_list_that_is_the_kept_one_is_not_read_again(desk: Desk, qtbot: QtBot) -> None:
    take_in(desk, 5)
    desk.window.list_watch.look()
    with qtbot.assertNotEmitted(desk.window.list_watch.changed):
        desk.window.list_watch.look()


def take_in(desk: Desk, number: int) -> int:
    """Another program keeps a letter; the window is told nothing of it. Gives its id."""
    path = letter_file(desk.folder, number)
    return letter_intake.take_in(desk.store, desk.reader, path, by="Another").summary.id
