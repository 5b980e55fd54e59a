"""Whether each sign of an examination or a study is told as normal or not, in whatever words.

By a word of praise or blame beside it, a grade of strength, degrees of motion, two sides that differ,
or by whether a test hurts.
"""

from __future__ import annotations

import re

from app.services.language.context import Clauses, Marks
from app.services.language.terms import DIAGNOSIS, PART, SIGN, VALUE, Mention, Token, concepts

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
    r"\b(?:no|without|any|free of|not|nor|never)\b[^.;]{0,24}?\b(?:pain\w*|symptoms?|hurt\w*|discomfort|complaints?|tingling|click)|\bpainless|\bdid(?: not|n't) (?:hurt|provoke|reproduce|elicit|cause)",
    re.I,
)
_PAIN = re.compile(
    r"\b(?:pain\w*|hurt\w*|sore|discomfort|symptom\w*|tingling|reproduc\w+|provok\w+)\b", re.I
)
_WHOLE = re.compile(
    r"(?:\s+(?:of|in|at)\s+(?:the|his|her)?\s*(?:\w+\s+){1,3}?)?\s*(?:is|was|were|remains?|being)?\s*(?:now\s+)?(?:complete|full|free|unrestricted)\b(?! thickness)",
    re.I,
)
_VERB = re.compile(r"\b(?:is|was|are|were)\b", re.I)
"""Of two such verbs behind a sign the second one is of something else."""
_PLUS_MINUS = re.compile(
    r"(?:(?P<plus>(?<![\d+])\+(?!\d)(?:ve)?|\bpos\b)|\(-\)|(?<=\s)-ve\b|\bneg\b)", re.I
)
_PLUS_BEFORE = re.compile(r"(?:(?P<plus>(?<!\d)\+(?:ve)?\s?|\bpos\.? )|\(-\)\s?|\bneg\.? )$", re.I)
_TESTS = frozenset(
    ("slr", "spurling", "tinel", "phalen", "nerve tests", "finkelstein", "impingement", "drop arm", "obrien",
     "mcmurray", "lachman", "resisted", "apprehension", "faber", "facet loading", "hoffmann")
)  # fmt: skip


def sign_values(
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
    for at in signs:
        # A study that shows something is no normal one.
        if at not in values and concepts()[found[at].name].group == "result":
            shown = [values.get(one) for one in signs if found[one].start > found[at].start]
            named = any(
                m.kind == DIAGNOSIS and m.start > found[at].start and not marks[one].negative
                for one, m in enumerate(found)
            )
            if (ABNORMAL in shown or (named and NORMAL not in shown)) and not marks[at].asked:
                values[at] = ABNORMAL
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
    measured = _measured(raw, sign, until, found)
    if measured is not None:
        return measured
    behind = [
        (m.first - sign.last, index)
        for index, m in enumerate(found)
        if m.kind == VALUE
        and sign.end <= m.start < until
        and len(_VERB.findall(raw, sign.end, m.start)) < 2
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
        noted = _noted(raw, sign, until)
        if noted:
            return noted
    if sign.name in _TESTS and chosen is None:
        return _by_pain(raw, sign, until, marks[at].denied)
    if chosen is None:
        return ""
    if (
        sign.name in _TESTS
        and raw[found[chosen[1]].start : found[chosen[1]].end].lower() == "absent"
    ):
        return NORMAL
    value = concepts()[found[chosen[1]].name].value
    told = raw[found[chosen[1]].start : found[chosen[1]].end]
    if concepts()[sign.name].group == "result" and (
        not _OF_A_STUDY.match(told) or _NO_RESULT.match(raw, sign.end)
    ):
        return ""
    if sign.name == "reflex" and told.lower() == "present":
        return NORMAL
    flipped = marks[chosen[1]].denied and marks[chosen[1]].near <= 1
    return _OPPOSITE[value] if flipped else value


def _measured(raw: str, sign: Mention, until: int, found: tuple[Mention, ...]) -> str | None:
    """What a grade, degrees or forces say of a sign; empty where they say neither, None without any."""
    graded = _GRADED.search(raw, sign.end, until)
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
    if sign.name == "rom" and _is_stiff(raw, sign, until, found):
        return ABNORMAL
    return None


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
