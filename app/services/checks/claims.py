"""What a rationale says is not so or not recorded, and where the summary or a record tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from app.letter import FieldId
from app.services.checks.facts import ASKED, Facts, IssueFacts
from app.services.checks.rules.naming import overlap, short
from app.services.checks.values import Quote
from app.services.language.facts import ABNORMAL, Fact
from app.services.language.seeking import seek
from app.services.language.terms import DRUG, MEASURE, OUTCOME, SIGN, TOPIC, TREATMENT, concepts
from app.services.language.texts import Text

SUMMARY = FieldId("clinical_summary")
HAD = frozenset((TREATMENT, DRUG))
BETTER = frozenset(
    ("improvement", "pain relief", "functional improvement", "decreased medication use")
)
# What a patient "has had": the rest is asked for each time, or told with every visit.
HAD_GROUPS = frozenset(
    ("therapy", "injection", "surgery", "imaging", "electrodiagnostic", "drug", "conservative")
)
HAD_TOO = frozenset(
    ("conservative", "medication", "therapy", "injection", "brace", "electrical stimulation",
     "psychotherapy", "urine test", "biofeedback")
)  # fmt: skip
SURGERY = frozenset(("surgery",))
GENERAL = frozenset(("conservative", "medication", "imaging", "topical"))
# More than "none": whether it was enough is for the reviewer to judge.
QUALIFIED = re.compile(
    r"\b(?:adequate\w*|sufficient\w*|recent\w*|complete\b|full|formal|appropriate|proper|exhaust\w*|at least"
    r"|comprehensive|extensive|recently|lately|this year|since (?!then\b|(?:the|this|his|her) (?:date of )?(?:industrial )?(?:injur|accident|incident|DOI|onset))|prolonged|duration|number|amount|details?|(?:\d+|six|four|three|eight|twelve)[\s-]+(?:months?|weeks?))\b",
    re.I,
)
RECORD = re.compile(
    r"\b(?:documentation|records?|notes?|file|chart|history|reports?|review of|discussion|exam\w*)\b",
    re.I,
)
# What a person feels is no finding of an examination.
FELT = re.compile(
    r"\b(?:complain\w*|c/o|subjective\w*|symptoms?|feels?|felt|states|stated|reports|reported|concerned|history of|denie[sd]|describe[sd])\b",
    re.I,
)
ROUGHLY = re.compile(
    r"\b(?:at least|about|approximately|some|over|around|more than|up to|x)\s*$", re.I
)
INTERPRETED = frozenset(("neuro", "neuro deficit", "radiculopathy"))
WHETHER = re.compile(r"(?:Whether|If|That|How)\b")
"""A sentence of which the whole is what is not recorded."""
OF_ANYBODY = re.compile(
    r"\b(?:generally|usually|typically|should (?:not )?(?:generally )?(?:exceed|be)|(?:is|are) (?:not )?(?:suggested|recommended|advised|indicated) (?:for|in|as|when|unless|without|until))\b",
    re.I,
)
"""What holds of any patient: a guideline's rule."""
TRANSIENT = re.compile(
    r"\b(?:relief|benefit|improvement|helped|better)\b[^.;]{0,20}\b(?:for|of) (?:about |only |some |just |up to )*(?:an?|one|two|three|four|five|\d|several|a few)\s+(?:hours?|days?|weeks?)\b|\b(?:temporar\w+|short(?:-lived)?|transient|brief|partial|minimal|slight|somewhat|mild)\b",
    re.I,
)
"""What helped for a short time may be told as of help and as of none."""
CONCLUDES = re.compile(r"\bmedical(?:ly)? necess", re.I)
THERE_IS = re.compile(
    r"(?:\W|However,?|Furthermore,?|In this case,?|Here,?|Additionally,?|In addition,?|Also,?|Moreover,?)*\s*(?:There|No|None|Nothing|Neither)\b",
    re.I,
)
NOT_DONE = re.compile(
    r"^[^,.;]{0,60}?\b(?:has|have|had|was|were)\s+(?:not|never|yet to)\b|\b(?:remains?|is|are|was|were)\s+(?:\w+\s+)?(?:untried|unexplored|outstanding)\b|^(?:No|Neither)\b[^,.;]{0,80}?\b(?:has|have|had|was|were)\s+(?:been\s+)?\w+",
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
AFTER = re.compile(
    r"\b(?:with(?! a)|after|following|on medic\w*|taking|down to|reduc\w*|decreas\w*|drop\w*|fell|improv\w*|lower\w*|now|currently|post)\b",
    re.I,
)
BEFORE = re.compile(r"\b(?:without|before|prior|previous\w*|off|initial\w*|baseline)\b", re.I)
DROPS = re.compile(r"\b(?:from|reduc\w*|decreas\w*|drop\w*|fell|improv\w*|lower\w*|went)\b", re.I)


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


def claims(issue: IssueFacts) -> Iterator[Claim]:
    """The negative statements of a rationale about this patient's record."""
    text = issue.rationale
    for number, sentence in enumerate(text.sentences):
        if sentence.text not in issue.reasoned:
            continue
        here = text.in_sentence(number)
        here = tuple(_as_claimed(fact, text) for fact in here)
        negative = [fact for fact in here if _claims(fact, sentence.text)]
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
                and (_never_had(fact) or _never_done(fact, sentence.text))
                and not seek(CONCLUDES, sentence.text)
            ]
        )
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


