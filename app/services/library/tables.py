"""Rows of a table in a file, as texts: a spreadsheet or text parted by commas, semicolons or tabs.
Hides how such files are written."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import PurePosixPath

from app.errors import UserError
from app.services.library.workbooks import read_workbook

_OLD = b"\xd0\xcf\x11\xe0"
"""How files of the time before `.xlsx` begin, and such as a password holds."""


def read_tables(data: bytes, name: str) -> list[list[list[str]]]:
    """The rows of the file, of a workbook those of each sheet. Raises UserError."""
    if data[:4] == _OLD:
        raise UserError(
            "The spreadsheet is of an old kind (.xls), or a password holds it.",
            "Save it anew as .xlsx without a password, or as .csv.",
        )
    if PurePosixPath(name.lower()).suffix in (".xlsx", ".xlsm") or data[:2] == b"PK":
        return read_workbook(data)
    try:
        wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise UserError("The file holds no table.", "Save it as .xlsx or .csv and choose that.")
    first = text[:4000]
    parted = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=parted)
    return [[[cell.strip() for cell in row] for row in rows]]
