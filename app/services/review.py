"""What is left to do in a letter: the state of each field, and the one list of what waits.

Computed from what was read, what stands there now, what was confirmed and what the checks found.
Nothing here is stored: a state that is kept beside the values it comes from can disagree with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import permutations
from typing import Any

import msgspec
from msgspec.structs import replace

from app.evidence import Doubt, Evidence, Judgement
from app.letter import FieldId, Letter, field_ids, get_value, is_missing
from app.services.checks import Finding, blocking
from app.services.vocabularies import unlisted
from app.services.wording import field_words


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


# The rules that find a field empty: its mark and its own words say so.
OF_EMPTINESS = frozenset(
    {
        "header-missing",
        "header-field-missing",
        "summary-missing",
        "issue-field-missing",
        "credentials-missing",
        "cover-incomplete",
        "records-missing",
    }
)


class FieldStatus(msgspec.Struct, frozen=True):
    """A field's state and the words that say why.

    `unlisted` is whether the value is on no list, though its field has one: whoever says that it is
    right may be right, but nothing else says so.

    `open` is whether something is left to do there, `waits` whether nobody has looked at it yet:
    an error in a value that was confirmed is left to do, but does not wait. `asks` is whether the
    reading is in doubt and `edited` whether the value is another one than was read, whatever
    outweighs that. `doubts` and `findings` are what the words tell.
    """

    state: State
    words: str
    open: bool = False
    waits: bool = False
    asks: bool = False
    edited: bool = False
    unlisted: bool = False
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Finding, ...] = ()

    def tells(self, finding: Finding) -> bool:
        """Whether what is told of the field is the same judgement as a finding's.

        By rules and values, never by words; that a field is empty its own mark says.
        """
        if self.state is State.MISSING and finding.rule in OF_EMPTINESS:
            return True
        if any(told.key == finding.key for told in self.findings):
            return True
        told = {doubt.judgement for doubt in self.doubts} if self.open else set[Judgement | None]()
        return finding.judgement is not None and finding.judgement in told


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
    *,
    written: bool = False,
) -> FieldStatus:
    """The state of one field by itself; `written` is whether its value is being typed: a word that
    is not finished is not asked for on lists.

    `confirmed` holds the value that was confirmed: a value changed since then has to be looked
    at again only where it is missing, as the person who changed it has seen it.
    """
    value = get_value(letter, field)
    if field in confirmed and confirmed[field] == value:
        return _confirmed(field, value)
    as_read = value == _value_in(parsed, field)
    doubts = evidence[field].doubts if field in evidence else ()
    if is_missing(value):
        if field.spec.required or (doubts and as_read):
            words = _words(doubts) or "Nothing stands here yet."
            return FieldStatus(State.MISSING, words, open=True, waits=True, doubts=doubts)
        return FieldStatus(State.EMPTY, "")
    if not as_read:
        return _edited("" if written else _strange_words(field, value))
    if doubts:
        return _doubtful(doubts)
    return FieldStatus(State.PARSED, _read_words(evidence.get(field)))


def _confirmed(field: FieldId, value: Any) -> FieldStatus:
    strange = _strange_words(field, value)
    words = f"{WORDS[State.CONFIRMED]}. {strange}" if strange else WORDS[State.CONFIRMED]
    return FieldStatus(State.CONFIRMED, words, unlisted=bool(strange))


def _edited(strange: str) -> FieldStatus:
    """`strange` are the words about entries that no list has."""
    if not strange:
        return FieldStatus(State.EDITED, WORDS[State.EDITED], edited=True)
    return FieldStatus(State.DOUBTFUL, strange, open=True, waits=True, edited=True, unlisted=True)


def _read_words(seen: Evidence | None) -> str:
    """From where a value was read: the letter, or the document it was begun from."""
    return f"Read from the {seen.source}" if seen and seen.source else WORDS[State.PARSED]


def _strange_words(field: FieldId, value: Any) -> str:
    """A sentence for entries that the field's list does not have; empty where it has all."""
    strange = unlisted(field.spec.vocabulary, value or ()) if field.spec.vocabulary else ()
    if not strange:
        return ""
    shown = ", ".join(f"“{entry}”" for entry in strange)
    return f"{shown} {'is' if len(strange) == 1 else 'are'} on no list of {field.spec.vocabulary}."


