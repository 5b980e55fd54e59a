"""An erased letter: no byte of it is in any file of the data folder, and all else is as it was."""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Decision, Letter
from app.services.database import Database, open_database
from app.services.database.images import decode_rows
from app.services.database.packing import unpack_text
from app.services.library import Library
from app.services.store import (
    Backups,
    Marks,
    Scope,
    Status,
    Store,
    erase,
    finish_erasing,
    read_archive,
    write_archive,
)
from app.services.store.erasing import ERASING
from tests.services.store.letters import BY, edit, letter, parsed, pdf, put

MARK = "quokkaberry"
"""A word of the letter that is erased, and of no other."""
NUMBER = "CM31-7777777"


def _traces(folder: Path, mark: str = MARK) -> list[str]:
    """The files in which a word is, also where they are packed."""
    found: list[str] = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        texts = [path.read_bytes(), str(path).encode()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts += [archive.read(name) for name in archive.namelist()]
        texts += _unpacked(path)
        if any(mark.encode() in text for text in texts):
            found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def _unpacked(path: Path) -> list[bytes]:
    """What lies packed in a file: a chunk of backups, a backup's own file, texts of a database."""
    data = path.read_bytes()
    if path.parent.parent.name == "chunks":
        chunk = zlib.decompress(data)
        return [chunk, *_packed_values(decode_rows(chunk))]
    if data.startswith(b"IMR Desk backup"):
        return [zlib.decompress(data[data.index(b"\n") + 33 :])]
    if data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            try:
                return _packed_values(raw.execute("SELECT result FROM parses").fetchall())
            except sqlite3.DatabaseError:
                return []
    return []


def _packed_values(rows: Iterable[tuple[Any, ...]]) -> list[bytes]:
    return [
        unpack_text(value).encode()
        for row in rows
        for value in row
        if isinstance(value, bytes) and value.startswith(b"x")
    ]


def _put_marked(store: Store) -> int:
    """A letter with its word in every place where a letter leaves any."""
    long = " ".join(f"{MARK} {number}." for number in range(900))
    given: Letter = replace(letter(7), clinical_summary=long)
    result = msgspec.structs.replace(parsed(given), notes=(f"A note on {MARK}.",))
    data = pdf(7) + MARK.encode()
    case_id = store.import_pdf(data, result, by=BY, file_name=f"{MARK}.pdf").summary.id
    after = edit(store, case_id, given, "clinical_summary", long.upper() + MARK)
    after = edit(store, case_id, after, "header.case_number", NUMBER)
    after = edit(store, case_id, after, "issues.1.title", f"One {MARK}")
    store.record_undo(case_id, after, by=MARK)
    store.save_draft(case_id, "clinical_summary", f"Half of {MARK}")
    store.put_marks(case_id, "header.priority", Marks(confirmed=True, value=MARK), by=BY)
    store.put_marks(case_id, "patient.age", Marks(note=f"Ask {MARK}"), by=BY)
    store.dismiss(case_id, f"rule {MARK}", scope=Scope.ONE, reason=MARK, by=BY)
    store.save_view(case_id, {"at": MARK})
    store.set_status(case_id, Status.CHECKED, by=BY, note=MARK)
    library = Library(store.database)
    entry = library.entries(limit=1)[0].id
    assert entry is not None
    library.record_use(entry, NUMBER, f"use of {MARK}", Decision.UPHELD)
    library.record_use(entry, str(case_id), f"first use of {MARK}", Decision.UPHELD)
    return case_id


def _damaged_copy(store: Store, folder: Path) -> Path:
    """A database that was set aside, with a log of its own beside it."""
    folder.mkdir()
    copy = folder / "imr-desk.db"
    with closing(sqlite3.connect(store.database.path)) as raw, closing(sqlite3.connect(copy)) as to:
        raw.backup(to)
    return copy


def test_no_byte_of_an_erased_letter_is_left(store: Store, tmp_path: Path) -> None:
    before = put(store, 1)
    backups = Backups(store.database, tmp_path)
    plain = backups.make()
    untouched = plain.path.read_bytes()
    case_id = _put_marked(store)
    made = [backups.make(), backups.make("by-hand")]
    write_archive(store, tmp_path / "all.zip")
    (tmp_path / "mine").mkdir()
    write_archive(store, tmp_path / "mine" / "kept-by-me.backup")
    aside = _damaged_copy(store, tmp_path / "damaged-20260101-000000")
    after = put(store, 2)
    kept = {before: store.case(before), after: store.case(after)}
    assert len(_traces(tmp_path)) >= 7

    store.remove_case(case_id, by=BY)
    erased = erase(store, (case_id,))

    assert _traces(tmp_path) == []
    assert _traces(tmp_path, NUMBER) == []
    archives = [tmp_path / "all.zip", tmp_path / "mine" / "kept-by-me.backup"]
    assert set(erased.rewritten) == {*(one.path for one in made), *archives, aside}
    assert erased.unreadable == ()
    assert "from 5 backups" in erased.words
    # All else is as it was.
    assert plain.path.read_bytes() == untouched
    assert {one.id: store.case(one.id) for one in store.cases()} == kept
    assert all(store.pdf(one) == pdf(number) for one, number in ((before, 1), (after, 2)))
    assert [backup.path for backup in backups.all()] == [made[1].path, made[0].path, plain.path]
    assert made[0].path.stat().st_mode & 0o777 == 0o600
    assert store.verify(before) is None
    assert store.setting(ERASING, []) == []
    store.database.check()


def test_backups_and_archives_without_the_letter_still_bring_all_else_back(
    store: Store, tmp_path: Path
) -> None:
    kept = put(store, 1)
    case_id = _put_marked(store)
    backups = Backups(store.database, tmp_path)
    backup = backups.make()
    write_archive(store, tmp_path / "all.zip")
    erase(store, (case_id,))
    edit(store, kept, letter(1), "patient.age", 60)
    backups.restore(backup)
    assert [case.id for case in store.cases()] == [kept]
    assert store.case(kept).letter == letter(1)
    assert store.verify(kept) is None
    other = Store(open_database(tmp_path / "other" / "imr-desk.db"), tmp_path / "other")
    read_archive(other, tmp_path / "all.zip")
    assert [case.number for case in other.cases()] == [letter(1).header.case_number]
    assert other.pdf(other.cases()[0].id) == pdf(1)
    other.database.close()


def test_what_cannot_be_read_is_named_and_left(store: Store, tmp_path: Path) -> None:
    case_id = _put_marked(store)
    broken = Backups(store.database, tmp_path).make().path
    with broken.open("r+b") as file:
        file.seek(100)
        file.write(bytes(range(256)))
    other = tmp_path / "backups" / "imr-desk-20260101-000000.db"
    other.write_bytes(b"no database at all, " * 40)
    archive = tmp_path / "all.zip"
    write_archive(store, archive)
    data = bytearray(archive.read_bytes())
    data[2000:2100] = bytes(100)
    archive.write_bytes(data)
    before = {path: path.read_bytes() for path in (broken, other, archive)}
    erased = erase(store, (case_id,))
    assert set(erased.unreadable) == set(before)
    assert all(path.read_bytes() == data for path, data in before.items())
    assert all(str(path) in erased.words for path in before)
    assert store.cases() == ()


def test_other_programs_files_in_the_folder_are_left_alone(store: Store, tmp_path: Path) -> None:
    case_id = _put_marked(store)
    foreign = tmp_path / "notes.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("manifest.json", "{}")
    database = tmp_path / "cookies.sqlite"
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("CREATE TABLE cases (file_sha256 TEXT)")
        raw.commit()
    before = foreign.read_bytes(), database.read_bytes()
    assert erase(store, (case_id,)).unreadable == ()
    assert (foreign.read_bytes(), database.read_bytes()) == before


def test_an_erasing_that_was_stopped_is_ended_by_the_next_start(
    store: Store, tmp_path: Path
) -> None:
    kept, case_id = put(store, 1), _put_marked(store)
    with closing(store.database.raw()) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM cases").fetchone()
        with pytest.raises(UserError, match="still lies in its log"):
            erase(store, (case_id,))
    assert [case.id for case in store.cases()] == [kept]
    finish_erasing(store)
    assert _traces(tmp_path) == []
    assert store.setting(ERASING, []) == []


def test_a_letter_that_came_back_meanwhile_keeps_its_file(store: Store) -> None:
    case_id = put(store, 1)
    store.save_setting(ERASING, [store.summary(case_id).file_sha256])
    finish_erasing(store)
    assert store.pdf(case_id) == pdf(1)


def test_an_older_backup_without_a_library_is_rewritten_too(
    store: Store, database: Database, tmp_path: Path
) -> None:
    case_id = _put_marked(store)
    backup = tmp_path / "backups" / "imr-desk-20260302-091000-000001.db"
    backup.parent.mkdir()
    database.copy_to(backup)  # as older versions made them
    with closing(sqlite3.connect(backup)) as raw:
        raw.execute("DROP TABLE library_uses")
        raw.commit()
    assert backup in erase(store, (case_id,)).rewritten
    assert _traces(tmp_path) == []
