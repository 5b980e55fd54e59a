"""The list of disputed items that came with the application: how it is read from text and files."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from app.errors import UserError
from app.services.regular_files import read_regular

LARGEST = 1_000_000
"""Bytes; no application lists more."""
TABLES = frozenset({".csv", ".tsv"})

_MARK = re.compile(r"^(?:[-–—•*·▪]|\(?\d{1,2}[.)])\s+")
_HEADING = re.compile(r"\b(?:items?|treatments?|services?|requests?|disputed)\b", re.IGNORECASE)


class NoList(UserError):
    """A file that is no list of items."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "Save the list as TXT with one item a line, or as CSV.")


def items_of(text: str) -> tuple[str, ...]:
    """The items of a list, one a line, without bullets and numbers before them."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    items = (_MARK.sub("", line) for line in lines)
    return tuple(item for item in items if item)


def read_items(path: Path) -> tuple[str, ...]:
    """The items in a TXT file, one a line, or in the column of a CSV file that has them.

    Raises UserError for a file that cannot be read or lists nothing.
    """
    try:
        data = read_regular(path, LARGEST + 1)
    except OSError as error:
        raise UserError(
            f"The list {path.name} cannot be read: {error.strerror}.",
            "Check its name and that you may read it.",
        ) from error
    if len(data) > LARGEST:
        raise NoList(f"{path.name} is too large for a list of disputed items.")
    text = _decoded(data)
    if text is None:
        raise NoList(f"{path.name} is no text file.")
    items = _column(text) if path.suffix.lower() in TABLES else items_of(text)
    if not items:
        raise NoList(f"{path.name} lists no item.")
    return items


def _decoded(data: bytes) -> str | None:
    """The text, in the encodings that office programs write; None where it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
        return None if {"\0", "\ufffd"} & set(text) else text
    if b"\0" in data or data.startswith((b"%PDF", b"PK")):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _column(text: str) -> tuple[str, ...]:
    """The column whose heading speaks of items; without headings the one with the most words."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise NoList(f"The rows of the list cannot be read: {error}.") from error
    if not rows:
        return ()
    headed = [at for at, cell in enumerate(rows[0]) if _HEADING.search(cell)]
    # A heading is one or two words; an item such as "Physical therapy services, 6" is more.
    if headed and all(len(cell.split()) <= 3 for cell in rows[0]):
        column, rows = headed[0], rows[1:]
    else:
        width = max(map(len, rows))
        column = max(range(width), key=lambda at: sum(len(_cell(row, at)) for row in rows))
    return items_of("\n".join(_cell(row, column) for row in rows))


def _cell(row: list[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""
