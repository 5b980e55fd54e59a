"""Rules on the patient and the course: what the rationale tells otherwise than the summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from app.services.checks.claims import SUMMARY, had
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.rules.naming import listed, overlap, part_names, parts_of, short
from app.services.checks.values import Hit, Quote
from app.services.checks.vocabulary import related_parts
from app.services.language.dates import find_dates
from app.services.language.facts import Fact, TextFacts
from app.services.language.levels import levels_in
from app.services.language.terms import (
    ATTRIBUTE,
    CONDITION,
    DIAGNOSIS,
    MEASURE,
    SIGN,
    TREATMENT,
    concepts,
    in_words,
)

# Words that may mean something else are only believed where such words stand with them.
ONLY_WITH = {
    "mechanism": re.compile(r"\b(?:injur\w*|accident|mechanism|incident|sustained|occurred|when|while|after|claim|onset)\b", re.I),
    "occupation": re.compile(r"\b(?:works?|worked|working|employed|employment|occupation|job|by trade|year[- ]old)\b", re.I),
}  # fmt: skip
PERCENT = re.compile(
    r"\b(\d{1,3})\s?(?:%|percent|per cent)\s+(?:\w+\s+){0,3}?(?:relief|improvement|improved|reduction|better|decrease|benefit)|(?:relief|improvement|improved|reduc\w+|decreas\w+)\s+(?:\w+\s+){0,3}?(\d{1,3})\s?(?:%|percent)",
    re.I,
)
COMPLAINS = re.compile(
    r"\b(?:complain\w*|presents? with|pain|injur\w+|suffers?|treated for|diagnos\w+|symptoms)\b",
    re.I,
)
NEAR_DATE = 70


def attribute(facts: Facts) -> Iterator[Hit]:
    """The dominant hand, the mechanism, work, smoking and the like: told in one of several ways."""
    for issue in facts.issues:
        ours, theirs = _attributes(issue.rationale_facts), _attributes(facts.summary_facts)
        for group in sorted(ours.keys() & theirs.keys()):
            mine, others = ours[group], theirs[group]
            if not _values(mine) & _values(others):
                yield _pair(facts, issue, mine[0], others[0], GROUP_NAMES.get(group, group))


def measure(facts: Facts) -> Iterator[Hit]:
    """A measured value that is none of those the summary tells of the same thing."""
    for issue in facts.issues:
        for ours in _plain(issue.rationale_facts, MEASURE):
            theirs = [
                fact
                for fact in _plain(facts.summary_facts, MEASURE)
                if fact.name == ours.name and fact.value
            ]
            if ours.value and theirs and all(fact.value != ours.value for fact in theirs):
                yield _pair(facts, issue, ours, theirs[0], in_words(ours.name))


def condition(facts: Facts) -> Iterator[Hit]:
    """An illness told in one place and denied in the other."""
    for issue in facts.issues:
        for ours in _told(issue.rationale_facts, CONDITION):
            if not _sure(ours):
                continue
            theirs = [f for f in _told(facts.summary_facts, CONDITION) if f.name == ours.name]
            if theirs and all(fact.negative != ours.negative for fact in theirs):
                yield _pair(facts, issue, ours, theirs[0], in_words(ours.name))


def diagnosis(facts: Facts) -> Iterator[Hit]:
    """A diagnosis of the same part that the summary has never, where it has another one."""
    there = tuple(_told(facts.summary_facts, DIAGNOSIS))
    known = {fact.name for fact in facts.summary_facts.of_kind(DIAGNOSIS)}
    for issue in facts.issues:
        ours = [
            fact
            for fact in _plain(issue.rationale_facts, DIAGNOSIS)
            if DIAGNOSED.search(_said(issue.rationale_facts, fact))
        ]
        strange = [
            fact for fact in ours if fact.name not in known and fact.name not in _titled(issue)
        ]
        if strange and there and not {fact.name for fact in ours} & known:
            yield _pair(facts, issue, strange[0], there[0], "diagnosis")


def pain_score(facts: Facts) -> Iterator[Hit]:
    """A pain score that is none of those the summary tells."""
    theirs = facts.summary_facts.scores
    for issue in facts.issues if theirs else ():
        text = issue.rationale_facts
        for ours in text.scores:
            if ours.sentence in _guideline_sentences(text) or not PATIENT_PAIN.search(
                text.sentences[ours.sentence].text
            ):
                continue
            if not any(one.low <= ours.high and ours.low <= one.high for one in theirs):
                other = theirs[0]
                yield Hit(
                    field=issue.field("rationale"),
                    related=(SUMMARY,),
                    told=_words(
                        issue,
                        "pain score",
                        text.raw[ours.start : ours.end],
                        facts.summary_facts.raw[other.start : other.end],
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
                            facts.summary_facts.raw[other.start : other.end],
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
        text = issue.rationale_facts
        for match in PERCENT.finditer(text.raw):
            number = next(group for group in match.groups() if group)
            sentence = next(
                (
                    n
                    for n in range(len(text.sentences))
                    if text.place(n)[0] <= match.start() < text.place(n)[1]
                ),
                None,
            )
            if sentence is None or sentence in _guideline_sentences(text) or number in numbers:
                continue
            if any(fact.negative or fact.marks.hedged for fact in text.in_sentence(sentence)):
                continue
            if REQUIRED.search(text.sentences[sentence].text):
                continue
            yield Hit(
                field=issue.field("rationale"),
                related=(SUMMARY,),
                told=_words(issue, "relief", match[0], theirs[0][0]),
                quotes=(
                    Quote(match[0], issue.field("rationale"), None, *match.span()),
                    Quote(theirs[0][0], SUMMARY, None, *theirs[0].span()),
                ),
            )
            break


def event_date(facts: Facts) -> Iterator[Hit]:
    """The day of a scan, an operation or an injection: another than the summary's for the same."""
    theirs = tuple(_dated(facts.summary_facts))
    for issue in facts.issues if theirs else ():
        for fact, days in _dated(issue.rationale_facts):
            same = [
                (other, told)
                for other, told in theirs
                if fact.name == other.name and _no_other_part(fact, other)
            ]
            if same and not days & frozenset[date]().union(*(told for _, told in same)):
                yield _pair(facts, issue, fact, same[0][0], f"day of the {in_words(fact.name)}")
                break


