"""What the picker offers for the words typed so far: which entries, in which groups and order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.letter import Citation, Source
from app.services.citations import Guidelines, read_reference
from app.services.citations.force import Standing, standing
from app.services.citations.known import words_of
from app.services.citations.lineage import edition_in_force
from app.services.database.connection import driver_connection
from app.services.library import meaning, usage
from app.services.library.in_force import force_remarks, force_warnings
from app.services.library.led import age, led_to, reasons
from app.services.library.names import family_of
from app.services.library.rows import EntryRow
from app.services.library.searching import Searcher, pointed_section
from app.services.library.stored import decode_entry, match_key
from app.services.library.treatments import treatment_kind
from app.services.library.typed_words import Term
from app.services.library.values import Entry, EntryKind, Group, Hit, reference_text

MOST_OF_MTUS = 300
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMED_SOURCES = {words_of(one.value) for one in Source if one not in (Source.MTUS, Source.OTHER)}
_PLACE = {group: place for place, group in enumerate(Group)}
_OF_ANOTHER_DATE = (
    Standing.OVER, Standing.EARLY, Standing.PROPOSED, Standing.NOT_ADOPTED, Standing.WITHDRAWN
)  # fmt: skip
_OUTSIDE = 100
_FITS_ITEM = 3.0
"""As much as a word of the title counts it that the disputed item is about the entry's part."""
_LED = 10.0
"""Of chapters that have none of the words, what they deal with outweighs all else."""
_CITED_MORE, _CITED_LEAST = 1.2, 0.05
"""Less than a word of a section counts how much a chapter is cited: it only parts equals, and next
to nothing where a part of the body is named."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, and the letter it is typed in."""

    query: str
    in_letter: tuple[int, ...]
    treatment: str
    on: date | None
    limit: int
    paged: bool
    guidelines: Guidelines
    meant: str = ""
    """The words as they were taken, misspelt ones put right."""


class _Uses(msgspec.Struct, frozen=True):
    """What was cited before, in the order it counts."""

    for_treatment: dict[int, usage.Used]
    recent: dict[int, int]

    def rank(self, entry_id: int) -> int:
        if entry_id in self.for_treatment:
            return 0
        return 1 if entry_id in self.recent else 2


def offer(session: Session, searcher: Searcher, wanted: Wanted) -> tuple[Hit, ...]:
    """The hits in the order of the search; a pasted reference that is clear goes first."""
    uses = _uses(session, wanted.treatment)
    known = (*wanted.in_letter, *uses.for_treatment, *uses.recent)
    editions = mtus_entries(session)
    if wanted.query.strip():
        candidates, terms, meant = searcher.search(session, wanted.query, known)
        wanted = replace(wanted, meant=meant)
        scores = {c.id: c.score for c in candidates}
    else:
        terms = ()
        scores = dict.fromkeys((*known, *_first_ids(session, wanted.limit)), 0.0)
    entries = _entries(session, list(scores))
    pasted = _pasted(session, wanted.query, wanted.guidelines)
    led: dict[int, tuple[Entry, float]] = {}
    if pasted is None and _may_be_led(wanted):
        led = led_to(session, entries.values(), editions, wanted.meant, wanted.on)
        entries.update({entry_id: entry for entry_id, (entry, _) in led.items()})
        scores.update({entry_id: _LED * fit for entry_id, (_, fit) in led.items()})
    hits = [
        _hit(entry, wanted, uses)
        for entry_id in scores
        if (entry := entries.get(entry_id)) is not None
        and (pasted is None or entry_id != pasted.entry.id)
    ]
    found = {entry_id: place for place, entry_id in enumerate(scores)}

    alike = bool(wanted.query.strip()) and meaning.names_no_part(wanted.meant)

    def order(hit: Hit) -> tuple[object, ...]:
        entry_id = hit.entry.id or 0
        fit = scores[entry_id] + _FITS_ITEM * meaning.fit(hit.entry, wanted.treatment)
        fit += (_CITED_MORE if alike else _CITED_LEAST) * meaning.commonness(hit.entry)
        unpaged = wanted.paged and hit.entry.source is Source.MTUS and hit.entry.first_page is None
        return (_PLACE[hit.group], unpaged, _rank(hit), uses.rank(entry_id), -fit, found[entry_id])

    hits.sort(key=order)
    if pasted is not None:
        first = _hit(pasted.entry, wanted, uses)
        hits.insert(0, replace(first, section=pasted.section, pages=pasted.pages))
    offered = _with_standing(hits, editions, wanted, uses)
    by_words = {hit.entry.id for hit in hits} - led.keys()
    named = {h.entry.id or 0: h.entry for h in offered if h.entry.id not in by_words}
    why = reasons(named, editions, wanted.meant, wanted.on)
    return _told(offered, wanted, terms, why)


def _may_be_led(wanted: Wanted) -> bool:
    """Who names a year or an outside source means that one."""
    words = words_of(wanted.query).split()
    return bool(words and not _YEAR.search(wanted.query) and _NAMED_SOURCES.isdisjoint(words))


def _uses(session: Session, treatment: str) -> _Uses:
    used: dict[int, usage.Used] = {}
    if treatment:
        used = usage.for_treatment(session, treatment_kind(treatment))
    return _Uses(used, {entry_id: place for place, entry_id in enumerate(usage.recent(session))})


