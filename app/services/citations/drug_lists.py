"""The MTUS Drug List by its versions: which was in force on a day, and what it says of a drug."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import msgspec

from app.services.citations.drug_values import DrugList, ListedDrug
from app.services.citations.known import GUIDELINES, Guidelines, words_of
from app.services.language.dates import date_text


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
    return tuple(sorted(lists.values(), key=_place))


def list_on(lists: Iterable[DrugList], on: date) -> DrugList | None:
    """The version in force on a day; None before the first. Of two of one day it is the one whose
    rows are here, and then the later number."""
    begun = [one for one in lists if one.effective_from <= on]
    return max(
        begun, key=lambda one: (one.effective_from, bool(one.rows), _place(one)), default=None
    )


def named(drugs: DrugList, lists: Iterable[DrugList]) -> str:
    """How a version is called where it is told: with another of the same day, and with those that
    are not known here and may have stood in its place."""
    others = sorted((one for one in lists if one.version != drugs.version), key=_place)
    same = [f"v. {one.version}" for one in others if one.effective_from == drugs.effective_from]
    after = next((one for one in others if one.effective_from > drugs.effective_from), None)
    name = f"the MTUS Drug List v. {drugs.version}, in force from {date_text(drugs.effective_from)}"
    if same:
        name += f" ({' and '.join(same)} is of the same day)"
    between = range(_numbers(drugs)[0] + 1, _numbers(after)[0]) if after is not None else ()
    if between:
        missing = " or ".join(f"v. {number}" for number in between)
        name += f" (or {missing}, whose first day is not known here)"
    return name


def _place(drugs: DrugList) -> tuple[date, tuple[int, ...]]:
    return drugs.effective_from, _numbers(drugs)


def _numbers(drugs: DrugList) -> tuple[int, ...]:
    """`11.1` as 11 and 1, so that 11.1 is behind 11 and 12 behind 9."""
    return tuple(int(part) for part in re.findall(r"\d+", drugs.version)) or (0,)


def rows_on(drugs: DrugList, ingredient: str) -> tuple[ListedDrug, ...]:
    """The rows on an active ingredient: `acetaminophen` alone, never in a combination."""
    wanted = words_of(ingredient)
    return tuple(row for row in drugs.rows if words_of(row.ingredient) == wanted)
