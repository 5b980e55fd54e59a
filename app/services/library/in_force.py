"""Whether an edition was in force on a day, as far as is known."""

from __future__ import annotations

from datetime import date

from app.services.citations import force
from app.services.language.dates import date_text
from app.services.library.values import Entry, EntryKind


def in_force(entry: Entry, on: date) -> bool | None:
    """True or False where the entry's dates tell; None where they do not, or for a study."""
    return force.in_force(entry, on) if entry.kind is EntryKind.MTUS else None


def force_warnings(entry: Entry, on: date | None, successor: Entry | None) -> tuple[str, ...]:
    """Sentences for the picker: not in force on that day, replaced, or nobody knows."""
    if on is None or in_force(entry, on) is True or entry.kind is not EntryKind.MTUS:
        return ()
    day = date_text(on)
    if entry.effective_from is not None and on < entry.effective_from:
        return (f"Not in force on {day}: in force from {_told(entry.effective_from, entry)}.",)
    if entry.effective_to is not None and on > entry.effective_to:
        # a later edition whose first day is confirmed confirms the last day of this one
        told = _told(entry.effective_to, entry, successor)
        ended = f"Not in force on {day}: in force until {told}."
        if successor is None:
            return (ended,)
        return (ended, f"Superseded by {successor.title} {successor.edition}".strip() + ".")
    if entry.doubtful_from is not None and on >= entry.doubtful_from:
        return (f"Whether it was still in force on {day} is not verified.",)
    return ()


def _told(day: date, *entries: Entry | None) -> str:
    confirmed = any(entry is not None and entry.dates_confirmed for entry in entries)
    return date_text(day) + ("" if confirmed else " (date not confirmed)")
