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
from app.services.language.gains import gains
from app.services.language.matching import mentions, tokens
from app.services.language.numbers import NUMBER, VISIT, as_number
from app.services.language.sign_values import ABNORMAL, GRADED, NORMAL, sign_values
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
    Mention,
    Token,
    concepts,
    wider,
)

_LEVEL = re.compile(r"\b[CTLS]\s?\d", re.I)
_COUNT = re.compile(
    rf"\b({NUMBER})(?:\s*\(\d+\))?(?:\s+(?:of|out of)\s+(?:the\s+)?(?:{NUMBER}))?[\s-]+(?:[a-z/-]+\s+){{0,4}}?(?:{VISIT}|(?:times|occasions)(?!\s+(?:a|an|per|each|every|weekly|daily|the|as|more)\b))\b"
    rf"|\b{VISIT}\s*(?:x|times|#|:)\s*({NUMBER})\b"
    rf"|\b(?:count|number|total|tally)\s+of\s+(?:[\w-]+\s+){{0,3}}?{VISIT}\s+(?:\w+\s+)?(?:stands at|is|was|reached|came to|comes to|has reached|totals|amounts to)\s+({NUMBER})\b"
    rf"|\b(once|twice|thrice)\b(?!\s*(?:a|per|daily|weekly|each|every|monthly)\b)|(?:^|[\s(])x\s?({NUMBER})\b(?!\s*(?:weeks?|months?|years?|per|days?|/))",
    re.I,
)
_NOT_IN_VISITS = frozenset(("injection", "surgery", "imaging", "electrodiagnostic"))
_OF_IT = re.compile(rf"\b({NUMBER})\s+of\s+(?:(?:the|his|her)\s+)?(?:{NUMBER}\s+)?$", re.I)
_OF_THEM = re.compile(
    rf"\b(?:attend\w*|complet\w*|kept|used|took|had|received|went to|made|finished|participated in)\s+(?:only\s+|just\s+|but\s+)?({NUMBER})\s+of\s+(?:them|these|those|which)\b",
    re.I,
)
"""Of what was granted, how many were had: "authorized twelve but attended nine of them"."""
_ONE = ("single", "just one", "only one", "one")
_SO_MANY = re.compile(
    rf"(?<![\w/.-])(?<!of )(?!\d{{4}})(single|(?:just|only) one|{NUMBER})\s+(?:(?!(?:of|for|and|or|in|on|to|at|with|by|week|month|day|year|hour|visit|session|treatment|time|milligram|mg|level|after|before|since|following|yard|feet|foot|mile|block|minute|second|degree|pound|a|an|the|point|percent|was|were|is|are|had|has)s?\b)[a-z][a-z-]*\s+){{0,3}}$",
    re.I,
)
"""A number right before what is counted: "two prior epidural injections"."""
_TIMES = re.compile(
    rf"\s*(?:injections?\s*)?\(?(?:x\s?|times\s+)({NUMBER})\b(?!\s*(?:weeks?|months?|/|times))|\s+({NUMBER})\s+times\b",
    re.I,
)
_MEASURED = re.compile(
    rf"\s*(?:\(\w+\)\s*)?(?:score|level|index|dose|strength)?\s*(?:(?:of|on|dated|from)\s+\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}},?\s+)?(?:is|was|of|at|:|=|being|measured at|measured|reported as|calculated at)*\s*(?:(?:(?:fell|dropped|declined|improved|rose|went|came|has come|has gone|decreased|increased|changed|stood|stands|now|only|just)(?: (?:down|up|back))?(?: from \d+(?:\.\d+)?)?(?: (?:to|at))?|no more than|not more than|not over|over|more than|up to|as (?:much|many|high|low) as|he scored|she scored|he had|she had|at most|about|approximately|at|as|to|reported at|an?|c[ao]mes? (?:out )?(?:at|to)|read(?:s|ing)?|stands at|total(?:s|ed)|equals?|on that day|per day|a day|daily|index|inventory|depression|lifting|II|2(?=\s+(?:was|is|of|score)))\s+)*(?P<value>\d+(?:[.,]\d+)?(?:/\d+)?|(?i:{NUMBER}))\b",
    re.I,
)
_MEASURED_BEFORE = re.compile(
    r"(?<![\d/.-])(?P<value>\d+(?:\.\d+)?)[\s-]*(?:mg|milligrams?|pounds?|lbs?|kg)?\.?[\s-]*(?:of\s+|in\s+)?(?:oral\s+)?$",
    re.I,
)
_TO_TEN = "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)"
_SCORE = re.compile(
    rf"\b(?:VAS|NRS)\s+(?:(?:pain\s+)?(?:score|rating)\s+)?(?:(?:was|is|of|at|stood at|came to)\s+|=\s?|:\s?)?(?P<bare>\d{{1,2}}(?:\.\d)?|{_TO_TEN})(?![\w/%-]|\.\d|\s*(?:mm|of|out|over|on|to|months?|weeks?|days?)\b)"
    rf"|(?<![\w./-])(?P<low>\d{{1,2}}(?:\.\d)?|{_TO_TEN})(?:\s*(?:-|–|to|and)\s*(?P<high>\d{{1,2}}(?:\.\d)?|{_TO_TEN}))?\s*(?:/|out of|of(?= (?:a possible )?(?:10|ten)\b(?! (?:visits|sessions|treatments|days|patients)))|over|(?:on|using|by) (?:an?|the)\s+(?:\w+\s+){{0,2}}?(?:scale (?:of|from)\s+)?(?=(?:0|zero|1|one)?\s*(?:-|–|to)?\s*(?:10|ten)\b))\s*(?:a possible )?(?:(?:0|zero|1|one)\s*(?:-|–|to)\s*)?(?:10|ten)\b(?!\s*(?:mg|/|-\d))",
    re.I,
)
_FELL = re.compile(
    rf"\b(?:pain|VAS|scores?)\b[^.;]{{0,30}}?\bfrom\s+(?:an?\s+)?(?P<one>\d|10|{_TO_TEN})\s+(?:down\s+|up\s+)?to\s+(?:an?\s+)?(?P<other>\d|10|{_TO_TEN})(?![\w/%-]|\.\d|\s+(?:months?|weeks?|days?|years?))",
    re.I,
)
"""Points of pain before and after, without the ten they are out of."""
_STUDIES = frozenset(("imaging", "electrodiagnostic", "lab"))
_MUSCLE = re.compile(
    r"\b(?:biceps|triceps|deltoid|quadriceps|quads?|hamstrings?|EHL|hallucis|toe|thumb|wrist|finger|ankle|knee|hip|elbow|shoulder|arm|leg|rotat\w+|abduct\w*|adduct\w*|flex\w*|exten\w*|ever\w+|inver\w+|dorsiflex\w*|supinat\w*|pronat\w*|opposition|intrinsics?|interossei|thenar|supraspinatus|infraspinatus|gastrocnemius|tibialis|psoas|muscles?|motor|myotomes?|strength|power|extremit\w+|limbs?)\b",
    re.I,
)
_DONE_TO = re.compile(
    r"\b(?:was|were|been)\s+(?:then\s+|again\s+|twice\s+|once\s+)?(?:injected|infiltrated|instilled|placed|operated|repaired|fused|scoped|removed|released|decompressed|excised|resected|manipulated|needled|reconstructed|replaced)\b",
    re.I,
)
_CLOSE_BEHIND = 24
_COURSES = frozenset(("therapy", "psych"))
"""Groups, and the word for any of them, of what is had so many times."""
_ASKED_FOR = re.compile(
    r"\b(?:request\w*|RFA|ask\w*|order\w*|authoriz\w*|certif\w*|den(?:y|ied|ial|ies)|UR|utilization|approv\w*|allow\w*|recommend\w*|advis\w*|plan\w*|propos\w*|suggest\w*|want\w*|seek\w*|sought|prescri\w*"
    r"|more|additional|further|next|another|will|would|should|needs?|may|could|can|necess\w*|guidelines?|MTUS|ODG|ACOEM|up to|maximum|trial|first|initial|submitted|refer\w*|excess\w*|exceed\w*|appropriate|postop\w*|post-op\w*|renew\w*|extend\w*)\b",
    re.I,
)
"""Where so many visits are told of, but may be wanted or allowed and not had."""
_EVENTS = frozenset(("surgery", "injection"))
_ITS_DAY = re.compile(
    r"[^.;:,]{0,40}?(?:\bof\s|\bon\s|\bdated\s|\bfrom\s|\bin\s|\(|,\s|\s)(?:\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|(?:19|20)\d\d\b|[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(?:19|20)\d\d)"
)
"""Behind a study: its day, its month or its year."""
_ALL_TOLD = re.compile(
    r"[\w-]+\s+(?:[\w-]+\s+){0,3}?(?:in all|all told|altogether|to date|so far|by now|(?:through|until|up to) (?:[A-Z]\w+ )?(?:\d{1,2}[/-]\d|(?:19|20)\d\d))"
)
"""A number of visits that is the sum of what was had."""
_HAD_BY = re.compile(
    r"\s*,?\s*(?:that\s+|which\s+)?(?:he|she|(?:the|this|our) (?:\w+ )?(?:patient|worker|claimant|applicant|man|woman|lady|gentleman)|M(?:r|s|rs)\.?\s\w+)\s+(?:(?:has|had)\s+)?(?:already\s+|once\s+|previously\s+|evidently\s+)?"
    r"(?:(?!need|request|ask|want|refus|declin|propos|consider|plan)\w+ed|went|gone|got|had|took|taken|kept|sat|bore|felt|found|saw|made|gave|given|underwent|undergone|swallowed)\b"
    r"|,?\s+(?:which|that)\s+(?:then\s+|only\s+|has\s+|had\s+)?(?:(?!need|request|includ|involv|requir|follow)\w+ed|gave|took|brought|did|made|left|led|cut|kept|held|wore|went)\b"
    r"|\s+(?:\w+\s+){0,2}?(?:last|this past|the past)\s+(?:spring|summer|fall|autumn|winter|year|month|week|January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.I,
)
"""Behind a treatment: that the patient had it, or when not long ago."""
_CAME_OF = re.compile(
    r"\b(?:(?:response|reaction|relief|benefit|gains?|scars?|scarring|scar tissue|adhesions|effects?|results?|outcome|aftermath|recovery) (?:to|from|of|after|following)|which followed)\s+(?:(?:the|her|his|that|this|an?)\s+)?(?:(?!request|propos|plan)[\w-]+\s+){0,2}$",
    re.I,
)
"""In front of it: what came of it."""


