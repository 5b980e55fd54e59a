"""Killed at random moments of whatever it does: what was acknowledged is there, nothing is half."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import IO

import msgspec
import pytest

from app.services.database import DatabaseDamaged, open_database
from app.services.database.connection import create_private
from app.services.database.upgrading import upgrade
from app.services.store import Backups, Store, backups_in, clear_leftovers, restore_damaged
from app.services.store.archive import read_archive
from app.services.store.backup_content import opened
from app.services.store.wire import text_hash, to_json
from app.services.vault import Cipher
from tests.budget import examples
from tests.services.store.deaths import Done, content, pdf_of
from tests.services.store.edit_session import DRAFTED, Said
from tests.services.store.letters import edit, letter, put

KILLS, CASES = examples(100), 5
KILLS_OF_OTHERS = 8
SEED = int(os.environ.get("IMR_DESK_KILL_SEED", "2016"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are made by fork")


class Deaths:
    """Makes children that work and kills them."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self.chance = random.Random(SEED)

    def work_and_die(self, work: str, number: int, wait: float) -> list[str]:
        """The acknowledgements of a child, killed at most `wait` seconds after one of them."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        seed = self.chance.randrange(1 << 30)
        self._process.stdin.write(f"{work} {self._folder} {number} {seed}\n")
        self._process.stdin.flush()
        # Half of them die while they begin, the others some acts later, however slow the machine.
        after = self.chance.choice((0, self.chance.randrange(1, 16 if work == "edit" else 4)))
        lines = _read_until_gone(self._process.stdout, after, self.chance.uniform(0.0, wait))
        return [line for line in lines if line.startswith("{")]


@pytest.fixture(scope="module")
def process() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services.store.deaths"],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: a kill, unlike a power cut, loses no written page."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture
def deaths(process: subprocess.Popen[str], folder: Path) -> Deaths:
    return Deaths(process, folder)


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
    assert timer is not None, "the child ended by itself"
    timer.join()
    return lines


def test_every_acknowledged_edit_survives_a_kill(deaths: Deaths, folder: Path) -> None:
    acknowledged: dict[int, list[Said]] = {case: [] for case in range(1, CASES + 1)}
    drafts: dict[int, list[str]] = {case: [""] for case in acknowledged}
    edits = typed = 0
    for kill in range(KILLS):
        case = 1 + kill * CASES // KILLS
        lines = deaths.work_and_die("edit", case, 0.04)
        said = [msgspec.json.decode(line, type=Said) for line in lines]
        acts = [one for one in said if one.seq > 0]
        edits += len(acts)
        typed += sum(1 for one in said if one.seq == 0)
        drafts[case] = _possible_drafts(drafts[case], said)
        drafts[case] = [_compare(folder, case, acknowledged[case], acts, drafts[case])]
    assert edits > KILLS, "the children must have had the time to work"
    assert typed > KILLS // 10


def _possible_drafts(before: list[str], said: list[Said]) -> list[str]:
    """What may stand half typed: the last one acknowledged, or one handed over after it."""
    possible = before
    for one in said:
        if one.seq == -1:
            possible = [*possible, one.value]
        elif one.seq == 0:
            possible = possible[possible.index(one.value) :]
    return possible


def _compare(
    folder: Path, case: int, known: list[Said], acts: list[Said], drafts: list[str]
) -> str:
    """Opens the folder as the next start would; `known` grows by what was found.

    Gives the half-typed text that is there.
    """
    with closing(open_database(folder / "imr-desk.db")) as database:
        database.check()
        store = Store(database, folder)
        if not known and not acts and not store.cases(text=f"CM16-02{case:05}"):
            return ""  # killed before the letter was in
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
        draft = now.drafts.get(DRAFTED, "")
        assert draft in drafts
        assert store.pdf(case_id)
        assert put(store, case) == case_id
        return draft


def _prepare_two_states(folder: Path) -> None:
    """A letter, with one backup before an edit and one after it, where none is thinned."""
    with closing(open_database(folder / "imr-desk.db")) as database:
        store, backups = Store(database, folder), Backups(database, folder)
        case_id = put(store)
        backups.make()
        edit(store, case_id, letter(), "clinical_summary", "After. " * 50_000)
        backups.make()
        backups.folder.rename(folder / "two")


def _prepare_first_version(folder: Path) -> None:
    create_private(folder / "first.db")
    upgrade(folder / "first.db", "0001")
    with closing(sqlite3.connect(folder / "first.db")) as raw, raw:
        raw.execute("""INSERT INTO settings VALUES ('kept', '"yes"')""")


def _one_of_two(folder: Path) -> None:
    """The letter is whole, in one of its two states."""
    with closing(open_database(folder / "imr-desk.db")) as database:
        database.check()
        store = Store(database, folder)
        assert store.verify(1) is None
        assert len(store.case(1).letter.clinical_summary) in (
            350_000,
            len(letter().clinical_summary),
        )


def _nothing_left_over(folder: Path) -> None:
    clear_leftovers(folder, still=timedelta(0))
    assert not [path for pattern in ("opened-*", "*.fresh*") for path in folder.glob(pattern)]
    names = {path.name for path in (folder / "backups").glob("*")} - {"chunks"}
    assert all(name.startswith("imr-desk-") and name.endswith(".backup") for name in names)
    assert not list((folder / "backups").rglob("*.partial*"))


def check_take_in(folder: Path, said: list[str]) -> None:
    """Each acknowledged letter is there with its file; one more may be."""
    with closing(open_database(folder / "imr-desk.db")) as database:
        database.check()
        store = Store(database, folder)
        cases = store.cases()
        assert len(cases) >= max(map(int, said), default=0)
        for place, case in enumerate(cases, 1):
            assert store.files.get(case.file_sha256) == pdf_of(place)
            assert store.verify(case.id) is None


def check_back_up(folder: Path, said: list[str]) -> None:
    """Each backup is whole; those acknowledged are there, as far as they are kept."""
    _nothing_left_over(folder)
    kept = backups_in(folder / "backups")
    assert not said or any(backup.path.name == said[-1] for backup in kept)
    for backup in kept:
        with opened(backup.path, Cipher()) as then, then.plainly() as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def check_restore(folder: Path, _said: list[str]) -> None:
    _one_of_two(folder)
    _nothing_left_over(folder)


def check_exchange(folder: Path, _said: list[str]) -> None:
    """Between the old file and the new one there is none: that is told, and a backup goes in."""
    try:
        open_database(folder / "imr-desk.db").close()
    except DatabaseDamaged:
        restore_damaged(folder / "imr-desk.db", backups_in(folder / "two")[0])
    _one_of_two(folder)
    _nothing_left_over(folder)


def check_upgrade(folder: Path, said: list[str]) -> None:
    """Whether it was upgraded or not: today's program opens it, and what was in it is there."""
    made = sorted(folder.glob("of-*"), key=lambda path: path.stat().st_mtime)[-1:]
    for path in {*made, *(folder / name for name in said[-1:])}:
        if not (path / "imr-desk.db").exists() or (path / "imr-desk.db").stat().st_size == 0:
            continue  # killed while it was laid there
        with closing(open_database(path / "imr-desk.db")) as database:
            database.check()
            assert Store(database, path).setting("kept") == "yes"