def treatment_place(facts: Facts) -> Iterator[Hit]:
    """A treatment had, of another side or body part than the summary tells."""
    for issue in facts.issues:
        for ours in issue.rationale_facts.of_kind(TREATMENT):
            if not had(ours) or not (ours.sides or ours.parts):
                continue
            theirs = [
                f for f in facts.summary_facts.of_kind(TREATMENT) if had(f) and f.name == ours.name
            ]
            if theirs and all(_elsewhere(ours, fact) for fact in theirs):
                yield _pair(facts, issue, ours, theirs[0], f"place of the {in_words(ours.name)}")
                break


def finding_place(facts: Facts) -> Iterator[Hit]:
    """A finding at another level of the spine than the summary has it."""
    theirs = [(f, _levels(facts.summary_facts, f)) for f in _plain(facts.summary_facts, SIGN)]
    for issue in facts.issues:
        for ours in _plain(issue.rationale_facts, SIGN):
            mine = _levels(issue.rationale_facts, ours)
            same = [(f, levels) for f, levels in theirs if f.name == ours.name and levels]
            if mine and same and ours.value and not any(levels & mine for _, levels in same):
                yield _pair(facts, issue, ours, same[0][0], f"level of the {in_words(ours.name)}")
                break


def complaint(facts: Facts) -> Iterator[Hit]:
    """A part the rationale speaks of as this patient's, which nothing else in the letter names."""
    told = facts.summary_parts | frozenset[str]().union(
        *(parts_of(issue.title) for issue in facts.issues)
    )
    for issue in facts.issues if told else ():
        for number, parts, _ in _places_of(issue.rationale_facts):
            if (
                parts
                and not any(related_parts(part) & told for part in parts)
                and not overlap(parts, told)
            ):
                yield _place_hit(issue, number, part_names(parts), part_names(told))
                break


def side_told(facts: Facts) -> Iterator[Hit]:
    """A side the rationale speaks of, where all the rest of the letter is about the other one."""
    told = {name for _, _, sides in _places_of(facts.summary_facts) for name in sides}
    for issue in facts.issues:
        told |= {mention.name for mention in issue.title.mentions if mention.kind == "side"}
    for issue in facts.issues if len(told) == 1 and "both" not in told else ():
        for number, _, sides in _places_of(issue.rationale_facts):
            sentence = issue.rationale_facts.sentences[number].text
            normal = any(
                fact.value == "normal" for fact in issue.rationale_facts.in_sentence(number)
            )
            if (
                sides
                and not sides & told
                and not normal
                and not OTHER_SIDE.search(sentence)
                and not EARLIER.search(sentence)
            ):
                yield _place_hit(issue, number, listed(sides), listed(told))
                break


