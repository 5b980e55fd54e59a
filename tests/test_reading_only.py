"""A data folder on a medium that takes no writing: its letters are listed, exported, looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.data_access import open_data_folder
from app.errors import UserError
from app.letter import FieldId
from app.paths import SAMPLE, WORDS, open_to_others
from app.services.library import Library
from app.services.rendering import make_renderer
from app.services.settings import load_settings
from app.services.spelling import Spelling
from app.services.store import Store, erase
from app.ui.desk_services import Services
from app.ui.jobs import Jobs
from app.ui.main_window import MainWindow
from tests.commands import run
from tests.disks import remount, small_disk
from tests.readers import the_reader


@pytest.fixture
def disc(tmp_path: Path) -> Iterator[Path]:
    """A data folder with one letter, on a disk that can only be read."""
    with small_disk(tmp_path / "disc", "16m") as folder:
        data = folder / "data"
        assert run("import", SAMPLE, "--data", data).returncode == 0
        remount(folder, "ro")
        yield data
        remount(folder, "rw")


def test_letters_are_listed_and_exported(disc: Path, tmp_path: Path) -> None:
    listed = run("cases", "--data", disc)
    assert listed.returncode == 0
    name = listed.stdout.split("\t")[0]
    assert "can only be read" in listed.stderr
    out = tmp_path / "out"
    done = run("export", name, "-o", out, "--reason", "test", "--data", disc)
    assert done.returncode == 0, done.stderr
    assert len(list(out.glob("*.pdf"))) == 1
    backup = run("backup", tmp_path / "all.zip", "--data", disc)
    assert backup.returncode == 0, backup.stderr


@pytest.mark.parametrize("command", [("import", SAMPLE), ("remove", "CM16-0000000")])
def test_what_would_write_is_refused_in_one_line(disc: Path, command: tuple[object, ...]) -> None:
    done = run(*command, "--data", disc)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr


def test_the_window_shows_the_letter_and_changes_nothing(disc: Path, qtbot) -> None:
    kept = open_data_folder(str(disc))
    assert kept is not None
    assert kept.copy is not None
    store, jobs = Store(kept.database, kept.folder), Jobs()
    window = MainWindow(
        Services(
            store,
            partial(Library, kept.database),
            the_reader(),
            make_renderer,
            Spelling(WORDS, ()),
        ),
        load_settings(store),
        jobs,
    )
    window.read_only(kept.folder)
    window.show()
    window.letters.open(store.cases()[0].id)
    qtbot.waitUntil(lambda: window.letters.opened is not None, timeout=20_000)
    before = window.document.letter
    assert "reading only" in window.windowTitle()
    assert not window.form.isEnabled()
    window.document.edit(FieldId("header.case_number"), "CM16-0299999")
    assert window.document.letter == before
    window.beside.backups.back_up_if_due()
    assert jobs.wait_for_done(10_000)
    QApplication.processEvents()
    assert "cannot be written" not in window.notice.words
    window.commands["backup"].trigger()
    assert "no backup is made" in window.notice.words
    window.close()
    jobs.cancel_all()
    assert jobs.wait_for_done(10_000)
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    kept.close()
    assert not kept.database.path.exists()


def test_what_lies_in_a_folder_that_is_only_read_stays(disc: Path) -> None:
    kept = open_data_folder(str(disc))
    assert kept is not None
    store = Store(kept.database, kept.folder)
    with pytest.raises(UserError, match="only be read"):
        erase(store, [store.cases()[0].id])
    assert len(store.cases()) == 1
    kept.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_a_folder_that_others_may_write_into_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    assert open_to_others(folder) is None
    folder.chmod(0o777)
    warning = open_to_others(folder)
    assert isinstance(warning, UserError)
    assert "777" in warning.what
    done = run("cases", "--data", folder)
    assert done.returncode == 0
    assert "chmod 700" in done.stderr
