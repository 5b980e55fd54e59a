"""Which of the items found come first: of the newest by where the words stand, then by age.

SQLite's own ranking counts each word in the whole index first, which of common words takes longer
than all else. Which of the newest have a word in their title is told by its list in the index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from app.services.archive.asking import Term
from app.services.archive.tables import WORDS

RANKED = 2000
"""So many of the newest matches are ranked; those behind them follow by age."""
_IN_COLUMN = {"title": 8.0, "request": 4.0, "guideline": 2.0}
"""How much more than in a text a word tells there."""
_TOGETHER = 5.0
_NEAR = 6
"""So many words may stand between those that are told together."""


def best(
    raw: sqlite3.Connection, match: str, terms: Sequence[Term], start: int, most: int
) -> list[int]:
    """The numbers of the items that answer best, from the one at place `start` on."""
    wanted = [term for term in terms if not term.refused]
    if not wanted or start >= RANKED:
        return _newest(raw, match, start, most)
    newest = _newest(raw, match, 0, RANKED)
    if not newest:
        return []
    scores = dict.fromkeys(newest, 0.0)
    for asked, worth in _asked(wanted):
        for row in _matching(raw, asked, newest[-1]):
            if row in scores:
                scores[row] += worth
    ranked = sorted(newest, key=lambda row: (-scores[row], -row))
    return ranked[start : start + most]


def _asked(terms: Sequence[Term]) -> Iterable[tuple[str, float]]:
    """What is asked of the newest besides, and how much it tells that it is so."""
    for column, worth in _IN_COLUMN.items():
        for term in terms:
            yield f"{column} : {term.match}", worth / len(terms)
    if len(terms) > 1:
        yield f"NEAR({' '.join(term.match for term in terms)}, {_NEAR})", _TOGETHER


def _newest(raw: sqlite3.Connection, match: str, start: int, most: int) -> list[int]:
    query = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
    return [row for (row,) in raw.execute(query, (match, most, start))]


def _matching(raw: sqlite3.Connection, match: str, oldest: int) -> Iterable[int]:
    query = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH ? AND rowid >= ?"
    return (row for (row,) in raw.execute(query, (match, oldest)))