def level_told(facts: Facts) -> Iterator[Hit]:
    """A level of the spine that neither a title nor the summary names, where they name others."""
    told = levels_in(facts.letter.clinical_summary).union(
        *(levels_in(issue.issue.title) for issue in facts.issues)
    )
    for issue in facts.issues if told else ():
        for number, _, _ in _places_of(issue.rationale_facts):
            here = levels_in(issue.rationale_facts.sentences[number].text)
            same_region = {name[0] for name in here} & {name[0] for name in told}
            if here and same_region and not here & told:
                yield _place_hit(issue, number, listed(here), listed(told))
                break


@lru_cache(maxsize=1024)
def _places_of(text: TextFacts) -> tuple[tuple[int, frozenset[str], frozenset[str]], ...]:
    """The parts and sides of each sentence that is about this patient."""
    found: list[tuple[int, frozenset[str], frozenset[str]]] = []
    guideline = _guideline_sentences(text)
    for number, read in enumerate(text.read):
        if number in guideline or GENERAL.search(text.sentences[number].text):
            continue
        pairs = [
            (m, marks)
            for m, marks in zip(read.mentions, read.marks, strict=True)
            if not marks.hedged and marks.source != "guideline"
        ]
        parts = frozenset(
            m.name
            for m, marks in pairs
            if m.kind == "part"
            and m.name != "limbs"
            and not marks.denied
            and not _is_therapy(text, number, m.end)
        )
        sides = frozenset(
            m.name for m, marks in pairs if m.kind == "side" and marks.plain and not marks.denied
        )
        found.append((number, parts, sides))
    return tuple(found)


def _is_therapy(text: TextFacts, number: int, end: int) -> bool:
    """ "Hand therapy" is a kind of therapy, not therapy of a hand."""
    return text.sentences[number].text[end:].lower().startswith((" therap", "-on", "s-on"))


def _place_hit(issue: IssueFacts, number: int, ours: str, theirs: str) -> Hit:
    start, end = issue.rationale_facts.place(number)
    sentence = issue.rationale_facts.sentences[number].text
    return Hit(
        field=issue.field("rationale"),
        related=(SUMMARY, issue.field("title")),
        told={"issue": str(issue.number), "ours": ours, "theirs": theirs, "one": short(sentence)},
        quotes=(Quote(sentence, issue.field("rationale"), None, start, end),),
    )


EARLIER = re.compile(
    r"\b(?:prior|previous\w*|earlier|history|in (?:19|20)\d\d|years ago|as a child|old|non-?industrial|unrelated|separate|another|for comparison)\b",
    re.I,
)
OTHER_SIDE = re.compile(
    r"\bcontra-?lateral|\bopposite|\bunaffected|\buninjured|\buninvolved|\bcompar|\bother (?:side|hand)|\bhealthy|\bno (?:complaints?|symptoms|pain)|\bwithout (?:complaints?|symptoms)"
    r"|\bdominan|\bhanded|\bright (?:away|now|to)|\bleft (?:untreated|in|to)|\bare left|\bis left",
    re.I,
)
GENERAL = re.compile(
    r"\b(?:patients|individuals|workers|studies|literature|criteria|e\.g\.|such as|including|placebo|superior|shown to"
    r"|indicated for|evaluated for|approved|meta-analysis|trials?|randomized|should|recommend\w*|may be|generally"
    r"|investigated|as in|similar\w*|unlike|like (?:the|in)|in general)\b",
    re.I,
)
GROUP_NAMES = {
    "handedness": "dominant hand",
    "work": "work status",
    "urine": "urine drug screen",
    "tear": "kind of tear",
    "marital": "marital status",
}
PATIENT = re.compile(
    r"\b(?:patient|claimant|applicant|worker|employee|he|she|his|her|man|woman|gentleman|lady|male|female)\b(?!-)",
    re.I,
)
PATIENT_PAIN = re.compile(
    r"\b(?:patient|claimant|applicant|worker|employee|he|she|his|her|pain|rated|rates)\b", re.I
)
REQUIRED = re.compile(
    r"\b(?:at least|require[sd]?|must|needed|should|need|evidence of|minimum|criteria)\b", re.I
)
DIAGNOSED = re.compile(r"\b(?:diagnos\w+|has|had|with|suffers|treated for|consistent with)\b", re.I)


