"""What is installed is pinned, by version and by the hash of each wheel; no address gets into the files."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PIN = re.compile(r"([A-Za-z0-9][\w.-]*)==([\w.+!-]+)")
HASHED = re.compile(rf"{PIN.pattern}((?: --hash=sha256:[0-9a-f]{{64}})+)")


def _lines(name: str) -> list[str]:
    return (PROJECT / name).read_text(encoding="utf-8").splitlines()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_and_hashes_agree() -> None:
    pins, hashed = _lines("constraints.txt"), _lines("hashes.txt")
    assert all(PIN.fullmatch(line) for line in pins)
    assert all(HASHED.fullmatch(line) for line in hashed)
    assert [line.split()[0] for line in hashed] == pins, "run: python packaging/hashes.py"


def test_all_that_the_program_and_its_tests_need_is_pinned() -> None:
    with (PROJECT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)
    named = [*told["project"]["dependencies"], *told["dependency-groups"]["dev"]]
    pinned = {_normal(line.split("==")[0]) for line in _lines("constraints.txt")}
    needed = {_normal(re.split(r"[<>=!~;\[ ]", one)[0]) for one in named if isinstance(one, str)}
    assert needed <= pinned


@pytest.mark.parametrize("right", [True, False])
def test_only_the_wheel_with_the_hash_is_installed(tmp_path: Path, right: bool) -> None:
    """As the setup asks pip, with a wheel of ours in place of a registry."""
    wheel = _wheel(tmp_path)
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest() if right else "0" * 64
    (tmp_path / "hashes.txt").write_text(f"made_up==1.0 --hash=sha256:{sha256}\n")
    asked = ["--require-hashes", "--only-binary=:all:", "--no-index", "--dry-run", "--quiet"]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", *asked, "--target", str(tmp_path / "out")),
            *("--find-links", str(tmp_path), "-r", str(tmp_path / "hashes.txt")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) is right
    if not right:
        # By these words the setup knows it.
        assert "DO NOT MATCH THE HASHES" in done.stderr
        assert "DO NOT MATCH THE HASHES" in (PROJECT / ".ci" / "setup").read_text()


def _wheel(folder: Path) -> Path:
    tree = folder / "tree"
    about = tree / "made_up-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n")
    (about / "WHEEL").write_text("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    (about / "RECORD").write_text("")
    packed = shutil.make_archive(str(folder / "made_up"), "zip", tree)
    return Path(packed).rename(folder / "made_up-1.0-py3-none-any.whl")
