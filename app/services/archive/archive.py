"""The door to the archive: questions are answered in two steps, so that common words cost little.

The newest matches are found by their numbers and only those are ranked (`ranking`); how many there
are in all, and how many have which value, is asked for after the page is there.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec

from app.errors import UserError
from app.services.archive import documents, filling, near_words, ranking, snippets, tables
from app.services.archive.asking import match_of, terms_of
from app.services.archive.facets import FacetCounter
from app.services.archive.tables import TEXTS, WORDS
from app.services.archive.values import Facet, Facets, Found, Question, TermCount
from app.services.database import Database

PAGE = 20
_MARKED = ", ".join(
    f"highlight({WORDS}, {place}, '{snippets.OPEN}', '{snippets.CLOSE}')"
    for place in range(len(TEXTS))
)


class Archive:
    """Searches the items of all letters on the list. Methods may be called from any thread and
    raise UserError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counter = FacetCounter()

    def fill(
        self,
        told: filling.Told | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Put in what was imported or edited since; gives how many letters. To be called before a
        question: where nothing changed it costs nothing."""
        return filling.fill(self._database, told=told, is_cancelled=is_cancelled)

    def due(self) -> int:
        """How many letters are to be put in."""
        with self._database.plainly() as raw:
            return tables.count_due(raw)

    def page(self, question: Question, start: int = 0, most: int = PAGE) -> tuple[Found, ...]:
        """The items that answer best, from the one at place `start` on."""
        with self._database.plainly() as raw:
            terms = terms_of(question.words, begun=question.begun)
            match = self._match(raw, question)
            rows = ranking.best(raw, match, terms, start, most)
            lit = " OR ".join(term.match for term in terms if not term.refused)
            return _found(raw, rows, lit or match)

    def count(self, question: Question) -> int:
        """How many items there are."""
        with self._database.plainly() as raw:
            return _count(raw, self._match(raw, question))

    def facets(self, question: Question) -> Facets:
        """How many of the items found have which decision, treatment, guideline …

        Of a facet of which values were chosen, as if none were: others may be chosen besides.
        """
        with self._database.plainly() as raw:
            counts = self._counter.count(raw, self._match(raw, question), tuple(Facet))
            for facet in filter(question.chosen.get, Facet):
                others = {key: of for key, of in question.chosen.items() if key is not facet}
                wider = msgspec.structs.replace(question, chosen=others)
                counts |= self._counter.count(raw, self._match(raw, wider), (facet,))
            return counts

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Every value of a facet that an item has, the commonest first."""
        with self._database.plainly() as raw:
            return tuple(value for value, *_ in self._counter.values(raw, facet))

    def matching(self, facet: Facet, typed: str) -> tuple[str, ...]:
        """The values that are meant by what was typed: that one, or all that have its words.

        Raises UserError where no item has such a value.
        """
        known = self.values(facet)
        wanted = " ".join(typed.casefold().split())
        exact = tuple(value for value in known if value.casefold() == wanted)
        if exact:
            return exact
        words = wanted.split()
        having = tuple(value for value in known if all(w in value.casefold() for w in words))
        if having and wanted:
            return having
        near = difflib.get_close_matches(wanted, [value.casefold() for value in known], 1)
        listed = ", ".join(known[:8])
        raise UserError(
            f"No kept letter has the {facet.value} {typed}.",
            f"Did you mean {near[0]}?" if near else f"There are: {listed}." if listed else "",
        )

    def did_you_mean(self, question: Question) -> str:
        """The words put right where one of them stands nowhere; empty where none can be."""
        terms = terms_of(question.words)
        with self._database.plainly() as raw:
            return near_words.did_you_mean(raw, question.words, terms)

    def terms(self, lines: Iterable[str], question: Question) -> tuple[TermCount, ...]:
        """For each line of a list how many items and letters have it, within a question's structure."""
        with self._database.plainly() as raw:
            return tuple(self._term(raw, line, question) for line in lines)

    def _term(self, raw: sqlite3.Connection, line: str, question: Question) -> TermCount:
        if not terms_of(line):
            return TermCount(line, 0, 0, "There is no word in it.")
        try:
            match = self._match(raw, question, line)
        except UserError as error:
            return TermCount(line, 0, 0, f"{error.what} {error.remedy}")
        items, letters = raw.execute(
            f"SELECT count(*), count(DISTINCT case_id) FROM {WORDS} JOIN archive_items "
            f"ON archive_items.id = {WORDS}.rowid WHERE {WORDS} MATCH ?",
            (match,),
        ).fetchone()
        return TermCount(line, items, letters)

    def _match(self, raw: sqlite3.Connection, question: Question, words: str | None = None) -> str:
        terms = terms_of(question.words if words is None else words, begun=question.begun)
        chosen = _numbers(raw, question.chosen)
        return match_of(terms, chosen, question.first_day, question.last_day)


def _numbers(raw: sqlite3.Connection, chosen: Mapping[Facet, tuple[str, ...]]) -> list[list[int]]:
    """The numbers of the values that were chosen; none for a value that no item has."""
    found: list[list[int]] = []
    for facet, values in chosen.items():
        if not values:
            continue
        marks = ", ".join("?" for _ in values)
        rows = raw.execute(
            f"SELECT id FROM archive_values WHERE facet = ? AND value IN ({marks})",
            (facet.value, *values),
        )
        found.append([number for (number,) in rows])
    return found


def _count(raw: sqlite3.Connection, match: str) -> int:
    query = f"SELECT count(*) FROM {WORDS} WHERE {WORDS} MATCH ?"
    return raw.execute(query, (match,)).fetchone()[0]


def _found(raw: sqlite3.Connection, rows: list[int], match: str) -> tuple[Found, ...]:
    """The rows as they are shown, in their order."""
    shown: list[Found] = []
    for row in rows:
        head = raw.execute(
            "SELECT case_id, issue_id, title, number, file_name, decision_date, "
            "(SELECT value FROM archive_values WHERE facet = 'decision' "
            f"AND ' ' || facts || ' ' LIKE '% {tables.FACT}f' || archive_values.id || ' %') "
            "FROM archive_items JOIN cases ON cases.id = case_id WHERE archive_items.id = ?",
            (row,),
        ).fetchone()
        shown.append(_shown(head, _marked(raw, row, match)))
    return tuple(shown)


def _marked(raw: sqlite3.Connection, row: int, match: str) -> tuple[str, ...]:
    """The texts of a row with the words that were found marked."""
    query = f"SELECT {_MARKED} FROM {WORDS} WHERE {WORDS} MATCH ? AND rowid = ?"
    return raw.execute(query, (match, row)).fetchone()


def _shown(
    head: tuple[int, int | None, str, str, str, str | None, str | None], marked: tuple[str, ...]
) -> Found:
    case_id, issue_id, title, number, file_name, day, decision = head
    column = snippets.best_column(marked)
    if snippets.OPEN not in "".join(marked):
        column = "summary" if issue_id is None else "rationale"
    plain = [snippets.without_marks(text) for text in marked]
    text, places = plain[TEXTS.index(column)]
    snippet, lit, shown = snippets.cut_out(text, places)
    inside = places[places.index(shown[0]) :][: len(shown)] if shown else ()
    first = inside[0][0] if inside else 0
    shift = documents.shift_of(column, text, first)
    plain_texts = tuple(one for one, _ in plain)
    return Found(
        case_id=case_id,
        issue_id=issue_id,
        number=number,
        file_name=file_name,
        title=title,
        decision=decision or "",
        day=None if day is None else date.fromisoformat(day),
        field=documents.field_of(column, issue_id, plain_texts, first),
        snippet=snippet,
        lit=lit,
        places=tuple((start - shift, end - shift) for start, end in inside),
    )
