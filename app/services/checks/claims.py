"""What a rationale says is not so or not recorded about this patient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.letter import FieldId
from app.services.checks.facts import IssueFacts
from app.services.checks.naming import overlap, short
from app.services.language.context import Marks
from app.services.language.facts import Fact
from app.services.language.seeking import seek
from app.services.language.terms import (
    DRUG,
    MEASURE,
    OUTCOME,
    PART,
    SIGN,
    TOPIC,
    TREATMENT,
    concepts,
)
from app.services.language.texts import Text

SUMMARY = FieldId("clinical_summary")
HAD = frozenset((TREATMENT, DRUG))
# What a patient "has had": the rest is asked for each time, or told with every visit.
HAD_GROUPS = frozenset(
    ("therapy", "injection", "surgery", "imaging", "electrodiagnostic", "drug", "conservative")
)
HAD_TOO = frozenset(
    ("conservative", "medication", "therapy", "injection", "brace", "electrical stimulation",
     "psychotherapy", "urine test", "biofeedback")
)  # fmt: skip
TESTS = frozenset(
    ("sensation", "strength", "grip", "reflex", "slr", "spurling", "hoffmann", "tinel", "phalen",
     "finkelstein", "drop arm", "obrien", "mcmurray", "lachman", "apprehension", "faber",
     "facet loading", "rom", "gait", "provocation", "impingement")
)  # fmt: skip
"""Signs that are tests: it may be said that one is documented nowhere, whatever it shows."""
DONE_ONCE = frozenset(("surgery", "imaging", "injection"))
GENERAL = frozenset(("conservative", "medication", "imaging", "topical"))
RECORD = re.compile(
    r"\b(?:documentation|records?|notes?|file|chart|history|reports?|review of|discussion|exam\w*)\b",
    re.I,
)
NOT_NOT = re.compile(
    r"\b(?:nothing|no (?:reason|indication|evidence|sign|suggestion|hint|question|doubt))\b[^.;]{0,50}\b(?:that|to)\b[^.;]{0,40}(?:\b(?:not|no|never)\b|n['’]t\b)"
    r"|\bnothing (?:is |was )?left\b|\bno (?:\w+ )?evidence (?:for|in favou?r of)\b",
    re.I,
)
"""Denied and denied again, or what research has not shown: no claim on this patient's record."""
FOR_IT = re.compile(
    r"\b(?:right|candidates?|ready|eligible|fit|suited|suitable|indications?|need|call|reason|case|room|place|time) for\s+(?:(?:an?|the|any|such|more|further)\s+)?(?:\w+\s+)?$",
    re.I,
)
"""Of what somebody is no candidate: that does not say that it was never had."""
NO_HELP = re.compile(
    r"\s+(?:was|were|is|are|has been|had been|have been)\s+not\s+(?:\w+\s+)?(?:tolerated|effective|helpful|successful|beneficial|continued|renewed|of (?:help|benefit|use|value))\b",
    re.I,
)
"""Behind a treatment: it was had, and did no good."""
WHETHER = re.compile(r"^(?:Whether|If|That|How)\b|\b(?:whether|if (?:anything|any|ever))\b")
"""A sentence of which the whole is what is not recorded."""
OF_ANYBODY = re.compile(
    r"\b(?:generally|usually|typically|should (?:not )?(?:generally )?(?:exceed|be)|(?:is|are) (?:not )?(?:suggested|recommended|advised|indicated) (?:for|in|as|when|unless|without|until))\b",
    re.I,
)
"""What holds of any patient: a guideline's rule."""
CONCLUDES = re.compile(r"\bmedical(?:ly)? necess", re.I)
THERE_IS = re.compile(
    r"(?:\W|However,?|Furthermore,?|In this case,?|Here,?|Additionally,?|In addition,?|Also,?|Moreover,?)*\s*(?:There|No|None|Nothing|Neither)\b",
    re.I,
)
NOT_DONE = re.compile(
    r"^[^,.;]{0,60}?\b(?:has|have|had|was|were)\s+(?:not|never|yet to|at no (?:time|point))\b|\b(?:remains?|is|are|was|were)\s+(?:\w+\s+)?(?:untried|unexplored|outstanding)\b|\bno\b[^,.;]{0,60}?\b(?:has|have|had|was|were)\s+(?:(?:yet|ever|so far|already)\s+)*been\s+\w+|^(?:No|Neither)\b[^,.;]{0,80}?\b(?:has|have|had|was|were)\s+(?:been\s+)?\w+",
    re.I,
)
# What is told as a habit: "he does not exercise at home".
HABITS = frozenset(("home exercise",))
NO_GAIN = re.compile(r"(?:no|little|any)\b")
GAINS = (("function", "functional improvement"), ("relief", "pain relief"), ("pain", "pain relief"))
RECORDED = re.compile(
    r"\b(?:recorded|documented|noted|described|shown|reported|demonstrated|mentioned|seen|evident|quantified)\b",
    re.I,
)
SUCH = re.compile(
    r"\b(?:no such (?:attempts?|trials?|treatments?|care|measures?|efforts?|therap\w+|interventions?|steps?|responses?|relief|gains?|benefits?|improvement|findings?|signs?|symptoms?|risks?|factors?|tests?|stud(?:y|ies)|histor(?:y|ies)|programs?|changes?|things?)|none of (?:these|this|those|them|the(?: \w+)?)|neither of (?:these|those|them)|nothing of (?:the|that) (?:kind|sort)|not (?:a single )?one of (?:these|those|them|the(?: \w+)?)|(?:any|all) of (?:this|that|these|those))\b[^.;]{0,80}?"
    r"\b(?:describ|document|record|mention|tried|attempt|done|report|shown|found|seen|told|noted|undertaken|evident|appear|present|put on|set down|chart|enter|list)\w*",
    re.I,
)
"""What was named right before is said not to be recorded: "no such attempts were described"."""
OF_THAT = re.compile(
    r"\b(?:no|none|nothing|neither|nor|not|never|without|lacks?|lacking|devoid|bare|empty|silent|in vain|absent|missing|n['’]t|free)\b[^.;]{0,70}?"
    r"\b(?:(?:any|one|either|all|some|sign|trace|hint|word|mention|evidence|record) of (?:these|those|them|this|that|the (?:foregoing|above|latter|kind|sort|named))|of (?:that|this|such|the (?:said|like|same)) (?:nature|kind|sort|type|description|order)|(?:these|those|said|such) (?:\w+ ){0,2}?(?:factors?|signs?|conditions?|features?|elements?|findings?|symptoms?|measures?|steps?|treatments?|trials?|risks?|attempts?|gains?|changes?|responses?|red flags?))\b",
    re.I,
)
OF_RECORD = re.compile(
    r"\b(?:documentation|records?|notes?|file|chart|history|reports?|provider|physician|surgeon|office|treater|doctor|submi\w+|furnish\w*|document\w*|describ\w*|mention\w*|indicat\w*|show\w*|contain\w*|list\w*|state\w*|told|tells?|present|found|carr(?:y|ies))\b",
    re.I,
)
"""The same the other way round: "the chart contains no signs of that nature"."""
SUCH_NEVER = re.compile(
    r"\bnever\s+(?:before\s+)?(?:been\s+(?:through|in|on|given|offered)|had|undergone|tried|received|completed|attended|used|taken part in|gone through)\s+(?:such|one|it|that|this|any of|either)\b"
    r"|\b(?:does|did|do)(?:n['’]t| not)\s+(?:appear|seem)\s+that\s+(?:she|he|the \w+)\s+(?:has|did|ever)\b"
    r"|\b(?:not|nor|never|n['’]t|fails? to)\s+(?:\w+\s+)?(?:reveal|show|indicate|say|state|suggest|establish\w*|clear|evident|apparent|disclose|tell)\w*\s+(?:that|whether|if)\s+(?:one|it|this|they|either|any|such)\b",
    re.I,
)
"""The same in other words: "the chart does not reveal that one was ever established"."""
NAMED_BEFORE = frozenset((TREATMENT, DRUG, TOPIC, SIGN, OUTCOME))
ALL_BUT = re.compile(r"^(?:any|all)\b(?!.*\b(?:not|never|absent|missing|lacking)\b)", re.I)
THIS_REGION = re.compile(
    r"\bthe joint\b|\b(?:this|that|the (?:same|requested)) (?:region|area|level|part|body part|joint|side|limb|site|segment)\b",
    re.I,
)


