"""A disk that is full, read-only, locked, damaged or gone: told in the window, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.letter import FieldId, Letter
from app.paths import DATABASE
from app.services.database import open_database
from app.services.interchange import encode_letter
from app.services.store import Backups, Store, backups_in
from app.ui.dialogs.history import HistoryDialog
from app.ui.dialogs.restore import RestoreDialog
from tests.disks import fill, remount, small_disk, unplug
from tests.ui.desk import Desk
from tests.ui.letter_files import letter_file

SUMMARY = FieldId("clinical_summary")
INJURY = FieldId("header.date_of_injury")
CASE_NUMBER = FieldId("header.case_number")
LONG = "word " * 30_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """The data folder on a disk of its own."""
    with small_disk(tmp_path / "data", "3m") as folder:
        yield folder


@pytest.fixture
def desk_on_disk(qtbot: QtBot, disk: Path, tmp_path: Path) -> Iterator[Desk]:
    """The window with a letter on it, its data on that disk."""
    desk = Desk(tmp_path)
    desk.open(letter_file(desk.folder))
    rest(desk)
    yield desk
    desk.window.session.give_up()
    desk.close()


def on_disk(folder: Path, case_id: int = 1) -> Letter:
    """The letter as another program finds it."""
    with closing(open_database(folder / DATABASE)) as database:
        store = Store(database, folder)
        assert store.verify(case_id) is None
        return store.case(case_id).letter


def offers(desk: Desk) -> dict[str, QPushButton]:
    """What the notice offers at this moment."""
    buttons = desk.window.notice.findChildren(QPushButton)
    return {button.text(): button for button in buttons if not button.isHidden()}


def is_told(desk: Desk, words: str) -> Callable[[], bool]:
    return lambda: words in desk.window.notice.words


def saved_words(desk: Desk) -> str:
    return desk.window.top_bar._saved.text()


def holds(path: Path, letter: Letter) -> bool:
    """Whether a letter that was saved elsewhere carries these values."""
    with pymupdf.open(path) as made:
        return made.embfile_get("letter.json") == encode_letter(letter, path.name)


def rest(desk: Desk) -> None:
    """Wait until what begins after the start is over too: it would meet what is done to the disk."""
    desk.wait_until(lambda: bool(backups_in(desk.data / "backups")))
    desk.settle()


def test_a_disk_that_fills_up_while_a_letter_is_open(
    desk_on_disk: Desk, disk: Path, tmp_path: Path
) -> None:
    desk, window = desk_on_disk, desk_on_disk.window
    other = letter_file(desk.folder, 2)
    room = fill(disk)
    desk.document.edit(SUMMARY, LONG)
    desk.wait_until(is_told(desk, "no room left"))
    assert saved_words(desk) == "NOT saved yet"
    # Typing goes on, and goes on saying so.
    editor = desk.editor("header.date_of_injury")
    desk.type(editor, "9/18/2016")
    assert saved_words(desk) == "NOT saved yet"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    half = desk.editor("header.decision_date")
    desk.type(half, "13/4")

    # What needs the disk is refused with words and leaves nothing half done there.
    window.take_in([other])
    desk.wait_until(is_told(desk, "letter-2.pdf: There is no room left"))
    desk.trigger("backup")
    desk.wait_until(is_told(desk, "no room left"))
    desk.settle()
    window.exporter.ask_path = lambda _name, _filter: disk / "letter.pdf"
    desk.trigger("export_json")
    desk.wait_until(is_told(desk, "letter.pdf.json could not be written"))
    left = {path.name for path in disk.rglob("*") if path.is_file()}
    assert not {name for name in left if name.endswith((".partial", ".part", ".json", ".pdf.json"))}

    # Closing is refused; the letter can be saved elsewhere.
    assert not window.close()
    assert "Closing now loses" in window.notice.words
    elsewhere = tmp_path / "elsewhere.pdf"
    window.exporter.ask_path = lambda _name, _filter: elsewhere
    offers(desk)["Save this letter elsewhere…"].click()
    desk.wait_until(is_told(desk, "Written:"))
    assert holds(elsewhere, desk.document.letter)
    assert on_disk(disk).clinical_summary != desk.document.letter.clinical_summary

    # With room again everything is written by itself, and said to be.
    assert not window.close()
    room.unlink()
    desk.wait_until(is_told(desk, "Everything is saved now."))
    assert saved_words(desk) == "saved"
    assert on_disk(disk) == desk.document.letter
    assert desk.document.letter.header.date_of_injury == date(2016, 9, 18)
    assert desk.store.drafts(1)["header.decision_date"] == "13/4"
    assert window.close()


def test_a_window_may_be_closed_without_what_cannot_be_saved(
    desk_on_disk: Desk, disk: Path
) -> None:
    desk = desk_on_disk
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.settle()
    saved = desk.document.letter
    room = fill(disk)
    desk.document.edit(SUMMARY, LONG)
    desk.wait_until(is_told(desk, "no room left"))
    assert "Close and lose them" not in offers(desk)
    assert not desk.window.close()
    offers(desk)["Close and lose them"].click()
    assert not desk.window.isVisible()
    room.unlink()
    assert on_disk(disk) == saved


def test_a_disk_that_turns_read_only(desk_on_disk: Desk, disk: Path) -> None:
    desk = desk_on_disk
    desk.database.close()  # a disk with open files cannot be turned by hand
    remount(disk, "ro")
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.wait_until(is_told(desk, "Read-only file system"))
    desk.window.exporter.ask_path = lambda _name, _filter: disk / "letter.json"
    desk.trigger("export_json")
    desk.wait_until(is_told(desk, "letter.json could not be written: Read-only file system"))
    assert not desk.window.close()
    assert set(offers(desk)) == {"Try again", "Save this letter elsewhere…", "Close and lose them"}
    remount(disk, "rw")
    offers(desk)["Try again"].click()
    desk.wait_until(lambda: not desk.window.session.unwritten)
    assert on_disk(disk) == desk.document.letter


def test_a_disk_that_is_taken_away(desk_on_disk: Desk, disk: Path, tmp_path: Path) -> None:
    """SQLite would go on in files that have no name any more, and say that all is well."""
    desk = desk_on_disk
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.settle()
    unplug(disk)
    desk.document.edit(INJURY, date(2016, 9, 18))
    desk.wait_until(is_told(desk, "no longer in its place"))
    assert saved_words(desk) == "NOT saved yet"
    elsewhere = tmp_path / "elsewhere.pdf"
    desk.window.exporter.ask_path = lambda _name, _filter: elsewhere
    offers(desk)["Save this letter elsewhere…"].click()
    desk.wait_until(is_told(desk, "Written:"))
    assert holds(elsewhere, desk.document.letter)


# Without a disk of its own


@pytest.fixture
def open_desk(desk: Desk) -> Iterator[Desk]:
    desk.open(letter_file(desk.folder))
    rest(desk)
    yield desk
    desk.window.session.give_up()


def test_a_folder_that_is_moved_away_and_comes_back(open_desk: Desk) -> None:
    data, away = open_desk.data, open_desk.folder / "away"
    data.rename(away)
    open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    open_desk.wait_until(is_told(open_desk, "no longer in its place"))
    assert not data.exists()
    away.rename(data)
    open_desk.wait_until(lambda: not open_desk.window.session.unwritten)
    assert on_disk(data) == open_desk.document.letter


def test_another_database_in_its_place_is_not_written_to(open_desk: Desk) -> None:
    data = open_desk.data
    data.rename(open_desk.folder / "away")
    open_database(data / DATABASE).close()
    open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    open_desk.wait_until(is_told(open_desk, "no longer in its place"))
    with closing(sqlite3.connect(data / DATABASE)) as other:
        assert other.execute("SELECT count(*) FROM journal").fetchone() == (0,)


def test_a_log_that_is_removed_under_the_program(open_desk: Desk) -> None:
    open_desk.document.edit(CASE_NUMBER, "CM16-0299999")
    open_desk.settle()
    log = open_desk.data / f"{DATABASE}-wal"
    log.unlink()
    open_desk.document.edit(INJURY, date(2016, 9, 18))
    open_desk.wait_until(lambda: not open_desk.window.session.unwritten)
    assert on_disk(open_desk.data) == open_desk.document.letter


def damage(path: Path) -> None:
    """Bytes that mean nothing over every page but the first."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))


