"""Opening the database: made anew, kept safe, and refused with clear words."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.errors import UserError
from app.services.database import (
    Database,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseUnreachable,
    NewerDatabase,
    NotADatabase,
    open_database,
)
from app.services.database import connection as connection_module
from app.services.database.opening import head_revision
from tests.rights import ordinary_rights


def test_a_new_database_is_for_the_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = open_database(tmp_path / "data" / "imr-desk.db")
        with database.writing() as session:
            session.connection().exec_driver_sql("INSERT INTO settings VALUES ('a', '1')")
        parts = {path.name: path for path in database.path.parent.iterdir()}
        assert set(parts) == {"imr-desk.db", "imr-desk.db-wal", "imr-desk.db-shm"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in parts.values()} == {0o600}
        assert stat.S_IMODE(database.path.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)
    database.close()
    assert [path.name for path in database.path.parent.iterdir()] == ["imr-desk.db"]


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "imr-desk.db"
    open_database(path).close()
    path.chmod(0o644)
    open_database(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_connection_keeps_what_it_commits(tmp_path: Path) -> None:
    database = open_database(tmp_path / "imr-desk.db")
    with database.reading() as session:
        told = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": connection_module.BUSY_TIMEOUT_MS,
    }
    database.close()


def _write_twice(database: Database) -> None:
    with database.writing() as session:
        for value in "12":
            session.connection().exec_driver_sql(f"INSERT INTO settings VALUES ('a', '{value}')")


def test_a_session_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = open_database(tmp_path / "imr-desk.db")
    with pytest.raises(IntegrityError):
        _write_twice(database)
    with database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT * FROM settings").all() == []
    database.close()


def test_a_first_start_that_was_stopped_is_taken_up_again(tmp_path: Path) -> None:
    path = tmp_path / "imr-desk.db"
    path.touch()
    database = open_database(path)
    database.check()
    database.close()


def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "imr-desk.db"
    open_database(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match="newer version"):
        open_database(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["imr-desk.db"]


def _other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE music (title TEXT)")


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("a letter to someone, and no database"),
        lambda path: path.write_bytes(b"%PDF-1.7\n"),
        _other_program,
        lambda path: path.mkdir(),
    ],
)
def test_what_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path, make) -> None:
    path = tmp_path / "imr-desk.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NotADatabase, match="left as it is"):
        open_database(path)
    assert before == (path.read_bytes() if path.is_file() else None)


def _overwrite(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


@pytest.mark.parametrize("start", [100, 4096, 3 * 4096])
def test_a_damaged_database_is_told(tmp_path: Path, start: int) -> None:
    path = tmp_path / "imr-desk.db"
    open_database(path).close()
    _overwrite(path, start, 4096)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged, match="Restore a backup"):
        open_database(path).check()
    assert path.read_bytes() == before


def test_a_truncated_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "imr-desk.db"
    open_database(path).close()
    os.truncate(path, 5000)
    with pytest.raises(DatabaseDamaged):
        open_database(path).check()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(DatabaseUnreachable, match="another data folder"):
        open_database(tmp_path / "data" / "imr-desk.db")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of a POSIX system")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o500)
    try:
        with ordinary_rights(), pytest.raises(DatabaseUnreachable):
            open_database(tmp_path / "data" / "imr-desk.db")
    finally:
        (tmp_path / "data").chmod(0o700)


def test_a_read_only_disk_is_told() -> None:
    # The kernel's own file system takes no new files, not even from root.
    if not Path("/proc/version").is_file():
        pytest.skip("no file system here that is read-only for everyone")
    with pytest.raises(UserError, match="cannot be written"):
        open_database(Path("/proc/imr-desk.db"))


def test_a_locked_database_is_told_and_opens_when_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "BUSY_TIMEOUT_MS", 20)
    monkeypatch.setattr(
        connection_module,
        "PRAGMAS",
        ("PRAGMA busy_timeout = 20", *connection_module.PRAGMAS[1:]),
    )
    path = tmp_path / "imr-desk.db"
    database = open_database(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLocked, match="another program"), database.writing() as session:
            session.connection().exec_driver_sql("INSERT INTO settings VALUES ('a', '1')")
        other.execute("ROLLBACK")
    with database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO settings VALUES ('a', '1')")
    database.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE settings SET value = '2'")
        with pytest.raises(DatabaseLocked):
            open_database(path)
        other.execute("COMMIT")
    open_database(path).close()


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    path = tmp_path / "100% of #1?" / "imr-desk.db"
    database = open_database(path)
    with database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO settings VALUES ('a', '1')")
    database.close()
    assert [file.name for file in path.parent.iterdir()] == ["imr-desk.db"]


def test_a_copy_is_whole_and_private(tmp_path: Path) -> None:
    database = open_database(tmp_path / "imr-desk.db")
    with database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO settings VALUES ('a', '1')")
    database.copy_to(tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE settings SET value = '2'")
    database.replace_with(tmp_path / "copy.db")
    with database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT value FROM settings").all() == [("1",)]
    database.close()
    assert {path.name for path in tmp_path.iterdir()} == {"imr-desk.db", "copy.db"}


def test_an_ordinary_start_does_not_import_alembic(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from app.services.database import open_database; "
        f"open_database(Path({str(tmp_path / 'imr-desk.db')!r})).close(); "
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert head_revision()
