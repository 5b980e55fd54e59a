"""Rules on how many: visits, injections and operations that were had, rationale against summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.services.checks.claims import had, related
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.hits import pair_hit
from app.services.checks.rules.patient import guideline_sentences
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit
from app.services.language.facts import Fact
from app.services.language.items import items_of
from app.services.language.numbers import NUMBER, VISIT, as_number, find_numbers
from app.services.language.seeking import seek
from app.services.language.terms import TREATMENT, are_related, group_of
from app.services.language.texts import Text

OPERATED = re.compile(
    rf"\b(?:had|has had|undergone|underwent|status post|s/p|after|following)\s+(?:only |just |an? |a total of )?(?P<count>single|{NUMBER})\s+(?:\w+\s+){{0,3}}?(?:operations?|surger(?:y|ies)|fusions|laminectomies)\b(?!\s+(?:consult|request|cent))"
    r"|\boperated (?:on|upon) (?P<times>once|twice|\w+ times)\b",
    re.I,
)
IN_PARTS = re.compile(
    rf"\b(?:in|during) (?:19|20)\d\d\b|\bthis year\b|\blast (?:year|month)\b|\b(?:{NUMBER}|some|each|any|several|many|most|part|first|last|rest) of (?:the|these|those|which)\b|\bhalf (?:of|the|those|these)\b|\b(?:before|since|after) (?:the )?(?:surgery|operation|flare|relapse)\b|\band (?:\w+ )?(?:more|another|later)\b",
    re.I,
)
"""A part of what was had: of a year, or of a whole that is told with it."""
ONCE = re.compile(r"\b(?:an?|one|single)\s+(?:[\w-]+\s+){0,3}$", re.I)
VISITS_HAD = re.compile(
    rf"\b({NUMBER})(?:\s*\(\d+\))?\s+(?:[\w-]+\s+){{0,2}}?{VISIT}\s+(?:(?:have|has|had|were|was|are)\s+)?(?:(?:already|so far|by now|now|been|all)\s+)*(?:attended|completed|had|taken|used|done|received|rendered|given|undergone|kept|furnished|delivered|provided|logged|finished|exhausted|to date|so far|behind (?:him|her))\b"
    rf"|\b({NUMBER})(?:\s*\(\d+\))?\s+(?:[\w-]+\s+){{0,2}}?{VISIT}[,\s]+(?:the number |(?:all of )?which |that )?(?:he|she|the \w+|M(?:r|s|rs)\.? \w+)\s+(?:(?:has|had)\s+)?(?:already\s+|now\s+|by now\s+|so far\s+)?(?:gone|been|attended|had|used|sat|come|worked|made|undergone|done|finished|completed|taken|received|went|kept)\b"
    rf"|\b(?:attended|completed|had|received|undergone|used)\s+(?:only|just|already|all)?\s*({NUMBER})\s+(?:[\w-]+\s+){{0,2}}?{VISIT}\b",
    re.I,
)
ROUGHLY = re.compile(
    r"\b(?:about|approximately|around|some|roughly|nearly|almost)\s+(?:an?\s+)?$", re.I
)
FAR = 0.4
ABOUT = re.compile(
    r"\b(?:at least|approximately|about|some|over|(?<!no )(?<!not )more than|minimum|up to|first|last|initial|these|another|additional|more|further|next|following|latest|most recent|previous|of the|within)\s*(?:of\s+|the\s+)?$",
    re.I,
)


def operations(facts: Facts) -> Iterator[Hit]:
    """How many operations were had: fewer or far more than the summary tells of one by one."""
    theirs: dict[str, Fact] = {}
    for fact in facts.summary.of_kind(TREATMENT):
        if "surgery" in fact.cases_of and fact.name != "surgery" and had(fact):
            theirs.setdefault(fact.name, fact)
    plenty = len(theirs) >= 2 and not OPERATED.search(facts.summary.raw)
    for issue in facts.issues if plenty else ():
        text = issue.rationale
        for number, sentence in enumerate(text.sentences):
            match = seek(OPERATED, sentence.text)
            if match is None or number in text.quoted or text.read[number].marks == ():
                continue
            count = (
                1
                if match["count"] == "single"
                else as_number(match["count"] or match["times"].split()[0])
            )
            if count is None or count == len(theirs) or (count == len(theirs) + 1):
                continue
            named = next((f for f in text.in_sentence(number) if "surgery" in f.cases_of), None)
            if named is None or (named.marks.plain and not named.negative):
                first = next(iter(theirs.values()))
                ours = named or first._replace(
                    sentence=number, start=text.place(number)[0], end=text.place(number)[1]
                )
                yield pair_hit(facts, issue, "rationale", text, ours, first)
                break


def visits_done(facts: Facts) -> Iterator[Hit]:
    """How many visits were had: the rationale's number is none of the summary's."""
    summary = list(_counted(facts.summary))
    for issue in facts.issues:
        for fact in _counted(issue.rationale):
            theirs = [other for other in summary if related(fact, other)]
            counts = {other.visits for other in theirs if other.visits is not None}
            here = issue.rationale.sentences[fact.sentence].text
            if any(number.value in counts for number in find_numbers(here)):
                continue  # who tells the right number too knows it
            if fact.visits in _told_beside(facts.summary, fact):
                continue
            if counts and fact.visits not in counts and fact.visits != sum(counts):
                yield pair_hit(facts, issue, "rationale", issue.rationale, fact, theirs[0])
                break
            once = None if counts else _had_once(facts.summary, fact)
            if once is not None and (fact.visits or 0) >= 3:
                yield pair_hit(facts, issue, "rationale", issue.rationale, fact, once)
                break
        else:
            hit = _untitled_count(facts, issue)
            hit = hit or _about_so_many(facts, issue)
            if hit is not None:
                yield hit


def _about_so_many(facts: Facts, issue: IssueFacts) -> Hit | None:
    """ "About a dozen", where the summary tells thirty: roughly, and yet far from it."""
    text = issue.rationale
    for fact in text.of_kind(TREATMENT):
        if (
            fact.visits is None
            or not had(fact)
            or not ROUGHLY.search(text.raw[: fact.visits_start])
        ):
            continue
        theirs = [other for other in _counted(facts.summary) if related(fact, other)]
        if theirs and all(_are_far(fact.visits, other.visits or 0) for other in theirs):
            return pair_hit(facts, issue, "rationale", text, fact, theirs[0])
    return None


def _are_far(one: int, other: int) -> bool:
    return abs(one - other) > FAR * max(one, other)


def _told_beside(text: Text, fact: Fact) -> frozenset[int]:
    """The numbers in a text's tellings of a treatment that is not asked for there: "PT 3"."""
    counted = {f.sentence for f in _counted(text)}
    tellings = {
        f.sentence for f in text.of_kind(TREATMENT) if related(fact, f) and not f.marks.asked
    }
    tellings -= counted
    numbers = (n for at in tellings for n in find_numbers(text.sentences[at].text))
    return frozenset(int(number.value) for number in numbers)


