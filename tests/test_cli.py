"""The commands: their JSON, their exit status, their words. Each runs as its user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.letter import Cover
from app.services.interchange import decode, encode_letter
from app.services.pdf import read
from tests.ui.made_letters import letter, write_pdf

PROJECT = Path(__file__).resolve().parents[1]
DONE, USAGE, UNUSABLE = 0, 2, 3


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python main.py …` with no display."""
    bare = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return subprocess.run(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        env={**bare, **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("letters") / "letter.pdf")


def test_parse_prints_one_object_a_letter(pdf: Path) -> None:
    done = run("parse", pdf, pdf, "--json")
    assert done.returncode == DONE, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    said = json.loads(lines[0])
    made = letter()
    assert said["schema"] == 1
    assert said["file"] == "letter.pdf"
    assert said["layout"] == "maximus-2016"
    assert said["header"] == {
        "case_number": "CM16-0200001",
        "date_assigned": "2016-10-26",
        "date_of_injury": "2016-09-13",
        "decision_date": "2016-11-14",
        "ur_denial_date": "2016-10-07",
        "priority": "Standard",
        "application_received": "2016-10-14",
    }
    assert said["reviewer"]["licensure"] == ["California"]
    assert said["reviewer"]["specialties"] == ["Occupational Medicine"]
    assert (said["patient"]["age"], said["patient"]["sex"]) == (47, "female")
    assert said["patient"]["date_of_injury"] == "2016-09-18"
    assert said["outcome"] == "Partial Overturn"
    assert said["clinical_summary"] == made.clinical_summary
    first = said["issues"][0]
    assert set(first) == {
        "title",
        "decision",
        "request",
        "claims_administrator_guideline",
        "maximus_guideline",
        "rationale",
    }
    assert first["title"] == made.issues[0].title
    assert first["decision"] == "Upheld"
    assert first["request"] is None
    assert first["maximus_guideline"]["basis"] == "mtus"
    (citation,) = first["maximus_guideline"]["citations"]
    assert citation["source"] == "MTUS"
    assert citation["title"] == "Low Back Complaints"
    assert citation["edition"] == "2004"
    assert citation["sections"] == ["Special Studies"]
    assert citation["pages"] is None
    assert first["rationale"] == made.issues[0].rationale
    for key in ("header.case_number", "issues.0.title", "issues.1.rationale"):
        seen = said["evidence"][key]
        assert seen["page"] >= 1
        assert all(0 <= edge <= 1 for box in seen["boxes"] for edge in box)
    assert "09/18/2016" in said["evidence"]["patient.date_of_injury"]["doubt"]


def test_parse_prints_the_form_for_people(pdf: Path) -> None:
    done = run("parse", pdf)
    assert "Case number: CM16-0200001" in done.stdout
    assert "Item 2, decision: Overturned" in done.stdout


@pytest.mark.parametrize(
    ("name", "data"),
    [("no.pdf", b"not a PDF at all"), ("empty.pdf", b""), ("gone.pdf", None)],
)
def test_parse_tells_what_it_cannot_read_and_does_the_rest(
    pdf: Path, tmp_path: Path, name: str, data: bytes | None
) -> None:
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    done = run("parse", bad, pdf, "--json")
    assert done.returncode == UNUSABLE
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{bad}: ")
    assert json.loads(done.stdout)["file"] == "letter.pdf"


def test_render_and_parse_give_the_same_letter(tmp_path: Path) -> None:
    made = letter(7, issues=3)
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(made))
    done = run("render", source, "-o", out)
    assert done.returncode == DONE, done.stderr
    said = run("parse", out, "--json").stdout
    again = decode(said.encode())
    assert again.header == made.header
    assert again.clinical_summary == made.clinical_summary
    assert [(i.title, i.decision, i.rationale) for i in again.issues] == [
        (i.title, i.decision, i.rationale) for i in made.issues
    ]


@pytest.mark.parametrize(
    "layout", ["maximus-2016", "maximus-2015", "maximus-2014", "plain", "parties"]
)
def test_render_in_every_layout(tmp_path: Path, layout: str) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(letter()))
    done = run("render", source, "-o", out, "--layout", layout)
    assert done.returncode == DONE, done.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_a_redacted_copy_is_proved(tmp_path: Path) -> None:
    made = replace(letter(), cover=Cover(employee="Ramona Quill", claim_number="QX-77120"))
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(encode_letter(made))
    done = run("render", source, "-o", out, "--layout", "parties", "--redacted")
    assert done.returncode == DONE, done.stderr
    assert "found 0 times" in done.stderr
    text = " ".join(word.text for page in read(out).pages for word in page.words)
    assert "CM16-0200001" in text
    assert "Quill" not in text
    assert not read(out).attachments


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "not JSON"),
        (b'{"schema": 9}', "schema 9"),
        (b'{"schema": 1, "header": {"date_assigned": "soon"}}', "date_assigned"),
    ],
)
def test_render_says_what_is_wrong_with_the_json(tmp_path: Path, data: bytes, words: str) -> None:
    source, out = tmp_path / "letter.json", tmp_path / "out.pdf"
    source.write_bytes(data)
    done = run("render", source, "-o", out)
    assert done.returncode == UNUSABLE
    assert words in done.stderr
    assert not out.exists()


def test_an_unknown_layout_is_told(tmp_path: Path) -> None:
    source = tmp_path / "letter.json"
    source.write_bytes(encode_letter(letter()))
    done = run("render", source, "-o", tmp_path / "out.pdf", "--layout", "nonesuch")
    assert done.returncode == UNUSABLE
    assert "no layout of that name" in done.stderr
    assert "maximus-2016" in done.stderr


def test_wrong_use_is_status_2() -> None:
    assert run("render").returncode == USAGE
    assert run("parse").returncode == USAGE


def test_kept_letters_import_list_export_backup_restore(pdf: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run("import", pdf, tmp_path / "gone.pdf", "--data", data)
    assert done.returncode == UNUSABLE
    assert "letter.pdf: taken in" in done.stdout
    assert "gone.pdf" in done.stderr
    listed = run("cases", IMR_DESK_DATA=str(data)).stdout
    assert listed.startswith("CM16-0200001\tnew\t")
    out = tmp_path / "out"
    done = run("export", "all", "-o", out, "--data", data)
    assert done.returncode == DONE, done.stderr
    (written,) = out.glob("*.pdf")
    assert "CM16-0200001" in written.name
    assert run("export", "CM99-0000000", "-o", out, "--data", data).returncode == UNUSABLE
    backup = tmp_path / "all.zip"
    assert run("backup", backup, "--data", data).returncode == DONE
    other = tmp_path / "other"
    assert run("restore", backup, "--data", other).returncode == DONE
    assert run("cases", "--data", other).stdout == listed


def test_check_reports(pdf: Path) -> None:
    said = json.loads(run("check", pdf, "--json").stdout)
    assert said["case_number"] == "CM16-0200001"
    assert "errors" in run("check", pdf).stdout


def test_library_search(tmp_path: Path) -> None:
    done = run("library", "search", "low", "back", "--data", tmp_path)
    assert "Low Back Complaints" in done.stdout


def test_without_a_display_the_whole_job_is_done(pdf: Path, tmp_path: Path) -> None:
    environment = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY"), "")
    done = run("--data", tmp_path, **environment)
    assert done.returncode == DONE, done.stderr
    assert "No display was found" in done.stdout
    assert "Cited in item 1" in done.stdout
    written = done.stdout.strip().rsplit("The new letter is written: ", 1)[1]
    assert Path(written).read_bytes().startswith(b"%PDF")
