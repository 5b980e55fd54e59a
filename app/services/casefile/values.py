"""What is known of the documents of a letter: frozen values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

import msgspec

from app.evidence import Box


class DocumentKind(StrEnum):
    """What a document is to the review."""

    APPLICATION = "application"
    UR_DECISION = "UR decision"
    RFA = "RFA"
    RECORDS = "records"
    OTHER = "other"


NO_TEXT = "Pages without text"
"""What pages are called that are pictures."""


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """One PDF among the documents of a letter.

    `pages` is 0 until it was opened, `pages_read` how many of them the index holds, and
    `without_text` how many of those show no words that can be read. `problem` says in a sentence
    why it cannot be read; `is_read` that reading came to its end.
    """

    id: int
    case_id: int
    sha256: str
    name: str
    pages: int = 0
    pages_read: int = 0
    without_text: int = 0
    problem: str = ""
    is_read: bool = False


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Pages of a file that are one document: a form, a letter, a report.

    `name` is what it is called (“Progress report”), `provider` who wrote it. `copy_of` is the
    document it repeats, but for stamps and page numbers. `is_listed` says whether the letter's
    list of documents reviewed has it. `corrected` names the fields that a person set.
    """

    id: int = 0
    file_id: int = 0
    first_page: int = 1
    last_page: int = 1
    kind: DocumentKind = DocumentKind.OTHER
    name: str = ""
    provider: str = ""
    first_date: date | None = None
    last_date: date | None = None
    copy_of: int | None = None
    is_listed: bool = True
    corrected: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        return self.last_page - self.first_page + 1


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words taken from a page of a file into a field (its key) of the letter."""

    id: int = 0
    file_id: int
    page: int
    boxes: tuple[Box, ...]
    field: str
    words: str


class PageText(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one page (from 1): its rows as the eye reads them, a tab at each wide gap.

    A form feed parts what stands at the head and at the foot of the page from the rest.
    """

    page: int
    text: str
    has_text: bool = True


class Found(NamedTuple):
    """A page that a question was found on."""

    file_id: int
    page: int
