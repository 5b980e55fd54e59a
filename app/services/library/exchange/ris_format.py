"""RIS, by way of rispy."""

# The libraries this is built on tell no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateImportUsage=false

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from app.services.library.exchange.reference import (
    Imported,
    Reference,
    broken,
    imported,
    own_json,
    plain,
    reference_of,
)
from app.services.library.values import Entry

OWN = "custom8"
"""The tag C8, one of the eight the format leaves to each program."""

_MARK = "imr-desk:"
_LINE = re.compile(r"^([A-Z][A-Z0-9])  -(?: |$)")
_NAMES = {
    "title": "title",
    "year": "year",
    "journal": "secondary_title",
    "volume": "volume",
    "publisher": "publisher",
    "chapter": "section",
}


def write_ris(entries: Iterable[Entry]) -> str:
    import rispy

    records: list[dict[str, Any]] = []
    for entry in entries:
        record = _record(reference_of(entry))
        record[OWN] = _MARK + own_json(entry)
        records.append(record)
    return rispy.dumps(records)


def _record(reference: Reference) -> dict[str, Any]:
    kind = "JOUR" if reference.article else "GEN"
    record: dict[str, Any] = {"type_of_reference": kind}
    record.update({name: getattr(reference, field) for field, name in _NAMES.items()})
    first, dash, last = reference.pages.partition("-")
    record["start_page"] = first.strip()
    record["end_page"] = last.strip() if dash else ""
    record["authors"] = list(reference.authors)
    record["keywords"] = list(reference.keywords)
    record["urls"] = [reference.url] if reference.url else []
    record["notes"] = [reference.note] if reference.note else []
    return {name: value for name, value in record.items() if value}


def read_ris(text: str) -> tuple[Imported, ...]:
    """Raises UserError with the line that is not proper RIS."""
    import rispy

    starts = _starts(text)
    lines = text.splitlines(keepends=True)
    found: list[Imported] = []
    for line, following in zip(starts, [*starts[1:], len(lines) + 1], strict=False):
        try:
            (record,) = rispy.loads("".join(lines[line - 1 : following - 1]))
        except (KeyError, ValueError, OSError) as error:
            raise broken(line, "an entry has a line that continues nothing") from error
        own = str(record.get(OWN) or "")
        whole = own.removeprefix(_MARK) if own.startswith(_MARK) else None
        found.append(imported(_reference(record), whole, line, _seen))
    return tuple(found)


def _starts(text: str) -> list[int]:
    """The line each record begins in; refuses what rispy would pass over in silence."""
    starts: list[int] = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.match(line)
        tag = match.group(1) if match else None
        if tag == "TY":
            if inside:
                raise broken(number, "an entry begins before the last one ended (ER)")
            starts.append(number)
            inside = True
        elif tag == "ER":
            inside = False
        elif not inside and line.strip() and not line.strip().rstrip(".").isdigit():
            raise broken(number, "an entry does not begin with “TY  - ”")
    if inside:
        raise broken(starts[-1], "the entry has no end (ER)")
    return starts


def _reference(record: dict[str, Any]) -> Reference:
    def texts(*names: str) -> tuple[str, ...]:
        for name in names:
            value = record.get(name)
            if value:
                items: list[object] = value if isinstance(value, list) else [value]
                return tuple(plain(str(item)) for item in items)
        return ()

    def one(*names: str) -> str:
        return " ".join(texts(*names))

    pages = "-".join(filter(None, (one("start_page"), one("end_page"))))
    year = one("year", "publication_year", "date")
    return Reference(
        article=record.get("type_of_reference") in ("JOUR", "MGZN", "EJOUR"),
        title=one("title", "primary_title"),
        authors=texts("authors", "first_authors"),
        year=year.split("/")[0],
        journal=one("secondary_title", "journal_name", "alternate_title3"),
        volume=one("volume"),
        pages=pages,
        publisher=one("publisher"),
        chapter=one("section"),
        url=(texts("urls", "url") or ("",))[0],
        note=one("notes", "notes_abstract"),
        keywords=texts("keywords"),
    )


def _seen(reference: Reference) -> Reference:
    return _reference(_record(reference))
