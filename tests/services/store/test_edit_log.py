"""Writes handed to the background: in order, tried again, never dropped."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from queue import Queue

import pytest

from app.errors import UserError
from app.letter import FieldId, with_value
from app.services.database import DatabaseLocked, open_database
from app.services.database import connection as connection_module
from app.services.store import EditLog, Store
from tests.services.store.letters import BY, letter, put

PATIENCE = 20


@pytest.fixture
def told() -> Queue[UserError | str]:
    """What the log says, in order."""
    return Queue()


@pytest.fixture
def log(told: Queue[UserError | str]) -> Iterator[EditLog]:
    made = EditLog(on_saved=lambda: told.put("saved"), on_trouble=told.put, retry_after=0.01)
    yield made
    made.close()


def _edit(log: EditLog, store: Store, case_id: int, age: int) -> None:
    log.submit(
        store.record_edit,
        case_id,
        with_value(letter(), FieldId("patient.age"), age),
        field="patient.age",
        before=age - 1,
        after=age,
        by=BY,
        label="Edit age",
    )


def test_writes_are_done_in_order(log: EditLog, store: Store, told: Queue) -> None:
    case_id = put(store)
    for age in range(57, 97):
        _edit(log, store, case_id, age)
    assert log.settle(PATIENCE)
    assert log.pending == 0
    assert [entry.after for entry in store.journal(case_id)[1:]] == list(range(57, 97))
    assert told.get(timeout=PATIENCE) == "saved"
    assert store.verify(case_id) is None


def test_a_locked_database_is_told_once_and_everything_is_written_later(
    log: EditLog, store: Store, told: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = put(store)
    _impatient(store, monkeypatch)
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for age in range(57, 60):
            _edit(log, store, case_id, age)
        assert isinstance(told.get(timeout=PATIENCE), DatabaseLocked)
        assert not log.settle(0.05)
        assert isinstance(log.trouble, DatabaseLocked)
        with pytest.raises(DatabaseLocked):
            log.flush(PATIENCE)
        assert log.pending == 3
        other.execute("ROLLBACK")
    log.flush(PATIENCE)
    assert (log.pending, log.trouble) == (0, None)
    assert told.get(timeout=PATIENCE) == "saved"
    assert told.empty()
    assert [entry.after for entry in store.journal(case_id)[1:]] == [57, 58, 59]


def test_a_bug_in_one_write_reaches_the_hook_and_spares_the_rest(
    log: EditLog, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = put(store)
    seen: Queue[type[BaseException]] = Queue()
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.put(args.exc_type))
    log.submit(store.save_draft, 999, "patient.age", "5")
    log.submit(store.save_draft, case_id, "patient.age", "5")
    log.flush(PATIENCE)
    assert seen.get(timeout=PATIENCE) is KeyError
    assert store.drafts(case_id) == {"patient.age": "5"}


def test_a_listener_that_fails_costs_no_write(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = put(store)
    seen: Queue[type[BaseException]] = Queue()
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.put(args.exc_type))

    def fail() -> None:
        raise ZeroDivisionError

    log = EditLog(on_saved=fail, on_trouble=lambda error: None)
    for text in ("5", "56"):
        log.submit(store.save_draft, case_id, "patient.age", text)
        log.flush(PATIENCE)
        assert seen.get(timeout=PATIENCE) is ZeroDivisionError
    assert store.drafts(case_id) == {"patient.age": "56"}
    log.close()


def test_a_slow_write_does_not_hold_the_caller_longer_than_asked(log: EditLog) -> None:
    gate = threading.Event()
    log.submit(gate.wait)
    assert not log.settle(0.01)
    with pytest.raises(UserError, match="still being written"):
        log.flush(0.01)
    gate.set()
    assert log.settle(PATIENCE)


def test_a_closed_log_takes_no_more(store: Store) -> None:
    log = EditLog(on_saved=lambda: None, on_trouble=lambda error: None)
    case_id = put(store)
    log.submit(store.save_draft, case_id, "patient.age", "5")
    log.close()
    assert store.drafts(case_id) == {"patient.age": "5"}
    with pytest.raises(RuntimeError):
        log.submit(store.save_draft, case_id, "patient.age", "6")


def _impatient(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections made from now on wait for a lock for an instant only."""
    monkeypatch.setattr(
        connection_module,
        "PRAGMAS",
        ("PRAGMA busy_timeout = 10", *connection_module.PRAGMAS[1:]),
    )
    store.database.close()
    open_database(store.database.path).close()


def test_nothing_is_written_while_it_is_held(log: EditLog, store: Store) -> None:
    case_id = put(store)
    log.hold()
    _edit(log, store, case_id, 57)
    assert not log.settle(0.05)
    assert len(store.journal(case_id)) == 1
    log.go_on()
    assert log.settle(PATIENCE)
    assert len(store.journal(case_id)) == 2


def test_what_is_given_up_is_never_written(
    log: EditLog, store: Store, told: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "PRAGMAS", ("PRAGMA busy_timeout = 20",))
    case_id = put(store)
    store.database.close()
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        _edit(log, store, case_id, 57)
        _edit(log, store, case_id, 58)
        assert isinstance(told.get(timeout=PATIENCE), DatabaseLocked)
        assert log.give_up() == 2
        assert log.trouble is None
        other.execute("ROLLBACK")
    _edit(log, store, case_id, 59)
    assert log.settle(PATIENCE)
    assert [entry.after for entry in store.journal(case_id)[1:]] == [59]
