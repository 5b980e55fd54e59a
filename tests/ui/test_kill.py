"""The window is killed while somebody types: at most the last second of typing is missing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app.paths import DATABASE
from app.services.database import open_database
from app.services.store import Store
from tests.ui.letter_files import letter_file

PROJECT = Path(__file__).parents[2]
SUMMARY = "clinical_summary"
SEED = int(os.environ.get("IMR_DESK_KILL_SEED", "2016"))
KILLS = int(os.environ.get("IMR_DESK_KILLS", "1"))
"""How often the window is started on what the last kill left, and killed again."""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")


A_SECOND = 20
"""Words: one is typed every 50 ms, and later where the machine has much else to do, as is all that
the window does. What a clock says would tell of the machine."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: a kill, unlike a power cut, loses no written page, and
    nobody waits for a disk that others are writing to."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


def test_at_most_the_last_second_of_typing_is_missing(folder: Path) -> None:
    choice = random.Random(SEED)
    for _ in range(KILLS):
        _type_and_kill(folder, words=25 + choice.randrange(15), wait=choice.random() / 20)


def _type_and_kill(folder: Path, words: int, wait: float) -> None:
    """After so many words, and at any moment of the next one."""
    typed = saved = 0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typing_session", folder, letter_file(folder)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        for line in window.stdout:
            what, number = line.split()
            if what == "typed":
                typed = int(number)
            else:
                saved = int(number)
            if typed >= words:
                with suppress(subprocess.TimeoutExpired):
                    window.wait(wait)
                window.kill()
                break
        window.stdout.read()
    with closing(open_database(folder / "data" / DATABASE)) as database:
        database.check()
        store = Store(database, folder / "data")
        assert store.verify(1) is None
        case = store.case(1)
    text = case.drafts.get(SUMMARY, case.letter.clinical_summary)
    there = len(text.split())
    assert text.split() == [f"w{number}" for number in range(1, there + 1)]
    assert there >= typed - A_SECOND
    assert len(case.letter.clinical_summary.split()) >= saved > 0
