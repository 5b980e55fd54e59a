"""What is asked of the archive, and what it answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from app.letter import FieldId


class Facet(StrEnum):
    """By what items are told apart besides their words."""

    DECISION = "decision"
    OUTCOME = "outcome"
    KIND = "kind"
    PART = "part"
    DRUG = "drug"
    GUIDELINE = "guideline"
    EDITION = "edition"
    SPECIALTY = "specialty"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Words and structure that are searched. Of one facet any of its values, of several all.

    `words` as typed: all must be there, "in quotes" beside each other, `begin*` by its beginning,
    `-word` must not be there. `begun` is whether the last one may still be written.
    """

    words: str = ""
    chosen: dict[Facet, tuple[str, ...]] = {}
    first_day: date | None = None
    last_day: date | None = None
    begun: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return not (
            self.words.strip() or any(self.chosen.values()) or self.first_day or self.last_day
        )


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One item that was found. `lit` are the places of the words in `snippet`, `places` those in
    the text of `field`; an item found by its structure alone has none."""

    case_id: int
    issue_id: int | None
    number: str
    file_name: str
    title: str
    decision: str
    day: date | None
    field: FieldId
    snippet: str
    lit: tuple[tuple[int, int], ...] = ()
    places: tuple[tuple[int, int], ...] = ()


class FacetCount(msgspec.Struct, frozen=True):
    """How many of the items found have a value."""

    value: str
    count: int


Facets = dict[Facet, tuple[FacetCount, ...]]
"""By facet the commonest values, the commonest first."""


class TermCount(msgspec.Struct, frozen=True):
    """How often one line of a list of terms was found: items, and letters they are in."""

    term: str
    items: int
    letters: int
    problem: str = ""
