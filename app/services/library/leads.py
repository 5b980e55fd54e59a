"""Which chapters deal with a drug or a treatment that none of them names, and why: kept as data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

import msgspec

from app.services.citations.known import GUIDELINES
from app.services.language.terms import DRUG, TREATMENT, drug_list
from app.services.language.texts import read_text


class Lead(msgspec.Struct, frozen=True):
    """What leads to these chapters: `what` are drugs, treatments or classes of drugs, `chapters`
    and `outside` the beginnings of keys, the likeliest first."""

    what: tuple[str, ...]
    why: str
    chapters: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


class _Silent(msgspec.Struct, frozen=True):
    say: str
    since: date | None = None
    until: date | None = None


class _File(msgspec.Struct, frozen=True):
    about: str
    where_silent: tuple[_Silent, ...]
    leads: tuple[Lead, ...]


@cache
def _file() -> _File:
    return msgspec.json.decode((GUIDELINES / "leads.json").read_bytes(), type=_File)


@cache
def _by_name() -> dict[str, Lead]:
    return {name: lead for lead in _file().leads for name in lead.what}


@lru_cache(maxsize=1024)
def leads_for(text: str) -> tuple[Lead, ...]:
    """What the drugs and treatments lead to that a text names, each by its own name or else by
    the first of its classes."""
    found: dict[str, Lead] = {}
    for mention in read_text(text).mentions:
        if mention.kind in (DRUG, TREATMENT):
            drug = drug_list().drugs.get(mention.name)
            classes = [f"class {name}" for name in drug.classes[:1]] if drug else []
            lead = next(filter(None, map(_by_name().get, (mention.name, *classes))), None)
            if lead is not None:
                found.setdefault(lead.why, lead)
    return tuple(found.values())


def place_in(lead: Lead, key: str) -> int | None:
    """How early the lead names the chapter or source of that key; None where it does not."""
    names = (*lead.chapters, *lead.outside)
    return next((place for place, name in enumerate(names) if key.startswith(name)), None)


def why(key: str, text: str) -> str:
    """Why the chapter of that key is offered for a text; empty where no lead names it."""
    found = (lead for lead in leads_for(text) if place_in(lead, key) is not None)
    return next((lead.why for lead in found), "")


def outside_keys(text: str) -> tuple[str, ...]:
    """The keys of outside sources that deal with what a text names, the likeliest first."""
    return tuple(dict.fromkeys(key for lead in leads_for(text) for key in lead.outside))


def where_silent(on: date | None) -> str:
    """What comes next where the MTUS is silent, as the rules of that day have it."""
    rows: Iterable[_Silent] = reversed(_file().where_silent)
    for row in rows:
        begun = on is None or row.since is None or row.since <= on
        if begun and (on is None or row.until is None or on <= row.until):
            return row.say
    return ""