def _doubtful(doubts: tuple[Doubt, ...]) -> FieldStatus:
    return FieldStatus(
        State.DOUBTFUL, _words(doubts), open=True, waits=True, asks=True, doubts=doubts
    )


def _words(doubts: Iterable[Doubt]) -> str:
    return " ".join(doubt.words for doubt in doubts)


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
    *,
    written: FieldId | None = None,
) -> dict[FieldId, FieldStatus]:
    """The state of every field, in the order of the form.

    `half_typed` says of fields whose editor holds words that make no value why they do not,
    `findings` are those of the checks that stand, `written` is the field that is being typed.
    """
    statuses = {
        field: field_status(field, letter, parsed, evidence, confirmed, written=field == written)
        for field in field_ids(letter)
    }
    pairs = same_questions(evidence)
    _drop_answered(statuses, pairs, letter, parsed)
    unanswered = _ask_once(statuses, pairs, letter)
    _add_errors(statuses, findings, pairs, unanswered)
    for field, why in half_typed.items():
        if field in statuses:
            before = statuses[field]
            statuses[field] = replace(
                before,
                state=State.HALF_TYPED,
                words=why,
                open=True,
                waits=True,
                doubts=(),
                findings=(),
            )
    return statuses


def same_questions(evidence: Mapping[FieldId, Evidence]) -> dict[FieldId, FieldId]:
    """Fields whose doubts are one question: the same judgement, and either value may be right."""
    asked: dict[Judgement, list[tuple[FieldId, Doubt]]] = {}
    for field, seen in evidence.items():
        for doubt in seen.doubts if seen.others else ():
            if doubt.judgement is not None:
                asked.setdefault(doubt.judgement, []).append((field, doubt))
    pairs: dict[FieldId, FieldId] = {}
    for sides in asked.values():
        for (one, doubt), (other, its_doubt) in permutations(sides, 2):
            if other in doubt.related and one in its_doubt.related:
                pairs.setdefault(one, other)
    return pairs


def _drop_answered(
    statuses: dict[FieldId, FieldStatus],
    pairs: Mapping[FieldId, FieldId],
    letter: Letter,
    parsed: Letter,
) -> None:
    """Leave out doubts whose other values have been changed: whether what stands there now goes
    together is for the checks to say. Where two values are one question, both sides are asked on."""
    for field, status in statuses.items():
        if not status.asks:
            continue
        left = tuple(
            doubt
            for doubt in status.doubts
            if pairs.get(field) in doubt.related
            or all(_value_in(letter, one) == _value_in(parsed, one) for one in doubt.related)
        )
        if left != status.doubts:
            read = FieldStatus(State.PARSED, WORDS[State.PARSED])
            statuses[field] = _doubtful(left) if left else read


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
        told = _told_besides(finding, before)
        statuses[field] = replace(
            before,
            state=State.ERROR,
            words=f"{finding.sentence}\n{told}" if told else finding.sentence,
            findings=(finding, *before.findings),
            open=True,
            waits=before.waits if before.state is State.ERROR else not seen,
        )


def _told_besides(finding: Finding, status: FieldStatus) -> str:
    """What is left to do in a field beside a finding: not the same judgement in other words."""
    if status.state is State.ERROR or not status.open:
        return status.words if status.state is State.ERROR else ""
    same = finding.judgement
    if same is None or not any(doubt.judgement == same for doubt in status.doubts):
        return status.words
    return _words(doubt for doubt in status.doubts if doubt.judgement != same)


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
