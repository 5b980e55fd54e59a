"""What the program brings along is there, and the data folder is its owner's alone."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from app import paths
from app.errors import UserError


@pytest.mark.parametrize("name", ["RESOURCES", "TEMPLATES", "FONTS", "MANUAL", "SAMPLE"])
def test_what_the_program_brings_is_there(name: str) -> None:
    assert getattr(paths, name).exists()


def test_the_folder_chosen_wins_over_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "variable"))
    assert paths.data_folder(None) == tmp_path / "variable"
    assert paths.data_folder(str(tmp_path / "chosen")) == tmp_path / "chosen"
    assert (tmp_path / "chosen").is_dir()


def test_without_a_word_it_is_the_platforms_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(paths.DATA_VARIABLE, raising=False)
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda name: tmp_path / name)
    assert paths.data_folder(None) == tmp_path / "imr-desk"


@pytest.mark.skipif(sys.platform == "win32", reason="modes of a POSIX system")
def test_a_new_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = paths.data_folder(str(tmp_path / "new" / "deeper"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    for chosen in (file, file / "below"):
        with pytest.raises(UserError, match="cannot be made") as told:
            paths.data_folder(str(chosen))
        assert "--data" in told.value.remedy
