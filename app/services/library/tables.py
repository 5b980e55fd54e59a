"""Rows of a table in a file, as texts: a spreadsheet (`.xlsx`) or text parted by commas, semicolons
or tabs. Hides how such files are written."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

from app.errors import UserError

MOST_BYTES = 40_000_000
"""Unpacked; a list of drugs is a hundredth of it."""
_CELL = re.compile(r"([A-Z]+)\d+")
_NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_table(data: bytes, name: str) -> list[list[str]]:
    """The rows of the file, of a workbook those of all its sheets. Raises UserError."""
    if PurePosixPath(name.lower()).suffix in (".xlsx", ".xlsm") or data[:2] == b"PK":
        return list(_workbook(data))
    try:
        wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise UserError("The file holds no table.", "Save it as .xlsx or .csv and choose that.")
    first = text[:4000]
    parted = max(",;\t", key=first.count)
    return [
        [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=parted)
    ]


def _workbook(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
                raise UserError("The spreadsheet is too large.", "Save the list alone as .csv.")
            names = book.namelist()
            shared: list[str] = []
            if "xl/sharedStrings.xml" in names:
                shared = [_text(item) for item in _parsed(book, "xl/sharedStrings.xml")]
            for sheet in sorted(n for n in names if n.startswith("xl/worksheets/sheet")):
                for row in _parsed(book, sheet).iter(f"{_NAMES}row"):
                    yield _cells(row, shared)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, ValueError) as error:
        raise UserError(
            "The spreadsheet cannot be read.", "Save it anew as .xlsx or as .csv."
        ) from error


def _parsed(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    data = book.read(name)
    if b"<!DOCTYPE" in data[:2000]:
        raise ValueError("a spreadsheet declares no types")
    return ElementTree.fromstring(data)


def _text(item: ElementTree.Element) -> str:
    return " ".join("".join(part.text or "" for part in item.iter(f"{_NAMES}t")).split())


def _cells(row: ElementTree.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_NAMES}c"):
        place = _CELL.match(cell.get("r", ""))
        column = _column(place[1]) if place else len(cells)
        cells += [""] * (column - len(cells))
        kind = cell.get("t")
        value = cell.findtext(f"{_NAMES}v") or ""
        if kind == "s" and value:
            value = shared[int(value)]
        elif kind == "inlineStr":
            value = _text(cell)
        cells.append(value.strip())
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > 1000:
        raise ValueError("so many columns are no table")
    return number - 1
