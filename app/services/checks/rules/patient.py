"""Rules on the patient and the course: what the rationale tells otherwise than the summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.services.checks.claims import SUMMARY, same_part
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import is_patients, short
from app.services.checks.values import Hit, Quote
from app.services.language.facts import Fact
from app.services.language.seeking import seek
from app.services.language.terms import (
    CONDITION,
    DIAGNOSIS,
    MEASURE,
    concepts,
    in_words,
)
from app.services.language.texts import Text

PERCENT = re.compile(
    r"\b(\d{1,3})\s?(?:%|percent|per cent)\s+(?:\w+\s+){0,3}?(?:relief|improvement|improved|reduction|better|decrease|benefit)|(?:relief|improvement|improved|reduc\w+|decreas\w+)\s+(?:\w+\s+){0,3}?(\d{1,3})\s?(?:%|percent)",
    re.I,
)
NUMBERS = re.compile(r"(?<![\d/.-])\d+(?:\.\d+)?(?![\d/-]|\.\d)")


def measure(facts: Facts) -> Iterator[Hit]:
    """A measured value that is none of those the summary tells of the same thing."""
    for issue in facts.issues:
        for ours in told_of(issue.rationale, MEASURE):
            theirs = [
                fact
                for fact in plain(facts.summary, MEASURE)
                if fact.name == ours.name and fact.value
            ]
            # "Fell from 20 to 11" tells of both.
            known = {
                number
                for fact in theirs
                for number in NUMBERS.findall(sentence_of(facts.summary, fact))
            }
            if ours.marks.undocumented:
                continue
            known |= {fact.value for fact in theirs}
            if ours.value and theirs and ours.value not in known:
                if _in_other_unit(issue.rationale, ours, facts.summary, theirs[0]):
                    continue
                if _is_within(issue.rationale, ours, known):
                    continue
                yield pair(facts, issue, ours, theirs[0], in_words(ours.name))


OVER = re.compile(
    r"\b(?:over|above|more than|greater than|at least|exceed\w*|in excess of)\s*$|>=?\s*$", re.I
)
UNDER = re.compile(
    r"\b(?:under|below|less than|lower than|at most|no more than|not over)\s*$|<=?\s*$", re.I
)


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _is_within(text: Text, fact: Fact, known: set[str]) -> bool:
    """Whether a value is a bound that one of the summary's keeps: "BMI over 40", where it is 44."""
    place = text.raw.find(fact.value, fact.start)
    values = [float(value) for value in known if _is_number(value)]
    if place < 0 or not _is_number(fact.value):
        return False
    before, bound = text.raw[max(0, place - 16) : place], float(fact.value)
    if OVER.search(before):
        return any(value >= bound for value in values)
    return bool(UNDER.search(before)) and any(value <= bound for value in values)


WEIGHT = r"\s*(?:(?P<kilo>kgs?|kilos?|kilograms?)|(?:lbs?|pounds?))\b"
"""The unit behind a weight, as part of a pattern that passes over upper and lower case."""
POUNDS = 2.2046


def _in_other_unit(ours: Text, one: Fact, theirs: Text, other: Fact) -> bool:
    """Whether two weights are told in other units, and agree where that can be reckoned."""
    units = [
        re.search(rf"(?<![\d.]){re.escape(fact.value)}{WEIGHT}", sentence_of(text, fact), re.I)
        for text, fact in ((ours, one), (theirs, other))
    ]
    mine, their = units
    if mine is None or their is None or bool(mine["kilo"]) == bool(their["kilo"]):
        return False
    pounds = [
        float(fact.value) * (POUNDS if unit["kilo"] else 1)
        for fact, unit in ((one, mine), (other, their))
    ]
    return abs(pounds[0] - pounds[1]) <= 0.03 * pounds[1]


