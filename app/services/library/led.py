"""Chapters that have none of the typed words and deal with what they mean: found by meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services.citations.force import Standing, standing
from app.services.citations.lineage import edition_in_force
from app.services.library import leads, meaning
from app.services.library.rows import EntryRow
from app.services.library.stored import decode_entry
from app.services.library.values import Entry, EntryKind

_BY_ANOTHER = 0.95
"""What only another edition of a chapter says to deal with counts less than what its own does."""
_SURE = 0.9
"""Outside sources are led to by the part they are on, not by a region beside it."""


def led_to(
    session: Session,
    found: Iterable[Entry],
    editions: Sequence[Entry],
    meant: str,
    on: date | None,
) -> dict[int, tuple[Entry, float]]:
    """What deals with what was meant, where nothing that has its words stood on the day: the words
    name what no section is called, or what only another edition lists. With how well each fits."""
    there = {entry.id: entry for entry in found}
    if any(on is None or stands(entry, on) for entry in there.values()):
        return {}
    led = _chapters(editions, meant, on)
    outside = {} if any(_is_own(entry) for entry, _ in led.values()) else _outside(session, meant)
    return {i: pair for i, pair in {**led, **outside}.items() if i not in there}


def _is_own(entry: Entry) -> bool:
    """Whether it is more than the list on which every drug has its place."""
    return not meaning.is_formulary(entry)


def _chapters(
    editions: Sequence[Entry], meant: str, on: date | None
) -> dict[int, tuple[Entry, float]]:
    for measure in (meaning.fit, meaning.fit_of_leads):
        led: dict[int, tuple[Entry, float]] = {}
        for entry in editions:
            fit = measure(entry, meant)
            chapter = _of_the_day(entry, editions, on) if fit else None
            if chapter is not entry:
                fit *= _BY_ANOTHER
            if chapter is not None and chapter.id is not None:
                led[chapter.id] = chapter, max(fit, led.get(chapter.id, (chapter, 0.0))[1])
        if led:
            return led
    return {}


def _of_the_day(entry: Entry, editions: Sequence[Entry], on: date | None) -> Entry | None:
    if stands(entry, on):
        return entry
    return None if on is None else edition_in_force(entry, editions, on)


def _outside(session: Session, meant: str) -> dict[int, tuple[Entry, float]]:
    """Sources outside the MTUS that deal with it, where no chapter of the MTUS does."""
    keys = leads.outside_keys(meant)
    rows = session.execute(
        select(EntryRow.id, EntryRow.body).where(
            EntryRow.kind != EntryKind.MTUS.value,
            ~EntryRow.deleted,
            EntryRow.key.in_(keys) | EntryRow.key.startswith("odg-"),
        )
    )
    led: dict[int, tuple[Entry, float]] = {}
    for entry_id, body in rows:
        entry = decode_entry(entry_id, body)
        fit = 1 - keys.index(entry.key) / 10 if entry.key in keys else meaning.fit(entry, meant)
        if entry.key in keys or fit >= _SURE:
            led[entry_id] = entry, fit
    return led


def stands(entry: Entry, on: date | None) -> bool:
    """Whether a chapter stood on the day, or without one whether it is the latest of its kind."""
    if entry.kind is not EntryKind.MTUS:
        return False
    if on is None:
        return age(entry) == 0
    return standing(entry, on) in (Standing.IN_FORCE, Standing.UNVERIFIED)


def age(entry: Entry) -> int:
    """0 for an edition that nothing is known to have replaced, 1 for a replaced one, 2 for others."""
    if entry.effective_from is None:
        return 2
    return int(entry.effective_to is not None)


def reasons(
    hits: Mapping[int, Entry], editions: Sequence[Entry], meant: str, on: date | None
) -> dict[int, str]:
    """Why each is offered that neither its words nor its part explain, by its id."""
    found: dict[int, str] = {}
    of_mtus = any(entry.kind is EntryKind.MTUS for entry in hits.values())
    stood = (
        [(one, edition_in_force(one, editions, on)) for one in editions]
        if on is not None and of_mtus
        else []
    )
    for entry_id, entry in hits.items():
        others = [one for one, there in stood if one.key != entry.key and there == entry]
        if told := meaning.why(entry, meant, others):
            found[entry_id] = told
    return found