def _claims(fact: Fact, sentence: str) -> bool:
    """Whether it is this patient's record that is said not to have it."""
    marks = fact.marks
    if not fact.negative or marks.source or marks.other_person or marks.near > 12:
        return False
    if marks.hedged and not (marks.undocumented and WHETHER.match(sentence)):
        return False
    told = marks.undocumented or marks.patient or marks.done
    if seek(OF_ANYBODY, sentence) and not marks.patient:
        return False
    return told or bool(
        THERE_IS.match(sentence) or seek(RECORD, sentence) or seek(NOT_DONE, sentence)
    )


def _is_finding(fact: Fact) -> bool:
    known = bool(concepts()[fact.name].value) or fact.name == "neuro"
    return fact.marks.undocumented and known and fact.marks.near <= 6


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
    if marks.asked or not _may_be_had(fact) or marks.near > 4:
        return False
    if (
        marks.denied
        and marks.near <= 2
        and ("surgery" in fact.cases_of or "imaging" in fact.cases_of)
    ):
        return True
    if marks.denied and marks.near <= 2 and marks.patient and fact.name in HABITS:
        return True
    return marks.done or (
        marks.undocumented
        and marks.near <= (4 if fact.kind == TREATMENT else 2)
        and fact.name not in GENERAL - {"conservative", "imaging"}
    )


def _is_counted(fact: Fact, text: Text) -> bool:
    """A treatment told as had so many times, and not as "at least" so many."""
    return bool(fact.visits) and had(fact) and not ROUGHLY.search(text.raw, 0, fact.visits_start)


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


def _tells(wanted: Fact, text: Text, number: int, claim: Claim) -> bool:
    here = text.in_sentence(number)
    if wanted.kind == OUTCOME:
        if not claim.undocumented and seek(TRANSIENT, text.sentences[number].text):
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
        return any(_tells_topic(wanted, fact) for fact in here)
    if wanted.kind == SIGN:
        if seek(FELT, text.sentences[number].text):
            return False
        found = {fact.name for fact in here if _is_found(fact, wanted)}
        # What is an interpretation is told by two signs of an examination.
        needed = 2 if wanted.name in INTERPRETED else 1
        exact = any(wanted.name in fact.cases_of for fact in here if fact.name in found)
        return exact or (needed == 2 and len(found) >= needed)
    # A request tells of what is to come.
    asked = seek(ASKED, text.sentences[number].text)
    return (
        (asked is None or not SURGERY & wanted.cases_of)
        and not QUALIFIED.search(claim.text)
        and any(
            had(fact)
            and wanted.name in fact.cases_of
            and same_part(fact, wanted)
            and (wanted.name not in GENERAL or fact.name not in (*GENERAL, "activity modification"))
            for fact in here
        )
    )


def _is_found(fact: Fact, wanted: Fact) -> bool:
    """A sign told as abnormal that is a case of the one looked for, or of the same system."""
    if fact.kind != SIGN or fact.value != ABNORMAL or not fact.marks.plain or fact.negative:
        return False
    if wanted.name in INTERPRETED:
        return concepts()[fact.name].group == "neuro"
    return wanted.name in fact.cases_of and same_part(fact, wanted)


def _tells_topic(wanted: Fact, fact: Fact) -> bool:
    marks = fact.marks
    assessed = "assessed" in fact.cases_of
    return (
        fact.name == wanted.name
        and not marks.source
        and not marks.asked
        and (assessed or not (fact.negative or marks.hedged))
    )


def _tells_outcome(wanted: Fact, here: tuple[Fact, ...], claim: Claim) -> bool:
    """The outcome told, of the same treatment where the sentence names any."""
    treatments = [fact for fact in here if fact.kind in HAD and not fact.marks.asked]
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
