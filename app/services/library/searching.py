"""Finding entries while the user types: words in any order, each may be cut short or misspelt.

Hides the full-text index and the ranking. Two bounded look-ups (titles first) keep a keystroke
short however many entries a word fits; the few candidates are then ranked here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

from app.services.citations.known import letters_of, words_of
from app.services.database.connection import driver_connection
from app.services.language.terms import DRUG, DRUG_CLASS, PART, TREATMENT
from app.services.language.texts import read_text
from app.services.library.typed_words import (
    Term,
    is_amount,
    is_known,
    is_medical,
    is_treatment,
    said_words,
    spelt_of,
    terms_of,
    without_amounts,
)
from app.services.library.values import Entry

TITLE_CANDIDATES = 60
ALL_CANDIDATES = 90
MOST_TERMS = 8
_CHAPTER = re.compile(
    r"\s*(?:mtus\s+)?(?:acoem\s+(?:ch(?:ap(?:ter)?)?\.?\s*)?|ch(?:ap(?:ter)?)?\.?\s*)(\d{1,2})\s*",
    re.I,
)
"""`ACOEM 12`, `ch. 12`: a chapter by its number alone."""
_PAGES = re.compile(r"(?<![\w.-])\d{1,4}\s?[-–—]\s?\d{1,4}(?![\w.-])")
"""`10-15` is a place in an entry, never a word of it."""
_QUANTITY = re.compile(
    r"(?<![\w.])(?:[x×#]\s?\d{1,4}\b|\d{1,4}\s?[x×](?!\w)|\d{1,4}(?:[./]\d{1,4})?\s?"
    r"(?:mg|mcg|ml|cc|gm?|iu|units?|visits?|sessions?|tablets?|tabs?|caps?(?:ules)?|times|weeks?|wks?|months?)\b"
    r"|\d{1,3}/\d{2,4}\b)",
    re.I,
)
"""`x 8`, `12 visits`, `10/325`: how much, which no guideline is found by."""
_LEVEL = re.compile(
    r"(?<![\w.])([CTLS])-?\d{1,2}(?:\s?[-/–]\s?(?:[CTLS]-?)?\d{1,2})*(?![\w.])", re.I
)
_OF_LEVEL = {"C": "neck", "T": "thoracic", "L": "low back", "S": "low back"}
"""`C6-7`: a part of the spine by its levels."""
_REGULATION = re.compile(r"(?<![\d.])9792(?:\.\d{1,2}){1,2}(?![\d.])")
"""`9792.23.5`: a chapter by the section of the rules that adopts it."""
_FOUND_BY_MEANING = (PART, DRUG, DRUG_CLASS, TREATMENT)
SHORTEST_SURE = 5
"""A word of fewer letters is taken as a misspelt one of titles and names alone."""
_SAYS_LITTLE = frozenset(
    ("fracture", "fractures", "joint", "joints", "syndrome", "disorder", "disorders", "disease", "condition",
     "injury", "injuries", "pain", "testing", "test", "tests", "study", "studies", "unit", "device", "system",
     "program", "injection", "injections", "block", "tear", "strain", "sprain", "arthritis", "bilateral", "left",
     "right", "upper", "lower", "acute", "chronic", "new", "loss", "care", "management", "post", "pre")
)  # fmt: skip
"""What is left of words of which none is known must say more than these: a fracture of no known
name is not one of the radial head."""
FEW = 3
"""Below so many hits, words that occur nowhere are taken as misspelt."""

_ROWS = (
    "SELECT id, words_title, words_names, words_topics FROM library_entries WHERE id IN "
    "(SELECT rowid FROM library_search WHERE library_search MATCH ? {limit_to} LIMIT ?)"
)


class Candidate(msgspec.Struct, frozen=True):
    """An entry that has all the words, and how well they fit (more is better)."""

    id: int
    score: float
    named: bool = True
    """Whether title or names have one of the words, and not its topics alone."""


class Found(NamedTuple):
    """What a search found, and the terms it went by, misspelt ones put right."""

    candidates: tuple[Candidate, ...]
    terms: tuple[Term, ...]
    meant: str = ""
    """The words as they were taken: as typed, or with misspelt ones put right."""


class Searcher:
    """Searches one database's library. Keeps the words that occur, for typos; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words: dict[str, int] | None = None
        self._by_length: dict[int, list[str]] = {}

    def forget_words(self) -> None:
        """To be called when it is not known which words came or went."""
        with self._lock:
            self._words = None
            self._by_length = {}

    def learn_words(self, words: Iterable[str]) -> None:
        """To be called with the words of entries that were saved. Old words do no harm."""
        with self._lock:
            if self._words is not None:
                self._words = {**dict.fromkeys(filter(_worth_knowing, words), 1), **self._words}
                self._by_length = {}

    def search(self, session: Session, query: str, among: Sequence[int]) -> Found:
        """The best candidates for a query, best first; `among` are entries to look at for sure."""
        query = _by_parts(query)
        plain = _without_quantities(_PAGES.sub(" ", plain_words(query)))
        numbers = tuple(Term(words_of(m[0]), (), whole=True) for m in _REGULATION.finditer(plain))
        words = said_words(_REGULATION.sub(" ", plain))
        terms = (*numbers, *terms_of(words, MOST_TERMS))
        if not terms:
            return Found((), ())
        meant = query
        found = _look_up(session, terms, among)
        if len(found) < FEW or not _any_named(found):
            right = {word: self._corrected(session, word) for word in words}
            corrected = " ".join(right[word] for word in words).split()
            if corrected != words:
                meant = _put_right(query, right)
                terms = (*numbers, *terms_of(corrected, MOST_TERMS))
                for candidate in _look_up(session, terms, among).values():
                    found.setdefault(candidate.id, _behind(candidate, 100))
            for fewer in self._fewer(session, corrected) if not found else ():
                terms = (*numbers, *terms_of(fewer, MOST_TERMS))
                found = _look_up(session, terms, among)
                if found:
                    break
        for candidate in _of_the_part(session, terms):
            found.setdefault(candidate.id, _behind(candidate, 50))
        return Found(tuple(sorted(found.values(), key=lambda c: (-c.score, c.id))), terms, meant)

    def _fewer(self, session: Session, words: Sequence[str]) -> Iterator[list[str]]:
        """Without what says how much; then, where nothing is named that has a meaning besides,
        without words that are in no entry."""
        fewer = without_amounts(words)
        if fewer != words:
            yield fewer
        if any(one.kind in _FOUND_BY_MEANING for one in read_text(" ".join(words)).mentions):
            return
        there = [word for word in fewer if is_known(word) or _occurs(session, word)]
        if there != fewer and not _SAYS_LITTLE.issuperset(there):
            yield there

    def _corrected(self, session: Session, term: str) -> str:
        """The word most like a term that no word begins with, two words that were run together,
        or the term itself."""
        if len(term) < 3 or term.isdigit() or is_known(term) or is_medical(term) or is_amount(term):
            return term  # one drug is no misspelling of another
        if _occurs(session, term):
            return term
        if len(term) == 3:
            return self._of_three(session, term)
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        cut = len(term)
        allowed = 1 if cut < 8 else 2
        best = process.extractOne(
            term, self._beginnings(session, cut), scorer=OSA.distance, score_cutoff=allowed
        )
        is_word = best is not None and best[0] in self._known_words(session)
        if best is not None and best[1] == 1 and is_word and cut >= SHORTEST_SURE:
            return best[0]
        if (named := spelt_of(term)) is not None:
            return named
        if best is None:
            return self._parted(session, term)
        # so few letters are like too many words: `aids` is no misspelt `AEDs`
        is_short = min(cut, len(best[0])) < SHORTEST_SURE
        sure = not is_short or _is_in_title(session, best[0], whole=cut < SHORTEST_SURE)
        return best[0] if sure else term

    def _of_three(self, session: Session, term: str) -> str:
        """So few letters are like too many words: two that changed places, or one that is missing."""
        one, two, three = term
        for turned in (two + one + three, one + three + two):
            if _occurs(session, turned):
                return turned
        longer = {
            word: documents
            for word, documents in self._known_words(session).items()
            if len(word) == 4 and any(word[:at] + word[at + 1 :] == term for at in range(4))
        }
        return max(longer, key=lambda word: (longer[word], word), default=term)

    def _parted(self, session: Session, term: str) -> str:
        """`lowback` as `low back`; the second word may be misspelt."""
        words = self._known_words(session)
        for at in range(3, len(term) - 2):
            if term[:at] in words:
                behind = self._corrected(session, term[at:])
                if behind in words:
                    return f"{term[:at]} {behind}"
        return term

    def _known_words(self, session: Session) -> dict[str, int]:
        """The words that occur, and in how many entries."""
        with self._lock:
            if self._words is None:
                rows = (
                    driver_connection(session)
                    .execute("SELECT term, doc FROM library_words")
                    .fetchall()
                )
                self._words = {word: doc for word, doc in rows if _worth_knowing(word)}
            return self._words

    def _beginnings(self, session: Session, length: int) -> list[str]:
        """The different beginnings of that length (one letter more or less) of words there are."""
        words = self._known_words(session)
        with self._lock:
            found = self._by_length.get(length)
            if found is None:
                cuts = {word[:length] for word in words if len(word) >= length - 1}
                cuts |= {word[: length + 1] for word in words if len(word) > length}
                cuts |= {word[: length - 1] for word in words if len(word) >= length - 1}
                found = self._by_length[length] = sorted(cuts)
            return found


