"""What differs between the letter that was read and the letter as it stands, in reading order."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

import msgspec

from app.letter import FieldId, Letter, field_ids, get_value
from app.services.wording import value_words

Run = tuple[bool, str]
"""A run of text and whether it is the same on both sides (False: it differs)."""

TITLE = "issue.title"
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field that differs; the runs of each side join to its whole text.

    `issue` is the place of the issue in its letter from 1, None for other fields. That an issue
    was added, removed or moved is a change of its own: its label says so, its field is the title.
    """

    field: FieldId
    label: str
    issue: int | None
    before: tuple[Run, ...]
    after: tuple[Run, ...]


def changes(before: Letter, after: Letter) -> tuple[Change, ...]:
    """Every field that differs, in the order of the form; removed issues come where they stood."""
    found: list[Change] = []
    old_places, new_places = _places(before), _places(after)
    moved = _moved(list(old_places), list(new_places))
    fields = list(field_ids(after))
    known = set(fields)
    fields += [field for field in field_ids(before) if field not in known]
    for field in fields:
        place, label, is_new = None, field.spec.label, False
        if field.issue is not None:
            old, new = old_places.get(field.issue), new_places.get(field.issue)
            place = new or old
            if field.name == TITLE and (old is None or new is None):
                # Told also where nothing stands in it yet.
                label, is_new = ("removed" if new is None else "added"), True
            elif field.name == TITLE and field.issue in moved:
                found.append(_moved_change(field, old or 0, new or 0))
        was, now = _text(before, field), _text(after, field)
        if was != now or is_new:
            old_runs, new_runs = runs(was, now)
            found.append(
                Change(field=field, label=label, issue=place, before=old_runs, after=new_runs)
            )
    return tuple(found)


def _places(letter: Letter) -> dict[int, int]:
    """The place of each issue from 1, by its id."""
    return {issue.id: place for place, issue in enumerate(letter.issues, 1)}


def _moved_change(field: FieldId, old: int, new: int) -> Change:
    before, after = ((False, f"Item {place}") for place in (old, new))
    return Change(field=field, label="moved", issue=new, before=(before,), after=(after,))


def _moved(old: list[int], new: list[int]) -> set[int]:
    """The fewest issues that had to be moved: those outside the longest run still in order."""
    place = {issue: index for index, issue in enumerate(old)}
    kept = [issue for issue in new if issue in place]
    # Each chain is the longest ascending one that ends with its issue.
    chains: list[list[int]] = [[]]
    for issue in kept:
        before = [chain for chain in chains if not chain or place[chain[-1]] < place[issue]]
        chains.append([*max(before, key=len), issue])
    return set(kept) - set(max(chains, key=len))


def _text(letter: Letter, field: FieldId) -> str:
    try:
        value: Any = get_value(letter, field)
    except KeyError:
        return ""
    return value_words(value)


def runs(was: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """What of two texts is the same and what differs, word by word."""
    old, new = _TOKENS.findall(was), _TOKENS.findall(now)
    before: list[Run] = []
    after: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        if i < j:
            before.append((same, "".join(old[i:j])))
        if k < m:
            after.append((same, "".join(new[k:m])))
    return tuple(before), tuple(after)
