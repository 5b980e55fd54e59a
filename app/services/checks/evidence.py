"""Where the summary or a record tells what a rationale says is not so, or not recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from app.letter import FieldId
from app.services.checks.claims import GENERAL, HAD, SUMMARY, Claim, had, related, same_part
from app.services.checks.facts import ASKED, Facts
from app.services.checks.values import Quote
from app.services.language.facts import ABNORMAL, Fact
from app.services.language.seeking import seek
from app.services.language.terms import (
    MEASURE,
    OUTCOME,
    SIGN,
    TOPIC,
    concepts,
)
from app.services.language.texts import Text

BETTER = frozenset(
    ("improvement", "pain relief", "functional improvement", "decreased medication use")
)
SURGERY = frozenset(("surgery",))
# More than "none": whether it was enough is for the reviewer to judge.
QUALIFIED = re.compile(
    r"\b(?:adequate\w*|sufficient\w*|recent(?!ly)\w*|complete\b|full|formal|appropriate|proper|exhaust\w*|at least"
    r"|comprehensive|extensive|further|additional|prolonged|duration|number|amount|details?|(?:\d+|six|four|three|eight|twelve)[\s-]+(?:months?|weeks?))\b",
    re.I,
)
FOR_A_WHILE = re.compile(
    r"\b(?:(?:in|over|within|for|during) (?:the )?(?:last|past)|recently|lately|this year|of late|since (?=(?:early|late|mid|last|about|at least|the (?:start|end|beginning|last|first|new year))?[\s-]*(?:\d|(?-i:[A-Z][a-z]+)(?=,? (?:19|20)\d)|(?:spring|summer|autumn|fall|winter|year|month|week|visit)\b)|(?:the|his|her|that|this) (?!(?:date of )?(?:industrial )?(?:injur|accident|incident|DOI|onset))(?:[\w-]+ ){0,3}?(?:surgery|operation|procedure|repair|fusion|release|arthroscopy|visit|evaluation|injection|block|flare|relapse|replacement|MRI|study|change|request|time)\b))",
    re.I,
)
"""Told of a part of the time alone."""
# What a person feels is no finding of an examination.
FELT = re.compile(
    r"\b(?:complain\w*|c/o|subjective\w*|symptoms?|at times|intermittent\w*|occasional\w*|off and on|feels?|felt|states|stated|reports|reported|concerned|history of|denie[sd]|describe[sd])\b",
    re.I,
)
ROUGHLY = re.compile(
    r"\b(?:at least|about|approximately|some|over|around|more than|up to|x)\s*$", re.I
)
INTERPRETED = frozenset(("neuro", "neuro deficit", "radiculopathy"))
TRANSIENT = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|several|a few) (?:hours?|days?|weeks?)['’]?s? (?:of )?(?:relief|benefit|improvement|help)\b|\b(?:relief|benefit|improvement|helped|better)\b[^.;]{0,20}\b(?:for|of) (?:about |only |some |just |up to )*(?:an?|one|two|three|four|five|\d|several|a few)\s+(?:hours?|days?|weeks?)\b|\b(?:temporar\w+|short(?:-lived)?|transient\w*|brief\w*|partial\w*|minimal|slight|somewhat|mild)\b",
    re.I,
)
"""What helped for a short time may be told as of help and as of none."""
AFTER = re.compile(
    r"\b(?:with(?! a)|after|following|on medic\w*|taking|down to|reduc\w*|decreas\w*|drop\w*|fell|improv\w*|lower\w*|now|currently|post)\b",
    re.I,
)
BEFORE = re.compile(r"\b(?:without|before|prior|previous\w*|off|initial\w*|baseline)\b", re.I)
DROPS = re.compile(r"\b(?:from|reduc\w*|decreas\w*|drop\w*|fell|improv\w*|lower\w*|went)\b", re.I)


class Told(NamedTuple):
    """A passage that tells what a claim says is not there."""

    text: str
    field: FieldId | None
    page: int | None
    start: int
    end: int

    @property
    def quote(self) -> Quote:
        return Quote(self.text, self.field, self.page, self.start, self.end)


def evidence(facts: Facts, claim: Claim) -> Iterator[Told]:
    """Where the summary, or a record among the pages, tells what a claim says is not there."""
    for text, field, page in _sources(facts):
        for number in _telling(text, claim):
            start, end = text.place(number)
            yield Told(text.sentences[number].text, field, page, start, end)


def tells(text: Text, claim: Claim) -> str | None:
    """The first sentence of a text that tells what a claim says is not there."""
    number = next(_telling(text, claim), None)
    return None if number is None else text.sentences[number].text


def _telling(text: Text, claim: Claim) -> Iterator[int]:
    for number in sorted({fact.sentence for fact in text.facts} | falls(text)):
        if any(_tells(wanted, text, number, claim) for wanted in claim.wanted):
            yield number


def falls(text: Text) -> frozenset[int]:
    """Sentences that tell a pain score before and after, or without and with: it fell."""
    found: set[int] = set()
    for one, other in pairwise(text.scores):
        if one.sentence != other.sentence or one.high == other.high:
            continue
        start, end = text.place(one.sentence)
        before, behind = text.raw[start : one.start], text.raw[other.end : end]
        between = text.raw[one.end : other.start]
        if one.high > other.high:
            fell = (
                AFTER.search(between)
                or (DROPS.search(before) and re.match(r"\s*to\b", between, re.I))
                or (BEFORE.search(between) and AFTER.search(behind[:40]))
            )
        else:
            fell = AFTER.search(before[-40:] + between[:24]) and BEFORE.search(between + behind)
        if fell:
            found.add(one.sentence)
    return frozenset(found)


def _is_counted(fact: Fact, text: Text) -> bool:
    """A treatment told as had so many times, and not as "at least" so many."""
    return bool(fact.visits) and had(fact) and not ROUGHLY.search(text.raw, 0, fact.visits_start)


def _tells(wanted: Fact, text: Text, number: int, claim: Claim) -> bool:
    """Whether a sentence tells what is wanted."""
    here = text.in_sentence(number)
    sentence = text.sentences[number].text
    if wanted.kind == OUTCOME:
        if not claim.undocumented and seek(TRANSIENT, sentence):
            return False
        return _tells_outcome(wanted, here, claim) or (
            wanted.name in ("improvement", "pain relief", "efficacy") and number in falls(text)
        )
    if wanted.kind == MEASURE:
        return any(
            fact.kind == MEASURE and fact.name == wanted.name and fact.value for fact in here
        )
    if wanted.name == "visits completed" and any(_is_counted(f, text) for f in here):
        return True
    if wanted.kind == TOPIC:
        if wanted.name == "pain level" and any(score.sentence == number for score in text.scores):
            return True
        return any(_tells_topic(wanted, fact, claim) for fact in here)
    if wanted.kind == SIGN:
        return seek(FELT, sentence) is None and _tells_sign(wanted, here)
    return _tells_had(wanted, here, sentence, claim)


def _tells_sign(wanted: Fact, here: tuple[Fact, ...]) -> bool:
    found = [fact for fact in here if _is_found(fact, wanted)]
    if any(wanted.name in fact.cases_of for fact in found):
        return True
    # What is an interpretation is told by two signs of an examination.
    return wanted.name in INTERPRETED and len({fact.name for fact in found}) >= 2


def _tells_had(wanted: Fact, here: tuple[Fact, ...], sentence: str, claim: Claim) -> bool:
    """A treatment told as had."""
    # A request tells of what is to come.
    asked = seek(ASKED, sentence)
    return (
        (asked is None or not SURGERY & wanted.cases_of)
        and not _is_qualified(wanted, claim)
        and not any(
            fact.kind in HAD and fact.negative and wanted.name in fact.cases_of for fact in here
        )
        and any(
            had(fact)
            and wanted.name in fact.cases_of
            and same_part(fact, wanted)
            and not _on_other_side(fact, wanted)
            and (wanted.name not in GENERAL or fact.name not in (*GENERAL, "activity modification"))
            for fact in here
        )
    )


def _on_other_side(one: Fact, other: Fact) -> bool:
    sides = one.sides, other.sides
    return all(sides) and "both" not in one.sides | other.sides and not one.sides & other.sides


def _is_qualified(wanted: Fact, claim: Claim) -> bool:
    """Whether more than "none" is said of what is wanted: "no recent MRI", "no adequate trial of it"."""
    start = max(0, wanted.start - claim.start - _BEFORE_IT)
    near = QUALIFIED.search(claim.text, start, wanted.end - claim.start + _BEHIND_IT)
    return near is not None or seek(FOR_A_WHILE, claim.text) is not None


_BEFORE_IT, _BEHIND_IT = 60, 60
"""Characters beside what a claim names in which it is qualified."""


def _is_found(fact: Fact, wanted: Fact) -> bool:
    """A sign told as abnormal that is a case of the one looked for, or of the same system."""
    if fact.kind != SIGN or fact.value != ABNORMAL or not fact.marks.plain or fact.negative:
        return False
    if wanted.name in INTERPRETED:
        return concepts()[fact.name].group == "neuro"
    return wanted.name in fact.cases_of and same_part(fact, wanted)


def _tells_topic(wanted: Fact, fact: Fact, claim: Claim) -> bool:
    marks = fact.marks
    # That there is none of it is told too where it is said that none is there.
    assessed = "assessed" in fact.cases_of and (claim.undocumented or not fact.negative)
    return (
        fact.name == wanted.name
        and not marks.source
        and not marks.other_person
        and not marks.asked
        and (assessed or not (fact.negative or marks.hedged))
    )


def _tells_outcome(wanted: Fact, here: tuple[Fact, ...], claim: Claim) -> bool:
    """The outcome told, of the same treatment where the sentence names any."""
    # "Stopped Norco" tells of less medication, and not of what Norco did.
    came = [fact for fact in here if fact.kind == OUTCOME]
    treatments = [
        fact
        for fact in here
        if fact.kind in HAD
        and not fact.marks.asked
        and not any(one.start <= fact.start < one.end for one in came)
    ]
    if (
        claim.treatments
        and treatments
        and not any(related(one, other) for one in claim.treatments for other in treatments)
    ):
        return False
    outcomes = [fact for fact in here if fact.kind == OUTCOME and not fact.marks.source]
    outcomes = [fact for fact in outcomes if not fact.marks.asked and not fact.marks.hedged]
    failed = any(
        (fact.name == "failed" and not fact.negative) or (fact.name in BETTER and fact.marks.denied)
        for fact in outcomes
    )
    if wanted.name == "failed":
        # That care failed is told with the care that did.
        return failed and bool(treatments and claim.treatments)
    return not failed and any(
        not fact.negative and fact.name in _met_by(wanted.name) for fact in outcomes
    )


def _met_by(wanted: str) -> frozenset[str]:
    if wanted in ("improvement", "efficacy"):
        return BETTER
    if wanted == "functional improvement":
        return BETTER - {"pain relief"}
    return frozenset((wanted,))


def _sources(facts: Facts) -> Iterator[tuple[Text, FieldId | None, int | None]]:
    yield facts.summary, SUMMARY, None
    for page, text in facts.records:
        yield text, None, page