def _hit(entry: Entry, wanted: Wanted, uses: _Uses) -> Hit:
    used = uses.for_treatment.get(entry.id or 0)
    stands = None
    if entry.kind is EntryKind.MTUS and wanted.on is not None:
        stands = standing(entry, wanted.on)
    return Hit(
        entry=entry,
        group=_group(entry, stands, cited=entry.id in wanted.in_letter),
        standing=stands,
        times=used.times if used else 0,
        outcomes=used.outcomes if used else (),
    )


def _group(entry: Entry, stands: Standing | None, *, cited: bool) -> Group:
    if cited:
        return Group.IN_LETTER
    if entry.kind is not EntryKind.MTUS:
        return Group.OUTSIDE
    if stands is None:
        return Group.MTUS
    return Group.OTHER_DATE if stands in _OF_ANOTHER_DATE else Group.IN_FORCE


def _rank(hit: Hit) -> int:
    """Within a group: what stands, verified or not, before what has no known days; then in the
    order of `_OF_ANOTHER_DATE`; then what is not of the MTUS, also where the letter cites it.
    Without a day, the latest edition of the MTUS first."""
    if hit.entry.kind is not EntryKind.MTUS:
        return _OUTSIDE
    if hit.standing in _OF_ANOTHER_DATE:
        return 2 + _OF_ANOTHER_DATE.index(hit.standing)
    if hit.standing is None and hit.group is Group.MTUS:
        return age(hit.entry)
    return int(hit.standing is Standing.UNKNOWN)


def _entries(session: Session, ids: Sequence[int]) -> dict[int, Entry]:
    rows = session.execute(
        select(EntryRow.id, EntryRow.body).where(EntryRow.id.in_(ids), ~EntryRow.deleted)
    )
    return {entry_id: decode_entry(entry_id, body) for entry_id, body in rows}


def _first_ids(session: Session, limit: int) -> Iterable[int]:
    """All of the MTUS that a list may begin with, and the first of the rest."""
    for condition, most in (
        (EntryRow.kind == "mtus", MOST_OF_MTUS),
        (EntryRow.kind != "mtus", limit),
    ):
        yield from session.scalars(
            select(EntryRow.id)
            .where(~EntryRow.deleted, condition)
            .order_by(EntryRow.id)
            .limit(most)
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
    rows = driver_connection(session).execute(
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


def _told(
    hits: Sequence[Hit], wanted: Wanted, terms: Sequence[Term], why: Mapping[int, str]
) -> tuple[Hit, ...]:
    """The hits with the section the words point to, what is to be said of their editions, and why
    those are there that do not have the words."""
    taken_as = meaning.taken_as(wanted.query, wanted.meant) if wanted.query.strip() else ""
    return tuple(
        replace(
            hit,
            section=(section := hit.section or _section(hit.entry, wanted, terms)),
            warnings=force_warnings(hit.entry, wanted.on, hit.instead),
            remarks=(
                *filter(None, (taken_as, why.get(hit.entry.id or 0))),
                *force_remarks(hit.entry, wanted.on, section),
            ),
        )
        for hit in hits
    )


def _section(entry: Entry, wanted: Wanted, terms: Sequence[Term]) -> str | None:
    return pointed_section(entry, wanted.query, terms) or meaning.section_for(entry, wanted.meant)


def _with_standing(
    hits: Sequence[Hit], editions: Sequence[Entry], wanted: Wanted, uses: _Uses
) -> list[Hit]:
    """As many hits as are wanted, those of another date with the edition that stood `instead`.

    Where the words name no year, what stood instead is offered too: a chapter need not list a
    treatment that another edition of it lists.
    """
    if wanted.on is None or all(hit.standing not in _OF_ANOTHER_DATE for hit in hits):
        return list(hits[: wanted.limit])
    meant = _YEAR.search(wanted.query) is not None
    there = {hit.entry.id for hit in hits}
    found: list[Hit] = []
    added: list[Hit] = []
    for hit in hits[: wanted.limit]:
        instead = None
        if hit.standing in _OF_ANOTHER_DATE:
            instead = edition_in_force(hit.entry, editions, wanted.on)
        found.append(replace(hit, instead=instead))
        if instead is not None and instead.id not in there and not meant:
            there.add(instead.id)
            added.append(_hit(instead, wanted, uses))
    pasted = found[:1] if found and hits[0].pages else []
    both = [*found[len(pasted) :], *added]
    return [*pasted, *sorted(both, key=lambda hit: _PLACE[hit.group])][: wanted.limit]


def mtus_entries(session: Session) -> tuple[Entry, ...]:
    """Every edition of the MTUS the library has: one look-up."""
    rows = session.execute(
        select(EntryRow.id, EntryRow.body)
        .where(EntryRow.kind == EntryKind.MTUS.value, ~EntryRow.deleted)
        .order_by(EntryRow.id)
    )
    return tuple(decode_entry(entry_id, body) for entry_id, body in rows)


def superseding(session: Session, entry: Entry) -> Entry | None:
    """What is to be cited today in place of an edition that was replaced: the edition in force, or
    where none is known the one that took its place. None for an edition that was not replaced."""
    if not entry.superseded_by:
        return None
    there = edition_in_force(entry, mtus_entries(session), date.today())
    if there is not None and there.id != entry.id:
        return there
    row = session.execute(
        select(EntryRow.id, EntryRow.body).where(
            EntryRow.key == entry.superseded_by, ~EntryRow.deleted
        )
    ).first()
    return None if row is None else decode_entry(*row)
