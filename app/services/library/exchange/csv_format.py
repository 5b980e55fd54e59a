"""CSV: one row an entry, one column a field; lists have one item a line inside their cell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import msgspec

from app.services.library.exchange.reference import EXCHANGED_FIELDS, Imported, broken
from app.services.library.values import Entry

_LISTS = ("aliases", "body_parts", "authors")
_RECORDS = ("sections", "excerpts")
_BOOLEANS = ("pages_confirmed", "regulation_confirmed", "dates_confirmed")
_NULLABLE = (
    "publication_date", "first_page", "last_page", "effective_from", "effective_to", "doubtful_from",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet; an apostrophe before it prevents that."""


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


def read_csv(text: str) -> tuple[Imported, ...]:
    """Raises UserError for a file without a title column or with a value that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Imported] = []
    columns: list[str] | None = None
    line = 1
    try:
        for row in reader:
            if columns is None:
                columns = _columns(row)
            elif any(cell.strip() for cell in row):
                if len(row) > len(columns):
                    raise broken(line, "there are more cells than columns")
                found.append(_read_row(dict(zip(columns, row, strict=False)), line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise broken(line, f"the row is not proper CSV ({error})") from error
    if columns is None:
        raise broken(1, "there is nothing")
    return tuple(found)


def _columns(row: list[str]) -> list[str]:
    columns = [name.strip().lower().replace(" ", "_") for name in row]
    if "title" not in columns:
        raise broken(1, "no column is called “title”")
    return columns


def _read_row(cells: dict[str, str], line: int) -> Imported:
    fields = [field for field in EXCHANGED_FIELDS if field in cells]
    data: dict[str, Any] = {}
    for field in fields:
        cell = cells[field]
        if cell.startswith("'") and cell[1:].startswith(_FORMULA):
            cell = cell[1:]
        if field in _RECORDS:
            try:
                data[field] = json.loads(cell) if cell.strip() else []
            except (ValueError, RecursionError) as error:
                raise broken(line, f"the column “{field}” is not a list") from error
        elif field in _LISTS:
            data[field] = cell.replace("\r\n", "\n").split("\n") if cell else []
        elif field in _BOOLEANS:
            data[field] = cell.strip().lower() in ("yes", "true", "1")
        elif field in _NULLABLE:
            data[field] = cell.strip() or None
        elif cell or field not in ("kind", "source"):
            data[field] = cell
    try:
        entry = msgspec.convert(data, Entry, strict=False)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].rstrip("`")
        raise broken(line, f"the value in the column “{field}” cannot be read") from error
    return Imported(entry=entry, fields=frozenset(fields), line=line)
