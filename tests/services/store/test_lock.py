"""One data folder, one program."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.store import FolderInUse, FolderLock

HOLD = """
import sys
from pathlib import Path
from app.services.store import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_told_where_and_since_when(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FolderInUse) as told:
            FolderLock(tmp_path)
        assert socket.gethostname() in told.value.what
        assert f"process {other.pid}" in told.value.what
        assert "since 20" in told.value.what
        # However it ends, the folder is free again.
        other.kill()
        other.wait()
    FolderLock(tmp_path).release()


def test_the_lock_can_be_released_and_taken_again(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "data")
    with pytest.raises(FolderInUse):
        FolderLock(tmp_path / "data")
    lock.release()
    lock.release()
    FolderLock(tmp_path / "data").release()


def test_a_holder_that_says_nothing_is_still_told(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    (tmp_path / "lock").write_text("")
    with pytest.raises(FolderInUse, match="another program"):
        FolderLock(tmp_path)
    lock.release()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        FolderLock(tmp_path / "data")