def plain_words(query: str) -> str:
    """What was typed, a chapter named by its number in the words entries have for it."""
    chapter = _CHAPTER.fullmatch(query[:200])
    return f"chapter {int(chapter[1])}" if chapter else query[:200]


def _by_parts(query: str) -> str:
    """The query with the part of the spine in the place of its levels."""
    return _LEVEL.sub(lambda level: _OF_LEVEL[level[1].upper()], query)


def _without_quantities(query: str) -> str:
    """The query without quantities, or all of it where nothing else is left."""
    fewer = _QUANTITY.sub(" ", query)
    return fewer if words_of(fewer) else query


def _put_right(query: str, right: Mapping[str, str]) -> str:
    """What was typed with its misspelt words put right, and all else as it stands."""
    for word, meant in right.items():
        if word != meant:
            query = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant, query, flags=re.I)
    return query


def _worth_knowing(word: str) -> bool:
    return len(word) > 2 and not word.isdigit()


def _behind(candidate: Candidate, places: float) -> Candidate:
    return Candidate(candidate.id, candidate.score - places, named=candidate.named)


def _any_named(found: Mapping[int, Candidate]) -> bool:
    """Whether one of them is called by the words: a topic that begins so may be by chance."""
    return any(candidate.named for candidate in found.values())


