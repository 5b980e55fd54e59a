"""What the sentences of a text say, read once: typed facts with their places.

A fact is something named together with whether it is so, of whom and who says it. Sentences are
kept by value: where one letter of a text changes, one sentence is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from app.services.language.context import Clauses, Marks, clauses, marked
from app.services.language.numbers import NUMBER, as_number
from app.services.language.terms import (
    ATTRIBUTE,
    CONDITION,
    CUE_KINDS,
    DIAGNOSIS,
    DRUG,
    FINGER,
    MEASURE,
    OUTCOME,
    PART,
    SIDE,
    SIGN,
    TOPIC,
    TREATMENT,
    VALUE,
    Mention,
    Token,
    concepts,
    mentions,
    tokens,
    wider,
)

NORMAL, ABNORMAL = "normal", "abnormal"
_OPPOSITE = {NORMAL: ABNORMAL, ABNORMAL: NORMAL}
# What joins two signs that have one value: "Tinel's sign and Phalen's maneuver were positive".
_JOINED = re.compile(
    r"(?:['’]s?)?(?:\s+(?:signs?|tests?|maneuvers?|testing))?[\s,/]*(?:and|or|nor|&)?\s*(?:[a-z]+\s)?",
    re.I,
)
_GRADED = re.compile(
    r"(?<![\d/])([0-5][+-]?)\s?/\s?5(?![\d/])|(?<![\d/])([0-5][+-]?) out of 5\b", re.I
)
_DEGREES = re.compile(r"\b(\d{1,3})\s*(?:degrees?|deg\b|°)", re.I)
_STIFF = {
    "dorsiflexion": 0, "plantar flexion": 10, "forward flexion": 60, "flexion": 25, "abduction": 15,
    "internal rotation": 15, "external rotation": 15,
}  # fmt: skip
"""Degrees that are too few at any joint, by the motion's name; the longer names first."""
_LEVEL = re.compile(r"\b[CTLS]\s?\d", re.I)
_COUNT = re.compile(
    rf"\b({NUMBER})(?:\s*\(\d+\))?(?:\s+(?:of|out of)\s+(?:the\s+)?(?:{NUMBER}))?[\s-]+(?:[a-z/-]+\s+){{0,4}}?(?:sessions?|visits?|treatments?|appointments?|(?:times|occasions)(?!\s+(?:a|an|per|each|every|weekly|daily|the|as|more)\b))\b"
    rf"|\b(?:sessions?|visits?|treatments?)\s*(?:x|times|#|:)\s*({NUMBER})\b"
    rf"|\b(once|twice|thrice)\b(?!\s*(?:a|per|daily|weekly|each|every|monthly)\b)|(?:^|[\s(])x\s?({NUMBER})\b(?!\s*(?:weeks?|months?|years?|per|days?|/))",
    re.I,
)
_OF_IT = re.compile(rf"\b({NUMBER})\s+of\s+(?:the\s+)?$", re.I)
_MEASURED = re.compile(
    rf"\s*(?:\(\w+\)\s*)?(?:score|level|index|dose|strength)?\s*(?:(?:of|on|dated|from)\s+\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}},?\s+)?(?:is|was|of|at|:|=|being|measured at|measured|reported as|calculated at)*\s*(?:(?:(?:fell|dropped|declined|improved|rose|went|decreased|increased|changed) from \d+(?:\.\d+)? to|no more than|not more than|not over|over|more than|up to|at most|about|approximately|at|as|to|reported at|an?|c[ao]mes? (?:out )?(?:at|to)|read(?:s|ing)?|stands at|total(?:s|ed)|equals?|on that day|per day|a day|daily|index|inventory|depression|lifting|II|2(?=\s+(?:was|is|of|score)))\s+)*(?P<value>\d+(?:[.,]\d+)?(?:/\d+)?|(?i:{NUMBER}))\b",
    re.I,
)
_MEASURED_BEFORE = re.compile(
    r"(?<![\d/.-])(?P<value>\d+(?:\.\d+)?)[\s-]*(?:mg|milligrams?|pounds?|lbs?|kg)?\.?[\s-]*(?:of\s+|in\s+)?(?:oral\s+)?$",
    re.I,
)
_TO_TEN = "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)"
_SCORE = re.compile(
    rf"\b(?:VAS|NRS)\s+(?:(?:pain\s+)?(?:score|rating)\s+)?(?:(?:was|is|of|at|stood at|came to)\s+|=\s?|:\s?)?(?P<bare>\d{{1,2}}(?:\.\d)?|{_TO_TEN})(?![\w/%-]|\.\d|\s*(?:mm|of|out|over|on|to|months?|weeks?|days?)\b)"
    rf"|(?<![\w./-])(?P<low>\d{{1,2}}(?:\.\d)?|{_TO_TEN})(?:\s*(?:-|–|to)\s*(?P<high>\d{{1,2}}(?:\.\d)?|{_TO_TEN}))?\s*(?:/|out of|over|(?:on|using|by) an?\s+(?:\w+\s+){{0,2}}?(?:scale (?:of|from)\s+)?(?=(?:0|zero|1|one)?\s*(?:-|–|to)?\s*(?:10|ten)\b))\s*(?:a possible )?(?:(?:0|zero|1|one)\s*(?:-|–|to)\s*)?(?:10|ten)\b(?!\s*(?:mg|/|-\d))",
    re.I,
)
# Signs that are elicited: not there is normal.
_TESTS = frozenset(
    ("slr", "spurling", "tinel", "phalen", "nerve tests", "finkelstein", "impingement", "drop arm", "obrien",
     "mcmurray", "lachman", "apprehension", "faber", "facet loading", "hoffmann")
)  # fmt: skip
FACT_KINDS = frozenset(
    (TREATMENT, DRUG, SIGN, OUTCOME, TOPIC, ATTRIBUTE, MEASURE, CONDITION, DIAGNOSIS)
)


