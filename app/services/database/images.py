"""What a backup holds: the rows of a database, table by table, in chunks that backups share.

Rows stay where they are in their table, so that an hour of work changes few chunks; pages of the
file would all change where it is written anew or encrypted. A backup's own file only says which
chunks it is made of, and needs no other backup.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from app.services.database import problems
from app.services.database.chunks import Chunks
from app.services.database.connection import create_private, ensure_sound, sync_folder
from app.services.vault import Cipher, EncryptedChanged, sql_errors

if TYPE_CHECKING:
    import sqlite3

ROWS, WIDE_ROWS = 32, 8
"""So many rows that follow each other are one chunk: fewer where they are long texts."""
_WIDE = 2000
_SAMPLE = 64
_MAGIC = b"IMR Desk backup 1\n"
IMAGE = "backup of a database"
_LARGEST = 1 << 28
_BROKEN_TEXT = 1
_MAKES = re.compile(
    r"\s*CREATE\s+(?:TABLE\s+(?:\"[^\"]*\"|\w+)\s*\(|VIRTUAL\s+TABLE\s|(?:UNIQUE\s+)?INDEX\s|"
    r"TRIGGER\s|VIEW\s)",
    re.IGNORECASE,
)
"""What a database says of how it was made; a table that is filled by a query is none of that."""
_SEQUENCE = "sqlite_sequence"
_MADE_ANEW = ("case_words_", "archive_")
"""How the tables of an index begin that is made anew from the rows it is of: no backup holds it."""

Row = tuple[Any, ...]


class Table(msgspec.Struct, frozen=True):
    """One table's rows."""

    name: str
    columns: tuple[str, ...]
    chunks: tuple[bytes, ...]


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """All of a database but its free space. `schema` are the statements that made it, in order."""

    application_id: int
    user_version: int
    schema: tuple[str, ...]
    tables: tuple[Table, ...]

    @property
    def digests(self) -> set[bytes]:
        """Every chunk that is needed."""
        return {digest for table in self.tables for digest in table.chunks}

    def table(self, name: str) -> Table | None:
        """The table of that name."""
        return next((table for table in self.tables if table.name == name), None)


class _BrokenText:
    """A text of the database that is no UTF-8: kept as it is."""

    def __init__(self, data: bytes) -> None:
        self.data = data


# The file


def write_image(image: Image, path: Path, cipher: Cipher) -> None:
    """Writes a backup's own file: owner-only, whole or not at all. Raises OSError."""
    packed = zlib.compress(msgspec.msgpack.encode(image))
    partial = path.with_name(path.name + ".partial")
    try:
        create_private(partial)
        with partial.open("r+b") as file:
            whole = _MAGIC + hashlib.sha256(packed).digest() + packed
            file.write(cipher.encrypt(whole, IMAGE))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def read_image(path: Path, cipher: Cipher) -> Image:
    """What a backup is made of. Raises NotADatabase, DatabaseDamaged, UserError."""
    with problems.told(path):
        data = path.read_bytes()
    try:
        whole = cipher.decrypt(data, IMAGE)
    except EncryptedChanged as error:
        raise problems.damaged(path) from error
    start = len(_MAGIC)
    if whole and not whole.startswith(_MAGIC):
        raise problems.not_a_database(path)
    packed = whole[start + 32 :]
    if hashlib.sha256(packed).digest() != whole[start : start + 32]:
        raise problems.damaged(path)
    try:
        unpacked = zlib.decompressobj().decompress(packed, _LARGEST)
        image = msgspec.msgpack.decode(unpacked, type=Image)
    except (zlib.error, msgspec.DecodeError) as error:
        raise problems.damaged(path) from error
    if not all(_MAKES.match(sql) for sql in image.schema):
        raise problems.not_a_database(path)
    return image


def back_up(raw: sqlite3.Connection, path: Path, cipher: Cipher, shown: Path) -> None:
    """Makes a backup of what `raw` holds at this moment; a damaged database makes none.

    `shown` is the database, as the words for the user name it. Raises DatabaseDamaged, OSError,
    errors of `sql_errors`.
    """
    ensure_sound(raw, shown)
    write_image(take_image(raw, Chunks(path.parent, cipher)), path, cipher)


# Taking rows


def take_image(raw: sqlite3.Connection, chunks: Chunks) -> Image:
    """Puts all that a database holds at this moment into chunks, made to last.

    Raises errors of `sql_errors`, OSError.
    """
    raw.text_factory = _text
    raw.execute("BEGIN")
    try:
        listed = raw.execute("PRAGMA main.table_list").fetchall()
        tables = [
            _take_table(raw, chunks, name, has_rowid=not without_rowid)
            for _, name, kind, _, without_rowid, _ in listed
            if kind != "virtual"
            and (not name.startswith("sqlite_") or name == _SEQUENCE)
            and not name.startswith(_MADE_ANEW)
        ]
        shadows = {name for _, name, kind, *_ in listed if kind == "shadow"}
        made = [
            sql
            for name, sql in raw.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rowid"
            )
            if name not in shadows and name != _SEQUENCE
        ]
        (application_id,) = raw.execute("PRAGMA application_id").fetchone()
        (user_version,) = raw.execute("PRAGMA user_version").fetchone()
    finally:
        raw.execute("ROLLBACK")
    chunks.flush()
    return Image(
        application_id=application_id,
        user_version=user_version,
        schema=tuple(made),
        tables=tuple(sorted(tables, key=lambda table: table.name == _SEQUENCE)),
    )