FAR = 8
"""Words between a denial and what this patient is told never to have had: "nobody has let him see a therapist"."""


class Claim(NamedTuple):
    """A statement that something is not so or is not recorded, and what it names."""

    text: str
    start: int
    end: int
    wanted: tuple[Fact, ...]
    treatments: tuple[Fact, ...]
    undocumented: bool

    @property
    def said(self) -> str:
        return short(self.text)


def claims(issue: IssueFacts) -> Iterator[Claim]:
    """The negative statements of a rationale about this patient's record."""
    text = issue.rationale
    for number, sentence in enumerate(text.sentences):
        if sentence.text not in issue.reasoned:
            continue
        here = tuple(_as_claimed(fact, text) for fact in text.in_sentence(number))
        if seek(NOT_NOT, sentence.text):
            continue
        start, _ = text.place(number)
        here = tuple(
            f
            for f in here
            if not FOR_IT.search(text.raw, start, f.start) and not NO_HELP.match(text.raw, f.end)
        )
        wanted, outcomes = _wanted(here, sentence.text)
        wanted = wanted or _named_before(text, number, issue.title)
        wanted = [_of_its_part(fact, sentence.text, issue) for fact in wanted]
        if wanted:
            start, end = text.place(number)
            treatments = [fact for fact in here if fact.kind in HAD and not fact.marks.asked]
            yield Claim(
                sentence.text,
                start,
                end,
                tuple(wanted),
                tuple(treatments) if outcomes else (),
                any(fact.marks.undocumented for fact in wanted),
            )


