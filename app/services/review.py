"""What the state of a field is, computed from what was read, what stands there now and what was confirmed.

Nothing here is stored: a state that is kept beside the values it comes from can disagree with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from app.evidence import Evidence
from app.letter import FieldId, Letter, field_ids, get_value, is_missing


class State(StrEnum):
    """Ordered from what needs a person most to what needs nobody."""

    MISSING = "missing"
    DOUBTFUL = "doubtful"
    EDITED = "edited"
    CONFIRMED = "confirmed"
    PARSED = "read"
    EMPTY = "empty"


class FieldStatus(msgspec.Struct, frozen=True):
    """A field's state and the words that say why; `open` is whether it still waits for a person."""

    state: State
    words: str
    open: bool = False


WORDS = {
    State.EDITED: "Edited by you",
    State.CONFIRMED: "Confirmed",
    State.PARSED: "As read from the letter",
    State.EMPTY: "",
}


def field_status(
    field: FieldId,
    letter: Letter,
    parsed: Letter,
    evidence: Mapping[FieldId, Evidence],
    confirmed: Mapping[FieldId, Any],
) -> FieldStatus:
    """The state of one field.

    `confirmed` holds the value that was confirmed: a value changed since then has to be looked
    at again only where it is missing, as the person who changed it has seen it.
    """
    value = get_value(letter, field)
    if field in confirmed and confirmed[field] == value:
        return FieldStatus(State.CONFIRMED, WORDS[State.CONFIRMED])
    doubt = evidence[field].doubt if field in evidence else None
    as_read = value == _parsed_value(parsed, field)
    if is_missing(value):
        if field.spec.required or (doubt and as_read):
            return FieldStatus(State.MISSING, doubt or "Nothing stands here yet.", open=True)
        return FieldStatus(State.EMPTY, "")
    if not as_read:
        return FieldStatus(State.EDITED, WORDS[State.EDITED])
    if doubt:
        return FieldStatus(State.DOUBTFUL, doubt, open=True)
    return FieldStatus(State.PARSED, WORDS[State.PARSED])


def _parsed_value(parsed: Letter, field: FieldId) -> Any:
    try:
        return get_value(parsed, field)
    except KeyError:  # an issue added by hand was never read
        return None


def all_statuses(
    letter: Letter,
    parsed: Letter,
    evidence: Mapping[FieldId, Evidence],
    confirmed: Mapping[FieldId, Any],
) -> dict[FieldId, FieldStatus]:
    """The state of every field, in the order of the form."""
    return {
        field: field_status(field, letter, parsed, evidence, confirmed)
        for field in field_ids(letter)
    }


def open_fields(statuses: Mapping[FieldId, FieldStatus]) -> tuple[FieldId, ...]:
    """The fields that wait for a person, in the order of the form."""
    return tuple(field for field, status in statuses.items() if status.open)
