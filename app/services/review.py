"""What is left to do in a letter: the state of each field, and the one list of what waits.

Computed from what was read, what stands there now, what was confirmed and what the checks found.
Nothing here is stored: a state that is kept beside the values it comes from can disagree with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from app.evidence import Evidence
from app.letter import FieldId, Letter, field_ids, get_value, is_missing
from app.services.checks import Finding, blocking
from app.services.vocabularies import unlisted
from app.services.wording import field_words, value_words


class State(StrEnum):
    """Ordered from what needs a person most to what needs nobody."""

    HALF_TYPED = "half-typed"
    ERROR = "error"
    MISSING = "missing"
    DOUBTFUL = "doubtful"
    EDITED = "edited"
    CONFIRMED = "confirmed"
    PARSED = "read"
    EMPTY = "empty"


class FieldStatus(msgspec.Struct, frozen=True):
    """A field's state and the words that say why.

    `unlisted` is whether the value is on no list, though its field has one: whoever says that it is
    right may be right, but nothing else says so.

    `open` is whether something is left to do there, `waits` whether nobody has looked at it yet:
    an error in a value that was confirmed is left to do, but does not wait. `asks` is whether the
    reading is in doubt and `edited` whether the value is another one than was read, whatever
    outweighs that.
    """

    state: State
    words: str
    open: bool = False
    waits: bool = False
    asks: bool = False
    edited: bool = False
    unlisted: bool = False


class OpenPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One thing left to do in a letter: at most one a field, the weightiest."""

    field: FieldId
    state: State
    words: str
    waits: bool
    postponed: bool = False


WORDS = {
    State.EDITED: "Edited by you",
    State.CONFIRMED: "Confirmed",
    State.PARSED: "As read from the letter",
    State.EMPTY: "",
}
NAMED = 3
"""Fields with something left to do that are named; of more their number is told."""
# How many of a state are told: for one, for more.
_COUNTED = {
    State.HALF_TYPED: ("1 half-typed", "%d half-typed"),
    State.ERROR: ("1 error", "%d errors"),
    State.MISSING: ("1 missing", "%d missing"),
    State.DOUBTFUL: ("1 doubt", "%d doubts"),
}


def field_status(
    field: FieldId,
    letter: Letter,
    parsed: Letter,
    evidence: Mapping[FieldId, Evidence],
    confirmed: Mapping[FieldId, Any],
) -> FieldStatus:
    """The state of one field by itself.

    `confirmed` holds the value that was confirmed: a value changed since then has to be looked
    at again only where it is missing, as the person who changed it has seen it.
    """
    value = get_value(letter, field)
    if field in confirmed and confirmed[field] == value:
        strange = _strange_words(field, value)
        words = f"{WORDS[State.CONFIRMED]}. {strange}" if strange else WORDS[State.CONFIRMED]
        return FieldStatus(State.CONFIRMED, words, unlisted=bool(strange))
    doubt = evidence[field].doubt if field in evidence else None
    as_read = value == _value_in(parsed, field)
    if is_missing(value):
        if field.spec.required or (doubt and as_read):
            words = doubt or "Nothing stands here yet."
            return FieldStatus(State.MISSING, words, open=True, waits=True)
        return FieldStatus(State.EMPTY, "")
    if not as_read:
        strange = _strange_words(field, value)
        if strange:
            return FieldStatus(
                State.DOUBTFUL, strange, open=True, waits=True, edited=True, unlisted=True
            )
        return FieldStatus(State.EDITED, WORDS[State.EDITED], edited=True)
    if doubt:
        return FieldStatus(State.DOUBTFUL, doubt, open=True, waits=True, asks=True)
    return FieldStatus(State.PARSED, WORDS[State.PARSED])


def _strange_words(field: FieldId, value: Any) -> str:
    """A sentence for entries that the field's list does not have; empty where it has all."""
    strange = unlisted(field.spec.vocabulary, value or ()) if field.spec.vocabulary else ()
    if not strange:
        return ""
    shown = ", ".join(f"“{entry}”" for entry in strange)
    return f"{shown} {'is' if len(strange) == 1 else 'are'} on no list of {field.spec.vocabulary}."


def _value_in(letter: Letter, field: FieldId) -> Any:
    try:
        return get_value(letter, field)
    except KeyError:  # an issue added by hand was never read
        return None


def all_statuses(
    letter: Letter,
    parsed: Letter,
    evidence: Mapping[FieldId, Evidence],
    confirmed: Mapping[FieldId, Any],
    half_typed: Mapping[FieldId, str] = {},
    findings: Sequence[Finding] = (),
) -> dict[FieldId, FieldStatus]:
    """The state of every field, in the order of the form.

    `half_typed` says of fields whose editor holds words that make no value why they do not,
    `findings` are those of the checks that stand.
    """
    statuses = {
        field: field_status(field, letter, parsed, evidence, confirmed)
        for field in field_ids(letter)
    }
    pairs = same_questions(parsed, evidence)
    unanswered = _ask_once(statuses, pairs, letter)
    _add_errors(statuses, findings, pairs, unanswered)
    for field, why in half_typed.items():
        if field in statuses:
            before = statuses[field]
            statuses[field] = replace(
                before, state=State.HALF_TYPED, words=why, open=True, waits=True
            )
    return statuses


