"""Formats by name, and how a file's bytes become text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from app.errors import UserError
from app.services.library.exchange.bibtex_format import read_bibtex, write_bibtex
from app.services.library.exchange.csl_format import read_csl, write_csl
from app.services.library.exchange.csv_format import read_csv, write_csv
from app.services.library.exchange.reference import Imported, broken
from app.services.library.exchange.ris_format import read_ris, write_ris
from app.services.library.values import Entry


class Format(Enum):
    """The value is the end of the file's name."""

    CSV = ".csv"
    BIBTEX = ".bib"
    RIS = ".ris"
    CSL_JSON = ".json"

    @classmethod
    def of_name(cls, name: str) -> Format:
        """The format of a file by its name. Raises UserError for another one."""
        for known in cls:
            if name.lower().endswith(known.value):
                return known
        raise UserError(
            "The library cannot tell the format of this file by its name.",
            "Use a name that ends in .csv, .bib, .ris or .json.",
        )


_READ = {
    Format.CSV: read_csv,
    Format.BIBTEX: read_bibtex,
    Format.RIS: read_ris,
    Format.CSL_JSON: read_csl,
}
_WRITE = {
    Format.CSV: write_csv,
    Format.BIBTEX: write_bibtex,
    Format.RIS: write_ris,
    Format.CSL_JSON: write_csl,
}


def export_entries(entries: Iterable[Entry], file_format: Format) -> bytes:
    """The entries as a file of that format; CSV begins with the mark spreadsheets look for."""
    text = _WRITE[file_format](entries)
    return text.encode("utf-8-sig" if file_format is Format.CSV else "utf-8")


def read_entries(data: bytes, file_format: Format) -> tuple[Imported, ...]:
    """The entries of a file. Raises UserError with the line of what cannot be read."""
    found = _READ[file_format](_text(data))
    for one in found:
        try:
            msgspec.json.encode(one.entry)
        except UnicodeError as error:
            # JSON can name half of a character, which no text can hold.
            raise broken(one.line, "half of a character stands alone") from error
    return found


def _text(data: bytes) -> str:
    if b"\0" not in data:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise UserError(
        "This file does not hold text.", "Export it again from the other program, as UTF-8."
    )
