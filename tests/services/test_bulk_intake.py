"""Many files at once: none holds up the others, what was stopped goes on, all of it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.bulk_intake import Outcome, State, take_in_all
from app.services.database import open_database
from app.services.guard import Watch
from app.services.letter_intake import take_in
from app.services.store import Imported, Store
from tests.readers import the_reader
from tests.ui.letter_files import letter_file, other_file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = open_database(tmp_path / "data.db")
    yield Store(database, tmp_path)
    database.close()


def _keeping(store: Store, path: Path, watch: Watch) -> Imported:
    return take_in(store, the_reader(), path, by="clerk", watch=watch)


def _all(store: Store, files: list[Path], at_once: int = 2) -> dict[str, Outcome]:
    found = take_in_all(files, lambda path, watch: _keeping(store, path, watch), at_once)
    return {outcome.path.name: outcome for outcome in found}


def test_each_file_is_told_and_none_stops_the_rest(store: Store, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    first = letter_file(sent, 1)
    again = sent / "the same.pdf"
    again.write_bytes(first.read_bytes())
    newer = letter_file(sent, 1, issues=1, name="newer.pdf")
    broken = sent / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    other = other_file(sent)
    files = [broken, first, letter_file(sent, 2), other]
    told = _all(store, [*files, sent / "gone.pdf"], 2)
    assert {name: one.state for name, one in told.items()} == {
        "broken.pdf": State.FAILED,
        "letter-1.pdf": State.TAKEN_IN,
        "letter-2.pdf": State.TAKEN_IN,
        other.name: State.NO_LETTER,
        "gone.pdf": State.FAILED,
    }
    assert told["broken.pdf"].words
    assert "No such file" in told["gone.pdf"].words
    told = _all(store, [again, newer], 1)
    assert [one.state for one in told.values()] == [State.SAME_FILE, State.SAME_CASE]
    assert "Another file of case" in told["newer.pdf"].words
    assert len(store.cases()) == 4


def test_what_is_here_is_not_read_again(store: Store, tmp_path: Path) -> None:
    files = [letter_file(tmp_path, number) for number in (1, 2, 3)]
    kept: list[str] = []

    def keep(path: Path, watch: Watch) -> Imported:
        kept.append(path.name)
        return _keeping(store, path, watch)

    stopped = take_in_all(files, keep, 1)
    next(stopped)
    stopped.close()
    done = len(store.cases())
    assert done in (1, 2)  # the second one may have been ended half way, or be done
    store.remove_case(store.cases()[0].id, by="clerk")

    class NoReader:
        """Whoever asks it for a letter that is kept already does so in vain."""

        def letter(self, *_: object, **__: object) -> None:
            raise UserError("It was read again.", "")

    def only_known(path: Path, _watch: Watch) -> Imported:
        return take_in(store, NoReader(), path, by="clerk")  # type: ignore[arg-type]

    states = [one.state for one in take_in_all(files, only_known, 2)]
    assert states.count(State.SAME_FILE) == done
    assert len(store.cases()) == done, "what was taken off the list is back on it"
    assert {one.state for one in _all(store, files).values()} <= {State.SAME_FILE, State.TAKEN_IN}
    assert len(store.cases()) == 3


def test_so_many_are_under_way_and_no_more(store: Store, tmp_path: Path) -> None:
    """Each waits for another one: with one at a time it would never end."""
    pairs = threading.Barrier(2, timeout=60)
    asked: list[Path] = []

    def keep(path: Path, _watch: Watch) -> Imported:
        asked.append(path)
        pairs.wait()
        raise UserError("It is no letter.", "")

    files = (tmp_path / f"{number}.pdf" for number in range(1000))
    outcomes = take_in_all(files, keep, 2)
    for _ in range(10):
        assert next(outcomes).state is State.FAILED
    assert len(asked) <= 16, "files that are far ahead wait"
    pairs.abort()
    outcomes.close()


def test_closing_ends_what_is_being_read(store: Store, tmp_path: Path) -> None:
    watches: list[Watch] = []
    begun = threading.Event()

    def keep(path: Path, watch: Watch) -> Imported:
        if path.name == "0.pdf":
            raise UserError("It is no letter.", "")
        ended = threading.Event()
        watch.begin(ended.set)
        watches.append(watch)
        begun.set()
        ended.wait()
        raise UserError("It was stopped.", "")

    outcomes = take_in_all((tmp_path / f"{number}.pdf" for number in range(9)), keep, 2)
    assert next(outcomes).path.name == "0.pdf"
    begun.wait()
    outcomes.close()
    assert watches
    assert all(watch.is_cancelled for watch in watches)
