"""Reading the MTUS Drug List from the division's spreadsheet, or from the same table as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from app.errors import UserError
from app.services.citations.drug_values import DrugList, ListedDrug, Status
from app.services.citations.known import words_of
from app.services.language.dates import find_dates
from app.services.language.file_dates import day_in
from app.services.library.tables import read_tables

MOST_ROWS_BEFORE = 40
"""The heading of the table stands within so many rows."""
_VERSION = re.compile(
    r"\b(?:v|ver|version)(?:[.:#\s]|no\b|number\b)*(\d{1,2}(?:\.\d)?)(?![\d/]|-\d|\.\d)", re.I
)
_FROM = re.compile(r"\beffective\b", re.I)
_DAYS = re.compile(r"\d{1,3}")
_COLUMNS = {
    "ingredient": re.compile(
        r"ingredient|^(?:generic )?(?:drug|name|drug name|generic name|generic)$"
    ),
    "status": re.compile(r"exempt|^(?:exempt )?status$"),
    "brand": re.compile(r"\bbrand"),
    "special": re.compile(r"\bspecial"),
    "perioperative": re.compile(r"\bperi\s?op"),
    "form": re.compile(r"\bform$"),
}
"""What the heading of each column has, however it is put."""
_OF_HEADING = frozenset(
    ["drug", "ingredient", "name", "reference", "brand", "exempt", "non", "nonexempt", "or", "status", "special", "peri", "op", "perioperative", "fill", "form", "dosage", "dose", "class", "guidelines", "in", "of", "the", "mtus"]
)  # fmt: skip
_NO_DAYS = frozenset(("", "no", "n", "none", "na", "n a"))
_SERIAL = re.compile(r"(?<![\d./])[45]\d{4}(?:\.0)?(?![\d./])")
"""A day as spreadsheets count it, of the years in which there are such lists."""


_Table = Sequence[Sequence[str]]
_Headed = tuple[_Table, int, dict[str, int]]


class DrugFile(msgspec.Struct, frozen=True, kw_only=True):
    """The list, and the rows that could not be read, each with its line and why."""

    drugs: DrugList
    refused: tuple[tuple[int, str], ...] = ()


def read_drug_list(
    data: bytes, name: str, *, version: str = "", effective_from: date | None = None
) -> DrugFile:
    """The list in a file. Version and first day are taken from the words above the table unless
    they are given. Raises UserError where there is no such table, or nothing tells them."""
    tables = read_tables(data, name)
    headed = _headed(tables)
    told = _told_in(headed, tables, name.replace("_", " "))
    version = version or told[0]
    effective_from = effective_from or told[1]
    if not version or effective_from is None:
        lacking = "version" if not version else "first day in force"
        raise UserError(
            f"The file does not tell the {lacking} of the list.",
            "Name it: --list-version 13 --from 08/06/2025.",
        )
    rows: list[ListedDrug] = []
    refused: list[tuple[int, str]] = []
    for table, at, columns in headed:
        more, wrong = _rows(table, at, columns)
        rows += more
        refused += wrong
    if not rows:
        raise UserError("The file has no drug that is exempt or not.", "Choose the MTUS Drug List.")
    drugs = DrugList(
        version=version,
        effective_from=effective_from,
        source=name,
        confirmed=True,
        rows=tuple(rows),
    )
    return DrugFile(drugs=drugs, refused=tuple(refused))


def _rows(
    table: Sequence[Sequence[str]], at: int, columns: Mapping[str, int]
) -> tuple[list[ListedDrug], list[tuple[int, str]]]:
    """The drugs below the heading at that row, and what could not be read."""
    rows: list[ListedDrug] = []
    refused: list[tuple[int, str]] = []
    asked = words_of(_parted(table[at][columns["status"]])).split()
    yes_or_no = "exempt" in asked and "non" not in asked
    for line, row in enumerate(table[at + 1 :], at + 2):
        if _is_heading(row):
            columns = _columns(row) or columns
            continue
        cells = {field: _at(row, column) for field, column in columns.items()}
        status = _status(cells["status"], yes_or_no=yes_or_no)
        if not cells["ingredient"] or not cells["status"]:
            continue
        if status is None:
            refused.append((line, f"“{cells['status']}” is neither exempt nor non-exempt"))
            continue
        rows.append(_drug(cells, status))
        refused += [
            (line, f"“{told}” tells no number of days for a {name} fill")
            for name in ("special", "perioperative")
            if _days(told := cells.get(name, "")) is None and words_of(told) not in _NO_DAYS
        ]
    return rows, refused


def _drug(cells: Mapping[str, str], status: Status) -> ListedDrug:
    return ListedDrug(
        ingredient=cells["ingredient"],
        status=status,
        brand=cells.get("brand", ""),
        form=cells.get("form", ""),
        special_fill=_days(cells.get("special", "")),
        perioperative_fill=_days(cells.get("perioperative", "")),
    )


def _headed(tables: Iterable[_Table]) -> list[_Headed]:
    """The sheets that have drugs, the row that names their columns, and which column is which."""
    headed: list[_Headed] = []
    for table in tables:
        for at, row in enumerate(table[:MOST_ROWS_BEFORE]):
            columns = _columns(row)
            if columns is not None:
                headed.append((table, at, columns))
                break
    if headed:
        return headed
    raise UserError(
        "No table of drugs is in the file.",
        "It needs the columns “Drug Ingredient” and “Exempt / Non-Exempt”.",
    )


def _told_in(
    headed: Iterable[_Headed], tables: Iterable[_Table], name: str
) -> tuple[str, date | None]:
    """Version and first day: as told above the drugs, else by the file's name, else in a sheet."""
    above = [" ".join(cell for row in table[:at] for cell in row) for table, at, _ in headed]
    rest = [" ".join(cell for row in table[:MOST_ROWS_BEFORE] for cell in row) for table in tables]
    told = [_told(words) for words in (*above, name, *rest)]
    return (
        next((version for version, _ in told if version), ""),
        next((day for _, day in told if day is not None), None),
    )


