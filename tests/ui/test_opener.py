"""Letters on their way in: one that takes long holds up no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.database import open_database
from app.services.letter_reader import LetterReader
from app.services.regular_files import NOBODYS
from app.services.store import Store
from app.ui.jobs import Jobs
from app.ui.opener import LANES, MANY, Opener
from tests.bundles import long_bundle
from tests.heavy import endless_reading
from tests.ui.made_letters import write_pdf


@pytest.fixture(scope="module")
def reader():
    with LetterReader(seconds=60) as made:
        made.warm()
        yield made


@pytest.fixture
def opener(qtbot: QtBot, tmp_path: Path, reader: LetterReader):
    database = open_database(tmp_path / "data.db")
    jobs = Jobs()
    yield Opener(Store(database, tmp_path / "data"), reader, jobs, "clerk")
    assert jobs.wait_for_done(20_000)
    database.close()


def test_a_letter_that_takes_long_holds_up_no_other(
    qtbot: QtBot,
    opener: Opener,
    reader: LetterReader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.ui.opener.FIRST_SLOW_MS", 500)  # it takes so long in any case
    heavy = tmp_path / "a heavy.pdf"
    heavy.write_bytes(endless_reading())
    failed: list[Path] = []
    opener.file_failed.connect(lambda path, _error: failed.append(path))
    with qtbot.waitSignal(opener.taken_in, timeout=120_000) as came:
        opener.take_in_files([heavy, write_pdf(tmp_path / "b letter.pdf")])
    assert came.args is not None
    assert came.args[0].summary.file_name == "b letter.pdf"
    assert opener.is_importing
    assert failed == []
    with qtbot.waitSignal(opener.finished, timeout=120_000) as ended:
        reader.stop()
    assert failed == [heavy]
    assert ended.args == [1, 1, 0]
    assert not opener.is_importing


def test_the_reading_of_a_bundle_is_followed_and_ended_alone(
    qtbot: QtBot, opener: Opener, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pdf"
    bundle.write_bytes(long_bundle(2990))
    failed: list[Path] = []
    opener.file_failed.connect(lambda path, _error: failed.append(path))
    with qtbot.waitSignal(opener.pages_read, timeout=120_000) as told:
        opener.take_in_files([bundle, write_pdf(tmp_path / "other.pdf")])
    assert told.args is not None
    assert told.args[1] > 3000
    with qtbot.waitSignal(opener.finished, timeout=120_000) as ended:
        opener.cancel()
    assert ended.args == [0, 0, 2]
    assert failed == [], "what was not wanted is no failure"
    with qtbot.waitSignal(opener.finished, timeout=120_000) as ended:
        opener.take_in_files([tmp_path / "other.pdf"])
    assert ended.args == [1, 0, 0]


def test_what_lies_beside_a_letter_is_no_failed_one(
    qtbot: QtBot, opener: Opener, tmp_path: Path
) -> None:
    beside = [tmp_path / name for name in ("._letter.pdf", ".~lock.letter.pdf#", "Thumbs.db")]
    for path in beside:
        path.write_bytes(b"\x00\x05\x16\x07")
    letter = write_pdf(tmp_path / "letter.pdf")
    failed: list[str] = []
    opener.file_failed.connect(lambda _path, error: failed.append(error.what))
    with qtbot.waitSignal(opener.finished, timeout=120_000) as ended:
        opener.take_in_files([beside[0], letter, *beside[1:]])
    assert (ended.args, failed) == ([1, 0, 0], [])
    opener.take_in_files([beside[0]])
    assert failed == [NOBODYS], "chosen alone it is told"


def test_of_very_many_files_several_are_read_at_a_time(
    qtbot: QtBot, opener: Opener, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.pdf" for number in range(MANY + 10)]
    for path in files:
        path.write_bytes(b"no letter")
    files.append(write_pdf(tmp_path / "the last.pdf"))
    at_once: list[int] = []
    failed: list[Path] = []
    opener.progressed.connect(lambda *_: at_once.append(len(opener._under_way)))
    opener.file_failed.connect(lambda path, _error: failed.append(path))
    with qtbot.waitSignal(opener.finished, timeout=120_000) as ended:
        opener.take_in_files(files)
    assert ended.args == [1, len(files) - 1, 0]
    assert sorted(failed) == sorted(files[:-1])
    assert max(at_once) <= LANES
