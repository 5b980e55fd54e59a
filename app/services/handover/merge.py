"""Two states of one letter made one, field by field, by the state both came from.

What one side alone changed is taken; what both changed to different values is a conflict, and stays
as it is here until somebody chooses. Disputed items are told apart by their ids, which both states
and the one they came from share: `renumbered` sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from app.letter import FIELDS, FieldId, Issue, Letter, get_value, with_value

LAYOUT = "layout"
"""The key of the letter's layout, which is no field of the form."""
_OF_LETTER = tuple(FieldId(spec.name) for spec in FIELDS if not spec.of_issue)
_OF_ISSUE = tuple(spec.name for spec in FIELDS if spec.of_issue)


class Side(StrEnum):
    """Whose value is taken where both changed it."""

    OURS = "ours"
    THEIRS = "theirs"


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """What both sides changed, each to another value.

    `key` is a field's, `layout`, or `issues.N` for a whole disputed item that one side changed and
    the other removed: its values are then an Issue and None.
    """

    key: str
    ours: Any
    theirs: Any


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """The letter made of both. `taken` are the keys of fields taken from the other side, `added`
    and `removed` the ids of disputed items that are so by it."""

    letter: Letter
    taken: tuple[str, ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def changes(self) -> int:
        """How many things are taken from the other side, conflicts apart."""
        return len(self.taken) + len(self.added) + len(self.removed)


def merge(
    base: Letter | None, ours: Letter, theirs: Letter, choices: Mapping[str, Side] | None = None
) -> Merged:
    """Our letter with what they changed since `base`.

    Without `base` it cannot be told who changed what: whatever differs is a conflict. `choices` are
    by the keys of conflicts.
    """
    return _Merging(base, ours, theirs, choices or {}).merged()


def renumbered(letter: Letter, ids: Mapping[int, int]) -> Letter:
    """The letter with other ids of its disputed items. Raises KeyError for an item without one."""
    issues = tuple(replace(issue, id=ids[issue.id]) for issue in letter.issues)
    return replace(letter, issues=issues, issues_made=max(ids.values(), default=0))


def new_ids(known: Mapping[int, int], theirs: Letter, ours: Letter) -> dict[int, int]:
    """Our ids for all that their letter ever gave: `known` ones, and new ones that are free here."""
    ids = dict(known)
    free = max(ours.issues_made, *ids.values(), *(issue.id for issue in ours.issues), 0)
    made = max(theirs.issues_made, *(issue.id for issue in theirs.issues), 0)
    for number in range(made + 1):
        if number not in ids:
            free += 1
            ids[number] = free
    return ids


class _Merging:
    """One merge as it goes: the letter so far, and what is told of it."""

    def __init__(
        self, base: Letter | None, ours: Letter, theirs: Letter, choices: Mapping[str, Side]
    ) -> None:
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self._choices = choices
        self._taken: list[str] = []
        self._conflicts: list[Conflict] = []

    def merged(self) -> Merged:
        letter = replace(
            self._ours, layout=self._value(LAYOUT, *(_layout(one) for one in self._sides()))
        )
        for field in _OF_LETTER:
            values = (None if one is None else get_value(one, field) for one in self._sides())
            letter = with_value(letter, field, self._value(field.key, *values))
        issues = self._issues()
        before = {issue.id for issue in self._ours.issues}
        after = {issue.id for issue in issues}
        made = max(self._ours.issues_made, self._theirs.issues_made)
        return Merged(
            letter=replace(letter, issues=issues, issues_made=made),
            taken=tuple(self._taken),
            added=tuple(sorted(after - before)),
            removed=tuple(sorted(before - after)),
            conflicts=tuple(self._conflicts),
        )

    def _sides(self) -> tuple[Letter | None, Letter, Letter]:
        return self._base, self._ours, self._theirs

    def _value(self, key: str, base: Any, ours: Any, theirs: Any) -> Any:
        if ours == theirs:
            return ours
        if self._base is not None:
            if theirs == base:
                return ours
            if ours == base:
                self._taken.append(key)
                return theirs
        return self._chosen(key, ours, theirs)

    def _chosen(self, key: str, ours: Any, theirs: Any) -> Any:
        self._conflicts.append(Conflict(key=key, ours=ours, theirs=theirs))
        return theirs if self._choices.get(key) is Side.THEIRS else ours

    # Disputed items

    def _issues(self) -> tuple[Issue, ...]:
        base, ours, theirs = (
            {} if one is None else {issue.id: issue for issue in one.issues}
            for one in self._sides()
        )
        made: dict[int, Issue] = {}
        for number in self._order(base, ours, theirs):
            issue = self._issue(base.get(number), ours.get(number), theirs.get(number))
            if issue is not None:
                made[number] = issue
        return tuple(made.values())

    def _issue(self, base: Issue | None, ours: Issue | None, theirs: Issue | None) -> Issue | None:
        if ours is not None and theirs is not None:
            return self._both(base, ours, theirs)
        here = ours or theirs
        assert here is not None  # nobody orders an item that neither side has
        if base is None or base == here:
            # Made by one side, or as it was where the other removed it.
            return here if base is None else None
        return self._chosen(f"issues.{here.id}", ours, theirs)

    def _both(self, base: Issue | None, ours: Issue, theirs: Issue) -> Issue:
        sides = tuple(
            None if issue is None else Letter(issues=(issue,)) for issue in (base, ours, theirs)
        )
        made = Letter(issues=(ours,))
        for name in _OF_ISSUE:
            field = FieldId(name, ours.id)
            values = (None if one is None else get_value(one, field) for one in sides)
            made = with_value(made, field, self._value(field.key, *values))
        return made.issues[0]

    def _order(
        self, base: Mapping[int, Issue], ours: Mapping[int, Issue], theirs: Mapping[int, Issue]
    ) -> list[int]:
        """The ids of both sides: in our order, or in theirs where they alone changed it."""
        was = [number for number in base if number in ours and number in theirs]
        is_ours_moved = [number for number in ours if number in theirs and number in base] != was
        first, second = (theirs, ours) if was and not is_ours_moved else (ours, theirs)
        order = list(first)
        for number, before in _with_the_one_before(second):
            if number not in first:
                order.insert(order.index(before) + 1 if before in order else 0, number)
        return order


def _layout(letter: Letter | None) -> str | None:
    return None if letter is None else letter.layout


def _with_the_one_before(numbers: Iterable[int]) -> Iterable[tuple[int, int | None]]:
    before: int | None = None
    for number in numbers:
        yield number, before
        before = number