def _columns(row: Sequence[str]) -> dict[str, int] | None:
    """Which column is which by a row of headings; None for another row."""
    names = [words_of(_parted(cell)) for cell in row]
    columns: dict[str, int] = {}
    for field, heading in _COLUMNS.items():
        for at, name in enumerate(names):
            if heading.search(name) and at not in columns.values():
                columns[field] = at
                break
    return columns if "ingredient" in columns and "status" in columns else None


def _is_heading(row: Sequence[str]) -> bool:
    """Whether it is a row of headings: the second of them, or that of another page."""
    words = {word for cell in row for word in words_of(_parted(cell)).split()}
    return len(words) > 1 and words <= _OF_HEADING


def _parted(cell: str) -> str:
    return re.sub(r"[*/\-–]", " ", cell)


def _told(above: str) -> tuple[str, date | None]:
    version = _VERSION.search(above)
    effective = _FROM.search(above)
    behind = above[effective.end() :] if effective else ""
    found = next((day.value for day in find_dates(behind) if day.value is not None), None)
    if found is None and (number := _SERIAL.search(behind)):
        found = day_in(number[0])
    return version[1] if version else "", found


def _at(row: Sequence[str], column: int) -> str:
    return " ".join(row[column].split()) if column < len(row) else ""


def _status(cell: str, *, yes_or_no: bool) -> Status | None:
    """`yes_or_no`: whether the column asks only whether a drug is exempt."""
    words = words_of(cell).replace(" ", "")
    answers = {"y": "exempt", "yes": "exempt", "n": "nonexempt", "no": "nonexempt"}
    words = answers.get(words, words) if yes_or_no else words
    return {
        "exempt": Status.EXEMPT,
        "nonexempt": Status.NON_EXEMPT,
        "unlisted": Status.UNLISTED,
    }.get(words)


def _days(cell: str) -> int | None:
    """`4 days` is 4; a dash or nothing is none."""
    found = _DAYS.search(cell)
    return int(found[0]) if found else None
