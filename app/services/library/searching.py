"""Finding entries while the user types: words in any order, each may be cut short or misspelt.

Hides the full-text index and the ranking. Two bounded look-ups (titles first) keep a keystroke
short however many entries a word fits; the few candidates are then ranked here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

import msgspec
from sqlalchemy.orm import Session

from app.services.citations.known import letters_of, words_of
from app.services.library.values import Entry

if TYPE_CHECKING:
    import sqlite3

TITLE_CANDIDATES = 60
ALL_CANDIDATES = 90
MOST_TERMS = 8
_PAGES = re.compile(r"(?<![\w.-])\d{1,4}\s?[-–—]\s?\d{1,4}(?![\w.-])")
"""`10-15` is a place in an entry, never a word of it."""
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


class Searcher:
    """Searches one database's library. Keeps the words that occur, for typos; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words: set[str] | None = None
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
                self._words = self._words.union(filter(_worth_knowing, words))
                self._by_length = {}

    def search(self, session: Session, query: str, among: Sequence[int]) -> list[Candidate]:
        """The best candidates for a query, best first; `among` are entries to look at for sure."""
        words = _PAGES.sub(" ", query[:200])
        terms = list(dict.fromkeys(words_of(words).split()))[:MOST_TERMS]
        if not terms:
            return []
        found = _look_up(session, terms, among)
        if len(found) < FEW:
            corrected = [self._corrected(session, term) for term in terms]
            if corrected != terms:
                for candidate in _look_up(session, corrected, among).values():
                    found.setdefault(candidate.id, Candidate(candidate.id, candidate.score - 100))
        return sorted(found.values(), key=lambda c: (-c.score, c.id))

    def _corrected(self, session: Session, term: str) -> str:
        """The word most like a term that no word begins with, or the term itself."""
        if len(term) < 3 or term.isdigit() or _occurs(session, term):
            return term
        if len(term) == 3:
            # so few letters are like too many words: only two that changed places are mended
            one, two, three = term
            turned = (two + one + three, one + three + two)
            return next((word for word in turned if _occurs(session, word)), term)
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        cut = len(term)
        allowed = 1 if cut < 8 else 2
        best = process.extractOne(
            term, self._beginnings(session, cut), scorer=OSA.distance, score_cutoff=allowed
        )
        return term if best is None else best[0]

    def _beginnings(self, session: Session, length: int) -> list[str]:
        """The different beginnings of that length (one letter more or less) of words there are."""
        with self._lock:
            if self._words is None:
                rows = raw(session).execute("SELECT term FROM library_words").fetchall()
                self._words = {word for (word,) in rows if _worth_knowing(word)}
            found = self._by_length.get(length)
            if found is None:
                cuts = {word[:length] for word in self._words if len(word) >= length - 1}
                cuts |= {word[: length + 1] for word in self._words if len(word) > length}
                cuts |= {word[: length - 1] for word in self._words if len(word) >= length - 1}
                found = self._by_length[length] = sorted(cuts)
            return found


def _worth_knowing(word: str) -> bool:
    return len(word) > 2 and not word.isdigit()


def _occurs(session: Session, term: str) -> bool:
    row = raw(session).execute(
        "SELECT 1 FROM library_search WHERE library_search MATCH ? LIMIT 1", (f'"{term}"*',)
    )
    return row.fetchone() is not None


def raw(session: Session) -> sqlite3.Connection:
    """The session's own SQLite connection: a keystroke has no time for result objects."""
    connection = session.connection().connection.driver_connection
    assert connection is not None
    return cast("sqlite3.Connection", connection)


def _look_up(session: Session, terms: Sequence[str], among: Sequence[int]) -> dict[int, Candidate]:
    every = " AND ".join(f'"{term}"*' for term in terms)
    execute = raw(session).execute
    found: dict[int, Candidate] = {}

    def take(match: str, limit: int, limit_to: str = "") -> None:
        rows = execute(_ROWS.format(limit_to=limit_to), (match, limit)).fetchall()
        for entry_id, title, names, topics in rows:
            if entry_id not in found:
                found[entry_id] = Candidate(entry_id, _score(terms, title, names, topics))

    take(f"{{words_title}} : ({every})", TITLE_CANDIDATES)
    take(every, ALL_CANDIDATES)
    if among:
        ids = ",".join(str(int(entry_id)) for entry_id in among)
        take(every, len(among), f"AND rowid IN ({ids})")
    return found


def _score(terms: Sequence[str], title: str, names: str, topics: str) -> float:
    """How well the words fit: whole words before beginnings, title before names before topics."""
    # the MTUS is the first place to look (8 CCR 9792.21.1(a))
    score = 0.5 if title.startswith(" mtus ") else 0.0
    for term in terms:
        for weight, words in ((4.0, title), (2.0, names), (1.5, topics)):
            if f" {term} " in words:
                score += weight
                break
            if f" {term}" in words:
                score += weight * 0.7
                break
    # of two entries with the same words in the title, the one that says little else
    return score - len(title) / 400


def pointed_section(entry: Entry, query: str) -> str | None:
    """The section the words of a query point to: it has all the words the name has not."""
    if not entry.sections:
        return None
    terms = words_of(query).split()
    chapter = f"chapter {entry.chapter}" if entry.chapter else ""
    about = (entry.source.value, entry.title, entry.edition, chapter)
    name = f" {words_of(' '.join((*about, *entry.aliases, *entry.body_parts)))}"
    left = [term for term in terms if f" {term}" not in name]
    if not left:
        # every word is of the name, but together they may still be a section's whole name
        whole = letters_of(query)
        return next((s.name for s in entry.sections if letters_of(s.name) == whole), None)
    fits = [
        section.name
        for section in entry.sections
        if left[0] in section.name.lower() and _begin_words_of(section.name, left)
    ]
    return min(fits, key=len, default=None)


def _begin_words_of(name: str, terms: Sequence[str]) -> bool:
    words = f" {words_of(name)}"
    return all(f" {term}" in words for term in terms)
