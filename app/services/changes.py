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

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field that differs; the runs of each side join to its whole text.

    `issue` is the place of the issue in its letter from 1, None for other fields.
    """

    field: FieldId
    label: str
    issue: int | None
    before: tuple[Run, ...]
    after: tuple[Run, ...]


def changes(before: Letter, after: Letter) -> tuple[Change, ...]:
    """Every field that differs, in the order of the form; removed issues come where they stood."""
    found: list[Change] = []
    places = {issue.id: n for n, issue in enumerate(before.issues, 1)}
    places |= {issue.id: n for n, issue in enumerate(after.issues, 1)}
    fields = list(field_ids(after))
    known = set(fields)
    fields += [field for field in field_ids(before) if field not in known]
    for field in fields:
        was, now = _text(before, field), _text(after, field)
        if was != now:
            old, new = _runs(was, now)
            place = places[field.issue] if field.issue is not None else None
            found.append(
                Change(field=field, label=field.spec.label, issue=place, before=old, after=new)
            )
    return tuple(found)


def _text(letter: Letter, field: FieldId) -> str:
    try:
        value: Any = get_value(letter, field)
    except KeyError:
        return ""
    return value_words(value)


def _runs(was: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
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
