"""How the words of a sentence are found to be terms of the vocabulary.

All terms stand in one table by first word, so that a sentence is gone through once for all of them.
A word that means something else here ("came back", "has left the joint unstable") names nothing.

A term is words with one space between. `numb*` is any word that begins so, `pt|physio` either
word, `~` up to four words of any kind within the clause. A last word of more than two letters
also stands for its plural, unless the term ends in `!`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from app.services.language.homonyms import is_done_to_a_device, means_other
from app.services.language.terms import (
    ATTRIBUTE,
    CONDITION,
    DIAGNOSIS,
    DRUG,
    DRUG_CLASS,
    MEASURE,
    OUTCOME,
    PART,
    SIDE,
    SIGN,
    TREATMENT,
    VALUE,
    Mention,
    Token,
    concepts,
    drug_list,
)

WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
CLAUSE_BREAK = re.compile(r"[;:.!?]|,|[\"“”]")
_SIDE_LETTERS = {"l": "left", "r": "right"}
_GAP = "~"
_LONGEST_GAP = 4
_NOT_LEAPT = {
    OUTCOME: frozenset(
        ("evidence", "documentation", "documented", "mention", "record", "records", "indication", "report",
         "reported", "proof", "discussion", "not", "no", "fatty", "degenerative", "structural", "signal", "skin")
    ),
    ATTRIBUTE: frozenset(("not", "no", "never", "without")),
    SIGN: frozenset(("power", "strength", "sensation", "reflexes", "not", "no", "never", "without")),
}  # fmt: skip
"""Told across such a word it is told of the record, or not so: "no evidence of relief" tells of no relief.
Nor is a motion told across its strength: "diminished power of dorsiflexion"."""


class _Pattern(NamedTuple):
    kind: str
    name: str
    elements: tuple[str, ...]


class _Table(NamedTuple):
    by_word: dict[str, tuple[_Pattern, ...]]
    by_stem: dict[str, tuple[_Pattern, ...]]
    stem_lengths: tuple[int, ...]


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
            if at >= taken.get(kind, 0) and not means_other(kind, name, words, at, last):
                found.append(Mention(kind, name, word.start, words[last - 1].end, at, last))
                taken[kind] = last
    found += _operations(words, found)
    kept = [m for m in found if not any(_inside(m, other) for other in found)]
    kept = [m for m in kept if not is_done_to_a_device(m, words, kept)]
    return tuple(
        sorted((*kept, *_side_letters(raw, words, found)), key=lambda m: (m.first, m.kind))
    )


_INSIDE = frozenset(((VALUE, SIGN), (DRUG, MEASURE), (CONDITION, MEASURE), (DIAGNOSIS, MEASURE)))


def _inside(one: Mention, other: Mention) -> bool:
    """ "Deficit" within "neurologic deficit" is no value of its own, nor morphine in an equivalent dose, nor
    depression in the score of it.
    """
    if (one.kind, other.kind) not in _INSIDE:
        return one.name == "neuropathic" and other.name == "neuropathic agents"
    return other.first <= one.first and one.last <= other.last


_OF_MONTH = frozenset(
    ("in", "the", "of", "last", "since", "from", "by", "early", "late", "this", "until", "through")
)


def _is_month(raw: str, words: tuple[Token, ...], at: int) -> bool:
    """ "May 2014" is a month, and nothing that may be."""
    if words[at].text != "may" or raw[words[at].start] != "M":
        return False
    if at and words[at - 1].text in _OF_MONTH:
        return True
    return at + 1 < len(words) and words[at + 1].text.isdigit()


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
            if gap and pattern.kind == SIGN and _is_joined(words, position, element):
                return None
            position += 1
        else:
            return None
        if position > reach:
            return None
        position += 1
        gap = False
    return position


_OPERATION = re.compile(
    r"(?:ectom(?:y|ies)|(?<!phleb)(?<!dich)otom(?:y|ies)|ostom(?:y|ies)|plast(?:y|ies)|rrhaph(?:y|ies)|odes[ie]s|opex(?:y|ies))$"
)


def _operations(words: tuple[Token, ...], found: list[Mention]) -> list[Mention]:
    """Operations that no line of the vocabulary has, by how such words end: "cheilectomy"."""
    known = {at for m in found if m.kind == TREATMENT for at in range(m.first, m.last)}
    return [
        Mention(TREATMENT, "other surgery", word.start, word.end, at, at + 1)
        for at, word in enumerate(words)
        if at not in known and len(word.text) > _SHORTEST_OPERATION and _OPERATION.search(word.text)
    ]


_SHORTEST_OPERATION = 7


def _is_joined(words: tuple[Token, ...], at: int, element: str) -> bool:
    """ "Testing normal and flexion full": what "and" joins is another sign."""
    following = words[at + 1].text if at + 1 < len(words) else ""
    return words[at].text in ("and", "or") and bool(following) and _fits(element, following)


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


@cache
def phrases_of(name: str) -> tuple[str, ...]:
    """The words by which texts name a concept or a drug, for looking them up in an index: of a term
    with a gap what stands before the gap, `*` behind a word that may go on."""
    drug = drug_list().drugs.get(name)
    terms = drug.names if drug is not None else concepts()[name].terms if name in concepts() else ()
    found: dict[str, None] = {}
    for term in terms:
        elements = term.removesuffix("!").split(f" {_GAP} ")[0].split()
        for words in product(*(element.split("|") for element in elements)):
            found[" ".join(words)] = None
    return tuple(found)


def _terms() -> Iterator[tuple[str, str, str]]:
    for name, concept in concepts().items():
        for term in concept.terms:
            yield concept.kind, name, term
    for name, drug in drug_list().drugs.items():
        for term in drug.names:
            yield DRUG, name, term
        for term in drug.classes:
            yield DRUG_CLASS, term, term
