"""How the archive is kept in step with the letters: what is due is put in before a question is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from app.letter import Letter
from app.services.archive import tables
from app.services.archive.asking import ITEM, day_tokens, fact_token
from app.services.archive.documents import Document, documents
from app.services.database import Database
from app.services.database.connection import driver_connection
from app.services.store.wire import read_letter

if TYPE_CHECKING:
    import sqlite3

AT_ONCE = 100
"""Letters of one transaction: an edit that is to be written waits for no more."""

Told = Callable[[int, int], None]
"""Letters put in, and letters that were due in all."""


def fill(
    database: Database,
    *,
    told: Told | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Put into the archive every letter that is due; gives how many. Raises UserError."""
    with database.plainly() as raw:
        waiting = tables.count_due(raw)
        if not waiting and tables.state(raw) is not None:
            return 0
    done = 0
    while not is_cancelled():
        with database.writing() as session:
            raw = driver_connection(session)
            tables.begin(raw)
            case_ids = tables.due(raw, AT_ONCE)
            for case_id in case_ids:
                tables.put(raw, case_id, _rows(raw, case_id))
            done += len(case_ids)
            if case_ids:
                tables.changed(raw, done if len(case_ids) < AT_ONCE else 0)
        if told is not None:
            told(done, max(waiting, done))
        if len(case_ids) < AT_ONCE:
            break
    return done


def _rows(raw: sqlite3.Connection, case_id: int) -> list[tables.Row]:
    """What of a letter is to be found; nothing of one that is off the list, or cannot be read."""
    found = raw.execute(
        "SELECT letter FROM letters JOIN cases ON cases.id = case_id "
        "WHERE case_id = ? AND removed_at IS NULL",
        (case_id,),
    ).fetchone()
    letter = None if found is None else _letter(found[0])
    return [] if letter is None else [_row(raw, one) for one in documents(letter)]


def _letter(text: str) -> Letter | None:
    try:
        return read_letter(text)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None  # it was changed from outside: told when it is opened


def _row(raw: sqlite3.Connection, document: Document) -> tables.Row:
    numbers = (fact_token(tables.value_id(raw, *fact)) for fact in document.facts)
    of_what = () if document.issue_id is None else (ITEM,)
    facts = " ".join((*of_what, *numbers, *day_tokens(document.day)))
    return document.issue_id, (*document.texts, facts)
