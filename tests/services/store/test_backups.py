"""Backups: made, thinned, compared, restored; and everything in one archive."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.services.database import Database, DatabaseDamaged, NotADatabase, open_database
from app.services.store import (
    Backup,
    Backups,
    CannotCompare,
    Change,
    NotAnArchive,
    Status,
    Store,
    backups_in,
    clear_leftovers,
    read_archive,
    restore_damaged,
    start_empty,
    write_archive,
)
from app.services.store.backups import OPENED, superfluous
from app.services.working_folder import working_folder
from tests.services.store.letters import BY, drop, edit, letter, pdf, put

NO_TIME = timedelta(0)


@pytest.fixture
def backups(database: Database, tmp_path: Path) -> Backups:
    return Backups(database, tmp_path)


def test_a_backup_is_a_file_of_its_own(store: Store, backups: Backups, tmp_path: Path) -> None:
    put(store)
    first, second = backups.make(), backups.make("before-import")
    assert backups.all() == (second, first) == backups_in(tmp_path / "backups")
    assert first.path.name == f"imr-desk-{first.at:%Y%m%d-%H%M%S}-000001.backup"
    assert second.path.name == f"imr-desk-{second.at:%Y%m%d-%H%M%S}-000002-before-import.backup"
    assert second.reason == "before-import"
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {
        first.path.name,
        second.path.name,
        "chunks",
    }
    chunks = [path for path in (tmp_path / "backups" / "chunks").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in chunks} == {0o600}
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.path.parent.stat().st_mode) == 0o700


def test_the_newest_backup_is_never_thinned(backups: Backups) -> None:
    for _ in range(12):
        assert backups.make().path.exists()
    assert len(backups.all()) == 10


def test_a_backup_is_made_when_the_last_is_old_enough(backups: Backups) -> None:
    assert backups.make_if_due() is not None
    assert backups.make_if_due() is None
    assert backups.make_if_due(timedelta(0)) is not None


def test_a_backup_shows_what_differs_and_brings_it_back(store: Store, backups: Backups) -> None:
    changed, removed = put(store, 1), put(store, 2)
    backup = backups.make()
    after = edit(store, changed, letter(1), "patient.age", 60)
    store.set_status(changed, Status.CHECKED, by=BY)
    edit(store, changed, after, "issues.2.title", "Other")
    drop(store, removed)
    added = put(store, 3)

    one, two, three = backups.differences(backup)
    assert (one.number, one.change) == ("CM16-0200001", Change.DIFFERENT)
    assert one.fields == ("patient.age", "issues.2.title")
    assert (one.status_then, one.status_now) == (Status.NEW, Status.IN_WORK)
    assert (two.number, two.change) == ("CM16-0200002", Change.ONLY_IN_BACKUP)
    assert (three.number, three.change) == ("CM16-0200003", Change.ONLY_NOW)

    before = backups.restore(backup)
    assert backups.differences(backup) == ()
    assert store.case(changed).letter == letter(1)
    assert store.pdf(removed) == pdf(2)
    assert store.verify(changed) is None
    assert before.reason == "before-restore"
    backups.restore(before)
    assert store.case(changed).letter.patient.age == 60
    assert store.pdf(added) == pdf(3)
    left = {path for path in backups.folder.iterdir() if path.name != "chunks"}
    assert left == {one.path for one in backups.all()}


def test_a_clock_that_ran_ahead_holds_up_no_backup(backups: Backups) -> None:
    ahead = backups.make()
    path = ahead.path.with_name("imr-desk-20990101-000000.db")
    ahead.path.rename(path)
    made = backups.make_if_due()
    assert made is not None
    assert backups.all()[0] == made  # and it is never thinned before the older ones


def _name(number: int, at: datetime) -> str:
    return f"imr-desk-{at:%Y%m%d-%H%M%S}-{number:06d}.db"


def _work(backups: Backups, days: list[list[datetime]]) -> list[datetime]:
    """Makes a backup at each of the times a clock told, and gives the times of those kept."""
    number = 0
    for times in days:
        for told_time in times:
            number += 1
            backups.folder.mkdir(exist_ok=True)
            (backups.folder / _name(number, told_time)).write_bytes(b"x")
            for dropped in superfluous(backups.all()):
                dropped.path.unlink()
    return [backup.at for backup in backups.all()]


def _working_days(count: int) -> list[list[datetime]]:
    """Days of eight backups each, an hour apart."""
    first = datetime(2026, 3, 2, 9, 10, tzinfo=UTC)
    return [[first + timedelta(days=day, hours=hour) for hour in range(8)] for day in range(count)]


@pytest.mark.parametrize(
    "wrong", [datetime(2031, 1, 1, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC)]
)
@pytest.mark.parametrize("backups_long", [1, 8])
def test_days_are_kept_through_a_clock_that_was_wrong_for_a_while(
    backups: Backups, wrong: datetime, backups_long: int
) -> None:
    days = _working_days(30)
    days[10][:backups_long] = [wrong + timedelta(hours=hour) for hour in range(backups_long)]
    kept = {at.date() for at in _work(backups, days)}
    assert {times[-1].date() for times in days[-13:]} <= kept
    assert backups.all()[0].at == days[-1][-1]


def test_days_are_kept_from_the_moment_on_at_which_the_clock_is_right_again(
    backups: Backups,
) -> None:
    days = _working_days(20)
    ahead = [[at + timedelta(days=365 * 5) for at in times] for times in days[:10]]
    kept = [at.date() for at in _work(backups, [*ahead, *days[10:]])]
    assert {times[-1].date() for times in days[10:]} <= set(kept)
    assert len({day for day in kept if day.year == 2031}) >= 4  # what was made before is there too


def test_a_backup_tells_that_the_clock_was_set_back_before_it(backups: Backups) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    clock = [at, at + timedelta(days=9), at + timedelta(hours=1), at + timedelta(minutes=59)]
    _work(backups, [clock])
    assert [backup.clock_set_back for backup in reversed(backups.all())] == [
        False,
        False,
        True,
        False,  # a clock that is put right by a minute did not jump
    ]
    made = backups.make_if_due()
    assert made is not None
    assert not made.clock_set_back
    made.path.rename(made.path.with_name(_name(5, datetime.now(UTC) + timedelta(days=3))))
    again = backups.make_if_due()
    assert again is not None
    assert again.clock_set_back
    assert backups.make_if_due() is None


def test_backups_of_versions_without_numbers_come_before_all_others(backups: Backups) -> None:
    backups.folder.mkdir()
    old = ["imr-desk-20310101-000000.db", "imr-desk-20260302-091000-before-upgrade-from-0001.db"]
    for name in [*old, "imr-desk-20269999-999999.db"]:
        (backups.folder / name).write_bytes(b"x")
    made = backups.make()
    assert [backup.path.name for backup in backups.all()] == [made.path.name, *old]
    assert backups.all()[-1].reason == "before-upgrade-from-0001"


def test_what_a_killed_process_left_is_removed_once_it_is_old(
    store: Store, backups: Backups, tmp_path: Path
) -> None:
    put(store)
    kept = backups.make().path
    left = [
        tmp_path / "opened-abc" / "imr-desk.db",
        tmp_path / "imr-desk.db.fresh",
        tmp_path / "files" / "ab" / "ab.pdf.17.partial",
        backups.folder / "opened-abc" / "imr-desk.db",
        backups.folder / "imr-desk-20260101-000000.db.partial-journal",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    clear_leftovers(tmp_path)
    assert all(path.exists() for path in left)
    clear_leftovers(tmp_path, still=timedelta(0))
    assert not [path for path in left if path.exists()]
    assert kept.exists()
    assert store.pdf(1)


def test_a_plain_copy_goes_at_once_when_its_process_is_gone(tmp_path: Path) -> None:
    with working_folder(tmp_path, OPENED) as used:
        left = tmp_path / "opened-by-a-killed-process"
        shutil.copytree(used, left)  # its mark is there, and nobody holds it
        (left / "imr-desk.db").write_bytes(b"plain")
        clear_leftovers(tmp_path, still=timedelta(0))
        assert used.exists()
        assert not left.exists()
    assert not used.exists()


def test_a_file_goes_when_no_letter_and_no_backup_needs_it(store: Store, backups: Backups) -> None:
    kept, removed = put(store, 1), put(store, 2)
    backup = backups.make()
    drop(store, removed)
    assert backups.sweep(store.files, older_than=NO_TIME) == 0
    backup.path.unlink()
    assert backups.sweep(store.files) == 0  # young: it may belong to an import that goes on
    assert backups.sweep(store.files, older_than=NO_TIME) == 1
    assert store.pdf(kept) == pdf(1)
    assert len(store.files.unneeded((), NO_TIME)) == 1


def test_the_hourly_care_removes_old_files_that_nothing_needs(
    store: Store, backups: Backups
) -> None:
    put(store, 1)
    removed = put(store, 2)
    path = store.files.path(store.case(removed).summary.file_sha256)
    drop(store, removed)
    os.utime(path, (0, 0))
    backups.tend(store.files)
    assert not path.exists()


def test_a_damaged_backup_keeps_every_file(store: Store, backups: Backups) -> None:
    removed = put(store, 1)
    backup = backups.make()
    backup.path.write_bytes(b"no backup at all" * 300)
    drop(store, removed)
    assert backups.sweep(store.files, older_than=NO_TIME) == 0


def test_a_restore_holds_after_a_restart(store: Store, backups: Backups, tmp_path: Path) -> None:
    case_id = put(store)
    backup = backups.make()
    edit(store, case_id, letter(), "patient.age", 60)
    backups.restore(backup)
    store.database.close()
    again = open_database(store.database.path)
    again.check()
    assert Store(again, tmp_path).case(case_id).letter == letter()
    again.close()


def test_a_backup_that_is_none_is_refused(store: Store, backups: Backups) -> None:
    case_id = put(store)
    backup = backups.make()
    backup.path.write_bytes(b"no database at all")
    for act in (backups.differences, backups.restore):
        with pytest.raises(NotADatabase):
            act(backup)
    assert store.case(case_id).letter == letter()


@pytest.mark.parametrize("emptied", [False, True])
def test_a_damaged_backup_changes_nothing(store: Store, backups: Backups, emptied: bool) -> None:
    case_id = put(store)
    backup = backups.make()
    with backup.path.open("wb" if emptied else "r+b") as file:
        file.seek(0 if emptied else 200)
        file.write(b"" if emptied else b"\xa5" * 300)
    with pytest.raises(DatabaseDamaged):
        backups.restore(backup)
    assert store.case(case_id).letter == letter()


def test_a_damaged_database_makes_no_backup_and_can_be_replaced(
    store: Store, backups: Backups, tmp_path: Path
) -> None:
    case_id = put(store)
    backup = backups.make()
    path = store.database.path
    store.database.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    with pytest.raises(DatabaseDamaged):
        backups.make()
    store.database.close()
    assert backups.all() == (backup,)
    damaged = path.read_bytes()

    aside = restore_damaged(path, backups_in(tmp_path / "backups")[0])
    assert (aside / "imr-desk.db").read_bytes() == damaged
    database = open_database(path)
    assert Store(database, tmp_path).case(case_id).letter == letter()
    database.close()


def test_a_database_damaged_while_it_is_open_is_restored(
    store: Store, backups: Backups, tmp_path: Path
) -> None:
    case_id = put(store)
    backup = backups.make()
    path = store.database.path
    store.database.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    with pytest.raises(CannotCompare, match="cannot be compared"):
        backups.differences(backup)
    before = backups.restore(backup)
    assert before.path.parent == tmp_path
    assert (before.path / path.name).read_bytes()[4096:5000] == b"\xa5" * 904
    store.database.check()
    after = edit(store, case_id, letter(), "patient.age", 60)
    assert store.case(case_id).letter == after


@pytest.mark.parametrize("content", [None, b"", b"\xa5" * 8192])
def test_a_database_that_is_gone_or_emptied_is_not_made_anew_in_silence(
    store: Store, backups: Backups, tmp_path: Path, content: bytes | None
) -> None:
    case_id = put(store)
    backup = backups.make()
    path = store.database.path
    store.database.close()
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match="Restore a backup"):
        open_database(path)
    restore_damaged(path, backup)
    with closing(open_database(path)) as database:
        assert Store(database, tmp_path).case(case_id).letter == letter()


def test_an_empty_database_takes_the_place_of_one_that_is_damaged(
    store: Store, tmp_path: Path
) -> None:
    put(store)
    path = store.database.path
    store.database.close()
    path.write_bytes(b"\xa5" * 8192)
    aside = start_empty(path)
    assert (aside / path.name).read_bytes() == b"\xa5" * 8192
    with closing(open_database(path)) as database:
        assert Store(database, tmp_path).cases() == ()
    assert list(tmp_path.glob("opened-*")) == []


def _every(hours: int, count: int) -> tuple[Backup, ...]:
    newest = datetime(2026, 3, 18, 12, tzinfo=UTC)
    return tuple(
        Backup(path=Path(f"{number}.db"), at=newest - timedelta(hours=hours * number))
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("hours", "count", "kept"),
    [
        (1, 10, 10),
        (1, 13, 10),  # the thirteenth is of the same day as the tenth
        (6, 100, 10 + 11 + 2),  # the last ten are of three days, 14 days of three weeks
        (24, 100, 14 + 5),  # 14 days are of three weeks
        (24 * 7, 100, 14),
    ],
)
def test_backups_are_thinned(hours: int, count: int, kept: int) -> None:
    made = _every(hours, count)
    dropped = superfluous(made)
    assert len(made) - len(dropped) == kept
    assert set(made[:10]).isdisjoint(dropped)
    # Thinning what was thinned drops nothing: a backup is not lost for being looked at twice.
    assert superfluous(backup for backup in made if backup not in dropped) == ()


def test_an_archive_moves_everything_to_another_place(store: Store, tmp_path: Path) -> None:
    case_id = put(store, 1)
    put(store, 2)
    after = edit(store, case_id, letter(1), "patient.age", 60)
    path = tmp_path / "all.zip"
    assert write_archive(store, path).pdfs == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    folder = tmp_path / "elsewhere"
    database = open_database(folder / "imr-desk.db")
    other = Store(database, folder)
    put(other, 5)
    before = read_archive(other, path)
    assert len(other.cases()) == 2
    assert other.case(case_id).letter == after
    assert other.pdf(case_id) == pdf(1)
    assert before.path.parent == folder / "backups"
    Backups(database, folder).restore(before)
    assert [case.number for case in other.cases()] == ["CM16-0200005"]
    database.close()


def _without_manifest(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imr-desk.db", b"")


def _with_other_bytes(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data + b" " if name.endswith(".pdf") else data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200:260] = b"\xa5" * 60
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("spoil", [_without_manifest, _with_other_bytes, _cut, _scribbled])
def test_a_spoilt_archive_changes_nothing(store: Store, tmp_path: Path, spoil) -> None:
    case_id = put(store)
    path = tmp_path / "all.zip"
    write_archive(store, path)
    after = edit(store, case_id, letter(), "patient.age", 60)
    spoil(path)
    with pytest.raises(NotAnArchive):
        read_archive(store, path)
    assert store.case(case_id).letter == after


def test_an_archive_that_cannot_be_read_is_told_as_such(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match=r"There is no file .*nope\.zip"):
        read_archive(store, tmp_path / "nope.zip")
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(NotAnArchive, match="cannot be read"):
        read_archive(store, tmp_path / "folder.zip")


def test_a_backup_never_waits_for_the_writer(store: Store, backups: Backups) -> None:
    case_id = put(store)
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE cases SET doubts = 99")
        backup = backups.make()
        other.execute("ROLLBACK")
    assert backups.differences(backup) == ()
    assert store.summary(case_id).doubts != 99