def _wanted(here: tuple[Fact, ...], sentence: str) -> tuple[list[Fact], bool]:
    """What a sentence says is not so or not recorded, and whether that is what came of something."""
    negative = [fact for fact in here if _claims(fact, sentence)]
    outcomes = [fact for fact in negative if fact.kind == OUTCOME and fact.name != "worse"]
    wanted = (
        outcomes
        or [fact for fact in negative if fact.kind == TOPIC]
        or [fact for fact in negative if fact.kind == SIGN and _is_finding(fact)]
        or [fact for fact in negative if _is_measure(fact)]
        or [
            fact
            for fact in negative
            if fact.kind in HAD
            and (_never_had(fact) or _never_done(fact, sentence))
            and not seek(CONCLUDES, sentence)
        ]
    )
    if not outcomes:
        # Beside what is recorded nowhere, what this patient is told never to have had.
        never = [f for f in negative if f.kind in HAD and f.marks.done and f.marks.patient]
        wanted += [
            f for f in never if f not in wanted and _never_had(f) and not seek(CONCLUDES, sentence)
        ]
    return wanted, bool(outcomes)


def _named_before(text: Text, number: int, title: Text) -> list[Fact]:
    """What "no such attempts were described" is said of: named right before, with a rule or without."""
    sentence = text.sentences[number].text
    such = seek(SUCH, sentence) or seek(SUCH_NEVER, sentence)
    if such is None and seek(OF_RECORD, sentence):
        such = seek(OF_THAT, sentence)
    if such is None or seek(CONCLUDES, sentence) or ALL_BUT.match(such[0]):
        return []
    before = _before(text, number, such)
    if such.re is SUCH_NEVER and not any(fact.kind in HAD for fact in before):
        before = [fact for fact in title.facts if fact.kind in HAD]
    untold = Marks(undocumented=True, near=1)
    return [fact._replace(marks=untold) for fact in before if _may_be_meant(fact)]


def _before(text: Text, number: int, such: re.Match[str]) -> list[Fact]:
    """What stands in front of such words in their sentence, or else in the one before."""
    start, _ = text.place(number)
    here = [fact for fact in text.in_sentence(number) if fact.end <= start + such.start()]
    if number and not any(fact.kind in NAMED_BEFORE for fact in here):
        return list(text.in_sentence(number - 1))
    return here


