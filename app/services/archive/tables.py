"""How the archive lies in the database: one row an item, its words in an index, its facts as numbers.

All of it is made from the letters and can be made anew, so no backup holds it. Triggers note in
`archive_due` which letters were added, edited, or came onto the list or off it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
"""By which rules items are made: with another one all are made anew."""
ITEMS, WORDS = "archive_items", "archive_words"
TEXTS = ("title", "request", "ur_guideline", "guideline", "rationale", "summary")
"""The columns that are searched for words; behind them stand the facts."""
FACT = "zq"
"""How the facts begin in the index: no word does."""
_COLUMNS = ", ".join((*TEXTS, "facts"))
_PLACES = ", ".join("?" for _ in (*TEXTS, "facts"))
_MERGED_AT = 20_000
"""So many letters at once are worth bringing the index into one piece for."""

Row = tuple[int | None, tuple[str, ...]]
"""An issue's id, None for the letter as a whole, with its texts and facts."""


def due(raw: sqlite3.Connection, most: int) -> list[int]:
    """Letters that are to be put into the archive, the oldest first: numbers tell the age."""
    rows = raw.execute("SELECT case_id FROM archive_due ORDER BY case_id LIMIT ?", (most,))
    return [case_id for (case_id,) in rows]


def count_due(raw: sqlite3.Connection) -> int:
    """How many letters are still to be put in; all of them where nothing was made yet."""
    if state(raw) is None:
        return raw.execute("SELECT count(*) FROM letters").fetchone()[0]
    return raw.execute("SELECT count(*) FROM archive_due").fetchone()[0]


def state(raw: sqlite3.Connection) -> int | None:
    """A number that is another one after each change; None where nothing was made by these rules."""
    row = raw.execute("SELECT changes FROM archive_state WHERE version = ?", (VERSION,)).fetchone()
    return None if row is None else row[0]


def begin(raw: sqlite3.Connection) -> None:
    """Empty the archive and note every letter as due, where it was not made by these rules."""
    if state(raw) is not None:
        return
    for table in (ITEMS, "archive_values", "archive_due", "archive_state"):
        raw.execute(f"DELETE FROM {table}")
    raw.execute("INSERT INTO archive_due (case_id) SELECT case_id FROM letters")
    # Not 0: another database may come into the place of this one, and must not look the same.
    raw.execute(
        "INSERT INTO archive_state (id, version, changes) VALUES (1, ?, ?)",
        (VERSION, time.time_ns()),
    )


def put(raw: sqlite3.Connection, case_id: int, rows: Iterable[Row]) -> None:
    """Put a letter's items in the place of those that were there; an item keeps its number."""
    ids: dict[int | None, int] = dict(
        raw.execute("SELECT issue_id, id FROM archive_items WHERE case_id = ?", (case_id,))
    )
    raw.execute("DELETE FROM archive_items WHERE case_id = ?", (case_id,))
    for issue_id, texts in rows:
        raw.execute(
            f"INSERT INTO archive_items (id, case_id, issue_id, {_COLUMNS}) "
            f"VALUES (?, ?, ?, {_PLACES})",
            (ids.get(issue_id), case_id, issue_id, *texts),
        )
    raw.execute("DELETE FROM archive_due WHERE case_id = ?", (case_id,))


def changed(raw: sqlite3.Connection, letters: int) -> None:
    """So many letters were put in."""
    raw.execute("UPDATE archive_state SET changes = changes + 1")
    if letters >= _MERGED_AT:
        merge(raw)


def merge(raw: sqlite3.Connection) -> None:
    """Bring the index into one piece: quicker to ask, and without the words of what was deleted."""
    raw.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('optimize')")


def value_id(raw: sqlite3.Connection, facet: str, value: str) -> int:
    """The number of a value, given now where it had none."""
    row = raw.execute(
        "SELECT id FROM archive_values WHERE facet = ? AND value = ?", (facet, value)
    ).fetchone()
    if row is not None:
        return row[0]
    made = raw.execute(
        "INSERT INTO archive_values (facet, value) VALUES (?, ?) RETURNING id", (facet, value)
    )
    return made.fetchone()[0]


def forget(raw: sqlite3.Connection) -> None:
    """Leave nothing of letters that were deleted: not in the index, and none of their values.

    SQLite's index keeps deleted words until its pieces are merged.
    """
    merge(raw)
    begin = f"{FACT}f"
    used = raw.execute(f"SELECT term FROM archive_terms WHERE term GLOB '{begin}[0-9]*'").fetchall()
    numbers = {term.removeprefix(begin) for (term,) in used}
    known = raw.execute("SELECT id FROM archive_values").fetchall()
    gone = [(number,) for (number,) in known if str(number) not in numbers]
    raw.executemany("DELETE FROM archive_values WHERE id = ?", gone)
    raw.execute("UPDATE archive_state SET changes = changes + 1")
