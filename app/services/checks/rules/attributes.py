"""The rule on what a person is: the dominant hand, the work, the mechanism, smoking and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from app.services.checks.claims import SUMMARY
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import is_patients, short
from app.services.checks.rules.patient import (
    guideline_sentences,
    is_sure,
    pair,
    sentence_of,
    told_of,
)
from app.services.checks.values import Hit, Quote
from app.services.language.facts import Fact
from app.services.language.seeking import seek
from app.services.language.terms import ATTRIBUTE, CONDITION, SIDE, concepts, in_words
from app.services.language.texts import Text

# Words that may mean something else are only believed where such words stand with them.
ONLY_WITH = {
    "mechanism": re.compile(r"^(?:he|she|the (?:\w+ )?(?:patient|worker|claimant|applicant))\s+(?:was\s+|had\s+been\s+|had\s+)?(?:fell(?! behind| short| asleep| ill| within| outside| to \d| from \d)|slipped|tripped|struck|hit|assaulted|attacked|crushed|lifted|twisted|robbed)\b(?!.*\b(?:again|recently|last|at home|since|while visiting|19|20)\b)|\b(?:injur\w*|accident|mechanism|incident|sustained|occurred|when|while|after|as (?:he|she)|claim|onset|began|beg[iu]n|started|arose|originat\w+|due to|owing to|stem\w*|developed|hurt|led to|brought about|caused|result\w*|because)\b", re.I),
    "occupation": re.compile(r"\b(?:works?|worked|working|employed|employment|occupation|job|by trade|by profession|year[- ]old|as an?|duties|shifts?|career)\b|\b(?:patient|worker|claimant|applicant|man|woman|gentleman|lady),\s+an?\b|\b(?:fe)?male\b,|\b(?:yo|y/o|y\.o\.?)\b|\d\s?[MF]\b|\b(?:this|our)\s+(?:\w+\s+)?\w+\s+(?:is|has|was)\b|\bdut(?:y|ies)\b|^this\s+(?!is\b|was\b|type\b|request\b)\w+\s+(?:\w+\s+)?(?:has|is|was|had|needs|can|reports|continues)\b", re.I),
    "employer": re.compile(r"\b(?:employer|employed\b[^.;]{0,40}?\b(?:by|at|with)|work(?:s|ed|ing)?\b[^.;]{0,40}?\b(?:for|at|in)|with the same|job (?:at|with)|where (?:he|she) (?:is|was|works|worked))\b", re.I),
}  # fmt: skip
IS_A = re.compile(
    r"\b(?:he|she|patient|worker|claimant|applicant|employee|man|woman) (?:is|was) (?:currently |formerly )?(?:an? )?(?:[\w-]+ ){0,3}$|\b(?:as|for) an? (?:[\w-]+ ){0,2}$",
    re.I,
)
HE_WAS = re.compile(
    r"(?:he|she|the (?:\w+ )?(?:patient|worker|claimant|applicant)|this (?:\w+ )?(?:patient|worker|man|woman)) (?:was |had been |had |got )?(?:\w+ly )?",
    re.I,
)
WORKS_AS = re.compile(
    r"\b(?:employed|works?|worked|working|job|occupation) (?:\w+ )?(?:as|is|was) an? ([a-z]+(?: [a-z]+){0,2})"
    r"|year[- ]old(?: (?:right|left)[- ]hand(?:ed)?(?:[- ]dominant)?)?(?: (?:male|female|man|woman))? ((?!male\b|female\b|man\b|woman\b|who\b|with\b|patient\b|injured\b|worker\b|claimant\b|right\b|left\b|applicant\b|employee\b|gentleman\b|lady\b)[a-z]+(?: [a-z]+)?)(?=,| who| whose| felt| was| sustained| with| injured)",
    re.I,
)
NO_FALL = re.compile(r"\bfell (?:behind|short|asleep|ill|within|outside|(?:to|from) \d)", re.I)
AGAIN = re.compile(
    r"\b(?:again|recently|last|at home|since|while visiting|another|second|new|also|19\d\d|20\d\d)\b",
    re.I,
)
STEADY = frozenset(("handedness", "employer", "allergy"))
EARLIER_WORK = re.compile(
    r"\b(?:former\w*|previous\w*|prior|earlier|before|past|used to|had worked|until|then|since then|now|new|second|also|another|part[- ]time)\b",
    re.I,
)


def attribute(facts: Facts) -> Iterator[Hit]:
    """The dominant hand, the mechanism, work, smoking and the like: told in one of several ways."""
    yield from _within_summary(facts)
    for issue in facts.issues:
        ours, theirs = _attributes(issue.rationale), _attributes(facts.summary)
        if "occupation" not in theirs and "occupation" in ours:
            yield from _other_occupation(facts, issue, ours["occupation"][0])
        if "handedness" not in ours:
            yield from _dominance(facts, issue)
        for group in sorted(ours.keys() & theirs.keys()):
            mine, others = ours[group], theirs[group]
            if not _values(mine) & _values(others):
                yield pair(facts, issue, mine[0], others[0], GROUP_NAMES.get(group, group))


def _within_summary(facts: Facts) -> Iterator[Hit]:
    """What cannot be both, told twice in the summary: the dominant hand, the employer, an allergy."""
    pairs: list[tuple[Fact, Fact, str]] = []
    told = _attributes(facts.summary)
    for group in sorted(STEADY & told.keys()):
        one, *others = told[group]
        pairs += [(one, other, group) for other in others if not _values([one]) & _values([other])]
    named = [f for f in told_of(facts.summary, CONDITION) if is_sure(f)]
    for one, other in combinations(named, 2):
        if one.name == other.name and one.negative != other.negative:
            pairs.append((one, other, in_words(one.name)))
    for one, other, what in pairs[:1]:
        here, there = sentence_of(facts.summary, one), sentence_of(facts.summary, other)
        if one.sentence != other.sentence and not EARLIER_WORK.search(here + there):
            yield Hit(
                field=SUMMARY,
                says="summary",
                told={
                    "what": GROUP_NAMES.get(what, what),
                    "one": short(here),
                    "other": short(there),
                },
                quotes=(
                    Quote(here, SUMMARY, None, one.start, one.end),
                    Quote(there, SUMMARY, None, other.start, other.end),
                ),
            )


GROUP_NAMES = {
    "handedness": "dominant hand",
    "work": "work status",
    "urine": "urine drug screen",
    "tear": "kind of tear",
    "marital": "marital status",
    "sleep": "sleep",
    "living": "household",
    "children": "children",
}
# Work as it was for a while, and is no more.
FOR_A_WHILE = re.compile(
    r"\b(?:was|were|had been|spent)\b[^.;,]{0,40}\b(?:for|until|from|during|through|after)\b|\bhad (?:worked|been working)\b|\buntil the (?:injury|accident)|\bgoals?\b|\breturned? to work (?:is|as) (?:a|the) goal",
    re.I,
)


DOMINANT = re.compile(
    r"\b(?P<non>non-?\s?)?dominant\s+(?:(?P<side>left|right)\s+)?(?:upper\s+)?(?:hand|arm|wrist|shoulder|elbow|side|limb|extremity|thumb|finger)\b",
    re.I,
)
OTHER = {"left": "right", "right": "left"}


def _dominance(facts: Facts, issue: IssueFacts) -> Iterator[Hit]:
    """ "The injury is of the non-dominant hand": of whom the summary calls right-handed."""
    theirs = _attributes(facts.summary).get("handedness", [])
    known = {fact.value for fact in theirs}
    title = {m.name for m in issue.title.mentions if m.kind == SIDE}
    for number, sentence in enumerate(issue.rationale.sentences):
        match = seek(DOMINANT, sentence.text)
        if match is None or len(known) != 1 or number in guideline_sentences(issue.rationale):
            continue
        sides = {match["side"].lower()} if match["side"] else title & OTHER.keys()
        hands = {OTHER[side] if match["non"] else side for side in sides}
        if len(hands) == 1 and known <= OTHER.keys() and not hands & known:
            start, _ = issue.rationale.place(number)
            ours = theirs[0]._replace(
                sentence=number, start=start + match.start(), end=start + match.end()
            )
            yield pair(facts, issue, ours, theirs[0], GROUP_NAMES["handedness"])
            return


def _attributes(text: Text) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in told_of(text, ATTRIBUTE):
        group = concepts()[fact.name].group
        # Of a dominant hand it is the trouble that is denied, not the dominance.
        if fact.negative and (group != "handedness" or text.raw[: fact.start].endswith("not ")):
            continue
        needed = ONLY_WITH.get(group)
        said = sentence_of(text, fact)
        if group == "work" and seek(FOR_A_WHILE, said):
            continue
        if group in ("mechanism", "work") and not is_patients(text, fact.sentence):
            continue
        before = text.raw[text.place(fact.sentence)[0] : fact.start]
        if needed is None or needed.search(said) or _is_told_first(group, before, said):
            found.setdefault(group, []).append(fact)
    return found


def _other_occupation(facts: Facts, issue: IssueFacts, ours: Fact) -> Iterator[Hit]:
    """An occupation of which the summary's, in words that are not known, shares nothing."""
    for number, sentence in enumerate(facts.summary.sentences):
        match = seek(WORKS_AS, sentence.text)
        if match is None:
            continue
        told = next(group for group in match.groups() if group)
        mine = issue.rationale.raw[ours.start : ours.end].lower()
        if not set(told.lower().split()) & set(mine.split()):
            start, _ = facts.summary.place(number)
            theirs = ours._replace(
                sentence=number, start=start + match.start(), end=start + match.end()
            )
            yield pair(facts, issue, ours, theirs, "occupation")
        return


def _is_told_first(group: str, before: str, said: str) -> bool:
    """ "He is a nurse", "he was rear-ended": said of the worker at the beginning of a sentence."""
    if group == "occupation":
        return bool(IS_A.search(before))
    if group != "mechanism" or seek(AGAIN, said) or seek(NO_FALL, said):
        return False
    return HE_WAS.fullmatch(before) is not None


def _values(facts: list[Fact]) -> frozenset[str]:
    """What each may mean: who is \"working\" may be so with limits or without."""
    certain = {fact.sentence for fact in facts if " " not in fact.value}
    return frozenset(
        value
        for fact in facts
        if " " not in fact.value or fact.sentence not in certain
        for value in fact.value.split()
    )


RULES = {"patient-told-otherwise": attribute}
