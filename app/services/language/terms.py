"""What may be named in a letter: drugs, treatments, body parts, signs, cues, and how they hang together.

The vocabularies are data (`resources/language`): a new word is one more term of a line there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import msgspec

from app.paths import RESOURCES

FOLDER = RESOURCES / "language"
PART, SIDE, DRUG, DRUG_CLASS, TREATMENT = "part", "side", "drug", "class", "treatment"
FINGER = "finger"
ASIDE = "aside"
SIGN, VALUE, OUTCOME, TOPIC = "sign", "value", "outcome", "topic"
ATTRIBUTE, MEASURE, CONDITION, DIAGNOSIS = "attribute", "measure", "condition", "diagnosis"
CUE_KINDS = frozenset(
    ("negation", "negation back", "record back", "done", "done back", "ask", "ask back", "hedge", "hedge back",
     "source", "person", "stop", ASIDE)
)  # fmt: skip
GENERAL = frozenset(("conservative", "medication", "therapy", "injection", "imaging"))
"""Treatments that stand for any of their kind: they tell nothing apart."""


class Concept(msgspec.Struct, frozen=True):
    """One thing that is named: `of` are the wider ones it is a case of, `group` what rules go by.

    `beside` are the parts of which a text about this one may well speak.
    """

    kind: str
    name: str = ""
    group: str = ""
    of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    value: str = ""


class Drug(msgspec.Struct, frozen=True):
    """A drug by its generic name; `names` has the brands too."""

    names: tuple[str, ...]
    classes: tuple[str, ...]


class DrugList(msgspec.Struct, frozen=True):
    """The drugs, and pairs that are easily taken for each other."""

    drugs: dict[str, Drug]
    look_alikes: tuple[tuple[str, str], ...]


class Token(NamedTuple):
    """A word or number in small letters, with its place."""

    text: str
    start: int
    end: int


class Mention(NamedTuple):
    """A term found in a text: its concept, its place, and the tokens from `first` to before `last`."""

    kind: str
    name: str
    start: int
    end: int
    first: int
    last: int


@cache
def drug_list() -> DrugList:
    """The drugs that are known, by generic name."""
    return msgspec.json.decode((FOLDER / "drugs.json").read_bytes(), type=DrugList)


@cache
def concepts() -> dict[str, Concept]:
    """All concepts but the drugs, by their ids."""
    found: dict[str, Concept] = {}
    for name in ("parts", "treatments", "signs", "outcomes", "topics", "patient", "cues"):
        raw = (FOLDER / f"{name}.json").read_bytes()
        found.update(msgspec.json.decode(raw, type=dict[str, Concept]))
    return found


@cache
def wider(name: str) -> frozenset[str]:
    """The concept itself and all it is a case of: physical therapy is conservative care."""
    found = {name}
    drug = drug_list().drugs.get(name)
    if drug is not None:
        for drug_class in drug.classes:
            found |= wider(f"class {drug_class}") if f"class {drug_class}" in concepts() else set()
        found |= wider("medication")
    concept = concepts().get(name)
    for parent in concept.of if concept else ():
        found |= wider(parent)
    return frozenset(found)


def are_related(one: str, other: str) -> bool:
    """Whether both are the same, or one is a case of the other."""
    return one in wider(other) or other in wider(one)


def meet(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether one of ours is related to one of theirs."""
    others = tuple(theirs)
    return any(are_related(one, other) for one in ours for other in others)


def group_of(name: str) -> str:
    """What sort of treatment it is: imaging, therapy, drug, surgery …"""
    concept = concepts().get(name)
    return concept.group if concept else ""


def beside(part: str) -> frozenset[str]:
    """The part itself and those of which a text about this one may well speak."""
    return frozenset((part, *concepts()[part].beside))


@cache
def abbreviations() -> dict[str, str]:
    """What medical abbreviations stand for."""
    return msgspec.json.decode((FOLDER / "abbreviations.json").read_bytes(), type=dict[str, str])


def in_words(name: str) -> str:
    """A concept's name in plain words."""
    concept = concepts().get(name)
    return concept.name if concept and concept.name else name