def condition(facts: Facts) -> Iterator[Hit]:
    """An illness told in one place and denied in the other."""
    for issue in facts.issues:
        for ours in told_of(issue.rationale, CONDITION):
            before = issue.rationale.raw[: ours.start]
            if not is_sure(ours) or (ours.negative and before.endswith((", and ", ", but "))):
                continue
            theirs = [f for f in told_of(facts.summary, CONDITION) if f.name == ours.name]
            if theirs and all(fact.negative != ours.negative for fact in theirs):
                yield pair(facts, issue, ours, theirs[0], in_words(ours.name))


def diagnosis(facts: Facts) -> Iterator[Hit]:
    """A diagnosis of the same part that the summary has never, where it has another one."""
    there = tuple(told_of(facts.summary, DIAGNOSIS))
    known = {fact.name for fact in facts.summary.of_kind(DIAGNOSIS)}
    for issue in facts.issues:
        ours = [
            fact
            for fact in plain(issue.rationale, DIAGNOSIS)
            if _is_diagnosed(fact, sentence_of(issue.rationale, fact))
        ]
        strange = [
            fact for fact in ours if fact.name not in known and fact.name not in _titled(issue)
        ]
        if strange and there and not {fact.name for fact in ours} & known:
            yield pair(facts, issue, strange[0], there[0], "diagnosis")


def _denied_diagnosis(facts: Facts) -> Iterator[Hit]:
    """A diagnosis that the rationale denies and the summary lists."""
    listed = list(plain(facts.summary, DIAGNOSIS))
    for issue in facts.issues:
        for ours in told_of(issue.rationale, DIAGNOSIS):
            if not ours.marks.denied or ours.marks.undocumented or ours.marks.near > 3:
                continue
            if ours.sides and facts.sides and not ours.sides & facts.sides:
                continue
            same = [f for f in listed if f.name == ours.name and same_part(f, ours)]
            if same and is_patients(issue.rationale, ours.sentence):
                yield pair(facts, issue, ours, same[0], "diagnosis")
                break


def pain_score(facts: Facts) -> Iterator[Hit]:
    """A pain score that is none of those the summary tells."""
    theirs = facts.summary.scores
    for issue in facts.issues if theirs else ():
        text = issue.rationale
        for ours in text.scores:
            sentence = text.sentences[ours.sentence].text
            if (
                ours.sentence in guideline_sentences(text)
                or not seek(PATIENT_PAIN, sentence)
                or seek(OTHER_TIME, sentence)
            ):
                continue
            if not any(one.low <= ours.high and ours.low <= one.high for one in theirs):
                other = theirs[0]
                yield Hit(
                    field=issue.field("rationale"),
                    related=(SUMMARY,),
                    told=words(
                        issue,
                        "pain score",
                        text.raw[ours.start : ours.end],
                        facts.summary.raw[other.start : other.end],
                    ),
                    quotes=(
                        Quote(
                            text.raw[ours.start : ours.end],
                            issue.field("rationale"),
                            None,
                            ours.start,
                            ours.end,
                        ),
                        Quote(
                            facts.summary.raw[other.start : other.end],
                            SUMMARY,
                            None,
                            other.start,
                            other.end,
                        ),
                    ),
                )
                break


def relief(facts: Facts) -> Iterator[Hit]:
    """By how much something helped: another percentage than the summary's."""
    theirs = tuple(PERCENT.finditer(facts.letter.clinical_summary))
    numbers = {next(g for g in m.groups() if g) for m in theirs}
    for issue in facts.issues if theirs else ():
        text = issue.rationale
        for match in PERCENT.finditer(text.raw):
            number = next(group for group in match.groups() if group)
            sentence = text.sentence_at(match.start())
            if sentence is None or sentence in guideline_sentences(text) or number in numbers:
                continue
            if any(fact.negative or fact.marks.hedged for fact in text.in_sentence(sentence)):
                continue
            if seek(REQUIRED, text.sentences[sentence].text):
                continue
            yield Hit(
                field=issue.field("rationale"),
                related=(SUMMARY,),
                told=words(issue, "relief", match[0], theirs[0][0]),
                quotes=(
                    Quote(match[0], issue.field("rationale"), None, *match.span()),
                    Quote(theirs[0][0], SUMMARY, None, *theirs[0].span()),
                ),
            )
            break


