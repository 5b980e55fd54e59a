"""Entries that are not saved yet: from a citation of a letter, or like another entry."""

from __future__ import annotations

from app.letter import Citation, Source
from app.services.library.values import CONTENT_FIELDS, Entry, EntryKind, Section


def entry_from(citation: Citation) -> Entry:
    """A draft entry for a citation found in a letter, to be completed and saved."""
    kind = {Source.MTUS: EntryKind.MTUS}.get(citation.source, EntryKind.GUIDELINE)
    return Entry(
        kind=kind,
        source=citation.source,
        title=citation.title,
        publisher="Official Disability Guidelines (ODG)" if citation.source is Source.ODG else "",
        chapter=citation.chapter or "",
        edition=citation.edition or "",
        sections=tuple(Section(name=name) for name in citation.sections),
    )


def copy_of(entry: Entry) -> Entry:
    """A draft with the content of an entry, for "duplicate"; saving it adds a new entry."""
    return Entry(**{field: getattr(entry, field) for field in CONTENT_FIELDS})
