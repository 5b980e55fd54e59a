"""What the picker offers for the words typed so far: which entries, in which groups and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.letter import Citation, Source
from app.services.citations import Guidelines, read_reference
from app.services.citations.known import words_of
from app.services.library import usage
from app.services.library.in_force import force_warnings, in_force
from app.services.library.names import family_of
from app.services.library.rows import EntryRow
from app.services.library.searching import Searcher, pointed_section, raw
from app.services.library.stored import decode_entry, match_key
from app.services.library.treatments import treatment_kind
from app.services.library.values import Entry, EntryKind, Group, Hit, reference_text

_PLACE = {group: place for place, group in enumerate(Group)}


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, and the letter it is typed in."""

    query: str
    in_letter: tuple[int, ...]
    treatment: str
    on: date | None
    limit: int
    paged: bool
    guidelines: Guidelines


def offer(session: Session, searcher: Searcher, wanted: Wanted) -> tuple[Hit, ...]:
    """The hits in the order of their groups; a pasted reference that is clear goes first."""
    query = wanted.query
    used: dict[int, usage.Used] = {}
    if wanted.treatment:
        used = usage.for_treatment(session, treatment_kind(wanted.treatment))
    grouped: dict[int, Group] = {}
    for ids, group in (
        (wanted.in_letter, Group.IN_LETTER),
        (used, Group.FOR_TREATMENT),
        (usage.recent(session), Group.RECENT),
    ):
        for entry_id in ids:
            grouped.setdefault(entry_id, group)
    if query.strip():
        found = [c.id for c in searcher.search(session, query, list(grouped))]
    else:
        found = [*grouped, *_first_ids(session, wanted.limit)]
    ids = _by_group(found, grouped)[: wanted.limit]
    entries = _entries(session, ids)
    hits = [
        Hit(
            entry=entries[entry_id],
            group=grouped.get(entry_id, Group.LIBRARY),
            section=pointed_section(entries[entry_id], query),
            times=used[entry_id].times if entry_id in used else 0,
            outcomes=used[entry_id].outcomes if entry_id in used else (),
        )
        for entry_id in ids
        if entry_id in entries
    ]
    pasted = _pasted(session, query, wanted.guidelines)
    if pasted is not None:
        hits = [pasted, *(hit for hit in hits if hit.entry.id != pasted.entry.id)]
    warned = _warned(session, hits, wanted.on)
    pasted_first = warned[: pasted is not None]
    # what was in force on the day, and can be cited as the letter does, goes first in its group
    others = sorted(
        warned[len(pasted_first) :],
        key=lambda hit: (
            _PLACE[hit.group],
            _standing(hit, wanted.on),
            wanted.paged and hit.entry.kind is EntryKind.MTUS and hit.entry.first_page is None,
        ),
    )
    return (*pasted_first, *others)[: wanted.limit]


def _entries(session: Session, ids: Sequence[int]) -> dict[int, Entry]:
    """The entries with these ids that are not deleted."""
    marks = ",".join("?" * len(ids))
    rows = raw(session).execute(
        f"SELECT id, body FROM library_entries WHERE id IN ({marks}) AND NOT deleted", ids
    )
    return {entry_id: decode_entry(entry_id, body) for entry_id, body in rows.fetchall()}


def _by_group(found: Iterable[int], grouped: Mapping[int, Group]) -> list[int]:
    """The ids, each once, in the order of the groups and else as found."""
    return sorted(
        dict.fromkeys(found), key=lambda entry_id: _PLACE[grouped.get(entry_id, Group.LIBRARY)]
    )


def _first_ids(session: Session, limit: int) -> Iterable[int]:
    return session.scalars(
        select(EntryRow.id).where(~EntryRow.deleted).order_by(EntryRow.id).limit(limit)
    )


