"""Formats by name and by content, and what reading a file gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

import msgspec

from app.errors import UserError
from app.services.library.exchange.bibtex_format import read_bibtex, write_bibtex
from app.services.library.exchange.csl_format import read_csl, write_csl
from app.services.library.exchange.csv_format import read_csv, write_csv
from app.services.library.exchange.csv_rows import DIVIDERS
from app.services.library.exchange.encodings import ENCODINGS, Decoded, decode
from app.services.library.exchange.endnote_xml import SIGN as ENDNOTE_XML_SIGN
from app.services.library.exchange.endnote_xml import read_endnote_xml
from app.services.library.exchange.kin_formats import (
    read_endnote,
    read_pubmed,
    read_refworks,
    read_science,
)
from app.services.library.exchange.pace import Pace, check_size
from app.services.library.exchange.reference import Imported, Unread
from app.services.library.exchange.ris_format import read_ris, write_ris
from app.services.library.values import Entry


class Format(Enum):
    """The value is the end of the file's name."""

    CSV = ".csv"
    BIBTEX = ".bib"
    RIS = ".ris"
    CSL_JSON = ".json"
    ENDNOTE = ".enw"
    ENDNOTE_XML = ".xml"
    PUBMED = ".nbib"
    SCIENCE = ".ciw"
    REFWORKS = ".rwk"

    @classmethod
    def of_name(cls, name: str) -> Format:
        """The format of a file by its name. Raises UserError for another one."""
        for known in cls:
            if name.lower().endswith(known.value):
                return known
        if name.lower().endswith(_TEXTS):
            return cls.CSV
        if name.lower().endswith(_SPREADSHEETS):
            raise UserError(
                "References are not read from a spreadsheet as it stands.",
                "Save its table as CSV (or as Unicode text), and choose that.",
            )
        if name.lower().endswith(_OTHERS):
            raise UserError(
                "Files of this kind are not read.",
                "Export the references again as RIS, BibTeX or CSL JSON: every reference manager"
                " offers one of them.",
            )
        raise UserError(
            "The library cannot tell the format of this file by its name.",
            "Use a name that ends in .csv, .bib, .ris or .json; .enw, .xml, .nbib, .tsv and .txt"
            " are read too.",
        )


WRITTEN = (Format.CSV, Format.BIBTEX, Format.RIS, Format.CSL_JSON)
"""The formats that can be written; the others are only read."""

_TEXTS = (".txt", ".tsv", ".tab")
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_OTHERS = (
    ".rdf",
    ".enl",
    ".enlx",
    ".mods",
    ".docx",
    ".pdf",
    ".html",
)
"""What reference managers write besides: none of it is a list that is read here."""
_READ = {
    Format.CSV: read_csv,
    Format.BIBTEX: read_bibtex,
    Format.RIS: read_ris,
    Format.CSL_JSON: read_csl,
    Format.ENDNOTE: read_endnote,
    Format.ENDNOTE_XML: read_endnote_xml,
    Format.PUBMED: read_pubmed,
    Format.SCIENCE: read_science,
    Format.REFWORKS: read_refworks,
}
_WRITE = {
    Format.CSV: write_csv,
    Format.BIBTEX: write_bibtex,
    Format.RIS: write_ris,
    Format.CSL_JSON: write_csl,
}
_SIGNS = (
    (Format.ENDNOTE_XML, ENDNOTE_XML_SIGN),
    (Format.RIS, re.compile(r"^\s?TY {1,2}- ?[A-Z]", re.MULTILINE)),
    (Format.PUBMED, re.compile(r"^PMID ?- ?\d", re.MULTILINE)),
    (Format.SCIENCE, re.compile(r"\A(?:FN .*|VR .*|\s)*^PT [A-Z]\s*$", re.MULTILINE)),
    (Format.REFWORKS, re.compile(r"^RT [A-Z][a-z]", re.MULTILINE)),
    (Format.ENDNOTE, re.compile(r"^%0 \w", re.MULTILINE)),
    (Format.BIBTEX, re.compile(r"^\s*@\w+\s*[{(]", re.MULTILINE)),
    (Format.CSL_JSON, re.compile(r"\A\s*[\[{]")),
)
"""By what a file is known whose name says nothing, or something else than it holds."""
_LOOKED_AT = 20_000


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: the entries, what could not be read of it, and how it is encoded."""

    entries: tuple[Imported, ...]
    unread: tuple[Unread, ...] = ()
    encoding: str = "utf-8"
    other_encodings: tuple[str, ...] = ()
    """In these the file could be read otherwise as well."""

    @property
    def sure(self) -> bool:
        return not self.other_encodings


def export_entries(entries: Iterable[Entry], file_format: Format) -> bytes:
    """The entries as a file of that format; CSV begins with the mark spreadsheets look for.

    Raises UserError for a format that is only read.
    """
    if file_format not in WRITTEN:
        raise UserError(
            f"Files of the kind {file_format.value} are only read.",
            "Use a name that ends in .csv, .bib, .ris or .json.",
        )
    text = _WRITE[file_format](entries)
    return text.encode("utf-8-sig" if file_format is Format.CSV else "utf-8")


def read_entries(
    data: bytes, file_format: Format, encoding: str | None = None, pace: Pace | None = None
) -> Found:
    """What a file holds, in the encoding that is named or found.

    A record that cannot be read is told in `unread` and never keeps the others back. Raises
    UserError where the file holds nothing of the kind or asks for too much, and Stopped where
    `pace` says that it is not wanted any more.
    """
    check_size(data)
    pace = pace or Pace()
    decoded = decode(data, encoding)
    text = decoded.text.replace("\ufeff", "")  # joined files have one amid them
    found, unread = _READ[_format_in(text, file_format)](text, pace)
    whole: list[Imported] = []
    for one in found:
        try:
            msgspec.json.encode(one.entry)
            whole.append(one)
        except UnicodeError:
            # JSON can name half of a character, which no text can hold
            unread.append(Unread(line=one.line, reason="half of a character stands alone"))
    if not whole and not unread:
        raise UserError(
            "The file cannot be read: in line 1, no entry begins, nor anywhere after it.",
            "Choose a file of references: CSV, BibTeX, RIS, CSL JSON, EndNote or PubMed.",
        )
    return Found(
        entries=tuple(whole),
        unread=tuple(sorted(unread, key=lambda one: one.line)),
        encoding=decoded.encoding,
        other_encodings=decoded.others,
    )


def _format_in(text: str, file_format: Format) -> Format:
    """The format a file is in: what its first lines say where its own signs are missing."""
    head = text[:_LOOKED_AT].replace("\r", "\n").lstrip()
    first = head.partition("\n")[0]
    if file_format is Format.CSV and any(divider in first for divider in DIVIDERS):
        head = first  # what stands in a cell says nothing of the file
    signs = dict(_SIGNS)
    if file_format in signs and signs[file_format].search(head):
        return file_format
    return next((known for known, sign in _SIGNS if sign.search(head)), file_format)


__all__ = ["ENCODINGS", "WRITTEN", "Decoded", "Format", "Found", "export_entries", "read_entries"]
