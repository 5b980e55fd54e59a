"""How the words of a sentence become concepts: drugs, treatments, body parts, signs, cues.

The vocabularies are data (`resources/language`): a new word is one more term of a line there. All
their terms stand in one table by first word, so that a sentence is gone through once for all.

A term is words with one space between. `numb*` is any word that begins so, `pt|physio` either
word, `~` up to three words of any kind within the clause. A last word of more than two letters
also stands for its plural, unless the term ends in `!`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from app.paths import RESOURCES

FOLDER = RESOURCES / "language"
WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
CLAUSE_BREAK = re.compile(r"[;:.!?]|,|[\"“”]")
_SIDE_LETTERS = {"l": "left", "r": "right"}
_GAP = "~"
_LONGEST_GAP = 3
PART, SIDE, DRUG, DRUG_CLASS, TREATMENT = "part", "side", "drug", "class", "treatment"
FINGER = "finger"
SIGN, VALUE, OUTCOME, TOPIC = "sign", "value", "outcome", "topic"
ATTRIBUTE, MEASURE, CONDITION, DIAGNOSIS = "attribute", "measure", "condition", "diagnosis"
CUE_KINDS = frozenset(
    ("negation", "negation back", "record back", "done", "done back", "ask", "ask back", "hedge", "hedge back",
     "source", "person", "stop")
)  # fmt: skip


GENERAL = frozenset(("conservative", "medication", "therapy", "injection", "imaging"))
"""Treatments that stand for any of their kind: they tell nothing apart."""


_NOT_LEAPT = {
    OUTCOME: frozenset(
        ("evidence", "documentation", "documented", "mention", "record", "records", "indication", "report",
         "reported", "proof", "discussion", "not", "no")
    ),
    ATTRIBUTE: frozenset(("not", "no", "never")),
    SIGN: frozenset(("power", "strength", "sensation", "reflexes")),
}  # fmt: skip
"""Told across such a word it is told of the record, or not so: "no evidence of relief" tells of no relief.
Nor is a motion told across its strength: "diminished power of dorsiflexion"."""


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


class _Pattern(NamedTuple):
    kind: str
    name: str
    elements: tuple[str, ...]


class _Table(NamedTuple):
    by_word: dict[str, tuple[_Pattern, ...]]
    by_stem: dict[str, tuple[_Pattern, ...]]
    stem_lengths: tuple[int, ...]


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


def tokens(raw: str) -> tuple[Token, ...]:
    """The words and numbers of a text."""
    lowered = raw.lower()
    if len(lowered) != len(raw):
        lowered = raw
    return tuple(Token(m[0], m.start(), m.end()) for m in WORD.finditer(lowered))


def mentions(raw: str, words: tuple[Token, ...]) -> tuple[Mention, ...]:
    """Everything named, by place; a term inside a longer one of its kind says nothing of its own."""
    table = _table()
    taken: dict[str, int] = {}
    found: list[Mention] = []
    for at, word in enumerate(words):
        if _is_month(raw, words, at):
            continue
        longest: dict[str, tuple[int, str]] = {}
        for pattern in _candidates(table, word.text):
            last = _matched(pattern, words, at, raw)
            if last is not None and last > max(
                taken.get(pattern.kind, 0), longest.get(pattern.kind, (0, ""))[0]
            ):
                longest[pattern.kind] = (last, pattern.name)
        for kind, (last, name) in longest.items():
            if at >= taken.get(kind, 0) and not (name == "back" and _is_way(words, last)):
                found.append(Mention(kind, name, word.start, words[last - 1].end, at, last))
                taken[kind] = last
    kept = (m for m in found if not any(_inside(m, other) for other in found))
    return tuple(
        sorted((*kept, *_side_letters(raw, words, found)), key=lambda m: (m.first, m.kind))
    )


_INSIDE = frozenset(((VALUE, SIGN), (DRUG, MEASURE), (CONDITION, MEASURE), (DIAGNOSIS, MEASURE)))


def _inside(one: Mention, other: Mention) -> bool:
    """ "Deficit" within "neurologic deficit" is no value of its own, nor morphine in an equivalent dose, nor
    depression in the score of it.
    """
    if (one.kind, other.kind) not in _INSIDE:
        return False
    return other.first <= one.first and one.last <= other.last


def _is_month(raw: str, words: tuple[Token, ...], at: int) -> bool:
    """ "May 2014" is a month, and nothing that may be."""
    if words[at].text != "may" or raw[words[at].start] != "M":
        return False
    return at + 1 < len(words) and words[at + 1].text.isdigit()


def _is_way(words: tuple[Token, ...], after: int) -> bool:
    """ "Back to work" and "back and forth" name no part of a body."""
    following = words[after].text if after < len(words) else ""
    return following in ("to", "at", "home", "into", "together") or (
        following == "and" and after + 1 < len(words) and words[after + 1].text == "forth"
    )


def _side_letters(raw: str, words: tuple[Token, ...], found: list[Mention]) -> Iterator[Mention]:
    """ "R knee", "L upper extremity", "knee (R)": a letter alone beside a body part is its side."""
    parts = [m for m in found if m.kind == PART]
    for at, word in enumerate(words):
        if word.text not in _SIDE_LETTERS or raw[word.end : word.end + 1].isalnum():
            continue
        if any(m.first == at + 1 or (m.last == at and raw[word.start - 1] == "(") for m in parts):
            yield Mention(SIDE, _SIDE_LETTERS[word.text], word.start, word.end, at, at + 1)


def _candidates(table: _Table, word: str) -> Iterable[_Pattern]:
    own = table.by_word.get(word, ())
    stems = [
        pattern
        for length in table.stem_lengths
        if length <= len(word)
        for pattern in table.by_stem.get(word[:length], ())
    ]
    if not stems:
        return own
    return (*own, *stems)


def _matched(pattern: _Pattern, words: tuple[Token, ...], at: int, raw: str) -> int | None:
    """The token behind the match, or None. The first element is known to fit."""
    position = at + 1
    gap = False
    for element in pattern.elements[1:]:
        if element == _GAP:
            gap = True
            continue
        reach = position + (_LONGEST_GAP if gap else 0)
        while position <= reach and position < len(words):
            if gap and CLAUSE_BREAK.search(raw, words[position - 1].end, words[position].start):
                return None
            if _fits(element, words[position].text):
                break
            if gap and words[position].text[0].isdecimal():
                # A date or a number within a gap is no word of it.
                reach += 1
            if gap and words[position].text in _NOT_LEAPT.get(pattern.kind, ()):
                return None
            position += 1
        else:
            return None
        if position > reach:
            return None
        position += 1
        gap = False
    return position


def _fits(element: str, word: str) -> bool:
    if "|" in element:
        # One of several words also stands for its plural.
        single = word[:-1] if len(word) > 4 and word[-1] == "s" else word
        return any(_fits(one, word) or one == single for one in element.split("|"))
    if element[-1] == "*":
        return word.startswith(element[:-1])
    return word == element


@cache
def _table() -> _Table:
    by_word: dict[str, set[_Pattern]] = {}
    by_stem: dict[str, set[_Pattern]] = {}
    for kind, name, term in _terms():
        words = term_words(term)
        forms = (tuple(words),) if term[-1] == "!" else _with_plural(words)
        for elements in forms:
            pattern = _Pattern(kind, name, elements)
            for first in elements[0].split("|"):
                if first[-1] == "*":
                    by_stem.setdefault(first[:-1], set()).add(pattern)
                else:
                    by_word.setdefault(first, set()).add(pattern)
    return _Table(
        {word: _longest_first(found) for word, found in by_word.items()},
        {stem: _longest_first(found) for stem, found in by_stem.items()},
        tuple(sorted({len(stem) for stem in by_stem})),
    )


def term_words(term: str) -> list[str]:
    """The elements of a term; a word with figures or marks in it as texts are cut: "a1c", "5th"."""
    found: list[str] = []
    for element in term.removesuffix("!").split():
        plain = element == _GAP or "|" in element or element[-1] == "*"
        found += [element] if plain else WORD.findall(element)
    return found


def _longest_first(found: set[_Pattern]) -> tuple[_Pattern, ...]:
    # Of two that match the same words, the plainer one is meant.
    return tuple(sorted(found, key=lambda p: (len("".join(p.elements)), p)))


def _with_plural(words: list[str]) -> Iterator[tuple[str, ...]]:
    elements = tuple(words)
    yield elements
    last = elements[-1]
    if last.isalpha() and len(last) > 2 and last[-1] != "s":
        yield (*elements[:-1], last + ("es" if last.endswith(("x", "ch", "sh")) else "s"))


def _terms() -> Iterator[tuple[str, str, str]]:
    for name, concept in concepts().items():
        for term in concept.terms:
            yield concept.kind, name, term
    for name, drug in drug_list().drugs.items():
        for term in drug.names:
            yield DRUG, name, term
        for term in drug.classes:
            yield DRUG_CLASS, term, term
