"""CSV: one row an entry, one column a field; lists have one item a line inside their cell.

Our own columns hold an entry whole. The columns of other programs are read in `csv_columns`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any

import msgspec

from app.errors import UserError
from app.services.language.file_dates import Order, day_in, order_in, read_unsurely
from app.services.library.exchange.csv_columns import columns_of, draft_of
from app.services.library.exchange.csv_rows import DIVIDERS, Table
from app.services.library.exchange.pace import Pace
from app.services.library.exchange.reference import (
    EXCHANGED_FIELDS,
    Damaged,
    Imported,
    Read,
    Unread,
    first_words,
    foreign,
)
from app.services.library.values import Entry, EntryKind

_LISTS = ("aliases", "body_parts", "authors", "editors")
_RECORDS = ("sections", "excerpts")
_BOOLEANS = ("pages_confirmed", "regulation_confirmed", "dates_confirmed")
_DATES = ("publication_date", "effective_from", "effective_to", "doubtful_from")
_NUMBERS = ("first_page", "last_page")
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet; an apostrophe before it prevents that."""
_OURS_ALONE = {
    *("kind", "publication_date", "sections", "aliases", "body_parts", "first_page", "last_page"),
    *("regulation", "regulation_confirmed", "effective_from", "effective_to", "dates_confirmed"),
    *("doubtful_from", "superseded_by", "remark", "excerpts", "pages_confirmed"),
}
"""Columns that no other program has: a file with one of them is ours."""
_HEADS = 5
"""The names of the columns stand in one of the first rows."""

RowReader = Callable[[Sequence[str], int, Order], Imported]


def write_csv(entries: Iterable[Entry]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(EXCHANGED_FIELDS)
    for entry in entries:
        data: dict[str, Any] = msgspec.to_builtins(entry)
        writer.writerow([_cell(field, data[field]) for field in EXCHANGED_FIELDS])
    return file.getvalue()


def _cell(field: str, value: Any) -> str:
    if field in _RECORDS:
        return json.dumps(value, ensure_ascii=False) if value else ""
    if field in _LISTS:
        text = "\n".join(value)
    elif field in _BOOLEANS:
        return "yes" if value else ""
    else:
        text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_csv(text: str, pace: Pace) -> Read:
    """The rows of a file, and those that cannot be read. Raises UserError without a title column."""
    table = Table(text)
    divider, head, start, reader = _headed(table)
    cells = (cell for _, row, _ in table.rows(divider, start, len(head), []) for cell in row)
    # where semicolons part the cells, spreadsheets write the day first
    order = order_in(cells, usual=divider == ";")
    found: list[Imported] = []
    unread: list[Unread] = []
    for line, row, _ in pace.through(table.rows(divider, start, len(head), unread)):
        try:
            if any(cell.strip() for cell in row[len(head) :]):
                raise Damaged("there are more cells than columns")
            found.append(reader(row, line, order))
        except Damaged as error:
            unread.append(Unread(line=line, reason=error.reason, words=first_words(" ".join(row))))
    return found, unread


def _headed(table: Table) -> tuple[str, list[str], int, RowReader]:
    """What parts the cells, the names of the columns, where the rows begin, how they are read."""
    dividers = (table.divider,) if table.divider else DIVIDERS
    for divider, by_part in ((one, part) for part in (False, True) for one in dividers):
        rows = table.rows(divider, table.first_line, 0, [])
        for _, head, behind in islice(rows, _HEADS):
            reader = _reader_for(head, by_part)
            if reader is not None:
                return divider, head, behind, reader
    raise UserError(
        "The file cannot be read: no column is called “title”, nor anything like it.",
        "The first line of the file names its columns. Call one of them “title”.",
    )


def _reader_for(head: Sequence[str], by_part: bool) -> RowReader | None:
    names = [name.strip().lower().replace(" ", "_") for name in head]
    if "title" in names and set(names) <= set(EXCHANGED_FIELDS) and _OURS_ALONE & set(names):
        return partial(_own_row, names)
    columns = columns_of(head, by_part)
    if columns is None:
        return None

    def read(row: Sequence[str], line: int, order: Order) -> Imported:
        return foreign(draft_of(row, columns, head, order), line)

    return read


def _own_row(columns: Sequence[str], row: Sequence[str], line: int, order: Order) -> Imported:
    cells = dict(zip(columns, row, strict=False))
    fields = [field for field in EXCHANGED_FIELDS if field in cells]
    data = {
        field: value
        for field in fields
        if (value := _own_value(field, _bare(cells[field]), order)) != ""
        or field not in ("kind", "source")
    }
    if "kind" not in data and data.get("journal"):
        data["kind"] = EntryKind.STUDY.value
    try:
        entry = msgspec.convert(data, Entry, strict=False)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].rstrip("`")
        raise Damaged(f"the value in the column “{field}” cannot be read") from error
    doubts = tuple(told for field in _DATES if (told := read_unsurely(cells.get(field, ""), order)))
    return Imported(entry=entry, fields=frozenset(fields), line=line, remarks=doubts)


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _own_value(field: str, cell: str, order: Order) -> Any:
    if field in _RECORDS:
        try:
            return json.loads(cell) if cell.strip() else []
        except (ValueError, RecursionError) as error:
            raise Damaged(f"the column “{field}” is not a list") from error
    if field in _LISTS:
        return cell.replace("\r\n", "\n").split("\n") if cell else []
    if field in _BOOLEANS:
        return cell.strip().lower() in ("yes", "true", "1")
    if field in _NUMBERS:
        return cell.strip() or None
    if field in _DATES:
        day = day_in(cell, order)
        if day is None and cell.strip():
            raise Damaged(f"“{first_words(cell)}” in the column “{field}” is no date")
        return day
    return cell