PATIENT = re.compile(
    r"\b(?:patient|claimant|applicant|worker|employee|he|she|his|her|man|woman|gentleman|lady|male|female)\b(?!-)",
    re.I,
)
PATIENT_PAIN = re.compile(
    r"\b(?:patient|claimant|applicant|worker|employee|he|she|his|her|pain|rated|rates|VAS|NRS|scores?)\b",
    re.I,
)
# A score that is hoped for, or of another time than the visits the summary tells of.
OTHER_TIME = re.compile(
    r"\b(?:goals?|targets?|aims?|no more than|at most|below|under|expected|hope[ds]?|had (?:been|rated)|at the (?:onset|outset|start|time)|at onset|initial\w*|at first|originally|formerly|in (?:19|20)\d\d|if|should|would|could|may)\b",
    re.I,
)
REQUIRED = re.compile(
    r"\b(?:at least|require[sd]?|must|needed|should|need|evidence of|minimum|criteria)\b", re.I
)
IN_SO_MANY_WORDS = re.compile(
    r"\b(?:diagnosed (?:with|as|to have)|(?:working |primary |main |treating |only |sole |accepted )?diagnos[ei]s (?:is|was|are|remains)|(?:carries|carried|has|have|had|given) (?:\w+ ){0,2}diagnos[ei]s of|^(?:the )?(?:\w+ )?(?:patient|worker|claimant|he|she) (?:has|suffers from|sustained) an?|found to have|known to have)\b",
    re.I,
)
DIAGNOSED = re.compile(
    r"\b(?:such as (?:his|hers|this)|like (?:his|hers)|for (?:an?|his|her|this)|known|proven|confirmed|diagnos\w+|has|had|with|suffers|treated for|consistent with)\b",
    re.I,
)


def told_of(text: Text, kind: str) -> Iterator[Fact]:
    return (f for f in text.of_kind(kind) if f.marks.plain)


def is_sure(fact: Fact) -> bool:
    """Told at once as not so, or told as so."""
    return not fact.negative or fact.marks.near <= 2


def plain(text: Text, kind: str) -> Iterator[Fact]:
    return (f for f in told_of(text, kind) if not f.negative)


def sentence_of(text: Text, fact: Fact) -> str:
    return text.sentences[fact.sentence].text


def _is_diagnosed(fact: Fact, sentence: str) -> bool:
    """Told as a diagnosis; a common one, that findings may be called too, only in so many words."""
    listed = concepts()[fact.name].group == "listed"
    return bool((IN_SO_MANY_WORDS if listed else DIAGNOSED).search(sentence))


def _titled(issue: IssueFacts) -> frozenset[str]:
    return frozenset(fact.name for fact in issue.title.of_kind(DIAGNOSIS))


def guideline_sentences(text: Text) -> frozenset[int]:
    return text.quoted | frozenset(
        number
        for number, read in enumerate(text.read)
        if any(m.name == "source guideline" for m in read.mentions)
        and not any(m.name == "person patient" for m in read.mentions)
    )


def words(issue: IssueFacts, what: str, one: str, other: str) -> dict[str, str]:
    return {"issue": str(issue.number), "what": what, "one": short(one), "other": short(other)}


def pair(facts: Facts, issue: IssueFacts, ours: Fact, theirs: Fact, what: str) -> Hit:
    here, there = sentence_of(issue.rationale, ours), sentence_of(facts.summary, theirs)
    return Hit(
        field=issue.field("rationale"),
        related=(SUMMARY,),
        told=words(issue, what, here, there),
        quotes=(
            Quote(here, issue.field("rationale"), None, ours.start, ours.end),
            Quote(there, SUMMARY, None, theirs.start, theirs.end),
        ),
    )


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "measure": measure,
    "condition": condition,
    "diagnosis": lambda facts: (*diagnosis(facts), *_denied_diagnosis(facts)),
    "pain-score": pain_score,
    "relief": relief,
}