def _occurs(session: Session, term: str) -> bool:
    """Whether a word begins so; three letters begin too much, save in titles and names."""
    whole = f'"{term}"' if len(term) == 3 else f'"{term}"*'
    row = driver_connection(session).execute(
        "SELECT 1 FROM library_search WHERE library_search MATCH ? LIMIT 1",
        (f'{whole} OR {{words_title words_names}} : "{term}"*',),
    )
    return row.fetchone() is not None


def _is_in_title(session: Session, word: str, *, whole: bool) -> bool:
    star = "" if whole else "*"
    row = driver_connection(session).execute(
        "SELECT 1 FROM library_search WHERE library_search MATCH ? LIMIT 1",
        (f'{{words_title words_names}} : "{word}"{star}',),
    )
    return row.fetchone() is not None


def _look_up(session: Session, terms: Sequence[Term], among: Sequence[int]) -> dict[int, Candidate]:
    every = " AND ".join(term.match for term in terms)
    execute = driver_connection(session).execute
    found: dict[int, Candidate] = {}

    def take(match: str, limit: int, limit_to: str = "") -> None:
        rows = execute(_ROWS.format(limit_to=limit_to), (match, limit)).fetchall()
        for entry_id, title, names, topics in rows:
            stands = all(one.score_in(f"{title}{names}") for one in terms if one.adjoining)
            if stands and entry_id not in found:
                found[entry_id] = _candidate(entry_id, terms, title, names, topics)

    take(f"{{words_title}} : ({every})", TITLE_CANDIDATES)
    take(every, ALL_CANDIDATES)
    if among:
        ids = ",".join(str(int(entry_id)) for entry_id in among)
        take(every, len(among), f"AND rowid IN ({ids})")
    return found


