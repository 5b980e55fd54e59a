"""Whether each sign of an examination or a study is told as normal or not, in whatever words.

By a word of praise or blame beside it, a grade of strength, degrees of motion, two sides that differ,
or by whether a test hurts.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from app.services.language.context import Clauses, Marks
from app.services.language.terms import DIAGNOSIS, PART, SIGN, VALUE, Mention, Token, concepts

NORMAL, ABNORMAL = "normal", "abnormal"
_OPPOSITE = {NORMAL: ABNORMAL, ABNORMAL: NORMAL}
# What joins two signs that have one value: "Tinel's sign and Phalen's maneuver were positive".
_JOINED = re.compile(
    r"(?:['’]s?)?(?:\s+(?:signs?|tests?|maneuvers?|testing))?[\s,/]*(?:and|or|nor|&)?\s*(?:[a-z]+\s)?",
    re.I,
)
GRADED = re.compile(
    r"(?<![\d/])([0-5][+-]?)\s?/\s?5(?![\d/])|(?<![\d/])([0-5][+-]?) out of 5\b", re.I
)
_DEGREES = re.compile(r"\b(\d{1,3})\s*(?:degrees?|deg\b|°)", re.I)
_STIFF = {
    "dorsiflexion": 0, "plantar flexion": 10, "forward flexion": 60, "flexion": 25, "abduction": 15,
    "internal rotation": 15, "external rotation": 15,
}  # fmt: skip
"""Degrees that are too few at any joint, by the motion's name; the longer names first."""
_FLEXES = {"low_back": 45, "hip": 90, "knee": 100, "shoulder": 120}
"""Degrees of flexion up to which these are stiff."""
_OF_A_STUDY = re.compile(
    r"(?:un)?remarkable|normal|abnormal|negative|positive|within|wnl|intact|benign|clear\b|unrevealing|no (?:abnormal|deficit|loss)|nothing|denervation|severe|impaired|delayed|prolonged|slow|showed|found nothing|without abnormal",
    re.I,
)
"""What a study is called by what it shows; "appropriate" and "good" are said of asking for it."""
_NO_RESULT = re.compile(
    r"\s+(?:evidence|correlation|confirmation|criteria|findings? (?:of|that)|request|guideline)",
    re.I,
)
# Signs that are elicited: not there is normal.
_NO_PAIN = re.compile(
    r"\b(?:no|without|any|free of|not|nor|never)\b[^.;]{0,24}?\b(?:pain\w*|symptoms?|hurt\w*|discomfort|complaints?|tingling|click|response|reaction)|\bpainless|\bdid(?: not|n't) (?:hurt|provoke|reproduce|elicit|cause)",
    re.I,
)
_PAIN = re.compile(
    r"\b(?:pain\w*|hurt\w*|sore|discomfort|symptom\w*|tingling|reproduc\w+|provok\w+)\b", re.I
)
_WHOLE = re.compile(
    r"(?:\s+(?:of|in|at)\s+(?:the|his|her)?\s*(?:\w+\s+){1,3}?)?\s*(?:is|was|were|remains?|being)?\s*(?:now\s+)?(?:complete|full|free|unrestricted)\b(?! thickness)",
    re.I,
)
_SHOWED = re.compile(
    r"(?:\s+(?:tests?|testing|signs?|exam\w*|maneuvers?|stress))*\s+(?:showed|shows|showing|revealed|reveals|demonstrated|demonstrates|disclosed|found|finds|elicited|gave|brought out|with)\s+(?:[a-z]+\s+){0,3}",
    re.I,
)
_SEEN_ON = re.compile(
    r"[^.;]{0,30}?\b(?:seen|shown|found|evident|noted|visible|demonstrated|present|revealed|apparent|documented|confirmed|detected|identified)\s+(?:on|by|in|with)\s+(?:the\s+|an?\s+|her\s+|his\s+)?(?:\w+\s+){0,2}",
    re.I,
)
_HARDLY = re.compile(r"\b(?:hardly|scarcely|barely|far from|anything but|by no means|not)\s", re.I)
_VERB = re.compile(r"\b(?:is|was|are|were)\b", re.I)
"""Of two such verbs behind a sign the second one is of something else."""
_PLUS_MINUS = re.compile(
    r"(?:(?P<plus>(?<![\d+])\+(?!\d)(?:ve)?|\bpos\b)|\(-\)|(?<=\s)-ve\b|\bneg\b)", re.I
)
_PLUS_BEFORE = re.compile(r"(?:(?P<plus>(?<!\d)\+(?:ve)?\s?|\bpos\.? )|\(-\)\s?|\bneg\.? )$", re.I)
_RIGHT_BEFORE, _LITTLE_BEFORE = 2, 6
"""Words between a word of praise or blame and the sign behind it."""
_TESTS = frozenset(
    ("slr", "spurling", "tinel", "phalen", "nerve tests", "provocation", "finkelstein", "impingement", "drop arm", "obrien",
     "mcmurray", "lachman", "resisted", "apprehension", "faber", "facet loading", "hoffmann")
)  # fmt: skip


