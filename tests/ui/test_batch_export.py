"""Many letters at once: one that cannot be written never stops the rest, and none is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.letter_intake import take_in
from app.services.pdf import read
from app.services.rendering import FileExists
from app.services.settings import Settings
from app.services.store import Status
from tests.readers import the_reader
from tests.ui.desk import Desk
from tests.ui.made_letters import letter, write_pdf

WRONG = 2
"""The number of the letter in which an error stands."""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Three letters are listed; in the second one the dates of injury differ."""
    made = Desk(tmp_path)
    for number in (1, 2, 3):
        summary_doi = "09/18/2016" if number == WRONG else "09/13/2016"
        path = write_pdf(tmp_path / f"{number}.pdf", letter(number, summary_doi=summary_doi))
        take_in(made.store, made.reader, path, by="clerk")
    made.window.letters.show_queue()
    made.out = tmp_path / "out"
    made.out.mkdir()
    made.window.batch.ask_folder = lambda: made.out
    made.window.batch.ask_overwrite = lambda _there: False
    yield made
    made.close()


def run(desk: Desk, qtbot: QtBot) -> list[tuple[int, int, object]]:
    """Export what is listed; answers what the progress told."""
    told: list[tuple[int, int, object]] = []
    collect = lambda *step: told.append(step)  # noqa: E731
    desk.window.batch.progressed.connect(collect)
    with qtbot.waitSignal(desk.window.batch.finished, timeout=20_000):
        desk.trigger("export_many")
    desk.settle()
    desk.window.batch.progressed.disconnect(collect)
    return told


def names(desk: Desk) -> list[str]:
    return sorted(path.name for path in desk.out.iterdir())


def test_one_failing_letter_does_not_stop_the_rest(desk: Desk, qtbot: QtBot) -> None:
    told = run(desk, qtbot)
    assert [(done, total) for done, total, _ in told] == [(1, 3), (2, 3), (3, 3)]
    assert names(desk) == ["CM16-0200001 letter.pdf", "CM16-0200003 letter.pdf"]
    strip = desk.window.strips.exporting
    assert strip.words.startswith("2 of 3 letters are written")
    [(name, problem)] = strip.details
    assert name == "CM16-0200002"
    assert "Not written" in problem
    back = the_reader().letter(desk.out / "CM16-0200003 letter.pdf").result.letter
    assert back.header.case_number == "CM16-0200003"
    statuses = {case.number: case.status for case in desk.store.cases()}
    assert statuses == {
        "CM16-0200001": Status.EXPORTED,
        "CM16-0200002": Status.NEW,
        "CM16-0200003": Status.EXPORTED,
    }


def test_a_file_that_is_there_is_never_overwritten(desk: Desk, qtbot: QtBot) -> None:
    there = desk.out / "CM16-0200001 letter.pdf"
    there.write_bytes(b"mine")
    told = run(desk, qtbot)
    assert there.read_bytes() == b"mine"
    errors = {item.name: item.error for _, _, item in told if item.error is not None}
    assert isinstance(errors["CM16-0200001"], FileExists)
    assert len(errors) == 2
    assert names(desk) == ["CM16-0200001 letter.pdf", "CM16-0200003 letter.pdf"]
    # The same again: now both are there, and none is written twice.
    before = {name: (desk.out / name).read_bytes() for name in names(desk)}
    run(desk, qtbot)
    assert {name: (desk.out / name).read_bytes() for name in names(desk)} == before
    assert desk.window.strips.exporting.words.startswith("0 of 3 letters")


def test_files_that_are_there_are_overwritten_only_where_that_was_said(
    desk: Desk, qtbot: QtBot
) -> None:
    there = desk.out / "CM16-0200001 letter.pdf"
    there.write_bytes(b"old")
    asked: list[int] = []
    desk.window.batch.ask_overwrite = asked.append
    with qtbot.assertNotEmitted(desk.window.batch.started):
        desk.trigger("export_many")
    assert asked == [1]
    assert there.read_bytes() == b"old"
    desk.window.batch.ask_overwrite = lambda _there: True
    run(desk, qtbot)
    assert there.read_bytes().startswith(b"%PDF")


def test_public_copies_of_all_ask_once_whether_others_go(desk: Desk, qtbot: QtBot) -> None:
    summary = "The 47 year old worker saw Dr. Priya Raghunathan."
    named = replace(letter(4, summary_doi="09/13/2016"), clinical_summary=summary)
    take_in(desk.store, desk.reader, write_pdf(desk.folder / "4.pdf", named), by="clerk")
    desk.window.letters.show_queue()
    batch, asked = desk.window.batch, []
    answers: Iterator[bool | None] = iter([None, True])
    batch.ask_others = lambda letters: asked.append(letters) or next(answers)
    with qtbot.assertNotEmitted(batch.started):
        desk.trigger("export_many_redacted")
    with qtbot.waitSignal(batch.finished, timeout=20_000):
        desk.trigger("export_many_redacted")
    desk.settle()
    assert asked == [4, 4]
    words = read(desk.out / "CM16-0200004 public copy.pdf").page_texts
    assert "Raghunathan" not in " ".join(words)
    assert "Dr." in " ".join(words)
    told = dict(desk.window.strips.exporting.details)
    assert "1 taken out" in told["CM16-0200004"]
    batch.use(batch._renderer, Settings(without_others=True))
    with qtbot.waitSignal(batch.finished, timeout=20_000):
        desk.trigger("export_many_redacted")
    assert len(asked) == 2


def test_a_folder_that_is_gone_fails_each_letter_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.out.rmdir()
    told = run(desk, qtbot)
    assert all(item.error is not None for _, _, item in told)
    assert not desk.out.exists()


def test_cancel_writes_no_further_letter(desk: Desk, qtbot: QtBot) -> None:
    strip = desk.window.strips.exporting
    with qtbot.waitSignal(desk.window.batch.finished, timeout=20_000):
        desk.trigger("export_many")
        # Before the event loop turns: the first letter is under way at most.
        QTest.mouseClick(strip._cancel, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "of 3 letters are written" in strip.words
    assert len(names(desk)) <= 1
    # Another batch may start.
    desk.window.batch.ask_folder = lambda: desk.folder
    told = run(desk, qtbot)
    assert len(told) == 3


def test_no_folder_named_and_nothing_listed(desk: Desk, qtbot: QtBot) -> None:
    desk.window.batch.ask_folder = lambda: None
    with qtbot.assertNotEmitted(desk.window.batch.started):
        desk.trigger("export_many")
        desk.window.batch.export_listed(())
    assert not desk.window.strips.exporting.isVisible()


def test_one_letter_and_many_are_written_where_the_last_ones_were(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    """Whatever else is changed in the settings meanwhile; a folder that is set there comes first."""
    run(desk, qtbot)
    window = desk.window
    assert window.exporter.folder.first == desk.out
    window._take_settings(Settings(days_to_decide=9))
    assert window.exporter.folder.first == desk.out
    house = tmp_path / "house"
    house.mkdir()
    window._take_settings(Settings(export_folder=str(house)))
    run(desk, qtbot)
    assert window.exporter.folder.first == house
    window._take_settings(Settings(export_folder=str(tmp_path / "gone")))
    assert window.exporter.folder.first == desk.out
