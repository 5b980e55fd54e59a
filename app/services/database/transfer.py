"""How a whole database goes from one cipher to another: written anew, compared row by row.

SQLite's own copying keeps the cipher; SQLCipher's export writes what one database holds into
another one of another key, or of none.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from app.services.database import problems
from app.services.database.connection import copy_file, create_private, ensure_sound
from app.services.vault import Cipher


def transfer(source: Path, was: Cipher, target: Path, becomes: Cipher) -> None:
    """Writes a closed database to `target`, for another cipher: owner-only, checked, on the disk.

    Raises errors of `sql_errors`, OSError, DatabaseDamaged; nothing is left of `target` then.
    """
    if was.same_as(becomes):
        copy_file(source, target, becomes)
        return
    target.unlink(missing_ok=True)
    create_private(target)
    try:
        with closing(was.connect(source, "ro")) as raw:
            ensure_sound(raw, source)
        _export(source, was, target, becomes)
        with closing(was.connect(source, "ro")) as one, closing(becomes.connect(target)) as two:
            ensure_sound(two, source)
            if _content(one) != _content(two) or not _same_rows(one, two):
                raise problems.damaged(source)
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _export(source: Path, was: Cipher, target: Path, becomes: Cipher) -> None:
    # One of the two has a key: its library opens both.
    keyed = becomes if was.is_plain else was
    opened, other = (target, source) if was.is_plain else (source, target)
    literal = was.key_literal() if was.is_plain else becomes.key_literal()
    with closing(keyed.connect(opened)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raw.execute(f"ATTACH DATABASE ? AS other KEY {literal}", (str(other),))
        into, out_of = ("main", "other") if was.is_plain else ("other", "main")
        (application,) = raw.execute(f"PRAGMA {out_of}.application_id").fetchone()
        # The copy goes to the disk once, at its end; until then it is nobody's.
        raw.execute(f"PRAGMA {into}.journal_mode = OFF")
        raw.execute(f"PRAGMA {into}.synchronous = OFF")
        raw.execute("SELECT sqlcipher_export(?, ?)", (into, out_of))
        raw.execute(f"PRAGMA {into}.application_id = {application}")
        raw.execute("DETACH DATABASE other")


def _content(raw: sqlite3.Connection) -> set[tuple[str, str, str]]:
    rows = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {tuple(row) for row in rows}


def _same_rows(one: sqlite3.Connection, two: sqlite3.Connection) -> bool:
    names = one.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        query = f'SELECT * FROM "{name}"'
        for left, right in zip(one.execute(query), two.execute(query), strict=False):
            if tuple(left) != tuple(right):
                return False
        count = f'SELECT count(*) FROM "{name}"'
        if one.execute(count).fetchone() != two.execute(count).fetchone():
            return False
    return True