class _Sentence(NamedTuple):
    """A sentence as it was read so far: its terms and what its cues mark."""

    raw: str
    words: tuple[Token, ...]
    found: tuple[Mention, ...]
    marks: tuple[Marks, ...]
    ends: Clauses

    def until(self, sign: Mention, following: int | None) -> int:
        """Where what is told of a sign ends: at the next one, or with its clause."""
        end = self.found[following].start if following is not None else len(self.raw)
        return min(end, _start(self.words, self.ends.right(sign.last), len(self.raw)))

    def said(self, at: int) -> str:
        """A mention as it stands there."""
        return self.raw[self.found[at].start : self.found[at].end]


def sign_values(
    raw: str,
    words: tuple[Token, ...],
    found: tuple[Mention, ...],
    marks: tuple[Marks, ...],
    ends: Clauses,
) -> dict[int, str]:
    """Whether each sign is told as normal or not, by its place among the mentions."""
    sentence = _Sentence(raw, words, found, marks, ends)
    signs = [at for at, mention in enumerate(found) if mention.kind == SIGN]
    values: dict[int, str] = {}
    behind = dict(pairwise(signs))
    for at in reversed(signs):
        following = behind.get(at)
        value = _own_value(sentence, at, following)
        value = value or _shared_value(sentence, at, following, values)
        if value:
            values[at] = value
    for at, following in behind.items():
        # "The drawer test showed laxity."
        between = raw[found[at].end : found[following].start]
        if at not in values and values.get(following) and _SHOWED.fullmatch(between):
            values[at] = values[following]
    for at in signs:
        # A study that shows something is no normal one.
        if at not in values and _shows_something(sentence, at, signs, values):
            values[at] = ABNORMAL
    return values


def _own_value(sentence: _Sentence, at: int, following: int | None) -> str:
    """What the sign itself says ("weakness"), or else what is said of it."""
    value = concepts()[sentence.found[at].name].value
    if not value:
        return _value_told(sentence, at, following)
    mark = sentence.marks[at]
    negative = (
        mark.denied or mark.undocumented or _absent(sentence.raw, sentence.found, at, sentence.ends)
    )
    return _OPPOSITE[value] if negative else value


def _shared_value(
    sentence: _Sentence, at: int, following: int | None, values: dict[int, str]
) -> str:
    """The value of the next sign, where only commas and "and" stand between: "Strength, sensation
    and reflexes were normal"."""
    if following is None:
        return ""
    between = sentence.raw[sentence.found[at].end : sentence.found[following].start]
    return values.get(following, "") if _JOINED.fullmatch(between) else ""


def _shows_something(
    sentence: _Sentence, at: int, signs: list[int], values: dict[int, str]
) -> bool:
    """Whether a study without a value of its own has findings, or a diagnosis, behind it."""
    found = sentence.found
    if concepts()[found[at].name].group != "result" or sentence.marks[at].asked:
        return False
    shown = [values.get(one) for one in signs if found[one].start > found[at].start]
    return ABNORMAL in shown or (NORMAL not in shown and _names_diagnosis(sentence, at))


def _names_diagnosis(sentence: _Sentence, at: int) -> bool:
    """Whether a diagnosis that is not denied stands behind a study."""
    return any(
        mention.kind == DIAGNOSIS
        and (
            mention.start > sentence.found[at].start
            or _SEEN_ON.fullmatch(sentence.raw, mention.end, sentence.found[at].start)
        )
        and not sentence.marks[one].negative
        for one, mention in enumerate(sentence.found)
    )


def _absent(raw: str, found: tuple[Mention, ...], at: int, ends: Clauses) -> bool:
    """A finding that is itself told as negative or absent: "weakness was absent"."""
    following = found[at + 1] if at + 1 < len(found) else None
    return (
        following is not None
        and not _HARDLY.search(raw, found[at].end, following.start)
        and following.kind == VALUE
        and following.name == "v normal"
        and following.first - found[at].last <= 2
        and following.first < ends.right(found[at].last, soft=True)
    )


def _value_told(sentence: _Sentence, at: int, following: int | None) -> str:
    """The value that is told of a sign: measured, by a word beside it, or by a mark or by pain."""
    sign = sentence.found[at]
    until = sentence.until(sign, following)
    measured = _measured(sentence, sign, until)
    if measured is not None:
        return measured
    word = _value_word(sentence, sign, until)
    if word is not None:
        return _by_word(sentence, sign, word)
    noted = _noted(sentence.raw, sign, until)
    if noted or sign.name not in _TESTS:
        return noted
    return _by_pain(sentence.raw, sign, until, sentence.marks[at].denied)