def damage_backup(path: Path) -> None:
    """The same over the second half of a backup, which names what belongs to it."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\xa5" * (len(data) - len(data) // 2))


def shown(kind: type[QWidget]) -> QWidget:
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, kind))


@pytest.mark.parametrize("edited_after", [True, False])
def test_a_database_damaged_while_a_letter_is_open_is_restored_with_the_letter_as_it_stands(
    open_desk: Desk, edited_after: bool
) -> None:
    desk = open_desk
    backup = Backups(desk.database, desk.data).make("by-hand")
    # Saved after the backup, and then not to be read any more:
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.document.confirm(INJURY)
    desk.settle()
    desk.database.close()
    damage(desk.data / DATABASE)
    if edited_after:
        desk.document.edit(FieldId("patient.age"), 48)
        half = desk.editor("header.decision_date")
        desk.type(half, "13/4")
        desk.wait_until(is_told(desk, "is damaged"))
        offers(desk)["Restore a backup…"].click()
    else:
        desk.trigger("restore")
    letter = desk.document.letter
    desk.settle()
    dialog = shown(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert dialog.backup == backup
    assert dialog._restore.isEnabled()  # there is nothing to compare with, and it says so
    assert "cannot be compared" in dialog._words.text()
    dialog._restore.click()
    dialog._sure.click()
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    desk.settle()

    assert desk.document.letter == letter
    assert INJURY in desk.document.confirmed
    if edited_after:
        assert desk.editor("header.decision_date").property("text") == "13/4"
    desk.wait_until(lambda: not desk.window.session.unwritten)
    assert on_disk(desk.data) == letter
    desk.database.check()
    (aside,) = desk.data.glob("damaged-*")
    assert (aside / DATABASE).read_bytes()[4096:8192] == b"\xa5" * 4096


def test_a_sound_backup_that_is_restored_takes_the_letter_back_with_it(open_desk: Desk) -> None:
    desk = open_desk
    before = desk.document.letter
    backup = Backups(desk.database, desk.data).make("by-hand")
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.window.beside.backups.restore(backup)
    desk.settle()
    assert desk.window.letters.opened is None
    assert "is in place" in desk.window.notice.words
    assert on_disk(desk.data) == before
    desk.window.letters.open(1)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    assert desk.document.letter == before


def test_a_restore_that_fails_leaves_the_letter_where_it_is(open_desk: Desk) -> None:
    desk = open_desk
    backup = Backups(desk.database, desk.data).make("by-hand")
    damage_backup(backup.path)
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.window.beside.backups.restore(backup)
    assert "is damaged" in desk.window.notice.words
    desk.document.edit(INJURY, date(2016, 9, 18))
    desk.wait_until(lambda: not desk.window.session.unwritten)
    assert on_disk(desk.data) == desk.document.letter


def test_a_changed_row_of_the_history_shows(desk: Desk) -> None:
    desk.open(letter_file(desk.folder))
    desk.settle()
    desk.document.edit(CASE_NUMBER, "CM16-0299999")
    desk.document.edit(FieldId("patient.age"), 48)
    desk.window.letters.close()
    desk.settle()
    letter = on_disk(desk.data)
    with closing(sqlite3.connect(desk.data / DATABASE)) as raw, raw:
        raw.execute("""UPDATE journal SET after = '"CM16-0211111"' WHERE seq = 2""")
    desk.window.letters.open(1)
    desk.wait_until(lambda: desk.window.letters.opened is not None)
    # What was saved last is shown, not what the changed history would make of it.
    assert desk.document.letter == letter
    assert "Something other than this program" in desk.window.notice.words
    desk.trigger("history")
    dialog = shown(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    assert "does not hold: at entry 2" in dialog._verdict_words.text()
    dialog.close()
    # The work goes on, and new edits can be undone.
    desk.document.edit(FieldId("patient.age"), 49)
    desk.trigger("undo")
    desk.settle()
    assert desk.document.letter == letter == desk.store.case(1).letter