def _is_had_by(raw: str, mention: Mention) -> bool:
    """Whether the words around a treatment tell it as this patient's own and over."""
    return bool(_HAD_BY.match(raw, mention.end) or _CAME_OF.search(raw, 0, mention.start))


_OFFERED = re.compile(
    r"\b(?:offer|recommend|propos|plan|advis|schedul|declin|refus|suggest|discuss|contemplat|postpon|cancel)\w*",
    re.I,
)
"""Told with a day on which it was not done yet."""
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
        return self.marks.negative


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
    values = sign_values(raw, words, found, marks, ends)
    yield from _graded(raw, words, found, marks, ends, values)
    yield from _changed(raw)
    marks = tuple(_as_done(raw, at, found, marks, values) for at in range(len(found)))
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


def _changed(raw: str) -> Iterator[Fact]:
    """Function told as better by its numbers."""
    for start, end in gains(raw):
        yield Fact(OUTCOME, "functional improvement", start, end, 0, Marks())


def _graded(
    raw: str,
    words: tuple[Token, ...],
    found: tuple[Mention, ...],
    marks: tuple[Marks, ...],
    ends: Clauses,
    values: dict[int, str],
) -> Iterator[Fact]:
    """Grades of five with no sign in front that has them: "right biceps 4/5" is one of strength."""
    places = [m for m in found if m.kind in (PART, SIDE)]
    for match in GRADED.finditer(raw):
        at = next((n for n, word in enumerate(words) if word.start >= match.start()), len(words))
        left = ends.left(at)
        own = [n for n, m in enumerate(found) if m.kind == SIGN and left <= m.first < at]
        grade = match[1] or match[2]
        if not left < at or any(values.get(n) and "strength" in wider(found[n].name) for n in own):
            continue
        if own and found[own[-1]].name not in ("rom", "sensation"):
            continue
        if grade == "5-" or not _MUSCLE.search(raw, words[left].start, match.start()):
            continue
        near = [place for place in places if left <= place.first <= at + 3]
        yield Fact(
            SIGN,
            "strength",
            match.start(),
            match.end(),
            0,
            Marks(),
            NORMAL if grade[0] == "5" else ABNORMAL,
            frozenset(m.name for m in near if m.kind == PART),
            frozenset(m.name for m in near if m.kind == SIDE),
        )