def check_export(folder: Path, said: list[str]) -> None:
    path = folder / "letter.pdf"
    assert path.exists() or not said
    assert not path.exists() or path.read_bytes() in (content(0), content(1))


def check_archive(folder: Path, said: list[str]) -> None:
    path = folder / "all.zip"
    assert path.exists() or not said
    if path.exists():
        into = folder / "into"
        with closing(open_database(into / "imr-desk.db")) as database:
            store = Store(database, into)
            read_archive(store, path)
            assert store.verify(1) is None


@pytest.mark.parametrize(
    ("work", "prepare", "check", "wait"),
    [
        ("take_in", None, check_take_in, 0.02),
        ("back_up", _prepare_two_states, check_back_up, 0.03),
        ("restore", _prepare_two_states, check_restore, 0.06),
        ("exchange", _prepare_two_states, check_exchange, 0.04),
        ("upgrade", _prepare_first_version, check_upgrade, 0.08),
        ("export", None, check_export, 0.02),
        ("archive", _prepare_two_states, check_archive, 0.05),
    ],
)
def test_nothing_is_half_done_after_a_kill(
    deaths: Deaths,
    folder: Path,
    work: str,
    prepare: Callable[[Path], None] | None,
    check: Callable[[Path, list[str]], None],
    wait: float,
) -> None:
    if prepare is not None:
        prepare(folder)
    done = 0
    for kill in range(KILLS_OF_OTHERS):
        lines = deaths.work_and_die(work, kill, wait)
        said = [msgspec.json.decode(line, type=Done).what for line in lines]
        done += len(said)
        check(folder, said)
    assert done