class Fact(NamedTuple):
    """One thing said. `value` is `normal` or `abnormal` for a sign of an examination."""

    kind: str
    name: str
    start: int
    end: int
    sentence: int
    marks: Marks
    value: str = ""
    parts: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    fingers: frozenset[str] = frozenset()
    visits: int | None = None
    visits_start: int = 0

    @property
    def cases_of(self) -> frozenset[str]:
        """The concept and all it is a case of."""
        return wider(self.name)

    @property
    def negative(self) -> bool:
        return self.marks.denied or self.marks.undocumented


class Score(NamedTuple):
    """A pain score of ten, lowest and highest, and its place."""

    low: float
    high: float
    start: int
    end: int
    sentence: int


class Read(NamedTuple):
    """One sentence as read; the places count from its own first character."""

    words: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    marks: tuple[Marks, ...]
    ends: Clauses
    facts: tuple[Fact, ...]
    scores: tuple[Score, ...]


@lru_cache(maxsize=16384)
def read_sentence(raw: str) -> Read:
    """One sentence read for all it says."""
    words = tokens(raw)
    found = mentions(raw, words)
    ends = clauses(raw, words, found)
    marks = marked(raw, words, found, ends)
    return Read(
        words, found, marks, ends, tuple(_facts(raw, words, found, marks, ends)), _scores(raw)
    )


def _facts(
    raw: str,
    words: tuple[Token, ...],
    found: tuple[Mention, ...],
    marks: tuple[Marks, ...],
    ends: Clauses,
) -> Iterator[Fact]:
    places = [m for m in found if m.kind in (PART, SIDE)]
    fingers = frozenset(m.name for m in found if m.kind == FINGER)
    values = _values(raw, words, found, marks, ends)
    for at, mention in enumerate(found):
        if mention.kind not in FACT_KINDS:
            continue
        near = _near(mention, places, ends)
        yield Fact(
            mention.kind,
            mention.name,
            mention.start,
            mention.end,
            0,
            marks[at],
            values.get(at) or _told_value(raw, mention),
            frozenset(m.name for m in near if m.kind == PART),
            frozenset(m.name for m in near if m.kind == SIDE),
            fingers,
            *(_count_at(raw, mention) if mention.kind == TREATMENT else (None, 0)),
        )


def _told_value(raw: str, mention: Mention) -> str:
    """What an attribute says, and the number told behind a measure."""
    if mention.kind == ATTRIBUTE:
        return concepts()[mention.name].value
    if mention.kind != MEASURE:
        return ""
    match = _MEASURED.match(raw, mention.end) or _MEASURED_BEFORE.search(raw, 0, mention.start)
    return _figure(match["value"]) if match else ""


def _figure(told: str) -> str:
    """A measured value in figures."""
    number = None if told[0].isdecimal() else as_number(told)
    return told.rstrip(".") if number is None else str(number)


def _near(mention: Mention, places: list[Mention], ends: Clauses) -> Iterable[Mention]:
    """The body parts and sides of the same clause, or else of the sentence."""
    left, right = ends.left(mention.first), ends.right(mention.last, soft=True)
    own = [place for place in places if left <= place.first < right]
    return own or places


