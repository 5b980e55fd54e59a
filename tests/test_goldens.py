"""One command makes every golden file anew and shows the differences."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.goldens import MAKERS, PROJECT, Maker, differences, make


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.what)
def test_each_maker_and_its_places_are_there(maker: Maker) -> None:
    if maker.command[0] == "-m":
        assert find_spec(maker.command[1]) is not None
    else:
        assert (PROJECT / maker.command[0]).is_file()
    assert all((PROJECT / place).is_dir() for place in maker.places)


def test_what_a_maker_changes_is_shown(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "golden.txt").write_text("seven\n")
    (tmp_path / "beside.txt").write_text("of nobody's concern\n")
    git("init")
    git("add", ".")
    maker = Maker("a word", ("-c", "print('eight')"), ("kept",), "kept/golden.txt")
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-m", "One")
    assert differences(tmp_path, maker.places) == ""
    make(maker, tmp_path)
    (tmp_path / "kept" / "new.txt").write_text("nine\n")
    (tmp_path / "beside.txt").write_text("changed\n")
    shown = differences(tmp_path, maker.places)
    assert "-seven" in shown
    assert "+eight" in shown
    assert "new.txt" in shown
    assert "beside" not in shown


def test_what_fails_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        make(Maker("nothing", ("-c", "raise SystemExit(1)"), ()), tmp_path)
