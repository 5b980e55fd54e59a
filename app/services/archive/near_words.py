"""What was probably meant by a word that stands in no letter.

The index holds words without their endings; what is offered is a word as a letter has it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.paths import WORDS as WORD_LISTS
from app.services.archive.asking import Term
from app.services.archive.snippets import CLOSE, OPEN
from app.services.archive.tables import FACT, TEXTS, WORDS
from app.services.library.typed_words import spelt_of
from app.services.spelling import Spelling

_LONG_ENOUGH = 4
_TWO_ERRORS = 8
"""In so many letters two may be wrong."""
_LONGEST = 40
_ENDING = 3
"""So many letters of a word may be an ending that the index does not hold."""
_TRIED = 12


def did_you_mean(raw: sqlite3.Connection, words: str, terms: Iterable[Term]) -> str:
    """The words as typed with those put right that stand nowhere; empty where none can be."""
    meant = words
    for term in terms:
        (word, *_) = term.words
        if not term.is_plain or not _LONG_ENOUGH <= len(word) <= _LONGEST or _count(raw, word):
            continue
        near = _nearest(raw, word.casefold())
        if near is not None:
            meant = meant.replace(word, near, 1)
    return "" if meant == words else meant


def _nearest(raw: sqlite3.Connection, word: str) -> str | None:
    """The commonest of the words that are most like it."""
    allowed = 2 if len(word) >= _TWO_ERRORS else 1
    ranked: dict[str, tuple[int, int]] = {}
    for near in _candidates(raw, word, allowed):
        distance = OSA.distance(word, near)
        if distance <= allowed and near != word and (count := _count(raw, near)):
            ranked[near] = (distance, -count)
    return min(ranked, key=lambda near: ranked[near]) if ranked else None


def _candidates(raw: sqlite3.Connection, word: str, allowed: int) -> Iterator[str]:
    drug = spelt_of(word)
    if drug is not None:
        yield drug
    spelling = Spelling(WORD_LISTS)
    spelling.load()
    yield from spelling.suggestions(word)
    # Hardly anyone mistypes the first letter; words that begin otherwise stand in the lists.
    stems = raw.execute(
        "SELECT term FROM archive_terms WHERE term >= ? AND term < ?",
        (word[0], chr(ord(word[0]) + 1)),
    ).fetchall()
    found = process.extract(
        word,
        [stem for (stem,) in stems if not stem.startswith(FACT)],
        scorer=OSA.distance,
        score_cutoff=allowed + _ENDING,
        limit=_TRIED * 4,
    )
    begun = sorted(found, key=lambda one: _distance_of_begin(word, one[0]))
    for stem, *_ in begun[:_TRIED]:
        as_written = _as_written(raw, stem)
        if as_written is not None:
            yield as_written


def _distance_of_begin(word: str, stem: str) -> int:
    """How much a word differs from a stem, whatever ending it has."""
    return min(OSA.distance(word[: len(stem) + more], stem) for more in (-1, 0, 1))


def _as_written(raw: sqlite3.Connection, stem: str) -> str | None:
    """A word with that stem, as the newest item that has it writes it."""
    for text in TEXTS:
        place = TEXTS.index(text)
        row = raw.execute(
            f"SELECT highlight({WORDS}, {place}, ?, ?) FROM {WORDS} "
            f"WHERE {WORDS} MATCH ? ORDER BY rowid DESC LIMIT 1",
            (OPEN, CLOSE, f'{text} : "{stem}"'),
        ).fetchone()
        if row is not None and OPEN in row[0]:
            return row[0].split(OPEN)[1].partition(CLOSE)[0].casefold()
    return None


def _count(raw: sqlite3.Connection, word: str) -> int:
    (count,) = raw.execute(
        f"SELECT count(*) FROM {WORDS} WHERE {WORDS} MATCH ?", (f'"{word}"',)
    ).fetchone()
    return count
