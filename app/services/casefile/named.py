"""What the UR letter or the request for authorization names and the file does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from app.services.casefile.titles import kinds
from app.services.casefile.values import Document, DocumentKind
from app.services.language.dates import date_text, find_dates

if TYPE_CHECKING:
    from app.services.store.case_files import CaseFiles

NAMING = (DocumentKind.UR_DECISION, DocumentKind.RFA, DocumentKind.APPLICATION)
_BEFORE, _BEHIND = 90, 60
"""Characters before a date, and behind it, among which a document of that day is named."""
_OWN = frozenset(("Request for authorization", "UR determination"))


class Named(NamedTuple):
    """A document of a day that another one names, with the page where it does."""

    name: str
    day: date
    by: Document
    page: int

    @property
    def words(self) -> str:
        """In a sentence."""
        return (
            f"{self.name} of {date_text(self.day)}, named in the {self.by.name} (page {self.page}), "
            "is not in the file."
        )


@cache
def _mention() -> re.Pattern[str]:
    """Every way a document is mentioned, the longest first."""
    terms = sorted((term for row in kinds() for term in row.mention), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.I)


@cache
def _name_of() -> dict[str, str]:
    return {term.casefold(): row.name for row in kinds() for term in row.mention}


def mentions(text: str) -> Iterator[tuple[str, date]]:
    """The documents of a day that a text names: a mention beside a date, each date once.

    The mention before a date counts; only where there is none in its row or clause, the one behind.
    """
    text = text.replace("’", "'")
    end = 0
    for found in find_dates(text):
        if found.value is None:
            continue
        before = re.split(r"[\n\f;]", text[max(end, found.start - _BEFORE) : found.start])[-1]
        behind = re.split(r"[\n\f;,.]", text[found.end : found.end + _BEHIND])[0]
        told = list(_mention().finditer(before))
        hit = told[-1] if told else _mention().search(behind)
        end = found.end
        if hit is not None:
            yield _name_of()[hit[0].casefold()], found.value


def lacking(files: CaseFiles, documents: Sequence[Document]) -> tuple[Named, ...]:
    """What the UR letter, the RFA or the application name and no document is."""
    found: dict[tuple[str, date], Named] = {}
    for document in documents:
        if document.kind not in NAMING or document.copy_of is not None:
            continue
        for page in files.texts(document.file_id, document.first_page, document.last_page):
            for name, day in mentions(page.text):
                if not _is_there(name, day, documents):
                    found.setdefault((name, day), Named(name, day, document, page.page))
    return tuple(found.values())


def _is_there(name: str, day: date, documents: Iterable[Document]) -> bool:
    """Whether a document of that day may be the one: of its name, or of one that says little.

    Of requests and decisions the days of receipt and of service are told: any of them is taken.
    """
    if name in _OWN:
        return any(document.name == name for document in documents)
    for document in documents:
        first, last = document.first_date, document.last_date or document.first_date
        if first is None or last is None or not first <= day <= last:
            continue
        if (
            name == document.name
            or name in _OWN
            or _says_little(document)
            or _is_visit(name, document)
        ):
            return True
    return False


_VISITS = frozenset(
    ("Progress report", "Consultation", "Initial evaluation", "First report of injury",
     "Permanent and stationary report", "Medical-legal report", "QME report", "AME report")
)  # fmt: skip


def _is_visit(name: str, document: Document) -> bool:
    """Reports of a visit are called this or that by others."""
    return name in _VISITS and document.name in _VISITS


def _says_little(document: Document) -> bool:
    return document.kind is DocumentKind.RECORDS and document.name not in {
        row.name for row in kinds()
    }
