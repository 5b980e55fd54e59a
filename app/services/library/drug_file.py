"""Reading the MTUS Drug List from the division's spreadsheet, or from the same table as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from app.errors import UserError
from app.services.citations.drug_values import DrugList, ListedDrug, Status
from app.services.citations.known import words_of
from app.services.language.dates import find_dates
from app.services.library.tables import read_table

MOST_ROWS_BEFORE = 40
"""The heading of the table stands within so many rows."""
_VERSION = re.compile(r"\b(?:v|ver|version)\.?\s*(\d{1,2}(?:\.\d)?)\b", re.I)
_FROM = re.compile(r"\beffective\b", re.I)
_DAYS = re.compile(r"\d{1,3}")
_COLUMNS = {
    "ingredient": ("drug ingredient", "active ingredient", "ingredient", "drug name", "drug"),
    "status": ("exempt non exempt", "exempt nonexempt", "exempt status", "status", "exempt"),
    "brand": ("reference brand name", "reference brand", "brand name", "brand"),
    "special": ("special fill", "special fill policy"),
    "perioperative": ("perioperative fill", "peri op fill", "peri op", "perioperative"),
    "form": ("dosage form", "form", "dose form"),
}


class DrugFile(msgspec.Struct, frozen=True, kw_only=True):
    """The list, and the rows that could not be read, each with its line and why."""

    drugs: DrugList
    refused: tuple[tuple[int, str], ...] = ()


def read_drug_list(
    data: bytes, name: str, *, version: str = "", effective_from: date | None = None
) -> DrugFile:
    """The list in a file. Version and first day are taken from the words above the table unless
    they are given. Raises UserError where there is no such table, or nothing tells them."""
    table = read_table(data, name)
    at, columns = _heading(table)
    above = " ".join(cell for row in table[:at] for cell in row)
    told_version, told_from = _told(f"{above} {name}")
    version = version or told_version
    effective_from = effective_from or told_from
    if not version or effective_from is None:
        lacking = "version" if not version else "first day in force"
        raise UserError(
            f"The file does not tell the {lacking} of the list.",
            "Name it: --list-version 13 --from 08/06/2025.",
        )
    rows: list[ListedDrug] = []
    refused: list[tuple[int, str]] = []
    for line, row in enumerate(table[at + 1 :], at + 2):
        cells = {field: _at(row, column) for field, column in columns.items()}
        drug = _drug(cells)
        if drug is not None:
            rows.append(drug)
        elif cells["ingredient"] and cells["status"]:
            refused.append((line, f"“{cells['status']}” is neither exempt nor non-exempt"))
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


def _drug(cells: Mapping[str, str]) -> ListedDrug | None:
    """What a row lists; None where it names no drug, or does not tell whether it is exempt."""
    status = _status(cells["status"])
    if not cells["ingredient"] or status is None:
        return None
    return ListedDrug(
        ingredient=cells["ingredient"],
        status=status,
        brand=cells.get("brand", ""),
        form=cells.get("form", ""),
        special_fill=_days(cells.get("special", "")),
        perioperative_fill=_days(cells.get("perioperative", "")),
    )


def _heading(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row that names the columns, and which column is which."""
    for at, row in enumerate(table[:MOST_ROWS_BEFORE]):
        names = [words_of(re.sub(r"[*/\-–]", " ", cell)) for cell in row]
        columns: dict[str, int] = {}
        for field, spellings in _COLUMNS.items():
            for spelling in spellings:
                if spelling in names and names.index(spelling) not in columns.values():
                    columns[field] = names.index(spelling)
                    break
        if "ingredient" in columns and "status" in columns:
            return at, columns
    raise UserError(
        "No table of drugs is in the file.",
        "It needs the columns “Drug Ingredient” and “Exempt / Non-Exempt”.",
    )


def _told(above: str) -> tuple[str, date | None]:
    version = _VERSION.search(above)
    effective = _FROM.search(above)
    days = find_dates(above[effective.end() :]) if effective else ()
    found = next((day.value for day in days if day.value is not None), None)
    return version[1] if version else "", found


def _at(row: Sequence[str], column: int) -> str:
    return " ".join(row[column].split()) if column < len(row) else ""


def _status(cell: str) -> Status | None:
    words = words_of(cell).replace(" ", "")
    return {
        "exempt": Status.EXEMPT,
        "nonexempt": Status.NON_EXEMPT,
        "unlisted": Status.UNLISTED,
    }.get(words)


def _days(cell: str) -> int | None:
    """`4 days` is 4; a dash or nothing is none."""
    found = _DAYS.search(cell)
    return int(found[0]) if found else None
