"""No room left: told in words, nothing that was saved is lost, what waits is written later."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from app.errors import UserError
from app.letter import FieldId, Letter, with_value
from app.services.database import DatabaseFull, DatabaseUnreachable, open_database
from app.services.store import EditLog, Store
from tests.disks import fill, no_file_may_grow, remount, small_disk
from tests.services.store.letters import BY, edit, letter, parsed, pdf, put

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of a POSIX system")

FILLER = 400_000


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "1m") as folder:
        yield folder


def test_an_edit_on_a_full_disk_waits_and_is_written_when_there_is_room(tiny_disk: Path) -> None:
    told: Queue[UserError | str] = Queue()
    database = open_database(tiny_disk / "imr-desk.db")
    store = Store(database, tiny_disk)
    case_id = put(store)
    first = edit(store, case_id, letter(), "patient.age", 57)
    room = fill(tiny_disk)

    log = EditLog(on_saved=lambda: told.put("saved"), on_trouble=told.put, retry_after=0.01)
    second = with_value(first, FieldId("clinical_summary"), "word " * 20_000)
    log.submit(
        store.record_edit,
        case_id,
        second,
        field="clinical_summary",
        before=first.clinical_summary,
        after=second.clinical_summary,
        by=BY,
        label="Edit summary",
    )
    assert isinstance(told.get(timeout=20), DatabaseFull)
    assert store.case(case_id).letter == first
    assert store.verify(case_id) is None
    with pytest.raises(DatabaseFull, match="Free some space"):
        store.import_pdf(pdf(2) * 100_000, parsed(letter(2)), by=BY)

    room.unlink()
    assert told.get(timeout=20) == "saved"
    log.close()
    assert store.case(case_id).letter == second
    assert store.verify(case_id) is None
    store.database.check()
    assert [path.name for path in tiny_disk.rglob("*.partial")] == []
    database.close()


def test_a_file_that_may_not_grow_is_told_and_loses_nothing(tmp_path: Path) -> None:
    database = open_database(tmp_path / "imr-desk.db")
    store = Store(database, tmp_path)
    case_id = put(store)
    first = edit(store, case_id, letter(), "patient.age", 57)
    with no_file_may_grow(FILLER):
        with pytest.raises(DatabaseFull):
            edit(store, case_id, first, "clinical_summary", "x" * 2 * FILLER)
        with pytest.raises(DatabaseFull):
            store.import_pdf(b"x" * 2 * FILLER, parsed(letter(2)), by=BY)
        assert store.case(case_id).letter == first
    after = edit(store, case_id, first, "clinical_summary", "x" * 2 * FILLER)
    assert store.case(case_id).letter == after
    assert store.verify(case_id) is None
    assert len(store.cases()) == 1
    database.close()


def test_a_disk_that_turns_read_only_is_told_and_loses_nothing(tiny_disk: Path) -> None:
    database = open_database(tiny_disk / "imr-desk.db")
    store = Store(database, tiny_disk)
    case_id = put(store)
    first = edit(store, case_id, letter(), "patient.age", 57)
    database.close()
    remount(tiny_disk, "ro")
    with pytest.raises(DatabaseUnreachable, match="may write"):
        _open_and_edit(tiny_disk, case_id, first)
    remount(tiny_disk, "rw")
    second = _open_and_edit(tiny_disk, case_id, first)
    database = open_database(tiny_disk / "imr-desk.db")
    store = Store(database, tiny_disk)
    assert store.case(case_id).letter == second
    assert store.verify(case_id) is None
    database.close()


def _open_and_edit(folder: Path, case_id: int, before: Letter) -> Letter:
    database = open_database(folder / "imr-desk.db")
    try:
        return edit(Store(database, folder), case_id, before, "patient.age", 58)
    finally:
        database.close()