def _as_done(
    raw: str, at: int, found: tuple[Mention, ...], marks: tuple[Marks, ...], values: dict[int, str]
) -> Marks:
    """A study told with its day or with what it showed was done, in however few words."""
    mention, mine = found[at], marks[at]
    if mention.kind == TREATMENT and not mine.negative and _OF_THEM.search(raw):
        return mine._replace(done=True, asked=False)
    if _is_told_done(raw, at, found, marks):
        return mine._replace(done=True)
    group = concepts()[mention.name].group if mention.kind == TREATMENT else ""
    if group not in _STUDIES and group not in _EVENTS:
        return mine
    if mine.done or mine.asked or mine.negative or mine.hedged or mine.source:
        return mine
    shown = any(
        group in _STUDIES
        and (values.get(one) or found[one].kind == ATTRIBUTE)
        and found[one].start >= mention.start
        and not marks[one].hedged
        for one in range(len(found))
    )
    day = _ITS_DAY.match(raw, mention.end)
    return mine._replace(done=shown or (day is not None and not _OFFERED.search(day[0])))


def _is_told_done(raw: str, at: int, found: tuple[Mention, ...], marks: tuple[Marks, ...]) -> bool:
    """Whether its verb, its number or what came of it tells that it was had."""
    mention, mine = found[at], marks[at]
    if mention.kind not in (TREATMENT, DRUG) or not mine.plain or mine.negative:
        return False
    if not mine.done and _is_had_by(raw, mention):
        return True
    if mention.kind == TREATMENT and not mine.done:
        # "Kenalog was injected into the sheath", "the cuff was repaired"
        if _DONE_TO.search(raw, max(0, mention.start - 16), mention.end) is not None:
            return True
        if _is_counted(raw, mention):
            return True
    return _came_to_nothing(raw, mention, found, marks)


