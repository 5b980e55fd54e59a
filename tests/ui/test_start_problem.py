"""A data folder that cannot be used: what is offered before there is a window."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.data_access import open_data_folder
from app.errors import UserError
from app.paths import DATABASE
from app.services.database import open_database
from app.services.store import Backups, DatabaseDamaged, FolderInUse, FolderLock, Store
from app.ui.start_problem import StartProblem
from tests.disks import fill, remount, small_disk
from tests.services.store.letters import letter, put


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A data folder with a backup and bytes that mean nothing in place of the database."""
    with closing(open_database(tmp_path / DATABASE)) as database:
        put(Store(database, tmp_path))
        Backups(database, tmp_path).make()
    (tmp_path / DATABASE).write_bytes(b"\xa5" * 9000)
    return tmp_path


def problem_of(folder: Path) -> UserError:
    with pytest.raises(UserError) as told:
        open_database(folder / DATABASE)
    return told.value


def shown(qtbot: QtBot, error: UserError, folder: Path) -> StartProblem:
    dialog = StartProblem(error, folder)
    dialog.show()
    return dialog


def buttons(dialog: StartProblem) -> dict[str, QPushButton]:
    return {button.text(): button for button in dialog.findChildren(QPushButton)}


def words(dialog: StartProblem) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_backup_is_restored_before_the_start(qtbot: QtBot, damaged: Path) -> None:
    dialog = shown(qtbot, problem_of(damaged), damaged)
    assert "is damaged" in words(dialog)
    assert dialog.backups.count() == 1
    buttons(dialog)["Restore this backup"].click()
    assert dialog.folder == damaged
    with closing(open_database(damaged / DATABASE)) as database:
        assert Store(database, damaged).case(1).letter == letter()
    (aside,) = damaged.glob("damaged-*")
    assert (aside / DATABASE).read_bytes() == b"\xa5" * 9000


def test_a_backup_that_is_damaged_too_is_told_and_nothing_is_moved(
    qtbot: QtBot, damaged: Path
) -> None:
    (backup,) = (damaged / "backups").glob("*.backup")
    backup.write_bytes(backup.read_bytes()[:-9])
    dialog = shown(qtbot, problem_of(damaged), damaged)
    buttons(dialog)["Restore this backup"].click()
    assert dialog.isVisible()
    assert "Choose another backup." in words(dialog)
    assert (damaged / DATABASE).read_bytes() == b"\xa5" * 9000
    dialog.close()
    assert dialog.folder is None


def test_an_empty_list_is_a_way_on_and_the_pdfs_are_named(qtbot: QtBot, damaged: Path) -> None:
    for backup in (damaged / "backups").glob("*.backup"):
        backup.unlink()
    dialog = shown(qtbot, problem_of(damaged), damaged)
    assert str(damaged / "files") in words(dialog)
    assert "Restore this backup" not in buttons(dialog)
    buttons(dialog)["Start with an empty list"].click()
    assert dialog.folder == damaged
    with closing(open_database(damaged / DATABASE)) as database:
        assert Store(database, damaged).cases() == ()


def test_another_folder_may_be_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = FolderLock(tmp_path)
    with pytest.raises(FolderInUse) as told:
        FolderLock(tmp_path)
    dialog = shown(qtbot, told.value, tmp_path)
    assert set(buttons(dialog)) == {"Try again", "Choose another folder…", "Quit"}
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "other"), raising=True
    )
    buttons(dialog)["Choose another folder…"].click()
    assert dialog.folder == tmp_path / "other"
    lock.release()


def test_try_again_and_quit(qtbot: QtBot, tmp_path: Path) -> None:
    error = DatabaseDamaged("What happened.", "What to do.")
    again = shown(qtbot, error, tmp_path)
    buttons(again)["Try again"].click()
    assert again.folder == tmp_path
    no_more = shown(qtbot, error, tmp_path)
    buttons(no_more)["Quit"].click()
    assert no_more.folder is None


def test_a_disk_that_takes_nothing_is_told_at_the_start(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        open_database(disk / DATABASE).close()
        fill(disk)
        assert open_data_folder(str(disk)) is None  # nobody is there to be asked
    assert "There is no room left" in capsys.readouterr().err


def test_a_disk_that_can_only_be_read_is_opened_for_reading(qtbot: QtBot, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        open_database(disk / DATABASE).close()
        remount(disk, "ro")
        opened = open_data_folder(str(disk))
        assert opened is not None
        assert opened.copy is not None
        assert Store(opened.database, disk).cases() == ()
        opened.close()
