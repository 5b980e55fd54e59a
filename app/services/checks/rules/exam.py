"""Rules on what was found: examination, imaging, pain scores and work, rationale against summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from app.services.checks.claims import SUMMARY
from app.services.checks.evidence import FELT
from app.services.checks.facts import SPINE, Facts, IssueFacts
from app.services.checks.naming import overlap, short
from app.services.checks.rules.motions import CONTRALATERAL, FORMER, motion
from app.services.checks.values import Hit, Quote
from app.services.language.dates import days_in
from app.services.language.facts import ABNORMAL, NORMAL, Fact
from app.services.language.seeking import seek
from app.services.language.terms import SIDE, SIGN, TREATMENT, VALUE, concepts, in_words
from app.services.language.texts import Text

# Told of imaging, not of the examination.
SEEN = re.compile(
    r"\b(?:MRI|CT|X-?rays?|radiograph\w*|imaging|EMG|NCV|NCS|scan|ultrasound|study|studies)\b", re.I
)
WHOLE = frozenset(
    (
        "neuro",
        "exam",
        "imaging result",
        "emg result",
        "nerve tests",
        "provocation",
        "stability",
        "red flag",
    )
)
SLIGHT = re.compile(
    r"\b(?:minimal(?:ly)?|mild(?:ly)?|slight(?:ly)?|trace|trivial|subtle|faint|negligible|minor)\b",
    re.I,
)
SEVERE = re.compile(
    r"\b(?:marked(?:ly)?|severe(?:ly)?|exquisite(?:ly)?|extreme(?:ly)?|intense(?:ly)?|profound(?:ly)?|pronounced|massive(?:ly)?|advanced|end-?stage|bone[ -]on[ -]bone|tricompartmental|gross(?:ly)?)\b",
    re.I,
)
BEHIND = re.compile(
    r"(?:\s+(?:was|is|were|are|remains?|which|judged|rated|graded|as|only|very|quite)\b)+\s+\w+"
)
# What is told of an examination behind what was complained of.
CLAUSES = re.compile(r"[;:]|,?\s+(?:but|and)\s+(?:on|the) exam\w*", re.I)
ONLY_WHERE = re.compile(r"\bonly (?:where|if|when|for)\b|^(?:if|when|whether|unless)\b", re.I)
ASPECTS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "medial|lateral|anterior|posterior|dorsal|volar",
        "median|ulnar|radial|peroneal|tibial|sural|femoral|axillary",
        "biceps|triceps|brachioradialis|patellar|achilles",
        "supraspinatus|infraspinatus|subscapularis",
    )
)
"""Words of which two tellings may each have one, and so tell of different things."""
WHOLE_LIMBS = frozenset(("arm", "leg", "limbs"))
OF_PART = {
    "grip": frozenset(("hand",)),
    "phalen": frozenset(("hand",)),
    "impingement": frozenset(("shoulder",)),
    "mcmurray": frozenset(("knee",)),
}
PERSONAL = frozenset(("symptom",))
DEFICITS = frozenset(
    (
        "numbness",
        "sensation",
        "weakness",
        "strength",
        "reflex loss",
        "atrophy",
        "reflex",
        "neuro deficit",
    )
)


def exam_contradicted(facts: Facts) -> Iterator[Hit]:
    """A finding told as normal that the summary tells as abnormal, or the other way round."""
    theirs = [fact for fact in facts.summary.of_kind(SIGN) if _found(fact, facts.summary)]
    if not theirs:
        return
    for issue in facts.issues:
        said: set[str] = set()
        for ours in issue.rationale.of_kind(SIGN):
            if not _found(ours, issue.rationale) or _group(ours) in said:
                continue
            if issue.rationale.sentences[ours.sentence].text not in issue.reasoned:
                continue
            against = _against(ours, theirs, facts, issue)
            if against is not None:
                said.add(_group(ours))
                yield _hit(facts, issue, ours, against)


BY_RECORD = re.compile(
    r"\b(?:notes?|reports?|records?|exam\w*|physician|provider|surgeon|doctor|chart|study|film)\s+(?:[\w/]+\s+){0,4}?(?:describe[sd]|state[sd]|report(?:s|ed)|felt)\b",
    re.I,
)


def _found(fact: Fact, text: Text) -> bool:
    """Told as found in this patient, by whoever examined or read the images."""
    if not fact.value or not fact.marks.plain or _group(fact) in PERSONAL:
        return False
    sentence = text.sentences[fact.sentence].text
    before = CLAUSES.split(sentence[: fact.start - text.place(fact.sentence)[0]])[-1]
    return not FELT.search(BY_RECORD.sub("", before)) and not seek(ONLY_WHERE, sentence)


def _against(ours: Fact, theirs: list[Fact], facts: Facts, issue: IssueFacts) -> Fact | None:
    """What the summary tells otherwise of the same sign, and nowhere as the rationale has it."""
    here = issue.rationale.in_sentence(ours.sentence)
    if ours.marks.undocumented or _is_of_other_side(ours, facts):
        return None
    theirs = [fact for fact in theirs if not _may_be_of_either(facts.summary, fact)]
    if (
        ours.name in WHOLE
        and ours.value == NORMAL
        and any(fact.value == ABNORMAL for fact in here if fact is not ours)
    ):
        return None
    family = [
        fact
        for fact in theirs
        if _same_sign(ours, fact)
        and _same_limb(ours, fact)
        and _same_aspect(ours, fact, issue, facts)
        and _same_way(ours, fact, issue, facts)
        and _same_region(ours, fact, issue, facts)
        and _same_time(ours, fact, issue, facts)
    ]
    if ours.name in WHOLE and ours.value == ABNORMAL:
        return _seen_as_normal(ours, family, theirs, facts, issue)
    exact = [
        fact
        for fact in family
        if fact.value == ours.value
        and (
            in_words(fact.name) == in_words(ours.name)
            or ({fact.name, ours.name}.isdisjoint(WHOLE) and ours.value == ABNORMAL)
        )
    ]
    other = [fact for fact in family if fact.value != ours.value]
    if exact and ours.value == ABNORMAL:
        return _graded_otherwise(ours, exact, facts, issue)
    return other[0] if other and not exact else None


def _is_of_other_side(ours: Fact, facts: Facts) -> bool:
    """Told of a side of which the letter is not: there it may well be otherwise."""
    known = facts.sides
    return bool(ours.sides) and len(known) == 1 and not ours.sides & (known | {"both"})


def _may_be_of_either(text: Text, fact: Fact) -> bool:
    """Whether a sentence tells of each side something else, "right severe, left normal", and the
    sign may be of either."""
    number = fact.sentence
    if len(fact.sides) == 1 and "both" not in fact.sides:
        return False
    named = {m.name for m in text.read[number].mentions if m.kind == SIDE}
    values = {m.name for m in text.read[number].mentions if m.kind == VALUE}
    values |= {f"v {fact.value}" for fact in text.in_sentence(number) if fact.value}
    return named >= {"left", "right"} and values >= {"v normal", "v abnormal"}


def _seen_as_normal(
    ours: Fact, family: list[Fact], theirs: list[Fact], facts: Facts, issue: IssueFacts
) -> Fact | None:
    """A study told as abnormal of which the summary tells as normal, and of no finding on any."""
    if ours.name not in ("imaging result", "emg result") or any(
        fact.value == ABNORMAL and ours.name in fact.cases_of for fact in theirs
    ):
        return None
    here = _studies(issue.rationale, ours)
    return next(
        (
            fact
            for fact in family
            if fact.name == ours.name and here and here == _studies(facts.summary, fact)
        ),
        None,
    )


def _studies(text: Text, fact: Fact) -> frozenset[str]:
    return frozenset(one.name for one in text.in_sentence(fact.sentence) if one.kind == TREATMENT)


def _graded_otherwise(
    ours: Fact, theirs: list[Fact], facts: Facts, issue: IssueFacts
) -> Fact | None:
    """A finding told as slight that the summary has only as severe, or the other way round."""
    mine = grade(issue.rationale, ours)
    grades = [grade(facts.summary, fact) for fact in theirs]
    if mine and all(other and other != mine for other in grades):
        return theirs[0]
    return None


@lru_cache(maxsize=4096)
def _grade_in(words: str) -> str:
    slight, severe = seek(SLIGHT, words), seek(SEVERE, words)
    return "" if bool(slight) == bool(severe) else "slight" if slight else "severe"


def grade(text: Text, fact: Fact) -> str:
    """Whether a finding is told as slight or as severe, right before it or in its own words."""
    start, _ = text.place(fact.sentence)
    before = re.split(r"[,;:]|\band\b", text.raw[start : fact.start])[-1]
    near = " ".join(before.split()[-4:])
    behind = BEHIND.match(text.raw, fact.end)
    return _grade_in(f"{near} {text.raw[fact.start : fact.end]} {behind[0] if behind else ''}")


def _same_sign(ours: Fact, theirs: Fact) -> bool:
    """The same sign, one a case of the other, or what a general statement is about."""
    if ours.name == "neuro deficit" and ours.value == NORMAL:
        # A deficit of any kind contradicts it; what pain does is told by the patient.
        return theirs.name in DEFICITS and ours.marks.near <= 3
    if ours.name == "nonfocal exam":
        return theirs.name in DEFICITS or "neuro" in theirs.cases_of
    return (
        ours.name in theirs.cases_of
        or in_words(ours.name) == in_words(theirs.name)
        or (theirs.name in ours.cases_of and (ours.value == ABNORMAL or theirs.name not in WHOLE))
    )


def _same_limb(one: Fact, other: Fact) -> bool:
    """Not told of the other side, nor one of an arm and the other of a leg."""
    if (
        one.sides
        and other.sides
        and not (one.sides | other.sides) & {"both"}
        and not one.sides & other.sides
    ):
        return False
    if one.fingers and other.fingers and not one.fingers & other.fingers:
        return False
    trunk = SPINE | {"back", "spine"}
    limbs = _limbs(one) - trunk, _limbs(other) - trunk
    return not all(limbs) or (
        overlap(*limbs) and (bool(limbs[0] & limbs[1]) or bool((limbs[0] | limbs[1]) & WHOLE_LIMBS))
    )


def _same_aspect(ours: Fact, theirs: Fact, issue: IssueFacts, facts: Facts) -> bool:
    """Not one told of the inner side of a joint, or of one nerve, and the other of another."""
    one = issue.rationale.sentences[ours.sentence].text.lower()
    other = facts.summary.sentences[theirs.sentence].text.lower()
    words = ((frozenset(p.findall(one)), frozenset(p.findall(other))) for p in ASPECTS)
    return all(not mine or not their or mine & their for mine, their in words)


OF_ARM = re.compile(
    r"\b(?:C[3-8]|biceps|triceps|brachioradialis|grip|pinch|upper (?:limb|extremit\w+)|arms?|hands?|wrists?|fingers?)\b",
    re.I,
)
OF_LEG = re.compile(
    r"\b(?:L[1-5]|S1|patellar|achilles|ankle|knee jerk|quadriceps|EHL|lower (?:limb|extremit\w+)|legs?|feet|foot|toes?)\b",
    re.I,
)


def _same_region(ours: Fact, theirs: Fact, issue: IssueFacts, facts: Facts) -> bool:
    """Not told of a root or a limb above and of one below."""
    one = issue.rationale.sentences[ours.sentence].text
    other = facts.summary.sentences[theirs.sentence].text
    arms, legs = ([bool(seek(p, s)) for s in (one, other)] for p in (OF_ARM, OF_LEG))
    return not (
        (arms[0] and not legs[0] and legs[1] and not arms[1])
        or (legs[0] and not arms[0] and arms[1] and not legs[1])
    )


def _limbs(fact: Fact) -> frozenset[str]:
    """The parts told with a sign, or else the part that it is a sign of."""
    return fact.parts or OF_PART.get(fact.name, frozenset())


def _same_time(ours: Fact, theirs: Fact, issue: IssueFacts, facts: Facts) -> bool:
    """Not told of two visits: of other days, or as something that had been."""
    one = issue.rationale.sentences[ours.sentence].text
    other = facts.summary.sentences[theirs.sentence].text
    if seek(FORMER, one) or seek(FORMER, other) or CONTRALATERAL.search(one + other):
        return False
    days = days_in(one), days_in(other)
    return not all(days) or bool(days[0] & days[1])


def _same_way(ours: Fact, theirs: Fact, issue: IssueFacts, facts: Facts) -> bool:
    """Both found by hand, or both seen on images; a tear is not felt for."""
    if _group(ours) in ("finding", "result"):
        return True
    one = seek(SEEN, issue.rationale.sentences[ours.sentence].text)
    other = seek(SEEN, facts.summary.sentences[theirs.sentence].text)
    return bool(one) == bool(other)


def _group(fact: Fact) -> str:
    return concepts()[fact.name].group


def _hit(facts: Facts, issue: IssueFacts, ours: Fact, theirs: Fact) -> Hit:
    here = issue.rationale.sentences[ours.sentence].text
    there = facts.summary.sentences[theirs.sentence].text
    return Hit(
        field=issue.field("rationale"),
        related=(SUMMARY,),
        told={
            "issue": str(issue.number),
            "sign": in_words(ours.name),
            "ours": ours.value if ours.value != theirs.value else grade(issue.rationale, ours),
            "one": short(here),
            "other": short(there),
        },
        quotes=(
            Quote(here, issue.field("rationale"), None, ours.start, ours.end),
            Quote(there, SUMMARY, None, theirs.start, theirs.end),
        ),
    )


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "exam-contradicted": lambda facts: (*exam_contradicted(facts), *motion(facts))
}
