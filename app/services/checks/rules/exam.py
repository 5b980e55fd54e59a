"""Rules on what was found: examination, imaging, pain scores and work, rationale against summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.services.checks.claims import SUMMARY, same_part
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.rules.naming import short
from app.services.checks.values import Hit, Quote
from app.services.language.facts import ABNORMAL, NORMAL, Fact, TextFacts
from app.services.language.terms import SIGN, concepts, in_words

# What a person feels is no finding of an examination.
FELT = re.compile(
    r"\b(?:complain\w*|c/o|subjective\w*|symptoms?|feels?|felt|states|stated|reports|reported|history of|denie[sd]|describes)\b",
    re.I,
)
# Told of imaging, not of the examination.
SEEN = re.compile(
    r"\b(?:MRI|CT|X-?rays?|radiograph\w*|imaging|EMG|NCV|NCS|scan|ultrasound|study|studies)\b", re.I
)
WHOLE = frozenset(("neuro", "exam", "imaging result", "nerve tests", "stability", "red flag"))
PERSONAL = frozenset(("symptom",))


def exam_contradicted(facts: Facts) -> Iterator[Hit]:
    """A finding told as normal that the summary tells as abnormal, or the other way round."""
    theirs = [
        fact for fact in facts.summary_facts.of_kind(SIGN) if _found(fact, facts.summary_facts)
    ]
    if not theirs:
        return
    for issue in facts.issues:
        said: set[str] = set()
        for ours in issue.rationale_facts.of_kind(SIGN):
            if not _found(ours, issue.rationale_facts) or _group(ours) in said:
                continue
            if issue.rationale_facts.sentences[ours.sentence].text not in issue.reasoned:
                continue
            against = _against(ours, theirs, facts, issue)
            if against is not None:
                said.add(_group(ours))
                yield _hit(facts, issue, ours, against)


def _found(fact: Fact, text: TextFacts) -> bool:
    """Told as found in this patient, by whoever examined or read the images."""
    if not fact.value or not fact.marks.plain or _group(fact) in PERSONAL:
        return False
    sentence = text.sentences[fact.sentence].text
    place = text.raw.index(sentence, text.sentences[fact.sentence].start)
    before = sentence[: fact.start - place]
    return not FELT.search(before)


def _against(ours: Fact, theirs: list[Fact], facts: Facts, issue: IssueFacts) -> Fact | None:
    """What the summary tells otherwise of the same sign, and nowhere as the rationale has it."""
    here = issue.rationale_facts.in_sentence(ours.sentence)
    if ours.marks.undocumented or (
        ours.name in WHOLE and any(fact.value == ABNORMAL for fact in here)
    ):
        return None
    family = [
        fact
        for fact in theirs
        if (ours.name in fact.cases_of or (fact.name in ours.cases_of and ours.value == ABNORMAL))
        and same_part(ours, fact)
        and _same_way(ours, fact, issue, facts)
    ]
    if ours.name in WHOLE and ours.value == ABNORMAL:
        return None
    exact = [fact for fact in family if fact.value == ours.value and fact.name == ours.name]
    other = [fact for fact in family if fact.value != ours.value]
    return other[0] if other and not exact else None


def _same_way(ours: Fact, theirs: Fact, issue: IssueFacts, facts: Facts) -> bool:
    """Both found by hand, or both seen on images."""
    one = SEEN.search(issue.rationale_facts.sentences[ours.sentence].text)
    other = SEEN.search(facts.summary_facts.sentences[theirs.sentence].text)
    return bool(one) == bool(other)


def _group(fact: Fact) -> str:
    return concepts()[fact.name].group


def _hit(facts: Facts, issue: IssueFacts, ours: Fact, theirs: Fact) -> Hit:
    here = issue.rationale_facts.sentences[ours.sentence].text
    there = facts.summary_facts.sentences[theirs.sentence].text
    return Hit(
        field=issue.field("rationale"),
        related=(SUMMARY,),
        told={
            "issue": str(issue.number),
            "sign": in_words(ours.name),
            "ours": NORMAL if ours.value == NORMAL else ABNORMAL,
            "one": short(here),
            "other": short(there),
        },
        quotes=(
            Quote(here, issue.field("rationale"), None, ours.start, ours.end),
            Quote(there, SUMMARY, None, theirs.start, theirs.end),
        ),
    )


RULES = {"exam-contradicted": exam_contradicted}
