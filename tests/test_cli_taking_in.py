"""The command that takes in folders of letters."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.commands import DONE, UNUSABLE, USAGE, run
from tests.ui.letter_files import letter_file


def _rows(report: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(report.read_text("utf-8").splitlines()))


def test_a_folder_is_taken_in_and_reported(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    (sent / "deeper").mkdir(parents=True)
    letter_file(sent, 1)
    letter_file(sent / "deeper", 2)
    letter_file(sent, 1, issues=1, name="newer.pdf")
    (sent / "broken.pdf").write_bytes(b"no PDF at all")
    data, report = tmp_path / "data", tmp_path / "report.csv"
    told = run("import", sent, "--jobs", 1, "--report", report, "--data", data)
    assert told.returncode == UNUSABLE
    assert told.stdout.splitlines()[0] == "letter-2.pdf: taken in, 1 to check"
    assert "newer.pdf: taken in, another file of a case that is here, " in told.stdout
    assert "broken.pdf: The file is not a PDF." in told.stderr
    assert told.stderr.splitlines()[-1] == (
        "4 files: 2 taken in; 1 taken in, another file of a case that is here; 1 could not be read."
    )
    rows = {Path(row["file"]).name: row for row in _rows(report)}
    assert rows["broken.pdf"]["state"] == "could not be read"
    assert "not a PDF" in rows["broken.pdf"]["words"]
    assert rows["letter-1.pdf"]["case_number"].startswith("CM16-")
    assert "They differ in" in rows["newer.pdf"]["words"]

    # Begun again, nothing is read twice.
    (sent / "broken.pdf").unlink()
    assert run("import", sent, "--report", report, "--data", data).returncode == UNUSABLE
    told = run("import", sent, "--report", report, "--overwrite", "--data", data)
    assert told.returncode == DONE
    assert told.stderr == "3 files: 3 here already.\n"
    assert [row["state"] for row in _rows(report)] == ["here already"] * 3


def test_how_many_at_a_time_is_a_number(tmp_path: Path) -> None:
    assert run("import", tmp_path, "--jobs", "many", "--data", tmp_path / "d").returncode == USAGE