def same_questions(parsed: Letter, evidence: Mapping[FieldId, Evidence]) -> dict[FieldId, FieldId]:
    """Fields whose doubts are one question: each may be meant to hold what the other one holds."""
    asked: dict[FieldId, tuple[str, tuple[str, ...]]] = {}
    for field, seen in evidence.items():
        if seen.doubt and seen.others:
            asked[field] = (value_words(_value_in(parsed, field)), seen.others)
    pairs: dict[FieldId, FieldId] = {}
    for one, (value, others) in asked.items():
        for other, (its_value, its_others) in asked.items():
            alike = one != other and one.spec.kind is other.spec.kind
            if alike and value in its_others and its_value in others:
                pairs.setdefault(one, other)
    return pairs


def _ask_once(
    statuses: dict[FieldId, FieldStatus], pairs: Mapping[FieldId, FieldId], letter: Letter
) -> frozenset[FieldId]:
    """Leave one side of each question open, none where a side was answered; gives the fields of
    the questions that nobody has answered."""
    unanswered: set[FieldId] = set()
    for field in [field for field in statuses if field in pairs]:
        other = pairs[field]
        if not statuses[field].asks or other not in statuses:
            continue
        if statuses[other].state is State.CONFIRMED or (
            get_value(letter, field) == get_value(letter, other)
        ):
            words = f"Settled with “{other.spec.label}”"
            statuses[field] = FieldStatus(State.PARSED, words)
        elif statuses[other].asks:
            unanswered |= {field, other}
            if statuses[field].open:  # the one that comes first in the form is asked
                statuses[other] = replace(statuses[other], open=False, waits=False)
    return frozenset(unanswered)


def _add_errors(
    statuses: dict[FieldId, FieldStatus],
    findings: Sequence[Finding],
    pairs: Mapping[FieldId, FieldId],
    unanswered: Collection[FieldId],
) -> None:
    """Where the checks found an error that the field's own state does not tell already."""
    for finding in blocking(findings):
        # What concerns no field of the form is told at its beginning.
        field = finding.field if finding.field in statuses else next(iter(statuses))
        before, other = statuses[field], pairs.get(field)
        settled_there = other is not None and other in finding.related
        if before.state is State.MISSING or (settled_there and field in unanswered):
            continue
        seen = before.state is State.CONFIRMED or settled_there
        told = before.open or before.state is State.ERROR
        statuses[field] = replace(
            before,
            state=State.ERROR,
            words=f"{finding.sentence}\n{before.words}" if told else finding.sentence,
            open=True,
            waits=before.waits if before.state is State.ERROR else not seen,
        )


def still_said(findings: Sequence[Finding], then: Letter, now: Letter) -> tuple[Finding, ...]:
    """The findings that may still be so: those whose values are what they were when the checks
    looked. The others wait for the next run."""
    if then is now:
        return tuple(findings)
    return tuple(
        finding
        for finding in findings
        if all(
            _value_in(then, field) == _value_in(now, field)
            for field in (finding.field, *finding.related)
        )
    )


def open_points(
    statuses: Mapping[FieldId, FieldStatus], postponed: Collection[FieldId] = ()
) -> tuple[OpenPoint, ...]:
    """All that is left to do, in the order of the form. What was put off is left to do, but
    does not wait."""
    return tuple(
        OpenPoint(
            field=field,
            state=status.state,
            words=status.words,
            waits=status.waits and field not in postponed,
            postponed=field in postponed,
        )
        for field, status in statuses.items()
        if status.open or field in postponed
    )


def following(
    points: Sequence[OpenPoint],
    order: Mapping[FieldId, FieldStatus],
    here: FieldId | None,
    *,
    backwards: bool = False,
) -> FieldId | None:
    """The field of the point that comes next from a field on, round the end; None without any."""
    if not points:
        return None
    places = {field: place for place, field in enumerate(order)}
    at = places.get(here, -1) if here is not None else -1
    if backwards:
        return ([p for p in points if places[p.field] < at] or points)[-1].field
    return ([p for p in points if places[p.field] > at] or points)[0].field


def points_words(points: Sequence[OpenPoint]) -> str:
    """How much is left to do: `1 error, 2 doubts, 1 postponed`; empty where nothing is."""
    counts = Counter(point.state for point in points if not point.postponed)
    parts: list[str] = []
    for state, (one, more) in _COUNTED.items():
        if counts[state]:
            parts.append(one if counts[state] == 1 else more % counts[state])
    postponed = sum(point.postponed for point in points)
    return ", ".join([*parts, *([f"{postponed} postponed"] if postponed else [])])


def named_points(letter: Letter, points: Sequence[OpenPoint]) -> str:
    """The same with the first fields by their names: `1 error, 1 doubt (Age; Priority)`."""
    names = list(dict.fromkeys(field_words(letter, point.field) for point in points))
    more = f"; {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{points_words(points)} ({'; '.join(names[:NAMED])}{more})"
