"""What a mutation is, the list of all kinds, and the patterns they look for."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from app.letter import (
    Issue,
    Letter,
)
from app.services.checks import CheckContext


class Mutant(NamedTuple):
    """The letter with one error, and what the run must know beside it."""

    letter: Letter
    context: CheckContext = CheckContext()


Change = Callable[[Letter, random.Random], Mutant | None]


class Mutation(NamedTuple):
    """One kind of error, how it is made, and the rules that should catch it."""

    name: str
    change: Change
    caught_by: frozenset[str]


KINDS: list[Mutation] = []
SIDES = ("side", "side-summary", "side-request", "parts-same-item", "item-of-summary-lost")
PLACES = (
    "body-part",
    "body-part-summary",
    "chapter-fits",
    "item-of-summary-lost",
    "parts-same-item",
    "level",
    "rationale-of-other",
)
WORD_PARTS = (
    "shoulder",
    "knee",
    "elbow",
    "wrist",
    "hip",
    "ankle",
    "foot",
    "hand",
    "cervical",
    "lumbar",
    "thoracic",
    "neck",
    "low back",
)
FAR = {
    "shoulder": "knee", "knee": "shoulder", "elbow": "ankle", "wrist": "knee", "hip": "elbow", "ankle": "wrist", "foot": "shoulder",
    "hand": "foot", "cervical": "lumbar", "lumbar": "cervical", "thoracic": "knee", "neck": "low back", "low back": "neck",
}  # fmt: skip
PART = re.compile(r"\b(" + "|".join(WORD_PARTS) + r")\b", re.I)
SIDE = re.compile(r"\b(left|right)\b", re.I)
STRENGTH = re.compile(r"(\d+(?:\.\d+)?)(?=(?:/\d+)?\s?(?:mg|mcg|%))", re.I)
QUANTITY = re.compile(r"(?<=#)(\d+)")
NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
VISITS = re.compile(
    r"\b(\d+|"
    + "|".join(NUMBERS)
    + r")(?= (?:sessions|visits|times|treatments)\b)|(?<=times )(\d+)\b|(?<=#)(\d+)\b",
    re.I,
)
NOT_NECESSARY = re.compile(
    r"\b(?:is|are|was) (?:determined to be |deemed |considered )?not medically necessary", re.I
)
NECESSARY = re.compile(r"\b(is|are|was) medically necessary", re.I)
OTHER_DRUG = ("Ambien", "Lyrica", "Zanaflex", "Celebrex")
DRUG = re.compile(
    r"\b(Norco|Ultram|Tramadol|Flexeril|Cyclobenzaprine|Ibuprofen|Naproxen|Naprosyn|Gabapentin|Omeprazole|Voltaren|Lidoderm|Percocet|Soma|Meloxicam|Nortriptyline|Baclofen|Tizanidine|Hydrocodone|Orphenadrine)\b",
    re.I,
)
DAY = re.compile(r"\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b")


def kind(name: str, *caught_by: str) -> Callable[[Change], Change]:
    """Enters a function in the list of kinds."""

    def enter(change: Change) -> Change:
        KINDS.append(Mutation(name, change, frozenset(caught_by)))
        return change

    return enter


def with_issue(letter: Letter, issue: Issue) -> Letter:
    return replace(
        letter, issues=tuple(issue if one.id == issue.id else one for one in letter.issues)
    )


def pick(letter: Letter, rng: random.Random, fits: Callable[[Issue], object]) -> Issue | None:
    found = [issue for issue in letter.issues if fits(issue)]
    return rng.choice(found) if found else None


def swapped(match: re.Match[str]) -> str:
    other = {"left": "right", "right": "left"}[match[0].lower()]
    return other.capitalize() if match[0][0].isupper() else other


def moved(text: str, one: str, other: str) -> str:
    return re.sub(
        rf"\b{re.escape(one)}\b",
        lambda m: other.title() if m[0][0].isupper() else other,
        text,
        flags=re.I,
    )


def retitled(issue: Issue, title: str) -> Issue:
    """The title changed; the parts UR told apart are then read from it again."""
    return replace(issue, title=title, request=None)


def in_part(issue: Issue) -> bool:
    return issue.request is not None and "was authorized" in issue.title