def _is_counted(raw: str, mention: Mention) -> bool:
    """A course told with its number and asked for nowhere: "acupuncture x 18 (last in May)"."""
    if {concepts()[mention.name].group, mention.name}.isdisjoint(_COURSES):
        return False
    number, start = _count_at(raw, mention)
    if number is None:
        return False
    return not _ASKED_FOR.search(raw) or _ALL_TOLD.match(raw, start) is not None


def _came_to_nothing(
    raw: str, mention: Mention, found: tuple[Mention, ...], marks: tuple[Marks, ...]
) -> bool:
    """A treatment that failed was had: "an injection was of no avail"."""
    return any(
        other.name == "failed"
        and 0 <= other.start - mention.end <= _CLOSE_BEHIND
        and marks[n].plain
        and not marks[n].negative
        and ";" not in raw[mention.end : other.start]
        for n, other in enumerate(found)
        if other.kind == OUTCOME
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


def _count_at(raw: str, mention: Mention) -> tuple[int | None, int]:
    """The number of visits told with a treatment, and its place: in front of it or behind it."""
    some = _OF_THEM.search(raw)
    if some is not None:
        return as_number(some[1]), some.start(1)
    just = _OF_IT.search(raw, 0, mention.start) or _SO_MANY.search(raw, 0, mention.start)
    if just is not None:
        return (1 if just[1].lower() in _ONE else as_number(just[1])), just.start()
    times = _TIMES.match(raw, mention.end)
    if times is not None:
        return as_number(times[1] or times[2]), times.start()
    best: tuple[int, int, int] | None = None
    if concepts()[mention.name].group in _NOT_IN_VISITS:
        return None, 0
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
    for match in _FELL.finditer(raw) if not found else ():
        for name in ("one", "other"):
            points = _points(match[name])
            found.append(Score(points, points, *match.span(name), 0))
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