def _values(
    raw: str,
    words: tuple[Token, ...],
    found: tuple[Mention, ...],
    marks: tuple[Marks, ...],
    ends: Clauses,
) -> dict[int, str]:
    """Whether each sign is told as normal or not, by its place among the mentions.

    "Strength, sensation and reflexes were normal": a sign without a value of its own has that of
    the next one, where only commas and "and" stand between.
    """
    signs = [at for at, mention in enumerate(found) if mention.kind == SIGN]
    values: dict[int, str] = {}
    for order in range(len(signs) - 1, -1, -1):
        at = signs[order]
        following = signs[order + 1] if order + 1 < len(signs) else None
        concept = concepts()[found[at].name]
        if concept.value:
            negative = marks[at].denied or marks[at].undocumented
            negative = negative or _absent(found, at, ends)
            values[at] = _OPPOSITE[concept.value] if negative else concept.value
            continue
        own = _value_word(raw, words, found, marks, ends, at, following)
        if not own and following is not None:
            between = raw[found[at].end : found[following].start]
            if _JOINED.fullmatch(between):
                own = values.get(following, "")
        if own:
            values[at] = own
    return values


def _absent(found: tuple[Mention, ...], at: int, ends: Clauses) -> bool:
    """A finding that is itself told as negative or absent: "weakness was absent"."""
    following = found[at + 1] if at + 1 < len(found) else None
    return (
        following is not None
        and following.kind == VALUE
        and following.name == "v normal"
        and following.first - found[at].last <= 2
        and following.first < ends.right(found[at].last, soft=True)
    )


def _value_word(
    raw: str,
    words: tuple[Token, ...],
    found: tuple[Mention, ...],
    marks: tuple[Marks, ...],
    ends: Clauses,
    at: int,
    following: int | None,
) -> str:
    """The value that belongs to a sign: right before it, or behind it before the next sign."""
    sign = found[at]
    until = found[following].start if following is not None else len(raw)
    until = min(until, _start(words, ends.right(sign.last), len(raw)))
    graded = _GRADED.search(raw, sign.end, until)
    if graded and sign.name == "rom":
        # The strength of a motion, not how far it goes.
        return ""
    if graded:
        grade = graded[1] or graded[2]
        return "" if grade == "5-" else NORMAL if grade[0] == "5" else ABNORMAL
    if sign.name == "rom" and _is_stiff(raw, sign, until):
        return ABNORMAL
    behind = [
        (m.first - sign.last, index)
        for index, m in enumerate(found)
        if m.kind == VALUE and sign.end <= m.start < until
    ]
    left = ends.left(sign.first)
    before = [
        (sign.first - m.last, index)
        for index, m in enumerate(found)
        if m.kind == VALUE and m.last <= sign.first and m.first >= left
    ]
    close = [pair for pair in before if pair[0] <= 2]
    chosen = min(close or behind or [pair for pair in before if pair[0] <= 6], default=None)
    if chosen is None:
        return NORMAL if marks[at].denied and sign.name in _TESTS else ""
    if (
        sign.name in _TESTS
        and raw[found[chosen[1]].start : found[chosen[1]].end].lower() == "absent"
    ):
        return NORMAL
    value = concepts()[found[chosen[1]].name].value
    flipped = marks[chosen[1]].denied and marks[chosen[1]].near <= 1
    return _OPPOSITE[value] if flipped else value


def _is_stiff(raw: str, sign: Mention, until: int) -> bool:
    """Degrees far below what any joint has of the motion."""
    degrees = _DEGREES.search(raw, sign.end, until)
    motion = raw[sign.start : sign.end].lower()
    least = next((most for name, most in _STIFF.items() if motion.endswith(name)), 0)
    return degrees is not None and int(degrees[1]) <= least


def _start(words: tuple[Token, ...], token: int, end: int) -> int:
    return words[token].start if token < len(words) else end


def _count_at(raw: str, mention: Mention) -> tuple[int | None, int]:
    """The number of visits told with a treatment, and its place: in front of it or behind it."""
    just = _OF_IT.search(raw, 0, mention.start)
    if just is not None:
        return as_number(just[1]), just.start()
    best: tuple[int, int, int] | None = None
    for match in _COUNT.finditer(raw):
        number = as_number(next(group for group in match.groups() if group))
        if number is None:
            continue
        distance = max(0, mention.start - match.end(), match.start() - mention.end)
        if distance <= 40 and (best is None or distance < best[0]):
            best = (distance, number, match.start())
    return (best[1], best[2]) if best else (None, 0)


def _scores(raw: str) -> tuple[Score, ...]:
    found: list[Score] = []
    for match in _SCORE.finditer(raw):
        first = match["bare"] or match["low"]
        low, high = _points(first), _points(match["high"] or first)
        if high <= 10 and low <= 10:
            found.append(Score(min(low, high), max(low, high), match.start(), match.end(), 0))
    return tuple(found)


def _points(word: str) -> float:
    return float(word) if word[0].isdecimal() else float(as_number(word) or 0)


__all__ = [
    "ABNORMAL",
    "CUE_KINDS",
    "NORMAL",
    "Fact",
    "Score",
    "read_sentence",
]