def _pasted(session: Session, query: str, guidelines: Guidelines) -> Hit | None:
    """The entry and place a pasted reference names, if it names one with certainty."""
    # without a number it names no chapter, year or page, and so no certain place
    if not any(mark.isdigit() for mark in query) or len(words_of(query).split()) < 3:
        return None
    citations, problems = read_reference(query[:400], guidelines)
    if (
        len(citations) != 1
        or problems
        or not (citations[0].edition or citations[0].chapter or citations[0].pages)
    ):
        return None
    entry = entry_cited(session, citations[0])
    if entry is None:
        return None
    section = citations[0].sections[0] if citations[0].sections else None
    return Hit(entry=entry, section=section, pages=citations[0].pages)


def entry_cited(session: Session, citation: Citation) -> Entry | None:
    """The entry of the guideline a citation names, of its edition where it names one."""
    wanted = words_of(citation.title)
    if not wanted:
        return None
    rows = session.execute(
        select(EntryRow.id, EntryRow.body).where(
            EntryRow.match_key == match_key(citation.source, citation.title), ~EntryRow.deleted
        )
    )
    found = [decode_entry(entry_id, body) for entry_id, body in rows]
    if not found and citation.source is Source.OTHER:
        found = [e for e in _with_words(session, wanted) if _is_said_in(e, wanted)]
    elif not found:
        named = (e for e in _with_words(session, wanted) if e.source is citation.source)
        found = [e for e in named if wanted in map(words_of, e.aliases)]
    if citation.edition:
        found = [entry for entry in found if entry.edition == citation.edition]
    if citation.chapter:
        found = [entry for entry in found if entry.chapter == citation.chapter]
    return min(found, key=lambda entry: (entry.edition, entry.id or 0), default=None)


def _with_words(session: Session, words: str) -> list[Entry]:
    """Entries that have the three longest of the words in their title or names."""
    longest = sorted(set(words.split()), key=len, reverse=True)[:3]
    match = "{words_title words_names} : (" + " AND ".join(f'"{w}"' for w in longest) + ")"
    rows = raw(session).execute(
        "SELECT id, body FROM library_entries WHERE NOT deleted AND id IN "
        "(SELECT rowid FROM library_search WHERE library_search MATCH ? LIMIT 200)",
        (match,),
    )
    return [decode_entry(entry_id, body) for entry_id, body in rows.fetchall()]


def _is_said_in(entry: Entry, words: str) -> bool:
    """Whether a source cited in words of its own is this one: its whole line, or, for a study
    cited with other pages, its title, year and first author."""
    if entry.source is not Source.OTHER:
        return False
    if words_of(reference_text(entry)) == words:
        return True
    parts = [entry.title, entry.edition, *map(family_of, entry.authors[:1])]
    return entry.kind is EntryKind.STUDY and all(
        f" {words_of(part)} " in f" {words} " for part in parts if part
    )


def _standing(hit: Hit, on: date | None) -> int:
    """0 for an edition with nothing against it on that day, then doubtful ones, 2 for old ones."""
    if not hit.warnings or on is None:
        return 0
    return 2 if in_force(hit.entry, on) is False else 1


def successors(session: Session, entries: Iterable[Entry]) -> dict[str, Entry]:
    """By their keys, the editions that took the place of some of the entries: one look-up."""
    keys = sorted({entry.superseded_by for entry in entries if entry.superseded_by})
    if not keys:
        return {}
    rows = session.execute(
        select(EntryRow.key, EntryRow.id, EntryRow.body).where(
            EntryRow.key.in_(keys), ~EntryRow.deleted
        )
    )
    return {key: decode_entry(entry_id, body) for key, entry_id, body in rows}


def _warned(session: Session, hits: Sequence[Hit], on: date | None) -> list[Hit]:
    """The hits with what there is to say of their editions on that day."""
    if on is None:
        return list(hits)
    doubtful = [hit.entry for hit in hits if force_warnings(hit.entry, on, None)]
    later = successors(session, doubtful)
    return [
        replace(hit, warnings=force_warnings(hit.entry, on, later.get(hit.entry.superseded_by)))
        for hit in hits
    ]
