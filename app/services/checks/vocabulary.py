"""How a word of a letter becomes a body part, a drug, a treatment or a side.

The lists are data (`resources/checks/words.json`); here they become one table of phrases by
their first word, so that a text is looked through once for all of them.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import msgspec

from app.services.checks.table import FOLDER

SIDES = {
    "left": "left",
    "lt": "left",
    "right": "right",
    "rt": "right",
    "bilateral": "both",
    "bilaterally": "both",
    "both": "both",
}
PART, DRUG, DRUG_CLASS, TREATMENT, SIDE = "part", "drug", "class", "treatment", "side"


class Part(msgspec.Struct, frozen=True):
    """A body part. `related` are those a text about this one may well speak of."""

    name: str
    terms: tuple[str, ...]
    related: tuple[str, ...]


class Drug(msgspec.Struct, frozen=True):
    """A drug by its generic name; `names` has the brands too."""

    names: tuple[str, ...]
    classes: tuple[str, ...]


class Treatment(msgspec.Struct, frozen=True):
    """A kind of treatment; `group` is what its rules go by."""

    name: str
    group: str
    terms: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """The word lists of `words.json`. `empty_words` tell nothing of what a claim is about."""

    parts: dict[str, Part]
    drugs: dict[str, Drug]
    treatments: dict[str, Treatment]
    unfit_specialties: dict[str, tuple[str, ...]]
    abbreviations: dict[str, str]
    empty_words: frozenset[str]


class Phrase(NamedTuple):
    """A phrase of the lists: its words, and what it names."""

    words: tuple[str, ...]
    kind: str
    name: str


@cache
def standard_words() -> Words:
    """The word lists that ship with the program."""
    return msgspec.json.decode((FOLDER / "words.json").read_bytes(), type=Words)


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Every phrase of the lists by its first word, the longest first."""
    words = standard_words()
    found: dict[str, set[Phrase]] = {}

    def add(term: str, kind: str, name: str) -> None:
        key = tuple(term.split())
        found.setdefault(key[0], set()).add(Phrase(key, kind, name))

    for name, part in words.parts.items():
        for term in part.terms:
            add(term, PART, name)
    for name, drug in words.drugs.items():
        for term in drug.names:
            add(term, DRUG, name)
        for term in drug.classes:
            add(term, DRUG_CLASS, term)
            add(f"{term}s", DRUG_CLASS, term)
    for name, treatment in words.treatments.items():
        for term in treatment.terms:
            add(term, TREATMENT, name)
    for term, side in SIDES.items():
        add(term, SIDE, side)
    return {
        first: tuple(sorted(group, key=lambda phrase: (-len(phrase.words), phrase)))
        for first, group in found.items()
    }


def part_name(part: str) -> str:
    """A body part in plain words."""
    return standard_words().parts[part].name


def related_parts(part: str) -> frozenset[str]:
    """The part itself and those a text about it may well speak of."""
    return frozenset((part, *standard_words().parts[part].related))


def drug_classes(drug: str) -> tuple[str, ...]:
    """The classes a drug belongs to, as letters name them."""
    return standard_words().drugs[drug].classes


def treatment_group(treatment: str) -> str:
    """What sort of treatment it is: imaging, therapy, drug, surgery …"""
    return standard_words().treatments[treatment].group


def treatment_name(treatment: str) -> str:
    """A kind of treatment in plain words."""
    return standard_words().treatments[treatment].name