def _of_the_part(session: Session, terms: Sequence[Term]) -> list[Candidate]:
    """Chapters of the MTUS on the body part that is named, whether or not they list the treatment
    named beside it: they are the first place to look all the same."""
    anchors = [term for term in terms if not is_treatment(term)]
    if not anchors or len(anchors) == len(terms):
        return []
    every = " AND ".join(term.match for term in anchors)
    rows = driver_connection(session).execute(
        _ROWS.format(limit_to=""),
        (f'{{words_title}} : "mtus" AND {{words_title words_names}} : ({every})', TITLE_CANDIDATES),
    )
    return [_candidate(row[0], anchors, *row[1:]) for row in rows.fetchall()]


def _candidate(
    entry_id: int, terms: Sequence[Term], title: str, names: str, topics: str
) -> Candidate:
    """How well the words fit: whole words before beginnings, title before names before topics."""
    # the MTUS is the first place to look (8 CCR 9792.21.1(a))
    score = 0.5 if title.startswith(" mtus ") else 0.0
    named = False
    for term in terms:
        for weight, words in ((4.0, title), (2.0, names), (1.5, topics)):
            fit = term.score_in(words)
            if fit:
                score += weight * fit
                named = named or words is not topics
                break
    # of two entries with the same words in the title, the one that says little else
    return Candidate(entry_id, score - len(title) / 400, named=named)


def pointed_section(entry: Entry, query: str, terms: Sequence[Term]) -> str | None:
    """The section the terms of a query point to: it has all of them that the name has not."""
    if not entry.sections:
        return None
    chapter = f"chapter {entry.chapter}" if entry.chapter else ""
    about = (entry.source.value, entry.publisher, entry.title, entry.edition, chapter)
    name = f" {words_of(' '.join((*about, *entry.aliases, *entry.body_parts)))} "
    left = [term for term in terms if not term.score_in(name)]
    if not left:
        # every word is of the name, but together they may still be a section's whole name
        whole = letters_of(query)
        return next((s.name for s in entry.sections if letters_of(s.name) == whole), None)
    fits: list[tuple[float, int, int, str]] = []
    for section in entry.sections:
        words = f" {words_of(section.name)} "
        if all(term.score_in(words) for term in left) or _is_said_whole(words, terms):
            # of two that have the words, the one that has more of those of the name besides, and
            # the one that says the same in full
            full = sum(term.ways_in(words) for term in left)
            score = sum(term.score_in(words) for term in terms)
            fits.append((-score, -full, len(section.name), section.name))
    return min(fits)[-1] if fits else None


def _is_said_whole(words: str, terms: Sequence[Term]) -> bool:
    """Whether a name of several words was typed in full, among others."""
    typed = {word for term in terms for word in term.typed.split()}
    own = words.split()
    return len(own) > 1 and typed.issuperset(own)
