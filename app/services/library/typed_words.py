"""What typed words mean: `PT` is physical therapy, `lbp` the low back. Hides where that is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from app.services.citations.known import GUIDELINES, words_of
from app.services.language.terms import PART, TREATMENT, concepts, drug_list
from app.services.library.treatments import treatment_words

LONGEST_TYPED = 4
"""As many words may be one term."""
_NOTHING = frozenset(
    ("a", "an", "at", "by", "for", "in", "of", "on", "or", "to", "with", "without")
)
_LONG_ENOUGH = 5
_TWO_ERRORS = 10
"""In so many letters two may be wrong: shorter names of drugs are too much like each other."""
_NUMBERED = frozenset(
    ("chapter", "ch", "chap", "acoem", "mtus", "odg", "section", "covid", "volume", "vol")
)
"""What a number behind it belongs to."""
_PLURAL = re.compile(r"(?<=[a-rt-z]{3})s(?= |$)")
_CHAPTER = re.compile(r"chapter \d{1,2}")
SHORT = 3
"""A word of so few letters that stands for others is taken whole, never as a beginning."""


_AMOUNT = re.compile(r"(?:x?\d{1,4}|\d+(?:mg|mcg|ml|g|gm|cc|iu)|q\d+h|b?id|t?id|qid|prn|qd|qhs)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNTS = frozenset(
    ("mg", "mcg", "ml", "cc", "unit", "units", "visit", "visits", "session", "sessions", "trial", "purchase",
     "rental", "rent", "qty", "quantity", "refill", "refills", "tablet", "tablets", "tab", "tabs", "capsule",
     "capsules", "caps", "x", "per", "week", "weeks", "wk", "wks", "month", "months", "day", "days", "time",
     "times", "each", "one", "two", "three", "twice", "weekly", "daily",
     "consultation", "evaluation", "treatment", "treatments", "therapy", "program", "procedure", "excision",
     "meds", "medication", "medications", "medicine", "medicines", "drug", "drugs", "pill", "pills",
     "prescription", "rx", "resection", "removal", "repair", "release", "reconstruction", "debridement", "surgery")
)  # fmt: skip
"""How much, how often, and that something is done: what no guideline is found by."""


class _Synonyms(msgspec.Struct, frozen=True):
    typed: tuple[str, ...]
    also: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    about: str
    synonyms: tuple[_Synonyms, ...]


class Term(msgspec.Struct, frozen=True):
    """Words that are one thing: as typed, and the phrases guidelines use for it."""

    typed: str
    phrases: tuple[tuple[str, ...], ...]
    whole: bool = False
    """Whether the typed word must be a whole word there."""
    adjoining: bool = False
    """Whether its words must stand one behind another, which no index tells: `chapter 8`."""

    @property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """Every way it may be written, the typed one first."""
        return (tuple(self.typed.split()), *self.phrases)

    @property
    def match(self) -> str:
        """The term for the full-text index."""
        ways = [self._way(words, own=place == 0) for place, words in enumerate(self.ways)]
        return ways[0] if len(ways) == 1 else "(" + " OR ".join(ways) + ")"

    def _way(self, words: tuple[str, ...], *, own: bool) -> str:
        star = "" if own and (self.whole or self.adjoining) else "*"
        every = " AND ".join(f'"{word}"{star}' for word in words)
        return every if len(words) == 1 else f"({every})"

    def score_in(self, words: str) -> float:
        """How well it fits a row of words that begins with a space: 1 for the typed word itself."""
        if self.adjoining:
            return float(f" {self.typed} " in words)
        best = 0.0
        for place, way in enumerate(self.ways):
            fits = [self._fit(word, words, own=place == 0) for word in way]
            if all(fits):
                best = max(best, sum(fits) / len(fits) * (1.0 if place == 0 else 0.85))
        return best

    def ways_in(self, words: str) -> int:
        """In how many of its ways a row of words has it."""
        return sum(all(f" {word}" in words for word in way) for way in self.ways)

    def _fit(self, word: str, words: str, *, own: bool) -> float:
        if f" {word} " in words:
            return 1.0
        if own and self.whole:
            return 0.0
        return 0.7 if f" {word}" in words else 0.0


@cache
def _synonyms() -> dict[str, tuple[tuple[str, ...], ...]]:
    file = msgspec.json.decode((GUIDELINES / "synonyms.json").read_bytes(), type=_File)
    return {
        words_of(typed): tuple(tuple(words_of(also).split()) for also in row.also)
        for row in file.synonyms
        for typed in row.typed
    }


def _phrases(typed: str) -> tuple[tuple[str, ...], ...] | None:
    """The phrases guidelines use for typed words, in the plural or of a name (`boxers fracture`)
    too; None where none are known."""
    found = _synonyms().get(typed)
    return _synonyms().get(_PLURAL.sub("", typed)) if found is None else found


def said_words(query: str) -> list[str]:
    """The words of a query; those that say nothing (`MRI of the neck`) only where it has no others."""
    words = words_of(query).split()
    *before, last = words or [""]
    alone = before and not any(word.isdigit() for word in before)
    if alone and re.fullmatch(r"\d{1,3}", last) and before[-1] not in _NUMBERED:
        words = before  # how many
    return [word for word in words if word not in _NOTHING] or words


def without_amounts(words: Sequence[str]) -> list[str]:
    """The words without those that say how much, or all of them where nothing else is left."""
    return [word for word in words if not is_amount(word)] or list(words)


def is_amount(word: str) -> bool:
    """Whether it says how much or how often, and no year."""
    amount = word in _AMOUNTS or _AMOUNT.fullmatch(word) is not None
    return amount and not _YEAR.fullmatch(word)


def is_known(word: str) -> bool:
    """Whether the word alone stands for others."""
    return _phrases(word) is not None


def spelt(query: str) -> str:
    """What was typed, with misspelt drugs and treatments put right."""
    words = words_of(query).split()
    return " ".join(word if is_medical(word) else spelt_of(word) or word for word in words)


def spelt_of(word: str) -> str | None:
    """A misspelt drug or treatment, or one whose words were run together, as it is spelt; None
    where it is like none, or like several."""
    if len(word) < _LONG_ENOUGH:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word) < _TWO_ERRORS else 2
    found = process.extract(
        word, _spellings(), scorer=OSA.distance, score_cutoff=allowed, limit=len(_spellings())
    )
    nearest = sorted(name for name, distance, _ in found if distance == found[0][1])
    if not nearest or (len(nearest) > 1 and not _are_one_thing(nearest)):
        return None
    return _run_together().get(nearest[0], nearest[0])


def _are_one_thing(words: Sequence[str]) -> bool:
    """Whether all of them are spellings of one treatment or part."""
    named = {_concept_of().get(word, "") for word in words}
    return len(named) == 1 and "" not in named


@cache
def _concept_of() -> dict[str, str]:
    return {
        term: name
        for name, concept in concepts().items()
        if concept.kind in (PART, TREATMENT)
        for term in concept.terms
        if term.isalnum()
    }


@cache
def _language_terms() -> frozenset[str]:
    """What drugs, treatments and parts of the body are called, without patterns of words."""
    named = {name for drug in drug_list().drugs.values() for name in drug.names}
    for concept in concepts().values():
        if concept.kind in (PART, TREATMENT):
            named.update(term for term in concept.terms if term.replace(" ", "").isalnum())
    return frozenset(words_of(name) for name in named)


@cache
def _spellings() -> tuple[str, ...]:
    words = _medical_words() | _run_together().keys()
    return tuple(sorted(word for word in words if len(word) > _LONG_ENOUGH))


@cache
def _run_together() -> dict[str, str]:
    return {
        name.replace(" ", ""): name
        for name in _language_terms()
        if " " in name and len(name) > _LONG_ENOUGH
    }


@cache
def _drugs_of_many_words() -> frozenset[str]:
    named = (words_of(name) for drug in drug_list().drugs.values() for name in drug.names)
    return frozenset(name for name in named if " " in name)


def is_medical(word: str) -> bool:
    """Whether it is a word that drugs, treatments or parts of the body are called by."""
    return word in _medical_words()


@cache
def _medical_words() -> frozenset[str]:
    return frozenset(word for name in _language_terms() for word in name.split())


def terms_of(words: Sequence[str], most: int) -> tuple[Term, ...]:
    """The terms the words make, each once, the longest reading first."""
    terms: dict[str, Term] = {}
    position = 0
    while position < len(words) and len(terms) < most:
        for length in range(min(LONGEST_TYPED, len(words) - position), 0, -1):
            typed = " ".join(words[position : position + length])
            phrases = _phrases(typed)
            is_name = typed in _drugs_of_many_words()
            numbered = _CHAPTER.fullmatch(typed) is not None
            if phrases is not None or length == 1 or is_name or numbered:
                # the `d` of `vitamin d` begins no other word
                whole = is_name or (phrases is not None and len(typed) <= SHORT)
                own = tuple(typed.split())
                others = tuple(phrase for phrase in phrases or () if phrase != own)
                terms.setdefault(typed, Term(typed, others, whole, adjoining=numbered))
                position += length
                break
    return tuple(terms.values())


@cache
def _named_treatments() -> frozenset[str]:
    return frozenset(word for name in treatment_words() for word in name.split())


def is_treatment(term: Term) -> bool:
    """Whether the words name a treatment, which a chapter need not list to deal with it."""
    return all(word in _named_treatments() for word in term.typed.split()) or any(
        " ".join(way) in treatment_words() for way in term.ways
    )
