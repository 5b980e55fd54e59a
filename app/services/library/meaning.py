"""What typed words and titles of disputed items are about, and which chapters deal with that.

The index finds words; here a chapter is found by what they mean: the part of the body that they
name, or the treatment or drug, whose kind a section of the chapter deals with.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

import msgspec

from app.services.citations.body_parts import near, parts_named, parts_of
from app.services.citations.known import GUIDELINES
from app.services.language.levels import levels_in
from app.services.language.terms import DRUG, GENERAL, TREATMENT, Mention, drug_list, wider
from app.services.language.texts import read_text
from app.services.library import leads
from app.services.library.typed_words import spelt
from app.services.library.values import Entry, EntryKind, Group, Hit

_KINDS = (DRUG, TREATMENT)
_CLASS = "class"
_EXACT, _OWN, _BESIDE, _TREATMENT, _LISTED, _ANY_DRUG = 1.0, 0.9, 0.5, 0.5, 0.4, 0.1
_OF_WIDE = 0.6
"""What a heading names tells more than the spine or the back."""
_LED = 0.35
_LED_LESS = 0.03
"""Less for each chapter that a lead names before."""
_WIDE = frozenset(("arm", "leg", "limbs", "back", "spine"))
"""A test of an arm may be about the neck as well as about the hand."""
_OF_LEVEL = {"C": "neck", "T": "upper_back", "L": "low_back", "S": "low_back"}
_OF_BACK = frozenset(("back", "spine"))
"""What is done to the spine may be named by it, as a stimulator of its cord is."""
_ROUTES = frozenset(("topical", "intrathecal"))
"""Classes that tell how a drug is given, and not what it is for."""
_ANY = GENERAL | {"surgery"}
"""Treatments that stand for any of their kind; a heading on one operation is not on all of them."""
_VISITS = frozenset(("consultation",))
"""What is asked for with a visit tells more than the visit."""
_FORMULARY = "8 CCR 9792.27"
"""Every drug has its place in the MTUS Drug List, if only as one that is not listed."""


class _Common(msgspec.Struct, frozen=True):
    about: str
    regulations: tuple[str, ...]


@lru_cache(maxsize=1024)
def treatments_named(text: str) -> frozenset[str]:
    """The treatments and drugs a text names, with the kinds they are cases of."""
    found: set[str] = set()
    for mention in read_text(text).mentions:
        if mention.kind in _KINDS:
            routes = _other_routes(mention.name)
            found |= wider(mention.name) - routes - {_class(name) for name in routes}
            drug = drug_list().drugs.get(mention.name)
            classes = drug.classes if drug else ()
            found.update(_class(name) for name in classes if name not in routes)
        elif mention.kind == _CLASS:
            found.add(_class(mention.name))
    found -= _ANY
    return frozenset(found - _VISITS or found)


def _other_routes(drug: str) -> frozenset[str]:
    """How a drug is given, where its kind is told besides: an antibiotic for the skin is none of
    the topical medications that a chapter on pain deals with."""
    entry = drug_list().drugs.get(drug)
    return frozenset(entry.classes[1:] if entry else ()) & _ROUTES


def _class(name: str) -> str:
    """The name of a class of drugs, apart from treatments: `bone` is a class, and a graft."""
    return f"class {name}"


@lru_cache(maxsize=1024)
def _dealt_with(title: str, sections: tuple[str, ...]) -> frozenset[str]:
    """The treatments a chapter deals with by its own names for them, and none that are wider."""
    found: set[str] = set()
    for name in (title, *sections):
        mentions = read_text(name).mentions
        treatments = [mention for mention in mentions if mention.kind in _KINDS]
        found.update(mention.name for mention in treatments)
        # `steroid injections` are a treatment of their own, and not all drugs of that class
        found.update(
            _class(mention.name)
            for mention in mentions
            if mention.kind == _CLASS
            and (mention.name in _ROUTES or not any(_within(mention, one) for one in treatments))
        )
    return frozenset(found - _ANY)


def _within(mention: Mention, wider_one: Mention) -> bool:
    """Whether a mention is a part of a longer one."""
    return (wider_one.first, wider_one.last) != (mention.first, mention.last) and (
        wider_one.first <= mention.first and mention.last <= wider_one.last
    )


class _Classes(msgspec.Struct, frozen=True):
    about: str
    chapters: dict[str, dict[str, tuple[str, ...]]]


@cache
def _by_heading() -> dict[str, dict[str, frozenset[str]]]:
    """By the key of a chapter: the classes of drugs that a heading deals with and does not name."""
    data = (GUIDELINES / "drug_classes.json").read_bytes()
    chapters = msgspec.json.decode(data, type=_Classes).chapters
    return {
        key: {name: frozenset(map(_class, classes)) for name, classes in headings.items()}
        for key, headings in chapters.items()
    }


def section_for(entry: Entry, text: str) -> str | None:
    """The one section of a chapter that deals with the drug or treatment a text names; None for
    more or none."""
    treatments = treatments_named(text)
    told = _by_heading().get(entry.key, {})
    there = [one.name for one in entry.sections]
    found = {name for name, classes in told.items() if classes & treatments and name in there}
    found |= {name for name in there if treatments & _dealt_with("", (name,))}
    return found.pop() if len(found) == 1 else None


def names_a_drug(text: str) -> bool:
    return any(read_text(text).named(DRUG))


def note_on_silence(query: str, hits: Iterable[Hit], on: date | None) -> str:
    """One line where a drug, treatment or part was typed with which no chapter in force is known
    to deal: what comes next by the rules of that day."""
    of_mtus = [hit for hit in hits if hit.entry.kind is EntryKind.MTUS]
    if any(hit.group is not Group.OTHER_DATE and not is_formulary(hit.entry) for hit in of_mtus):
        return ""
    meant = spelt(query)
    drugs = (drug_list().drugs.get(one.name) for one in read_text(meant).mentions)
    kind = next((drug.classes[0] for drug in drugs if drug and drug.classes), "")
    if not kind and not treatments_named(meant) and not _parts(meant):
        return ""
    what = f"drugs of this kind ({kind})" if kind else "this"
    return f"No chapter in force is known to deal with {what}. {leads.where_silent(on)}"


def taken_as(query: str, meant: str) -> str:
    """Which drugs misspelt words were taken for; empty where none was."""
    drugs = read_text(meant).named(DRUG) - read_text(query).named(DRUG)
    return f"Taken as {', '.join(sorted(drugs))}." if drugs else ""


def why(entry: Entry, text: str, others: Iterable[Entry] = ()) -> str:
    """Why a chapter is offered that neither has the words nor is on the part they name: what
    leads to it, or which other edition of it deals with it. Empty where that shows."""
    led = leads.why(entry.key, text)
    own = _fit_by_own(entry, text)
    if own:
        return ""
    if led:
        return f"Why it is offered: {led}."
    named = [one for one in others if _fit_by_own(one, text) > _ANY_DRUG]
    if not named:
        return ""
    return (
        f"The edition of {named[0].edition} deals with it; whether this one does is not known here."
    )


def is_formulary(entry: Entry) -> bool:
    """Whether it is the list on which every drug has its place."""
    return entry.regulation.startswith(_FORMULARY)


def fit(entry: Entry, text: str) -> float:
    """How well an entry fits what a text is about, 0 to 1: the part of the body that it is called
    by goes first, then another of its own, then a region beside it, then the treatment that it is
    called by, then one that it lists, then what is known to lead to it."""
    own = _fit_by_own(entry, text)
    if own > _ANY_DRUG or (_parts(text) - _WIDE):
        return own
    return max(own, fit_of_leads(entry, text))


def fit_of_leads(entry: Entry, text: str) -> float:
    """How well an entry fits by what is known to lead to it alone."""
    places = (leads.place_in(lead, entry.key) for lead in leads.leads_for(text))
    return max((_LED - _LED_LESS * place for place in places if place is not None), default=0.0)


def _fit_by_own(entry: Entry, text: str) -> float:
    """How well it fits by its own title, parts and headings."""
    parts = _parts(text)
    own = parts_of(entry.body_parts)
    if (parts - _WIDE) & own:
        return _EXACT if parts & parts_named(entry.title) else _OWN
    beside = _BESIDE if own and near(own, parts) else 0.0
    if parts - _OF_BACK or (parts and own and not beside):
        return beside
    names = tuple(section.name for section in entry.sections)
    treatments = treatments_named(text)
    if treatments & _dealt_with(entry.title, names):
        if parts:
            return _OF_WIDE
        return _TREATMENT if treatments & _dealt_with(entry.title, ()) else _LISTED
    if any(treatments & classes for classes in _by_heading().get(entry.key, {}).values()):
        return _LISTED
    return max(beside, _ANY_DRUG if is_formulary(entry) and names_a_drug(text) else 0.0)


@lru_cache(maxsize=1024)
def _parts(text: str) -> frozenset[str]:
    """The parts of the body a text names, by their names or by the levels of the spine."""
    return parts_named(text) | {_OF_LEVEL[level[0]] for level in levels_in(text)}


def names_no_part(text: str) -> bool:
    """Whether no part of the body is named, so that chapters on any part fit alike."""
    return not _parts(text)


@cache
def _common() -> dict[str, float]:
    data = (GUIDELINES / "common.json").read_bytes()
    regulations = msgspec.json.decode(data, type=_Common).regulations
    return {name: 1 - place / len(regulations) for place, name in enumerate(regulations)}


def commonness(entry: Entry) -> float:
    """How much its chapter is cited, 0 to 1."""
    return _common().get(entry.regulation, 0.0)
