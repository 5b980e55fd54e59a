"""Files are written whole or not at all, under safe names; batches go on after a failure."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.services.regular_files import read_regular
from app.services.rendering import BatchItem, FileExists, file_name, report, run_batch, write_file
from tests.rights import ordinary_rights
from tests.services.rendering.letters import letter


def test_a_file_is_written_for_its_owner_only(tmp_path) -> None:
    write_file(tmp_path / "a.pdf", b"one")
    assert (tmp_path / "a.pdf").read_bytes() == b"one"
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_file_is_replaced_only_when_told(tmp_path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(FileExists):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    write_file(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_file_is_neither_replaced_nor_waited_for(tmp_path, replace: bool) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    for path, words in ((pipe, "a pipe"), (Path(os.devnull), "a device"), (tmp_path, "a folder")):
        with pytest.raises(UserError, match=words):
            write_file(path, b"x", replace=replace)
        with pytest.raises(OSError, match=words):
            read_regular(path)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [found.name for found in tmp_path.iterdir()] == ["pipe.pdf"]


def test_a_folder_that_is_not_there_or_no_folder_is_said_so(tmp_path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "nowhere" / "a.pdf", tmp_path / "file" / "a.pdf"):
        with pytest.raises(UserError, match="could not be written"):
            write_file(path, b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of a POSIX system")
def test_a_folder_that_may_not_be_written_to_is_said_so(tmp_path) -> None:
    tmp_path.chmod(0o500)
    try:
        with ordinary_rights(), pytest.raises(UserError, match="could not be written"):
            write_file(tmp_path / "a.pdf", b"x")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(("number", "pattern", "name"), [
    ("CM16-0200001", "{case_number} {kind}", "CM16-0200001 determination.pdf"),
    ("CM16-0200001", "{decision_date}/{case_number}", "2016-12-09-CM16-0200001.pdf"),
    ("", "{case_number}", "letter.pdf"),
    ("../../x", "{case_number}", "-..-x.pdf"),
    ("con", "{case_number}", "_con.pdf"),
    ("a:b*?", "{case_number}", "a-b-.pdf"),
])  # fmt: skip
def test_file_names_are_safe(number: str, pattern: str, name: str) -> None:
    case = letter()
    case = replace(case, header=replace(case.header, case_number=number))
    assert file_name(case, "determination", "pdf", pattern) == name


def test_an_unknown_name_in_the_pattern_is_told() -> None:
    with pytest.raises(UserError, match="employee"):
        file_name(letter(), "x", "pdf", "{employee}")


def test_one_failure_never_stops_the_rest() -> None:
    done: list[int] = []
    seen: list[tuple[int, int]] = []

    def fail() -> None:
        raise UserError("The disk is full.", "Make room.")

    outcomes = run_batch(
        [
            ("a", lambda: str(done.append(1) or "")),
            ("b", fail),
            ("c", lambda: str(done.append(3) or "Nothing was taken out.")),
            ("d", lambda: str(done.append(4) or "")),
        ],
        progress=lambda number, of, _: seen.append((number, of)),
        stopped=lambda: len(done) == 2,
    )
    assert done == [1, 3]
    assert seen == [(1, 4), (2, 4), (3, 4)]
    assert [item.done for item in outcomes] == [True, False, True, False]
    assert outcomes[3] == BatchItem("d", stopped=True)
    assert (
        report(outcomes)
        == "2 of 4 written.\nb: The disk is full. Make room.\nc: Nothing was taken out.\n"
        "1 not started: stopped."
    )
