"""What is installed from a wheel is the whole program: commands, layouts, vocabularies, manual."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app import __version__

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked where nothing of the source tree is beside it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=PROJECT, check=True)
    (wheel,) = folder.glob("*.whl")
    place = folder / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place)
    return place


def run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as `imr-desk` starts it, from the installed files alone."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    code = "import sys; from app.application import run; sys.argv[0] = 'imr-desk'; sys.exit(run())"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=installed.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_names_its_command(installed: Path) -> None:
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "imr-desk = app.application:run" in entry.read_text()


def test_the_installed_program_reads_and_writes_a_letter(installed: Path, tmp_path: Path) -> None:
    read = run(
        installed, "parse", "--json", str(installed / "app/resources/samples/sample-letter.pdf")
    )
    assert read.returncode == 0, read.stderr
    letter = tmp_path / "letter.json"
    letter.write_text(read.stdout)
    assert json.loads(read.stdout)["layout"] == "maximus-2016"
    written = run(
        installed, "render", str(letter), "-o", str(tmp_path / "new.pdf"), "--reason", "a sample"
    )
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "new.pdf").read_bytes().startswith(b"%PDF")


def test_the_installed_program_brings_its_manual_and_says_its_version(installed: Path) -> None:
    assert (installed / "app/docs/manual.md").is_file()
    assert run(installed, "--version").stdout == f"IMR Desk {__version__}\n"


def test_the_readme_names_what_is_under_another_licence() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    told = re.findall(r"^\| `([\w./*]+)`(?:.*)\|$", readme.partition("## Licence")[2], re.MULTILINE)
    resources = PROJECT / "resources"
    named = {path for pattern in told for path in resources.glob(pattern)}
    foreign = {path.parent for path in resources.rglob("LICENSE*")}
    assert {path if path.is_dir() else path.parent for path in named} == foreign
    assert set(resources.glob("fonts/*.ttf")) <= named
    assert all(any(resources.glob(pattern)) for pattern in told)


def test_the_installed_program_is_called_by_its_name(installed: Path) -> None:
    assert run(installed, "parse", "--help").stdout.startswith("usage: imr-desk parse ")


PAPERS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", *(
    path.relative_to(PROJECT).as_posix() for path in sorted((PROJECT / "docs").rglob("*.md"))
))  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_what_the_papers_link_to_is_there(name: str) -> None:
    paper = PROJECT / name
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", paper.read_text("utf-8"))
    assert not [link for link in links if not (paper.parent / link).exists()]


def test_the_threat_model_is_found_from_the_papers_that_are_read_first() -> None:
    for name in ("README.md", "ARCHITECTURE.md"):
        assert "(docs/threat-model.md)" in (PROJECT / name).read_text("utf-8")
