"""Rows of a spreadsheet (`.xlsx`), as texts. Hides how such files are written.

The sheets a person sees come in their order; a cell that shows a day is that day, year first. Read
as XML: readers of such files that were tried make room for every cell up to the farthest one, so
that two cells in a file of 6 kB could end the program.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element, ParseError, fromstring

from app.errors import UserError

MOST_BYTES = 40_000_000
"""Unpacked; a list of drugs is a hundredth of it."""
MOST_CELLS = 2_000_000
MOST_COLUMNS, MOST_ROWS = 1000, 1_048_576
_CELL = re.compile(r"([A-Z]+)(\d+)")
_OF_DAYS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""The numbers of the formats of days that are not written down in a file."""
_NO_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|;.*', re.DOTALL)
_DAY_SIGNS = re.compile(r"y|d|m(?!.*s)", re.IGNORECASE)
_TRUE = {"1": "Yes", "0": "No"}


def read_workbook(data: bytes) -> list[list[list[str]]]:
    """The rows of each sheet that is not hidden; rows and cells stand where the file says.

    Raises UserError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
                raise UserError("The spreadsheet is too large.", "Save the list alone as .csv.")
            return _Book(book).sheets()
    except (zipfile.BadZipFile, ParseError, KeyError, IndexError, ValueError, OverflowError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise UserError(
            "The spreadsheet cannot be read.", "Save it anew as .xlsx or as .csv."
        ) from error


class _Book:
    """The parts of a workbook that its sheets are read with."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self._book = book
        self._names = frozenset(book.namelist())
        self._shared = [_text(one) for one in self._named("xl/sharedStrings.xml")]
        self._of_days = list(self._day_styles())
        workbook = self._named("xl/workbook.xml")
        self._workbook = workbook
        told = next(_all(workbook, "workbookPr"), None)
        early = told is not None and told.get("date1904") in ("1", "true")
        self._first_day = date(1904, 1, 1) if early else date(1899, 12, 30)

    def sheets(self) -> list[list[list[str]]]:
        """The rows of each sheet that a person sees."""
        left = MOST_CELLS
        sheets: list[list[list[str]]] = []
        for name in self._seen():
            rows: list[list[str]] = []
            for row in self._rows(self._named(name)):
                left -= len(row) + 1
                if left < 0:
                    raise UserError("The spreadsheet is too large.", "Save the list alone as .csv.")
                rows.append(row)
            sheets.append(rows)
        return sheets

    def _named(self, name: str) -> Element:
        if name not in self._names:
            return Element("nothing")
        data = self._book.read(name)
        if b"<!DOCTYPE" in data[:2000]:
            raise ValueError("a spreadsheet declares no types")
        return fromstring(data)

    def _seen(self) -> list[str]:
        """The parts of the sheets that are not hidden, in their order."""
        targets = {
            one.get("Id", ""): posixpath.normpath(posixpath.join("xl", one.get("Target", "")))
            for one in _all(self._named("xl/_rels/workbook.xml.rels"), "Relationship")
        }
        named = [
            targets.get(_own(one, "id"), "").lstrip("/")
            for one in _all(self._workbook, "sheet")
            if one.get("state", "visible") == "visible"
        ]
        there = [name for name in named if name in self._names]
        return there or sorted(n for n in self._names if n.startswith("xl/worksheets/sheet"))

    def _day_styles(self) -> Iterator[bool]:
        """Of each style of cells whether it shows a number as a day."""
        styles = self._named("xl/styles.xml")
        own = {one.get("numFmtId"): one.get("formatCode", "") for one in _all(styles, "numFmt")}
        for cells in _all(styles, "cellXfs"):
            for style in cells:
                number = style.get("numFmtId", "0")
                if number in own:
                    yield _DAY_SIGNS.search(_NO_FORMAT.sub("", own[number])) is not None
                else:
                    yield int(number) in _OF_DAYS

    def _rows(self, sheet: Element) -> Iterator[list[str]]:
        """The rows down to the last that says something: others are only drawn."""
        at = 0
        for number, row in enumerate(_all(sheet, "row"), 1):
            told = int(row.get("r") or max(number, at + 1))
            cells = self._cells(row)
            if not cells:
                continue
            if not at < told <= MOST_ROWS:
                raise ValueError("rows are in their order")
            for _ in range(told - at - 1):
                yield []
            at = told
            yield cells

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for number, cell in enumerate(_all(row, "c")):
            value = " ".join(self._value(cell).split())
            if not value:
                continue
            place = _CELL.match(cell.get("r", ""))
            column = _column(place[1]) if place else number
            cells += [""] * (column - len(cells))
            cells[column:] = [value]
        return cells

    def _value(self, cell: Element) -> str:
        kind, value = cell.get("t", "n"), next((v.text or "" for v in _all(cell, "v")), "")
        if kind == "inlineStr":
            return _text(cell)
        if kind == "s" and value:
            return self._shared[int(value)]
        if kind == "b":
            return _TRUE.get(value, value)
        if kind == "d":
            return value[:10]
        if kind == "n" and value:
            style = int(cell.get("s", "0"))
            return self._number(value, as_day=style < len(self._of_days) and self._of_days[style])
        return value

    def _number(self, value: str, *, as_day: bool) -> str:
        number = float(value)
        if as_day and number >= 1:
            return (self._first_day + timedelta(days=int(number))).isoformat()
        return str(int(number)) if number.is_integer() else f"{number:.10g}"


def _all(element: Element, name: str) -> Iterator[Element]:
    """Those of that name below, in whichever of its two namespaces a file is written."""
    return element.iterfind(f".//{{*}}{name}")


def _own(element: Element, name: str) -> str:
    """An attribute by its name without the namespace."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _text(item: Element) -> str:
    """What is shown of a text; how it is to be read aloud stands beside it."""
    spoken = {part for one in _all(item, "rPh") for part in _all(one, "t")}
    return "".join(part.text or "" for part in _all(item, "t") if part not in spoken)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > MOST_COLUMNS:
        raise ValueError("so many columns are no table")
    return number - 1
