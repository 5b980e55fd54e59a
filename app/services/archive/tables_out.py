"""All kept letters as tables for other programs: CSV and JSON Lines, with a dictionary of their columns.

Without being asked they tell of no person: names, numbers and files are left out, and every text is
as a public copy would print it. Letters are read one by one, however many there are.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO, cast

import msgspec

from app.errors import UserError
from app.letter import Letter
from app.services.archive.table_columns import TABLES, Column, Table, Told
from app.services.checks import standing
from app.services.citations import Guidelines
from app.services.letter_intake import Reader
from app.services.private_files import create_private, sync_file, sync_folder
from app.services.public_copy import others_named, without_people
from app.services.recounting import findings_of
from app.services.rendering import FileExists
from app.services.rendering.public import public_letter
from app.services.settings import Settings
from app.services.store import Case, Store

FORMATS = ("csv", "jsonl")
DICTIONARY = "dictionary"
_OF_DICTIONARY = ("table", "column", "kind", "about")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet; an apostrophe before it prevents that."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the tables hold: also names, also long texts, also what does not hold together."""

    names: bool = False
    texts: bool = False
    findings: bool = True

    def columns(self, table: Table) -> tuple[Column, ...]:
        """Those that are told."""
        return tuple(
            one
            for one in table.columns
            if (self.names or not one.names) and (self.texts or not one.long)
        )


class Written(msgspec.Struct, frozen=True):
    """How many rows each table has, and which letters could not be read, with the reason."""

    rows: dict[str, int]
    left_out: tuple[tuple[str, str], ...]


def write_tables(
    store: Store,
    reader: Reader,
    folder: Path,
    wanted: Wanted,
    settings: Settings,
    guidelines: Guidelines,
    *,
    overwrite: bool = False,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Written:
    """Write the tables into a folder: all of them or, where that fails, none.

    Raises FileExists, UserError.
    """
    tables = tuple(table for table in TABLES if wanted.findings or table.name != "findings")
    paths = [folder / f"{name}.{form}" for name in _names(tables) for form in FORMATS]
    there = next((path for path in paths if path.exists()), None)
    if there is not None and not overwrite:
        raise FileExists(there)
    counts: Counter[str] = Counter()
    left_out: list[tuple[str, str]] = []
    try:
        with _Files(paths) as files:
            files.head(DICTIONARY, _OF_DICTIONARY)
            for table in tables:
                columns = wanted.columns(table)
                files.head(table.name, [column.name for column in columns])
                for one in columns:
                    files.row(DICTIONARY, (table.name, one.name, one.kind, one.about))
            summaries = store.cases()
            for done, summary in enumerate(summaries, 1):
                try:
                    case = store.case(summary.id)
                    one = _told(case, store, reader, wanted, settings, guidelines)
                except (KeyError, UserError) as error:
                    left_out.append((summary.number or summary.file_name, str(error)))
                    continue
                for table in tables:
                    counts[table.name] += _write(files, table, one, wanted)
                told(done, len(summaries))
    except OSError as error:
        raise UserError(
            f"The tables cannot be written to {folder}: {error.strerror}.", "Choose another folder."
        ) from error
    return Written({table.name: counts[table.name] for table in tables}, tuple(left_out))


def _names(tables: Sequence[Table]) -> tuple[str, ...]:
    return (*(table.name for table in tables), DICTIONARY)


def _told(
    case: Case,
    store: Store,
    reader: Reader,
    wanted: Wanted,
    settings: Settings,
    guidelines: Guidelines,
) -> Told:
    letter = case.letter if wanted.names else without_names(case.letter)
    findings = findings_of(case, store, reader, settings, guidelines) if wanted.findings else ()
    standing_ones = standing(findings, {dismissal.finding for dismissal in case.dismissals})
    set_aside = {finding.key for finding in findings} - {finding.key for finding in standing_ones}
    return Told(case, letter, findings, frozenset(set_aside))


def without_names(letter: Letter) -> Letter:
    """As a public copy prints it, without the others whom it names."""
    named = (other.name for other in others_named(letter))
    return public_letter(without_people(letter, named))


def _write(files: _Files, table: Table, told: Told, wanted: Wanted) -> int:
    shown = {column.name for column in wanted.columns(table)}
    kept = [place for place, column in enumerate(table.columns) if column.name in shown]
    count = 0
    for row in table.rows(told):
        files.row(table.name, [row[place] for place in kept])
        count += 1
    return count


class _Files:
    """The files of all tables: written beside their places, and moved there together."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._partial = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in paths}
        self._open: dict[str, tuple[TextIO, TextIO]] = {}
        self._heads: dict[str, tuple[str, ...]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> _Files:
        with ExitStack() as stack:
            files: dict[Path, TextIO] = {}
            for path, partial in self._partial.items():
                create_private(partial)
                stack.callback(partial.unlink, missing_ok=True)
                opened = partial.open("w", encoding="utf-8", newline="")
                files[path] = stack.enter_context(opened)
            self._stack = stack.pop_all()
        for path, file in files.items():
            if path.suffix == ".csv":
                self._open[path.stem] = (file, files[path.with_suffix(".jsonl")])
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            for both in self._open.values():
                for file in both:
                    file.flush()
            for path, partial in self._partial.items():
                sync_file(partial)
                partial.replace(path)
            sync_folder(next(iter(self._partial)).parent)
        self._stack.close()

    def head(self, name: str, columns: Sequence[str]) -> None:
        """A table begins."""
        self._heads[name] = tuple(columns)
        csv.writer(self._open[name][0]).writerow(columns)

    def row(self, name: str, values: Sequence[Any]) -> None:
        """One more row of a table."""
        table, lines = self._open[name]
        plain = [msgspec.to_builtins(value) for value in values]
        csv.writer(table).writerow(map(_cell, plain))
        of_columns = dict(zip(self._heads[name], plain, strict=True))
        lines.write(msgspec.json.encode(of_columns).decode() + "\n")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(map(str, cast("list[Any]", value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
