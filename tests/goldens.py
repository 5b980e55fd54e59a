"""Makes anew everything that is written by a program and kept, and shows what changed: `make goldens`.

Look at each difference before you commit it: a golden file says what is right, so that a
difference that was not meant is a fault of the change, not of the file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
LINES = 60
"""So many lines of differences are shown; `git diff` has them all."""


class Maker(NamedTuple):
    """A program that writes golden files, and where they lie."""

    what: str
    command: tuple[str, ...]
    places: tuple[str, ...]
    output: str = ""
    """The file that takes what the command prints, where it writes none itself."""


MAKERS = (
    Maker(
        "the made-up letters, what is read from them, and the sample",
        ("-m", "tests.letters.make", "--golden"),
        ("tests/letters/made", "resources/samples"),
    ),
    Maker(
        "the JSON Schema of a letter",
        ("main.py", "schema"),
        ("docs/schema",),
        "docs/schema/letter-1.json",
    ),
    Maker(
        "the Word template of each layout",
        ("-m", "app.services.rendering.word_template"),
        ("templates",),
    ),
    Maker(
        "the statements that make a new database",
        ("-m", "app.services.database.snapshot"),
        ("app/services/database",),
    ),
    Maker(
        "the editions in force in each month",
        ("-m", "tests.services.citations.editions", "--write"),
        ("tests/services/citations",),
    ),
)


def make(maker: Maker, project: Path = PROJECT) -> None:
    """Run one maker in a checkout. Raises CalledProcessError where it fails."""
    done = subprocess.run(
        [sys.executable, *maker.command], cwd=project, check=True, stdout=subprocess.PIPE
    )
    if maker.output:
        (project / maker.output).write_bytes(done.stdout)


def differences(project: Path, places: tuple[str, ...]) -> str:
    """What Git sees changed, new or gone at these places: a line a file, then the lines."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words, "--", *places], cwd=project, check=True, capture_output=True
        )
        return done.stdout.decode(errors="replace")

    files = git("status", "--short", "--untracked-files=all")
    lines = git("diff", "--unified=0", "--no-color").splitlines()
    more = [f"… {len(lines) - LINES} more lines: git diff"] if len(lines) > LINES else []
    return "\n".join([*files.splitlines(), *lines[:LINES], *more])


def main() -> int:
    for maker in MAKERS:
        print(f"==== {maker.what}", flush=True)
        make(maker)
        print(differences(PROJECT, maker.places) or "as they were")
    return 0


if __name__ == "__main__":
    sys.exit(main())
