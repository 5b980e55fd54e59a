"""Which entry of the library an entry from a file is, and which of a file are one publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from app.services.citations.known import words_of
from app.services.library.names import family_of
from app.services.library.rows import EntryRow
from app.services.library.stored import ROWS_AT_ONCE, decode_entry, match_key
from app.services.library.values import CONTENT_FIELDS, Entry

T = TypeVar("T")

MOST = 40
"""So many entries of one title are looked through one by one."""
ALIKE = 60
"""Titles of one DOI that agree less than this are parts of one book, or one is mistaken."""


def counterparts(session: Session, entries: Sequence[Entry]) -> tuple[Entry | None, ...]:
    """See `Library.counterparts`. A few look-ups for every few hundred entries.

    Where several entries may be meant, the one that agrees in most fields is, and each is meant
    once only.
    """
    by_key = _grouped(_load(session, EntryRow.key, [entry.key for entry in entries]), _key)
    named = _load(session, EntryRow.match_key, map(_name, entries))
    by_name, by_place = _grouped(named, _name), _grouped(named, _place)
    by_doi = _grouped(_load(session, _held("doi"), [entry.doi for entry in entries]), _doi)
    by_pmid = _grouped(_load(session, _held("pmid"), [entry.pmid for entry in entries]), _pmid)
    taken: set[int | None] = set()
    found: list[Entry | None] = []
    for entry in entries:
        candidates = by_key.get(entry.key, []) if entry.key else []
        candidates = candidates or [
            there
            for there in (
                *by_doi.get(_doi(entry), ()),
                *by_pmid.get(entry.pmid, ()),
                *_few(by_name.get(_name(entry), []), by_place.get(_place(entry), [])),
            )
            if is_same(there, entry)
        ]
        free = [there for there in candidates if there.id not in taken]
        best = max(free, key=lambda there: _agreement(there, entry), default=None)
        if best is not None:
            taken.add(best.id)
        found.append(best)
    return tuple(found)


def twins(entries: Sequence[Entry]) -> tuple[int | None, ...]:
    """For each entry the place of an earlier one that is the same publication, or None."""
    seen: dict[tuple[str, str], list[int]] = {}
    found: list[int | None] = []
    for at, entry in enumerate(entries):
        signs = {("name", _name(entry)), ("doi", _doi(entry)), ("pmid", entry.pmid)}
        signs = {sign for sign in signs if sign[1]}
        exact = seen.get(("place", _place(entry)), [])
        earlier = sorted({place for sign in signs for place in _few(seen.get(sign, []), exact)})
        found.append(next((place for place in earlier if _is_twin(entries[place], entry)), None))
        for sign in (*signs, ("place", _place(entry))):
            seen.setdefault(sign, []).append(at)
    return tuple(found)


def is_same(there: Entry, entry: Entry) -> bool:
    """Whether two entries are one publication: the same DOI or PubMed number, or else the same
    source, title, year, chapter and first author."""
    for one, other in ((_doi(there), _doi(entry)), (there.pmid, entry.pmid)):
        if one and other:
            return one == other and _titles_agree(there, entry)
    return (
        _name(there) == _name(entry)
        and there.edition == entry.edition
        and there.chapter == entry.chapter
        and _first_author(there) == _first_author(entry)
    )


def _is_twin(earlier: Entry, entry: Entry) -> bool:
    """In one file, what stands in another place of the journal is another publication."""
    if earlier.key and entry.key and earlier.key != entry.key:
        return False
    places = ("journal", "volume", "issue", "pages", "edition_statement", "publisher")
    identified = bool((earlier.doi and entry.doi) or (earlier.pmid and entry.pmid))
    return is_same(earlier, entry) and (
        identified
        or not any(
            getattr(earlier, field)
            and getattr(entry, field)
            and words_of(getattr(earlier, field)) != words_of(getattr(entry, field))
            for field in places
        )
    )


def _titles_agree(one: Entry, other: Entry) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(words_of(one.title), words_of(other.title)) >= ALIKE


def _agreement(there: Entry, entry: Entry) -> int:
    return sum(getattr(there, field) == getattr(entry, field) for field in CONTENT_FIELDS)


def _key(entry: Entry) -> str:
    return entry.key


def _name(entry: Entry) -> str:
    return match_key(entry.source, entry.title)


def _place(entry: Entry) -> str:
    """The name with all that tells one editorial of a journal from the next."""
    told = (entry.edition, entry.volume, entry.issue, entry.pages, _first_author(entry))
    return "|".join((_name(entry), *told))


def _few(alike: list[T], exact: list[T]) -> list[T]:
    """Those of a title; where very many have it, those that agree in all, and few of them."""
    return alike if len(alike) <= MOST else exact[:MOST]


def _doi(entry: Entry) -> str:
    return entry.doi.lower()


def _pmid(entry: Entry) -> str:
    return entry.pmid


def _held(field: str) -> SQLColumnExpression[str]:
    return func.lower(func.json_extract(EntryRow.body, f"$.{field}"))


def _grouped(entries: Iterable[Entry], sign: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(sign(entry), []).append(entry)
    return groups


def _load(session: Session, column: SQLColumnExpression[str], values: Iterable[str]) -> list[Entry]:
    wanted = sorted({value.lower() if value[:3] == "10." else value for value in values if value})
    found: list[Entry] = []
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        rows = session.execute(
            select(EntryRow.id, EntryRow.body)
            .where(column.in_(wanted[start : start + ROWS_AT_ONCE]), ~EntryRow.deleted)
            .order_by(EntryRow.id)
        )
        found.extend(decode_entry(entry_id, body) for entry_id, body in rows)
    return found


def _first_author(entry: Entry) -> str:
    """The family name alone: programs differ in how they write the first names."""
    return family_of(entry.authors[0]) if entry.authors else ""