def _take_table(raw: sqlite3.Connection, chunks: Chunks, name: str, *, has_rowid: bool) -> Table:
    columns = tuple(row[1] for row in raw.execute(f"PRAGMA table_info({quoted(name)})"))
    wanted = ", ".join(map(quoted, columns))
    if has_rowid:
        rows = raw.execute(f"SELECT rowid, {wanted} FROM {quoted(name)} ORDER BY rowid")
    else:
        numbers = range(len(columns))
        order = ", ".join(str(number + 2) for number in numbers)
        rows = raw.execute(f"SELECT 0, {wanted} FROM {quoted(name)} ORDER BY {order}")
    # By the rows that came first: what comes later must not move where chunks begin.
    first = list(islice(rows, _SAMPLE))
    wide = len(encode_rows([row[1:] for row in first])) > _WIDE * len(first)
    together = WIDE_ROWS if wide else ROWS
    taken = tuple(
        chunks.put(encode_rows([row[1:] for row in group]))
        for _, group in groupby(chain(first, rows), key=lambda row: row[0] // together)
    )
    return Table(name, columns, taken)


def encode_rows(rows: list[Row]) -> bytes:
    """The bytes of rows: the same rows give the same bytes."""
    return msgspec.msgpack.encode(rows, enc_hook=_encode_broken)


def decode_rows(data: bytes) -> list[Row]:
    """What was encoded."""
    return msgspec.msgpack.decode(data, type=list[tuple[Any, ...]], ext_hook=_decode_broken)


def rows_of(image: Image, name: str, chunks: Chunks, shown: Path) -> Iterator[Row]:
    """The rows of a table. Raises DatabaseDamaged."""
    table = image.table(name)
    for digest in table.chunks if table is not None else ():
        yield from decode_rows(chunks.get(digest, shown))


def _text(data: bytes) -> str | _BrokenText:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _BrokenText(data)


def _encode_broken(value: Any) -> msgspec.msgpack.Ext:
    if isinstance(value, _BrokenText):
        return msgspec.msgpack.Ext(_BROKEN_TEXT, value.data)
    raise TypeError("no value that SQLite keeps")


def _decode_broken(_code: int, data: memoryview) -> _BrokenText:
    return _BrokenText(bytes(data))


# Giving them back


def build_database(image: Image, chunks: Chunks, path: Path, cipher: Cipher, shown: Path) -> None:
    """Makes a database of an image in a new file, owner-only. Raises DatabaseDamaged, UserError.

    `shown` is the backup, as the words for the user name it.
    """
    with problems.told(shown):
        create_private(path)
        with closing(cipher.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode = OFF")
            raw.execute("PRAGMA synchronous = OFF")
            try:
                fill_database(raw, image, lambda name: rows_of(image, name, chunks, shown))
            except sql_errors() as error:
                raise problems.problem_of(shown, error) or problems.damaged(shown) from error
            ensure_sound(raw, shown)


def fill_database(
    raw: sqlite3.Connection, image: Image, rows: Callable[[str], Iterator[Row]]
) -> None:
    """Makes the tables of an image in an empty database, with the rows that `rows` gives."""
    raw.execute("BEGIN")
    raw.execute(f"PRAGMA application_id = {image.application_id}")
    raw.execute(f"PRAGMA user_version = {image.user_version}")
    kinds = {sql: sql.upper().split(None, 2)[:2] for sql in image.schema}
    for sql in image.schema:
        if kinds[sql] == ["CREATE", "TABLE"]:
            raw.execute(sql)
    ordinary = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    for table in image.tables:
        if table.name in ordinary:
            _fill_table(raw, table, rows(table.name))
    # What a virtual table keeps lies in tables that it makes itself.
    for sql in image.schema:
        if kinds[sql] == ["CREATE", "VIRTUAL"]:
            raw.execute(sql)
    for table in image.tables:
        if table.name not in ordinary:
            _fill_table(raw, table, rows(table.name))
    for sql in image.schema:
        if kinds[sql] not in (["CREATE", "TABLE"], ["CREATE", "VIRTUAL"]):
            raw.execute(sql)
    raw.execute("COMMIT")


def _fill_table(raw: sqlite3.Connection, table: Table, rows: Iterator[Row]) -> None:
    columns = ", ".join(map(quoted, table.columns))
    raw.execute(f"DELETE FROM {quoted(table.name)}")
    into = f"INSERT INTO {quoted(table.name)} ({columns}) VALUES "
    raw.executemany(into + _places(("?",) * len(table.columns)), _whole_rows(raw, into, rows))


def _whole_rows(raw: sqlite3.Connection, into: str, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows without broken texts; one with some is put in here."""
    for row in rows:
        if any(isinstance(value, _BrokenText) for value in row):
            marks = ("CAST(? AS TEXT)" if isinstance(one, _BrokenText) else "?" for one in row)
            values = (one.data if isinstance(one, _BrokenText) else one for one in row)
            raw.execute(into + _places(marks), tuple(values))
        else:
            yield row


def _places(marks: Any) -> str:
    return f"({', '.join(marks)})"


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'