def _may_be_meant(fact: Fact) -> bool:
    """A treatment, a topic, an outcome or a finding: what a record may have or lack."""
    if fact.kind in HAD:
        return _may_be_had(fact) and fact.name not in GENERAL
    if fact.kind == OUTCOME:
        return fact.name not in ("worse", "failed")
    return fact.kind == TOPIC or (fact.kind == SIGN and bool(concepts()[fact.name].value))


def _of_its_part(fact: Fact, sentence: str, issue: IssueFacts) -> Fact:
    """ "No MRI of this region": of the part that is asked for."""
    if fact.parts or not seek(THIS_REGION, sentence):
        return fact
    return fact._replace(parts=issue.title.named(PART))


def _as_claimed(fact: Fact, text: Text) -> Fact:
    """ "No pain relief has been recorded" tells of no failure: it says that no relief is recorded."""
    words = text.raw[fact.start : fact.end + 24].lower()
    if fact.name != "failed" or not NO_GAIN.match(words) or fact.marks.source:
        return fact
    _, end = text.place(fact.sentence)
    if not RECORDED.search(text.raw, fact.end, end):
        return fact
    name = next((name for word, name in GAINS if word in words), "improvement")
    return fact._replace(name=name, marks=fact.marks._replace(undocumented=True, near=1))


def had(fact: Fact) -> bool:
    """A treatment told as had by this patient."""
    return (
        fact.kind in HAD
        and fact.marks.done
        and fact.marks.plain
        and not fact.negative
        and _may_be_had(fact)
    )


def same_part(one: Fact, other: Fact) -> bool:
    return not one.parts or not other.parts or overlap(one.parts, other.parts)


def related(one: Fact, other: Fact) -> bool:
    """The same treatment, or one a case of the other."""
    return one.name in other.cases_of or other.name in one.cases_of


def _claims(fact: Fact, sentence: str) -> bool:
    """Whether it is this patient's record that is said not to have it."""
    marks = fact.marks
    if not fact.negative or marks.source or marks.other_person or marks.near > 12:
        return False
    if marks.hedged and not (marks.undocumented and seek(WHETHER, sentence)):
        return False
    told = marks.undocumented or marks.patient or marks.done
    if seek(OF_ANYBODY, sentence) and not marks.patient:
        return False
    return told or bool(
        THERE_IS.match(sentence) or seek(RECORD, sentence) or seek(NOT_DONE, sentence)
    )


def _is_finding(fact: Fact) -> bool:
    known = bool(concepts()[fact.name].value) or fact.name == "neuro"
    # "No documentation of straight leg raise": a test, whatever it shows.
    is_test = fact.name in TESTS and fact.marks.near <= 2
    return fact.marks.undocumented and (known or is_test) and fact.marks.near <= 6


def _is_measure(fact: Fact) -> bool:
    """A measured value that is recorded nowhere; lifting alone may be what a person does."""
    return fact.kind == MEASURE and fact.marks.undocumented and fact.name != "lifting limit"


def _may_be_had(fact: Fact) -> bool:
    return (
        fact.kind == DRUG
        or fact.name in HAD_TOO
        or "walker" in fact.cases_of
        or "conservative" in fact.cases_of
        or concepts()[fact.name].group in HAD_GROUPS
    )


def _never_had(fact: Fact) -> bool:
    """A treatment told as never had, or of which nothing is recorded."""
    marks = fact.marks
    if marks.asked or not _may_be_had(fact):
        return False
    if marks.near > (FAR if marks.denied and marks.done and marks.patient else 4):
        return False
    if marks.denied and marks.near <= 2 and fact.cases_of & DONE_ONCE:
        return True
    if marks.denied and marks.near <= 2 and marks.patient and fact.name in HABITS:
        return True
    return marks.done or (
        marks.undocumented
        and marks.near <= (4 if fact.kind == TREATMENT else 2)
        and fact.name not in GENERAL - {"conservative", "imaging"}
    )


def _never_done(fact: Fact, sentence: str) -> bool:
    """ "No steroid has ever been injected": nothing of the kind was done."""
    marks = fact.marks
    return (
        marks.denied
        and not marks.asked
        and marks.near <= 2
        and _may_be_had(fact)
        and seek(NOT_DONE, sentence) is not None
    )
