"""Killed at a hundred random moments of editing: every acknowledged edit is there afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec
import pytest

from app.services.database import open_database
from app.services.store import Store
from app.services.store.wire import text_hash, to_json
from tests.services.store.edit_session import Said
from tests.services.store.letters import put

KILLS, CASES = 100, 5
SEED = int(os.environ.get("IMR_DESK_KILL_SEED", "2016"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are made by fork")


@pytest.fixture
def sessions() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services.store.edit_session"],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


def test_every_acknowledged_edit_survives_a_kill(
    sessions: subprocess.Popen[str], tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    acknowledged: dict[int, list[Said]] = {case: [] for case in range(1, CASES + 1)}
    drafts: dict[int, list[str]] = {case: [] for case in acknowledged}
    edits = 0
    for kill in range(KILLS):
        case = 1 + kill * CASES // KILLS
        said = _work_and_die(sessions, tmp_path, case, chance)
        acts = [one for one in said if one.seq]
        edits += len(acts)
        drafts[case] = [one.value for one in said if not one.seq] or drafts[case]
        _compare(tmp_path, case, acknowledged[case], acts, drafts[case])
    assert edits > KILLS, "the children must have had the time to work"


def _work_and_die(
    sessions: subprocess.Popen[str], folder: Path, case: int, chance: random.Random
) -> list[Said]:
    assert sessions.stdin is not None
    assert sessions.stdout is not None
    sessions.stdin.write(f"{folder} {case} {chance.randrange(1 << 30)}\n")
    sessions.stdin.flush()
    # Half of them die while opening or importing, the others some edits later, however slow
    # the machine is.
    after = chance.choice((0, chance.randrange(1, 16)))
    lines = _read_until_gone(sessions.stdout, after, chance.uniform(0.0, 0.04))
    return [msgspec.json.decode(line, type=Said) for line in lines if line.startswith("{")]


def _read_until_gone(stdout: IO[str], after: int, wait: float) -> list[str]:
    """What a child said until it was killed: `wait` seconds after so many acknowledgements."""
    lines: list[str] = []
    timer: threading.Timer | None = None
    child: int | None = None
    ready = False
    while (line := stdout.readline()) != "gone\n":
        assert line, "the process that makes the children ended"
        lines.append(line)
        ready = ready or line == "ready\n"
        if line.startswith("child "):
            child = int(line.split()[1])
        said = sum(1 for one in lines if one.startswith("{"))
        if ready and said >= after and child is not None and timer is None:
            timer = threading.Timer(wait, os.kill, (child, signal.SIGKILL))
            timer.start()
    assert timer is not None
    timer.join()
    return lines


def _compare(
    folder: Path, case: int, known: list[Said], acts: list[Said], drafts: list[str]
) -> None:
    """Opens the folder as the next start would; `known` grows by what was found."""
    database = open_database(folder / "imr-desk.db")
    database.check()
    store = Store(database, folder)
    if not known and not acts and not store.cases(text=f"CM16-02{case:05}"):
        database.close()
        return  # killed before the letter was in
    case_id = next(found.id for found in store.cases() if found.file_name == f"{case}.pdf")
    assert store.verify(case_id) is None
    entries = store.journal(case_id)
    by_number = {entry.seq: entry for entry in entries}
    known += acts
    for one in known:
        assert (by_number[one.seq].field, by_number[one.seq].after) == (one.field, one.value)
    now = store.case(case_id)
    if known and known[-1].seq == len(entries):
        assert text_hash(to_json(now.letter)) == known[-1].letter
    if drafts:
        # What was acknowledged last, or what came after it and could not be said any more.
        assert now.drafts["cover.addressee"]
    assert store.pdf(case_id)
    assert put(store, case) == case_id
    database.close()
