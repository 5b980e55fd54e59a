"""The list of documents reviewed on the letter to the parties, made from the case file.

A house has lines that always come first, and lists either each document or each provider with the
days from the first to the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from app.services.casefile.values import Document, DocumentKind
from app.services.language.dates import date_text


class ListBy(StrEnum):
    """What one line of the list is."""

    DOCUMENT = "document"
    PROVIDER = "provider"


class ReviewedStyle(msgspec.Struct, frozen=True, kw_only=True):
    """How a house words the list: `first` are the lines before the records, of which `{ur_date}`
    stands for the days of the UR determinations."""

    by: ListBy = ListBy.DOCUMENT
    first: tuple[str, ...] = (
        "Application for Independent Medical Review",
        "Utilization Review Determination {ur_date}",
        "Medical Treatment Utilization Schedule (MTUS)",
    )


def reviewed_lines(documents: Sequence[Document], style: ReviewedStyle) -> list[str]:
    """The list, a line each: the fixed lines, then the listed documents that are records."""
    listed = [one for one in documents if one.is_listed and one.copy_of is None]
    ur_days = [_days(one) for one in listed if one.kind is DocumentKind.UR_DECISION]
    told = ", ".join(dict.fromkeys(filter(None, ur_days)))
    first = [
        " ".join(line.replace("{ur_date}", f"dated {told}" if told else "").split())
        for line in style.first
    ]
    records = [one for one in listed if one.kind in (DocumentKind.RECORDS, DocumentKind.RFA)]
    records.sort(key=lambda one: (one.first_date or date.max, one.file_id, one.first_page))
    if style.by is ListBy.DOCUMENT:
        return [*filter(None, first), *dict.fromkeys(map(_document_line, records))]
    return [*filter(None, first), *_provider_lines(records)]


def lacks_records(documents: Sequence[Document]) -> bool:
    """Whether nothing but the UR letter and forms is listed: a determination rests on no record then."""
    return not any(
        one.is_listed and one.copy_of is None and one.kind is DocumentKind.RECORDS
        for one in documents
    )


def _document_line(document: Document) -> str:
    by = f" by {document.provider}" if document.provider else ""
    days = _days(document)
    dated = f", dated {days}" if days else ", undated"
    return f"{document.name}{by}{dated}"


def _provider_lines(records: Sequence[Document]) -> list[str]:
    groups: dict[str, list[Document]] = {}
    for one in records:
        groups.setdefault(one.provider or one.name, []).append(one)
    lines: list[str] = []
    for provider, theirs in groups.items():
        days = sorted(
            day for one in theirs for day in (one.first_date, one.last_date) if day is not None
        )
        if not days:
            lines.append(f"{provider}, undated")
        elif days[0] == days[-1]:
            lines.append(f"{provider}, date of service {date_text(days[0])}")
        else:
            stretch = f"{date_text(days[0])}-{date_text(days[-1])}"
            lines.append(f"{provider}, dates of service {stretch}")
    return lines


def _days(document: Document) -> str:
    first, last = document.first_date, document.last_date
    if first is None or last is None or first == last:
        return date_text(first or last)
    return f"{date_text(first)}-{date_text(last)}"
