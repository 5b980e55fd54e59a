"""How many of the items found have which value: sets of items as bits of one number.

The values of a facet are looked at by how common they are, until no rarer one can come among the
commonest: the items of a value are fetched when it is first looked at.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable

from app.services.archive import tables
from app.services.archive.asking import fact_token
from app.services.archive.values import Facet, FacetCount, Facets

SHOWN = 12
"""So many values of a facet are told."""
_MOST_KEPT = 1500
"""Values whose items are remembered: some 25 kB each with 200,000 items."""


class FacetCounter:
    """Counts for one database; what it remembers holds until the archive changes."""

    def __init__(self) -> None:
        self._state: int | None = None
        self._size = 0
        self._values: dict[Facet, list[tuple[str, int, int]]] = {}
        self._bits: OrderedDict[int, int] = OrderedDict()

    def count(self, raw: sqlite3.Connection, match: str, facets: Iterable[Facet]) -> Facets:
        """The commonest values of these facets among the items that a match finds."""
        self._look(raw)
        found = self._bits_of(_rows(raw, match))
        return {facet: self._commonest(raw, facet, found) for facet in facets}

    def values(self, raw: sqlite3.Connection, facet: Facet) -> list[tuple[str, int, int]]:
        """All values of a facet, each with its number and how many items have it, the commonest
        first."""
        self._look(raw)
        return self._values.get(facet, [])

    def _look(self, raw: sqlite3.Connection) -> None:
        state = tables.state(raw)
        if state is not None and state == self._state:
            return
        self._state = state
        self._bits.clear()
        (last,) = raw.execute("SELECT coalesce(max(id), 0) FROM archive_items").fetchone()
        self._size = last + 1
        found: dict[Facet, list[tuple[str, int, int]]] = {}
        for number, facet, value in raw.execute("SELECT id, facet, value FROM archive_values"):
            (count,) = raw.execute(
                f"SELECT count(*) FROM {tables.WORDS} WHERE {tables.WORDS} MATCH ?",
                (fact_token(number),),
            ).fetchone()
            if count:
                found.setdefault(Facet(facet), []).append((value, number, count))
        for values in found.values():
            values.sort(key=lambda one: (-one[2], one[0]))
        self._values = found

    def _commonest(
        self, raw: sqlite3.Connection, facet: Facet, found: int
    ) -> tuple[FacetCount, ...]:
        counted: list[FacetCount] = []
        least = 0
        for value, number, items in self._values.get(facet, []):
            if len(counted) >= SHOWN and items <= least:
                break
            count = (self._of_value(raw, number) & found).bit_count()
            if count:
                counted.append(FacetCount(value, count))
                counted.sort(key=lambda one: (-one.count, one.value))
                del counted[SHOWN:]
                least = counted[-1].count
        return tuple(counted)

    def _of_value(self, raw: sqlite3.Connection, number: int) -> int:
        known = self._bits.get(number)
        if known is None:
            known = self._bits[number] = self._bits_of(_rows(raw, fact_token(number)))
            if len(self._bits) > _MOST_KEPT:
                self._bits.popitem(last=False)
        else:
            self._bits.move_to_end(number)
        return known

    def _bits_of(self, rows: Iterable[tuple[int]]) -> int:
        figures = bytearray(b"0") * self._size
        one = ord("1")
        for (row,) in rows:
            figures[row] = one
        return int(figures, 2)


def _rows(raw: sqlite3.Connection, match: str) -> Iterable[tuple[int]]:
    return raw.execute(f"SELECT rowid FROM {tables.WORDS} WHERE {tables.WORDS} MATCH ?", (match,))