def _measured(sentence: _Sentence, sign: Mention, until: int) -> str | None:
    """By a grade, a force or degrees; None where nothing was measured."""
    raw = sentence.raw
    graded = GRADED.search(raw, sign.end, until)
    if graded and sign.name == "rom":
        # The strength of a motion, not how far it goes.
        return ""
    if sign.name == "rom" and _WHOLE.match(raw, sign.end):
        return NORMAL
    if sign.name == "grip" and _differs_by_side(raw, sign, until):
        return ABNORMAL
    if graded:
        grade = graded[1] or graded[2]
        return "" if grade == "5-" else NORMAL if grade[0] == "5" else ABNORMAL
    if sign.name == "rom" and _is_stiff(raw, sign, until, sentence.found):
        return ABNORMAL
    return None


def _value_word(sentence: _Sentence, sign: Mention, until: int) -> int | None:
    """Which word of praise or blame belongs to a sign: right before it, behind it before the next
    sign, or a little before it."""
    left = sentence.ends.left(sign.first)
    words = [(index, m) for index, m in enumerate(sentence.found) if m.kind == VALUE]
    behind = [
        (m.first - sign.last, at)
        for at, m in words
        if sign.end <= m.start < until and len(_VERB.findall(sentence.raw, sign.end, m.start)) < 2
    ]
    before = [
        (sign.first - m.last, at) for at, m in words if left <= m.first and m.last <= sign.first
    ]
    if sentence.ends.hard[sign.first]:
        before = []  # "Spurling negative; Phalen positive"
    elif sentence.ends.soft[sign.first] and behind and min(behind)[0] <= _RIGHT_BEFORE:
        before = []
    close = [pair for pair in before if pair[0] <= _RIGHT_BEFORE]
    chosen = close or behind or [pair for pair in before if pair[0] <= _LITTLE_BEFORE]
    return min(chosen)[1] if chosen else None


def _by_word(sentence: _Sentence, sign: Mention, at: int) -> str:
    """What a word says of a sign, which is not always what it says by itself."""
    said = sentence.said(at)
    if sign.name in _TESTS and said.lower() == "absent":
        return NORMAL
    if concepts()[sign.name].group == "result" and (
        not _OF_A_STUDY.match(said) or _NO_RESULT.match(sentence.raw, sign.end)
    ):
        return ""
    if sign.name == "reflex" and said.lower() == "present":
        return NORMAL
    mark, value = sentence.marks[at], concepts()[sentence.found[at].name].value
    word = sentence.found[at]
    if _HARDLY.search(sentence.raw, max(0, word.start - 14), word.start):
        return _OPPOSITE[value]
    return _OPPOSITE[value] if mark.denied and mark.near <= 1 else value


def _noted(raw: str, sign: Mention, until: int) -> str:
    """A sign told by a plus or a minus: "SLR (+)", "+ Phalen", "Tinel neg"."""
    noted = _PLUS_MINUS.search(raw, sign.end, until) or _PLUS_BEFORE.search(raw, 0, sign.start)
    if noted is None:
        return ""
    return ABNORMAL if noted["plus"] else NORMAL


def _by_pain(raw: str, sign: Mention, until: int, denied: bool) -> str:
    """A test told by whether it hurts: "raising the leg gave no pain"."""
    if denied or _NO_PAIN.search(raw, sign.end, until):
        return NORMAL
    return ABNORMAL if _PAIN.search(raw, sign.end, until) else ""


def _differs_by_side(raw: str, sign: Mention, until: int) -> bool:
    """Two measured forces of which one is far below the other: "30 pounds right, 55 left"."""
    found = [
        int(match[0])
        for match in re.finditer(r"(?<![\d/.])\d{1,3}(?![\d/.])", raw[sign.end : until])
    ]
    return len(found) >= 2 and min(found[:2]) < 0.8 * max(found[:2])


def _is_stiff(raw: str, sign: Mention, until: int, found: tuple[Mention, ...]) -> bool:
    """Degrees far below what the joint, or else any joint, has of the motion."""
    degrees = _DEGREES.search(raw, sign.end, until)
    motion = raw[sign.start : sign.end].lower()
    least = next((most for name, most in _STIFF.items() if motion.endswith(name)), 0)
    if motion.endswith("flexion"):
        parts = [_FLEXES[m.name] for m in found if m.kind == PART and m.name in _FLEXES]
        least = max(parts, default=least)
    return degrees is not None and int(degrees[1]) <= least


def _start(words: tuple[Token, ...], token: int, end: int) -> int:
    return words[token].start if token < len(words) else end
