"""What there is to say of an edition on a day: what speaks against it, and what is only not known."""

from __future__ import annotations

from datetime import date

from app.services.citations import force
from app.services.citations.force import Standing, standing
from app.services.language.dates import date_text
from app.services.library.values import Entry, EntryKind


def in_force(entry: Entry, on: date) -> bool | None:
    """True or False where the entry's facts tell; None where they do not, or for a study."""
    return force.in_force(entry, on) if entry.kind is EntryKind.MTUS else None


def force_warnings(entry: Entry, on: date | None, instead: Entry | None) -> tuple[str, ...]:
    """Sentences on why it may not be cited on that day; the last names what stood `instead`."""
    if on is None or entry.kind is not EntryKind.MTUS:
        return ()
    against = _against(entry, on, instead)
    if not against:
        return ()
    if instead is None:
        return (against,)
    after = standing(entry, on) is Standing.OVER
    name = f"{instead.title} {instead.edition}".strip()
    return (against, f"{'Superseded by' if after else 'In force on that day:'} {name}.")


def _against(entry: Entry, on: date, instead: Entry | None) -> str:
    day = date_text(on)
    match standing(entry, on):
        case Standing.OVER:
            # a later edition whose first day is confirmed confirms the last day of this one
            ended = _confirmable(entry.effective_to, entry, instead)
            return f"Not in force on {day}: in force until {ended}."
        case Standing.EARLY if entry.effective_from is not None:
            return (
                f"Not in force on {day}: in force from {_confirmable(entry.effective_from, entry)}."
            )
        case Standing.EARLY:
            return f"Not in force on {day}: published on {date_text(entry.publication_date)}."
        case Standing.PROPOSED:
            return "Only proposed: no order adopting it is known here."
        case Standing.NOT_ADOPTED:
            return "Not adopted as far as is known: no order makes it part of the MTUS."
        case Standing.WITHDRAWN:
            return f"Withdrawn: it is no part of the MTUS. {entry.remark}".rstrip()
        case _:
            return ""


def force_remarks(entry: Entry, on: date | None, section: str | None = None) -> tuple[str, ...]:
    """Sentences on what nobody has confirmed: no reason not to cite it."""
    remarks: list[str] = []
    if on is not None and entry.kind is EntryKind.MTUS:
        match standing(entry, on):
            case Standing.UNVERIFIED:
                remarks.append(f"In force as far as is known; not verified for {date_text(on)}.")
            case Standing.UNKNOWN:
                remarks.append("The days it was in force are not known here.")
            case _:
                pass
    if section is not None and is_topic(entry, section):
        remarks.append(f"“{section}” is a topic; how the guideline heads it was not seen here.")
    return tuple(remarks)


def is_topic(entry: Entry, section: str) -> bool:
    """Whether a section goes by a name that nobody saw printed in the guideline."""
    return any(one.topic and one.name == section for one in entry.sections)


def _confirmable(day: date | None, *entries: Entry | None) -> str:
    confirmed = any(entry is not None and entry.dates_confirmed for entry in entries)
    return date_text(day) + ("" if confirmed else " (date not confirmed)")
