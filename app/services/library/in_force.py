"""Whether an edition was in force on a day, as far as is known."""

from __future__ import annotations

from datetime import date

from app.services.library.values import Entry, EntryKind


def in_force(entry: Entry, on: date) -> bool | None:
    """True or False where the entry's dates tell; None where they do not, or for a study."""
    if entry.kind is not EntryKind.MTUS:
        return None
    if entry.effective_from is not None and on < entry.effective_from:
        return False
    if entry.effective_to is not None and on > entry.effective_to:
        return False
    if entry.doubtful_from is not None and on >= entry.doubtful_from:
        return None
    return None if entry.effective_from is None else True


def force_warnings(entry: Entry, on: date | None, successor: Entry | None) -> tuple[str, ...]:
    """Sentences for the picker: not in force on that day, replaced by a later edition."""
    if on is None or in_force(entry, on) is not False:
        return ()
    warnings: list[str] = []
    day = f"{on:%m/%d/%Y}"
    doubt = "" if entry.dates_confirmed else " (date not confirmed)"
    if entry.effective_from is not None and on < entry.effective_from:
        warnings.append(
            f"Not in force on {day}: in force from {entry.effective_from:%m/%d/%Y}{doubt}."
        )
    elif entry.effective_to is not None:
        warnings.append(
            f"Not in force on {day}: in force until {entry.effective_to:%m/%d/%Y}{doubt}."
        )
        if successor is not None:
            name = f"{successor.title} {successor.edition}".strip()
            warnings.append(f"Superseded by {name}.")
    return tuple(warnings)