def _attributes(text: TextFacts) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in _plain(text, ATTRIBUTE):
        group = concepts()[fact.name].group
        needed = ONLY_WITH.get(group)
        if needed is None or needed.search(_said(text, fact)):
            found.setdefault(group, []).append(fact)
    return found


def _values(facts: list[Fact]) -> frozenset[str]:
    """What each may mean: who is \"working\" may be so with limits or without."""
    return frozenset(value for fact in facts for value in fact.value.split())


def _told(text: TextFacts, kind: str) -> Iterator[Fact]:
    return (f for f in text.of_kind(kind) if f.marks.plain)


def _sure(fact: Fact) -> bool:
    """Told at once as not so, or told as so."""
    return not fact.negative or fact.marks.near <= 2


def _plain(text: TextFacts, kind: str) -> Iterator[Fact]:
    return (f for f in _told(text, kind) if not f.negative)


def _said(text: TextFacts, fact: Fact) -> str:
    return text.sentences[fact.sentence].text


def _titled(issue: IssueFacts) -> frozenset[str]:
    return frozenset(fact.name for fact in issue.title_facts.of_kind(DIAGNOSIS))


def _guideline_sentences(text: TextFacts) -> frozenset[int]:
    return text.quoted | frozenset(
        number
        for number, read in enumerate(text.read)
        if any(m.name == "source guideline" for m in read.mentions)
        and not any(m.name == "person patient" for m in read.mentions)
    )


def _dated(text: TextFacts) -> Iterator[tuple[Fact, frozenset[date]]]:
    """Scans, operations and injections with the days told beside them."""
    for fact in text.of_kind(TREATMENT):
        group = concepts()[fact.name].group
        if (
            group not in ("imaging", "surgery", "injection", "electrodiagnostic")
            or not fact.marks.plain
            or fact.negative
        ):
            continue
        start, end = text.place(fact.sentence)
        near = text.raw[max(start, fact.start - 30) : min(end, fact.end + NEAR_DATE)]
        days = frozenset(found.value for found in find_dates(near) if found.value is not None)
        if len(days) == 1:
            yield fact, days


def _no_other_part(one: Fact, other: Fact) -> bool:
    return (not one.parts or not other.parts or bool(one.parts & other.parts)) and (
        not one.sides or not other.sides or bool(one.sides & other.sides)
    )


def _elsewhere(one: Fact, other: Fact) -> bool:
    if "both" in one.sides | other.sides:
        return False
    sides = bool(one.sides and other.sides and not one.sides & other.sides)
    parts = bool(one.parts and other.parts and not overlap(one.parts, other.parts))
    return sides or parts


def _levels(text: TextFacts, fact: Fact) -> frozenset[str]:
    """The levels beside a finding, within its clause."""
    start, end = text.place(fact.sentence)
    stretch = text.raw[max(start, fact.start - 40) : min(end, fact.end + 40)]
    return levels_in(re.split(r"[;.]\s", stretch)[-1] if ";" in stretch else stretch)


def _words(issue: IssueFacts, what: str, one: str, other: str) -> dict[str, str]:
    return {"issue": str(issue.number), "what": what, "one": short(one), "other": short(other)}


def _pair(facts: Facts, issue: IssueFacts, ours: Fact, theirs: Fact, what: str) -> Hit:
    here, there = _said(issue.rationale_facts, ours), _said(facts.summary_facts, theirs)
    return Hit(
        field=issue.field("rationale"),
        related=(SUMMARY,),
        told=_words(issue, what, here, there),
        quotes=(
            Quote(here, issue.field("rationale"), None, ours.start, ours.end),
            Quote(there, SUMMARY, None, theirs.start, theirs.end),
        ),
    )


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "patient-told-otherwise": attribute,
    "measure": measure,
    "condition": condition,
    "diagnosis": diagnosis,
    "pain-score": pain_score,
    "relief": relief,
    "event-date": event_date,
    "treatment-place": treatment_place,
    "finding-place": finding_place,
    "complaint": complaint,
    "side-told": side_told,
    "level-told": level_told,
}
