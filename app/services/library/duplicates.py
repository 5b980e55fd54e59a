"""Entries that may be the same, and in what two entries differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from app.services.citations.known import words_of
from app.services.language.dates import date_text
from app.services.library.values import CONTENT_FIELDS, Difference, Entry, Excerpt, Section

LABELS = {
    "kind": "Kind", "source": "Source", "title": "Title", "publisher": "Publisher",
    "chapter": "Chapter number", "edition": "Year or edition", "publication_date": "Published on",
    "sections": "Sections and topics", "aliases": "Other spellings", "body_parts": "Body parts",
    "first_page": "First page", "last_page": "Last page", "pages_confirmed": "Pages confirmed",
    "regulation": "Regulation", "regulation_confirmed": "Regulation confirmed",
    "effective_from": "In force from", "effective_to": "In force until",
    "dates_confirmed": "Dates confirmed", "doubtful_from": "In force not verified from",
    "adoption": "Adoption", "superseded_by": "Superseded by", "authors": "Authors", "editors": "Editors",
    "journal": "Journal or book", "volume": "Volume", "issue": "Issue",
    "pages": "Pages in the journal", "edition_statement": "Edition", "doi": "DOI",
    "pmid": "PubMed number", "url": "Web address", "remark": "Remark",
    "notes": "My notes", "excerpts": "My excerpts",
}  # fmt: skip
"""What the form calls each field."""

ALIKE = 92
"""Titles whose words agree to so many percent may be one title."""


def compare(left: Entry | None, right: Entry) -> tuple[Difference, ...]:
    """The fields in which two entries differ, in the order of the form; without `left`, all that
    the right one says."""
    other = left or Entry()
    return tuple(
        Difference(
            field=field,
            label=LABELS[field],
            left=in_words(getattr(other, field)) if left is not None else "",
            right=in_words(getattr(right, field)),
        )
        for field in CONTENT_FIELDS
        if getattr(other, field) != getattr(right, field)
    )


def in_words(value: object) -> str:
    """A field's value as one text: lists one item a line, dates as letters print them."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, Section):
        return f"{value.name} {value.pages}".strip()
    if isinstance(value, Excerpt):
        return f"{value.text} ({value.place})" if value.place else value.text
    if isinstance(value, tuple):
        return "\n".join(in_words(item) for item in cast("tuple[object, ...]", value))
    return str(value)


def find_duplicates(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Groups of entries that may be the same: same source, publisher, year and nearly the same title.

    Titles are compared among those that share their first word or their last: an entry
    misspelt in both is not found.
    """
    groups: dict[int, list[Entry]] = {}
    group_of: dict[int, int] = {}
    blocks: dict[tuple[str, ...], list[tuple[Entry, str]]] = {}
    for entry in entries:
        words = words_of(entry.title)
        if entry.id is None or not words:
            continue
        groups[entry.id] = [entry]
        group_of[entry.id] = entry.id
        about = entry.source.value, words_of(entry.publisher), entry.edition, entry.chapter
        split = words.split()
        for block in {(*about, "first", split[0]), (*about, "last", split[-1])}:
            blocks.setdefault(block, []).append((entry, words))
    for block in blocks.values():
        for one, other in _alike(block):
            first, second = group_of[one], group_of[other]
            if first != second:
                for entry in groups[second]:
                    assert entry.id is not None
                    group_of[entry.id] = first
                groups[first].extend(groups.pop(second))
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _alike(block: list[tuple[Entry, str]]) -> Iterable[tuple[int, int]]:
    """Pairs of ids whose titles agree, one after another in alphabetical order."""
    from rapidfuzz import fuzz

    # neighbours in order are enough: what differs little stands close together
    ordered = sorted(block, key=lambda item: item[1])
    reach = 12
    for position, (one, words) in enumerate(ordered):
        for other, other_words in ordered[position + 1 : position + 1 + reach]:
            if (
                fuzz.token_sort_ratio(words, other_words, score_cutoff=ALIKE)
                and one.id
                and other.id
            ):
                yield one.id, other.id