def _had_once(text: Text, fact: Fact) -> Fact | None:
    """The only telling of a treatment, where it is told as one alone: "an injection on 6/24"."""
    same = [one for one in text.of_kind(TREATMENT) if related(fact, one) and had(one)]
    if len(same) != 1 or group_of(fact.name) not in ("injection", "surgery"):
        return None
    return same[0] if ONCE.search(text.raw, 0, same[0].start) else None


def _untitled_count(facts: Facts, issue: IssueFacts) -> Hit | None:
    """So many visits had, where the sentence names no treatment: those of the title are meant."""
    text = issue.rationale
    names = {
        item.name for item in title_items(issue) if group_of(item.name) in ("therapy", "psych")
    }
    theirs = [
        one for one in _counted(facts.summary) if any(are_related(one.name, name) for name in names)
    ]
    counts = {one.visits for one in theirs if one.visits is not None}
    for number, sentence in enumerate(text.sentences if counts else ()):
        match = seek(VISITS_HAD, sentence.text)
        if match is None or number in text.quoted or number in guideline_sentences(text):
            continue
        named = {fact.name for fact in text.in_sentence(number) if fact.kind == TREATMENT}
        if any(group_of(name) != "surgery" for name in named):
            continue
        told = as_number(next(group for group in match.groups() if group))
        if (
            told
            and told not in counts
            and told != sum(counts)
            and not ABOUT.search(sentence.text[: match.start()])
        ):
            start, _ = text.place(number)
            ours = theirs[0]._replace(
                sentence=number, start=start + match.start(), end=start + match.end()
            )
            return pair_hit(facts, issue, "rationale", text, ours, theirs[0])
    return None


def _counted(text: Text) -> Iterator[Fact]:
    """Treatments had so many times, where the number is meant exactly."""
    for told in text.of_kind(TREATMENT):
        fact = told if told.visits is not None else _by_weeks(text, told)
        if (
            fact.visits is not None
            and had(fact)
            and not ABOUT.search(text.raw[: fact.visits_start])
            and not seek(IN_PARTS, text.sentences[fact.sentence].text)
        ):
            yield fact


def _by_weeks(text: Text, fact: Fact) -> Fact:
    """The visits of "PT 2x3"."""
    same = [i for i in items_of(text) if i.sentence == fact.sentence and i.name == fact.name]
    visits = frozenset[int]().union(*(item.visits for item in same if item.weekly))
    if len(visits) != 1:
        return fact
    return fact._replace(visits=next(iter(visits)), visits_start=fact.start)


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "visits-done": lambda facts: (*visits_done(facts), *operations(facts))
}
