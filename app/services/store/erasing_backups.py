"""How letters are taken out of backups: the chunks that hold rows of theirs are written without them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from app.services.database.chunks import Chunks
from app.services.database.images import (
    Image,
    Row,
    Table,
    decode_rows,
    encode_rows,
    fill_database,
    quoted,
    read_image,
    rows_of,
    write_image,
)
from app.services.database.problems import told
from app.services.store.erasing_rows import names_of
from app.services.vault import Cipher

_CASES, _USES = "cases", "library_uses"

Doomed = tuple[int, frozenset[object]]
"""The place of a column, and the values there that make a row one of the letters'."""


class BackupEraser:
    """Takes letters, by the SHA-256 of their files, out of the backups in a folder."""

    def __init__(self, folder: Path, cipher: Cipher, hashes: Collection[str]) -> None:
        self._chunks = Chunks(folder, cipher)
        self._cipher = cipher
        self._hashes = frozenset(hashes)
        # Backups share most chunks: each is looked through once.
        self._cleaned: dict[tuple[str, bytes, Doomed], bytes | None] = {}

    def erase(self, path: Path) -> bool:
        """Writes a backup anew without the letters; False where it has none of them.

        The old chunks lie there until they are swept. Raises DatabaseDamaged, NotADatabase.
        """
        image = read_image(path, self._cipher)
        with told(path):
            doomed = self._doomed(image, path)
            if not doomed:
                return False
            tables = tuple(
                self._without(table, doomed[table.name], path) if table.name in doomed else table
                for table in image.tables
            )
            self._chunks.flush()
            write_image(replace(image, tables=tables), path, self._cipher)
        return True

    def _doomed(self, image: Image, path: Path) -> dict[str, Doomed]:
        """Of each table that has rows of the letters, which ones these are."""
        cases = image.table(_CASES)
        if cases is None:
            return {}
        key, file = cases.columns.index("id"), cases.columns.index("file_sha256")
        kept = rows_of(image, _CASES, self._chunks, path)
        ids = frozenset(row[key] for row in kept if row[file] in self._hashes)
        if not ids:
            return {}
        doomed: dict[str, Doomed] = {_CASES: (key, ids)}
        for table, column in columns_of_cases(image).items():
            found = image.table(table)
            if found is not None:
                doomed[table] = (found.columns.index(column), ids)
        uses = image.table(_USES)
        if uses is not None:
            names = self._names(image, doomed, path)
            doomed[_USES] = (uses.columns.index("case_key"), names)
        return doomed

    def _names(self, image: Image, doomed: dict[str, Doomed], path: Path) -> frozenset[object]:
        """What the letters were ever called, told by a small database of their rows alone."""

        def theirs(name: str) -> Iterator[Row]:
            if name not in doomed:
                return
            at, values = doomed[name]
            for row in rows_of(image, name, self._chunks, path):
                if row[at] in values:
                    yield row

        with closing(Cipher().connect(":memory:")) as raw:
            fill_database(raw, image, theirs)
            return frozenset(names_of(raw, self._hashes))

    def _without(self, table: Table, doomed: Doomed, path: Path) -> Table:
        cleaned = (self._clean(table.name, digest, doomed, path) for digest in table.chunks)
        return replace(table, chunks=tuple(digest for digest in cleaned if digest is not None))

    def _clean(self, name: str, digest: bytes, doomed: Doomed, path: Path) -> bytes | None:
        key = (name, digest, doomed)
        if key not in self._cleaned:
            at, values = doomed
            rows = decode_rows(self._chunks.get(digest, path))
            left = [row for row in rows if row[at] not in values]
            if len(left) == len(rows):
                self._cleaned[key] = digest
            else:
                self._cleaned[key] = self._chunks.put(encode_rows(left)) if left else None
        return self._cleaned[key]


def columns_of_cases(image: Image) -> dict[str, str]:
    """The tables that hang on the letters, each with its column that names one."""
    found: dict[str, str] = {}
    with closing(Cipher().connect(":memory:")) as raw:
        fill_database(raw, image, lambda _: iter(()))
        for table in image.tables:
            for row in raw.execute(f"PRAGMA foreign_key_list({quoted(table.name)})"):
                if row[2] == _CASES:
                    found[table.name] = row[3]
    return found
