"""Programs that work until they are killed: for `test_kill`.

Reads lines `WORK FOLDER NUMBER SEED` and for each forks a child that does that work in the folder.
The child prints `ready`, then one JSON line an acknowledged act. Everything is imported before
the first fork, so that a child is at work at once.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

import app.services.database.upgrading
from app.services.database import open_database
from app.services.rendering.files import write_file
from app.services.store import Backups, Store, backups_in, restore_damaged, write_archive
from tests.services.store import edit_session
from tests.services.store.letters import letter, parsed, put

PDF = bytes(range(256)) * 1000
"""As long as a letter's PDF."""
LONG = 3_000_000


def say(act: msgspec.Struct) -> None:
    os.write(1, msgspec.json.encode(act) + b"\n")


class Done(msgspec.Struct, frozen=True):
    """What the child acknowledges: how many acts, or the path of what it made."""

    what: str


def pdf_of(number: int) -> bytes:
    return PDF + str(number).encode()


def content(number: int) -> bytes:
    """A file of one of two contents."""
    return b"AB"[number % 2 : number % 2 + 1] * LONG


def edit(folder: Path, case: int, seed: int) -> None:
    edit_session.work(folder, case, seed)


def take_in(folder: Path, _number: int, _seed: int) -> None:
    """Takes one letter in after another."""
    store = _store(folder)
    for number in itertools.count(len(store.cases()) + 1):
        result = parsed(letter(number))
        store.import_pdf(pdf_of(number), result, by="clerk", file_name=f"{number}.pdf")
        say(Done(str(number)))


def back_up(folder: Path, _number: int, _seed: int) -> None:
    store = _store(folder)
    backups = Backups(store.database, folder)
    while True:
        say(Done(backups.make("while-killed").path.name))


def restore(folder: Path, number: int, _seed: int) -> None:
    """Goes from one backup to the other and back."""
    store = _store(folder)
    backups, two = Backups(store.database, folder), backups_in(folder / "two")
    while True:
        number += 1
        backups.restore(two[number % 2])
        say(Done(str(number)))


def exchange(folder: Path, number: int, _seed: int) -> None:
    """Puts backups in place of a database that cannot be opened."""
    two = backups_in(folder / "two")
    while True:
        number += 1
        restore_damaged(folder / "imr-desk.db", two[number % 2])
        say(Done(str(number)))


def upgrade(folder: Path, number: int, _seed: int) -> None:
    """Opens a database of the first version: so quick that it is done again and again."""
    for copy in itertools.count():
        path = folder / f"of-{number}-{copy}"
        path.mkdir()
        (path / "imr-desk.db").write_bytes((folder / "first.db").read_bytes())
        open_database(path / "imr-desk.db").close()
        say(Done(path.name))


def export(folder: Path, number: int, _seed: int) -> None:
    """Writes over a file again and again."""
    while True:
        number += 1
        write_file(folder / "letter.pdf", content(number), replace=True)
        say(Done(str(number)))


def archive(folder: Path, _number: int, _seed: int) -> None:
    store = _store(folder)
    while True:
        say(Done(str(write_archive(store, folder / "all.zip"))))


WORKS: dict[str, Callable[[Path, int, int], None]] = {
    work.__name__: work
    for work in (edit, take_in, back_up, restore, exchange, upgrade, export, archive)
}


def _store(folder: Path) -> Store:
    return Store(open_database(folder / "imr-desk.db"), folder)


def _import_all() -> None:
    """What is imported with the first use is imported now."""
    assert app.services.database.upgrading
    with tempfile.TemporaryDirectory() as name:
        store = _store(Path(name))
        store.case(put(store))
        Backups(store.database, Path(name)).make()
        store.database.close()


def main() -> None:
    _import_all()
    for line in sys.stdin:
        work, folder, number, seed = line.split()
        child = os.fork()
        if child == 0:
            os.write(1, b"ready\n")
            WORKS[work](Path(folder), int(number), int(seed))
        os.write(1, f"child {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"gone\n")


if __name__ == "__main__":
    main()
