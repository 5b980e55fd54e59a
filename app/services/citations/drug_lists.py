"""The MTUS Drug List by its versions: which was in force on a day, and what it says of a drug."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import msgspec

from app.services.citations.drug_values import DrugList, ListedDrug
from app.services.citations.known import GUIDELINES, Guidelines, words_of


class _File(msgspec.Struct, frozen=True):
    about: str
    lists: tuple[DrugList, ...]


@cache
def standard_drug_lists() -> tuple[DrugList, ...]:
    """The versions the program knows, oldest first."""
    file = msgspec.json.decode((GUIDELINES / "drug_lists.json").read_bytes(), type=_File)
    return file.lists


def lists_of(guidelines: Guidelines) -> tuple[DrugList, ...]:
    """The versions the program knows and those that were read in, which stand in their place."""
    lists = {one.version: one for one in standard_drug_lists()}
    lists.update({one.version: one for one in guidelines.own_drug_lists})
    return tuple(sorted(lists.values(), key=lambda one: one.effective_from))


def list_on(lists: Iterable[DrugList], on: date) -> DrugList | None:
    """The version in force on a day; None before the first one."""
    begun = [one for one in lists if one.effective_from <= on]
    return max(begun, key=lambda one: one.effective_from, default=None)


def rows_on(drugs: DrugList, ingredient: str) -> tuple[ListedDrug, ...]:
    """The rows on an active ingredient: `acetaminophen` alone, never in a combination."""
    wanted = words_of(ingredient)
    return tuple(row for row in drugs.rows if words_of(row.ingredient) == wanted)
