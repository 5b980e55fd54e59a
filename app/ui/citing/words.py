"""Library entries in the words of the screen: what an entry is called, when it is in force."""

from __future__ import annotations

from app.letter import Decision, Source
from app.services.language.dates import date_text
from app.services.library import Adoption, Entry, EntryKind, Hit, printed_all

KIND_WORDS = {
    EntryKind.MTUS: "MTUS guideline",
    EntryKind.GUIDELINE: "Other guideline",
    EntryKind.STUDY: "Study",
}
SHORT_KINDS = {
    EntryKind.MTUS: "MTUS",
    EntryKind.GUIDELINE: "Guideline",
    EntryKind.STUDY: "Study",
}
SOURCE_WORDS = {
    Source.MTUS: "MTUS",
    Source.ODG: "ODG",
    Source.ACOEM: "ACOEM",
    Source.OTHER: "Other source",
}
ADOPTION_WORDS = {
    Adoption.DATED: "By its dates",
    Adoption.PROPOSED: "Only proposed",
    Adoption.NONE: "No adoption known",
    Adoption.WITHDRAWN: "Withdrawn",
}
NOT_IN_FORCE = {
    Adoption.PROPOSED: "only proposed",
    Adoption.NONE: "not adopted as far as is known",
    Adoption.WITHDRAWN: "withdrawn",
}
DECISION_WORDS = {Decision.UPHELD: "upheld", Decision.OVERTURNED: "overturned"}


def short_name(entry: Entry) -> str:
    """`Low Back Complaints 2004`."""
    return f"{entry.title} {entry.edition}".strip()


def place_in_source(entry: Entry) -> str:
    """`MTUS · ch. 12 · 2004`, for the end of a line."""
    if entry.kind is EntryKind.STUDY:
        parts = [printed_all(entry.authors[:1]), entry.edition]
    else:
        source = entry.publisher if entry.source is Source.OTHER else SOURCE_WORDS[entry.source]
        parts = [source, f"ch. {entry.chapter}" if entry.chapter else "", entry.edition]
    return " · ".join(part for part in parts if part)


def in_force_words(entry: Entry) -> str:
    """`in force 06/15/2007 – 11/30/2017`, with what is not confirmed marked so."""
    never = entry.adoption is Adoption.WITHDRAWN
    if never or (not entry.effective_from and not entry.effective_to):
        return NOT_IN_FORCE.get(entry.adoption, "")
    if not entry.effective_to:
        words = f"in force since {date_text(entry.effective_from)}"
    elif not entry.effective_from:
        words = f"in force until {date_text(entry.effective_to)}"
    else:
        words = f"in force {date_text(entry.effective_from)} – {date_text(entry.effective_to)}"
    return words if entry.dates_confirmed else f"{words} (not confirmed)"


def origin_words(entry: Entry) -> str:
    """Whose entry it is."""
    if entry.starter_version is None:
        return "Your own entry"
    return (
        "Came with the program, changed by you" if entry.changed_fields else "Came with the program"
    )


def page_span(entry: Entry) -> str:
    """`287–328`, marked where nobody has confirmed it."""
    if entry.first_page is None and entry.last_page is None:
        return ""
    ends = [str(page) for page in (entry.first_page, entry.last_page) if page is not None]
    words = "–".join(dict.fromkeys(ends))
    return words if entry.pages_confirmed else f"{words} (not confirmed)"


def use_words(hit: Hit) -> str:
    """`4 times: 3 upheld, 1 overturned`."""
    if not hit.times:
        return ""
    times = "once" if hit.times == 1 else f"{hit.times} times"
    outcomes = ", ".join(f"{count} {DECISION_WORDS[one]}" for one, count in hit.outcomes if count)
    return f"{times}: {outcomes}" if outcomes else times
