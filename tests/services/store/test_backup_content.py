"""What backups share lies there once, and each stands alone all the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.services.database import Database, DatabaseDamaged, NotADatabase, open_database
from app.services.database.chunks import Chunks
from app.services.database.images import build_database, read_image, write_image
from app.services.library import Library
from app.services.store import Backups, Store
from app.services.store.backup_content import pack_oldest, room, sweep_chunks
from app.services.store.erasing_backups import columns_of_cases
from app.services.vault import Cipher
from tests.services.store.letters import drop, edit, letter, put

PLAIN = Cipher()


@pytest.fixture
def backups(database: Database, tmp_path: Path) -> Backups:
    return Backups(database, tmp_path)


def _chunks(folder: Path) -> set[Path]:
    return {path for path in (folder / "chunks").rglob("*") if path.is_file()}


def _dump(path: Path) -> list[str]:
    """All of a database but for what is made anew from it."""
    with closing(sqlite3.connect(path)) as raw:
        anew = 'INSERT INTO "archive_'
        return sorted(line for line in raw.iterdump() if not line.startswith(anew))


def _rebuilt(path: Path, place: Path) -> Path:
    build_database(read_image(path, PLAIN), Chunks(path.parent, PLAIN), place, PLAIN, path)
    return place


def test_a_backup_brings_back_every_table_row_for_row(
    store: Store, backups: Backups, tmp_path: Path
) -> None:
    edit(store, put(store, 1), letter(1), "patient.age", 60)
    drop(store, put(store, 2))  # its number must not be given again
    path = backups.make().path
    rebuilt = _rebuilt(path, tmp_path / "rebuilt.db")
    store.database.close()
    assert _dump(rebuilt) == _dump(store.database.path)
    with closing(open_database(rebuilt)) as again:
        other = Store(again, tmp_path)
        assert put(other, 3) == 3
        # The search of the library finds in it what it found.
        words = Library(store.database).entries(limit=1)[0].title.split()[0]
        found = [hit.entry.id for hit in Library(again).search(words)]
        assert found == [hit.entry.id for hit in Library(store.database).search(words)] != []


def test_values_come_back_as_they_were(database: Database, tmp_path: Path) -> None:
    with database.plainly() as raw:
        raw.execute("CREATE TABLE odd (a, b TEXT, c REAL)")
        raw.execute("CREATE TABLE pairs (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID")
        raw.execute("INSERT INTO pairs VALUES ('y', 'x'), ('x', 'y')")
        raw.executemany(
            "INSERT INTO odd (rowid, a, b, c) VALUES (?, ?, ?, ?)",
            [
                (-40, 2**63 - 1, "", 1e300),
                (5, b"\0\xff", "Nguyễn \U0001f4c4 \0 end", None),
                (90_000, None, "'", -0.0),
            ],
        )
        raw.execute("INSERT INTO odd VALUES (CAST(x'C328' AS TEXT), CAST(x'FF' AS TEXT), 1)")
    path = Backups(database, tmp_path).make().path
    rebuilt = _rebuilt(path, tmp_path / "rebuilt.db")
    query = "SELECT typeof(a), hex(a), typeof(b), hex(b), c FROM odd ORDER BY rowid"
    with closing(sqlite3.connect(rebuilt)) as then, database.plainly() as now:
        assert then.execute(query).fetchall() == now.execute(query).fetchall()
        assert then.execute("SELECT * FROM pairs").fetchall() == [("x", "y"), ("y", "x")]


def test_a_second_backup_takes_only_what_changed(
    store: Store, backups: Backups, tmp_path: Path
) -> None:
    for number in range(1, 80):
        put(store, number)
    first = backups.make()
    before = _chunks(backups.folder)
    edit(store, 5, letter(5), "patient.age", 60)
    second = backups.make()
    added = _chunks(backups.folder) - before
    assert 1 <= len(added) <= 6  # the letter, its line in the list, its history
    taken = backups.room()
    assert set(taken.own) == {first.path, second.path}
    of_files = sum(path.stat().st_size for path in _chunks(backups.folder))
    of_files += first.path.stat().st_size + second.path.stat().st_size
    assert taken.together == of_files
    assert max(taken.own.values()) < taken.together / 2
    assert taken == room(tmp_path / "backups", PLAIN)


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_each_backup_stands_alone_after_any_other_was_deleted(
    store: Store, backups: Backups, order: tuple[int, ...]
) -> None:
    case_id = put(store)
    after = letter()
    made = []
    for age in (57, 58, 59):
        after = edit(store, case_id, after, "patient.age", age)
        made.append((age, backups.make()))
    for gone in order[:2]:
        made[gone][1].path.unlink()
        sweep_chunks(backups.folder, PLAIN, age=0)
    age, left = made[order[2]]
    backups.restore(left)
    assert store.case(case_id).letter.patient.age == age
    assert store.verify(case_id) is None
    left.path.unlink()
    for backup in backups.all():
        backup.path.unlink()
    sweep_chunks(backups.folder, PLAIN, age=0)
    assert _chunks(backups.folder) == set()


def test_a_young_chunk_may_be_of_a_backup_that_is_being_made(
    store: Store, backups: Backups
) -> None:
    put(store)
    backups.make().path.unlink()
    there = _chunks(backups.folder)
    sweep_chunks(backups.folder, PLAIN)
    assert _chunks(backups.folder) == there != set()


def test_nothing_is_swept_while_the_needs_of_a_backup_cannot_be_told(
    store: Store, backups: Backups
) -> None:
    put(store)
    path = backups.make().path
    path.write_bytes(path.read_bytes()[:-4])
    there = _chunks(backups.folder)
    sweep_chunks(backups.folder, PLAIN, age=0)
    assert _chunks(backups.folder) == there


@pytest.mark.parametrize("how", ["gone", "cut", "other"])
def test_a_chunk_that_is_damaged_is_told_and_written_anew_by_the_next_backup(
    store: Store, backups: Backups, how: str
) -> None:
    case_id = put(store)
    backup = backups.make()
    for path in _chunks(backups.folder):
        match how:
            case "gone":
                path.unlink()
            case "cut":
                path.write_bytes(path.read_bytes()[:-3])
            case _:
                path.write_bytes(b"x" * 40)
    after = edit(store, case_id, letter(), "patient.age", 60)
    with pytest.raises(DatabaseDamaged):
        backups.restore(backup)
    assert store.case(case_id).letter == after
    backups.restore(backups.make())
    assert store.case(case_id).letter == after


def test_backups_of_older_versions_are_restored_and_packed_one_an_hour(
    store: Store, backups: Backups
) -> None:
    case_id = put(store)
    backups.folder.mkdir()
    old = [
        backups.folder / "imr-desk-20260302-091000-000001.db",
        backups.folder / "imr-desk-20260301-091000.db",
        backups.folder / "imr-desk-20260303-091000-000002-by-hand.db",
    ]
    for path in old[:2]:
        store.database.copy_to(path)
    old[2].write_bytes(b"SQLite format 3\0 and then nothing that is one")
    edit(store, case_id, letter(), "patient.age", 60)
    assert pack_oldest(backups.folder, PLAIN) == old[1].with_suffix(".backup")
    assert [path.exists() for path in old] == [True, False, True]
    one, two = (
        next(backup for backup in backups.all() if backup.path.stem == path.stem)
        for path in old[:2]
    )
    assert one.at - two.at == timedelta(days=1)
    for backup in (one, two):
        backups.restore(backup)
        assert store.case(case_id).letter == letter()
    assert pack_oldest(backups.folder, PLAIN) == old[0].with_suffix(".backup")
    assert pack_oldest(backups.folder, PLAIN) is None  # what is damaged stays as it is
    assert old[2].exists()


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TRIGGER sweep AFTER INSERT ON journal BEGIN DELETE FROM cases; END",
        "CREATE VIEW spare AS SELECT 1",
        "CREATE TABLE long AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n",
        "CREATE TABLE spare (a); ATTACH 'elsewhere.db' AS other",
        "ATTACH 'elsewhere.db' AS other",
        "CREATE TABLE cases (id)",
    ],
)
def test_a_backup_with_statements_of_its_own_is_refused(
    store: Store, backups: Backups, foreign: str
) -> None:
    case_id = put(store)
    backup = backups.make()
    image = read_image(backup.path, PLAIN)
    write_image(replace(image, schema=(*image.schema, foreign)), backup.path, PLAIN)
    with pytest.raises((NotADatabase, DatabaseDamaged)):
        backups.restore(backup)
    assert store.case(case_id).letter == letter()
    assert not Path("elsewhere.db").exists()


def test_every_table_that_hangs_on_a_letter_names_it(database: Database, tmp_path: Path) -> None:
    """Erasing takes rows out of backups by the column that names their letter."""
    image = read_image(Backups(database, tmp_path).make().path, PLAIN)
    direct = columns_of_cases(image)
    with database.plainly() as raw:
        for table in image.tables:
            parents = {row[2] for row in raw.execute(f"PRAGMA foreign_key_list({table.name})")}
            if parents & (set(direct) | {"cases"}):
                assert table.name in direct, table.name
    assert {"letters", "parses", "journal", "drafts"} <= set(direct)
