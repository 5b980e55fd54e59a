"""What the system refuses is a problem of the world wherever it is met, and a bug stays a bug."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app import paths
from app.cli.files import UNUSABLE, each
from app.errors import UserError, of_the_world
from app.services.guard import Pool
from tests.rights import ordinary_rights


def refused(path: Path) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_a_refused_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(PermissionError) as caught:
        refused(tmp_path / "kept.pdf")
    problem = of_the_world(caught.value)
    assert problem is not None
    assert problem.what == f"{tmp_path / 'kept.pdf'} cannot be used: Permission denied."


def test_a_users_problem_stays_as_it_is_and_a_bug_is_none() -> None:
    told = UserError("The disk is gone.", "Plug it in again.")
    assert of_the_world(told) is told
    assert of_the_world(ZeroDivisionError()) is None
    assert of_the_world(OSError(errno.EBADF, "no file has a part in it")) is None


def test_the_rest_of_a_batch_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done: list[Path] = []

    def act(path: Path) -> None:
        done.append(path)
        if path.name == "one":
            refused(path)

    both = [(name, tmp_path / name) for name in ("one", "two")]
    assert each(both, act) == UNUSABLE
    assert [path.name for path in done] == ["one", "two"]
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="modes of a POSIX system")
def test_a_data_folder_that_is_closed_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    try:
        with ordinary_rights(), pytest.raises(UserError, match="closed to you"):
            paths.data_folder(str(tmp_path))
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="accounts have numbers there alone")
def test_an_account_without_a_name_is_told_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 7)
    assert paths.user_name() == f"user {2**31 - 7}"


def test_a_process_that_cannot_be_started_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    pool = Pool("tests.services.test_guard", 512)
    try:
        with pytest.raises(UserError, match="could not be started"):
            pool.call("echo", b"", 5)
    finally:
        pool.close()
