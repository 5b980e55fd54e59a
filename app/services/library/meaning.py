"""What typed words and titles of disputed items are about, and which chapters deal with that.

The index finds words; here a chapter is found by what they mean: the part of the body that they
name, or the treatment or drug, whose kind a section of the chapter deals with.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import msgspec

from app.services.citations.body_parts import near, parts_named, parts_of
from app.services.citations.known import GUIDELINES
from app.services.language.terms import DRUG, GENERAL, TREATMENT, drug_list, wider
from app.services.language.texts import read_text
from app.services.library.values import Entry, EntryKind, Group, Hit

_KINDS = (DRUG, TREATMENT)
_CLASS = "class"
_EXACT, _OWN, _BESIDE, _TREATMENT, _LISTED, _ANY_DRUG = 1.0, 0.9, 0.5, 0.5, 0.4, 0.1
_WIDE = frozenset(("arm", "leg", "limbs", "back", "spine"))
"""A test of an arm may be about the neck as well as about the hand."""
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
            found |= wider(mention.name)
            drug = drug_list().drugs.get(mention.name)
            found.update(map(_class, drug.classes if drug else ()))
        elif mention.kind == _CLASS:
            found.add(_class(mention.name))
    return frozenset(found - GENERAL)


def _class(name: str) -> str:
    """The name of a class of drugs, apart from treatments: `bone` is a class, and a graft."""
    return f"class {name}"


@lru_cache(maxsize=1024)
def _dealt_with(title: str, sections: tuple[str, ...]) -> frozenset[str]:
    """The treatments a chapter deals with by its own names for them, and none that are wider."""
    found: set[str] = set()
    for name in (title, *sections):
        for mention in read_text(name).mentions:
            if mention.kind in _KINDS:
                found.add(mention.name)
            elif mention.kind == _CLASS:
                found.add(_class(mention.name))
    return frozenset(found - GENERAL)


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
    """The one section of a chapter that deals with the drug a text names; None for more or none."""
    if not names_a_drug(text):
        return None
    treatments = treatments_named(text)
    told = _by_heading().get(entry.key, {})
    there = [one.name for one in entry.sections]
    found = {name for name, classes in told.items() if classes & treatments and name in there}
    found |= {name for name in there if treatments & _dealt_with("", (name,))}
    return found.pop() if len(found) == 1 else None


def names_a_drug(text: str) -> bool:
    return any(read_text(text).named(DRUG))


def note_on_drug(query: str, hits: Iterable[Hit]) -> str:
    """One line where a drug was typed and no chapter in force is known to deal with its kind."""
    drugs = (drug_list().drugs.get(one.name) for one in read_text(query).mentions)
    kind = next((drug.classes[0] for drug in drugs if drug and drug.classes), "")
    of_mtus = (hit for hit in hits if hit.entry.kind is EntryKind.MTUS)
    if not kind or any(hit.group is not Group.OTHER_DATE for hit in of_mtus):
        return ""
    return f"No chapter in force is known to deal with drugs of this kind ({kind})."


def fit(entry: Entry, text: str) -> float:
    """How well an entry fits what a text is about, 0 to 1: the part of the body that it is called
    by goes first, then another of its own, then a region beside it, then the treatment that it is
    called by, then one that it lists."""
    parts = parts_named(text)
    own = parts_of(entry.body_parts)
    if parts and own:
        if (parts - _WIDE) & own:
            return _EXACT if parts & parts_named(entry.title) else _OWN
        return _BESIDE if near(own, parts) else 0.0
    if parts:
        return 0.0
    names = tuple(section.name for section in entry.sections)
    treatments = treatments_named(text)
    if treatments & _dealt_with(entry.title, names):
        return _TREATMENT if treatments & _dealt_with(entry.title, ()) else _LISTED
    if any(treatments & classes for classes in _by_heading().get(entry.key, {}).values()):
        return _LISTED
    return _ANY_DRUG if entry.regulation.startswith(_FORMULARY) and names_a_drug(text) else 0.0


def names_no_part(text: str) -> bool:
    """Whether no part of the body is named, so that chapters on any part fit alike."""
    return not parts_named(text)


@cache
def _common() -> dict[str, float]:
    data = (GUIDELINES / "common.json").read_bytes()
    regulations = msgspec.json.decode(data, type=_Common).regulations
    return {name: 1 - place / len(regulations) for place, name in enumerate(regulations)}


def commonness(entry: Entry) -> float:
    """How much its chapter is cited, 0 to 1."""
    return _common().get(entry.regulation, 0.0)
