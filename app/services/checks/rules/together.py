"""Rules on items together: what hangs on another item, what is asked for twice, what is told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from app.letter import Decision
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import short
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit, Quote
from app.services.language.conclusions import conclusions, speaks_of_necessity
from app.services.language.items import Item, items_of
from app.services.language.seeking import seek
from app.services.language.terms import TREATMENT, concepts, group_of
from app.services.language.texts import read_text

HANGS = re.compile(
    r"\bpost-?\s?op\w*|\bpre-?\s?op\w*|\bassociated surgical|\bassistant (?:surgeon|PA)|\bsurgical assistant|\bco-?surgeon|\bperi-?operative|\bpost-?surgical|\bafter surgery|\bfor surgery|\bclearance\b|\binpatient|\bhospital stay|\bintra-?operative|\banesthesia",
    re.I,
)
SURGERY, INJECTION = frozenset(("surgery",)), frozenset(("injection",))
# What is used after an operation, where the letter decides one.
GOES_WITH = frozenset(
    ("cold therapy", "sling", "cpm", "dvt device", "bone stimulator", "brace", "walker", "walking frame", "crutches", "cane", "wheelchair", "scooter", "clearance",
     "assistant", "lab work", "inpatient stay", "bed")
)  # fmt: skip
SURGERY_WORD = re.compile(
    r"\b(?:surg(?:ery|ical)\b(?! service)|procedure|operation|operative)", re.I
)
CLAUSES = re.compile(r"[,;]\s|\b(?:because|therefore|thus|hence)\b", re.I)
# "No operation is being allowed": nothing is to be done.
NONE_ALLOWED = re.compile(
    r"\b(?:no|without)\s+(?:\w+\s+)?(?:surgery|operation|procedure|fusion|repair|arthroscopy|replacement)\s+(?:(?:is|was|has been|being|will be|to be|are)\s+)*(?:\w+\s+)?(?:authorized|approved|certified|allowed|granted|supported|planned|performed|done|going|take|necessary)"
    r"|\b(?:denial|non-?certification) of the (?:surg\w+|procedure|operation)|\bdenied (?:surg\w+|procedure|operation)",
    re.I,
)
GOES_AHEAD = re.compile(
    r"\b(?:as|since|because|now that|given that)\s+(?:the|this|an?|her|his)\s+(?:[\w-]+\s+){1,3}?(?:goes ahead|is going ahead|will (?:be (?:done|performed|given)|go ahead|take place|proceed)|proceeds|is (?:allowed|approved|certified|authorized|granted|supported))\b",
    re.I,
)
CONDITION = re.compile(r"\b(?:if|unless|whether|until|when)\b", re.I)
SUPPOSED = re.compile(
    r"\b(?:would|could|might|were (?:it|the|there)|had (?:it|the|there)|should (?:the|it)|only)\b",
    re.I,
)
APART = re.compile(
    r"\bretro\w*|\bprospective\w*|\bDOS\b|\bdates? of service|\b(?:19|20)\d\d\b|\b\d{1,2}[/-]\d{1,2}\b|\binitial|\badditional|\brepeat\w*|\bfollow\w*|\bfurther|\bsecond|\bfirst"
    r"|\b(?:pre|post)-?\s?op\w*|\bassociated|\bhome|\baquatic|\bflexion|\bextension|\bstanding|\bER\b|\b[XSC]R\b",
    re.I,
)
# Of these a letter may well decide several.
BROAD = frozenset(
    ("", "lab work", "clearance", "consultation", "surgery", "injection", "imaging", "topical", "therapy",
     "medication", "assistant", "office visit", "follow up", "conservative")
)  # fmt: skip
TOLD_FROM = Item._fields.index("sides")
REFERS = re.compile(
    r"\b(?:in (?:this|the (?:preceding|previous|present|same)) (?:review|determination|decision|letter|section|item|IMR)|above|below|elsewhere|herein|as discussed|now|(?:is|are) (?:not )?(?:\w+ )?medically)\b",
    re.I,
)
DECIDED = re.compile(
    r"\b(?:is|are|was|were|(?:has|have) been)\s+(?:now\s+|thus\s+|also\s+|found\s+|deemed\s+|held\s+)*(?:(?P<no>not\s+|no longer\s+|denied|refused|non-?\s?certified|not certified|upheld)|(?P<yes>approved|certified|authorized|granted|allowed|overturned|(?:medically\s+)?necessary))\b",
    re.I,
)
NOT_DECIDED = re.compile(
    r"\b(?:if|when|whether|unless|until|unlike|in contrast|as opposed|other than|compared|were|would|could|may|might|should|UR|utilization review|claims administrator|carrier|provider|previous\w*|prior|past|formerly|guidelines?|MTUS|ODG|ACOEM|only|patients)\b",
    re.I,
)
SIDES = re.compile(r"\b(?:left|right|[lr]t?)\b|\([lr]\)", re.I)
EQUAL = re.compile(
    r"\b(?:equal(?:ly)?|identical\w*|symmetric\w*|alike|to the same (?:degree|extent)|the same (?:on )?(?:the )?(?:right and (?:on the )?left|left and (?:on the )?right)|the same (?:findings|signs|complaints|on|in)|(?:on|of) (?:both|either|each) (?:sides?|wrists?|hands?|knees?|shoulders?|elbows?|hips?|feet))\b",
    re.I,
)
ALIKE = 88
"""Out of 100: two rationales that differ in a side or a number only are alike."""
LONG_SENTENCE, SHORT_SENTENCE = 9, 8
"""Words that one sentence, or each of two in a row, has at least to be a passage."""


def depends(facts: Facts) -> Iterator[Hit]:
    """An item that only goes with another, decided otherwise than that one allows."""
    for issue in facts.issues:
        if issue.issue.decision is None or not _hangs(issue):
            continue
        surgery = _goes_with(facts, issue)
        decided = {one.issue.decision for one in surgery}
        if len(decided) != 1 or None in decided:
            continue
        (decision,) = decided
        told = _surgery_told(issue, surgery[0])
        if decision is Decision.UPHELD and issue.issue.decision is Decision.OVERTURNED:
            says = "granted"
        elif decision is Decision.UPHELD and told == {Decision.OVERTURNED}:
            says = "supported"
        elif decision is Decision.OVERTURNED and Decision.UPHELD in told:
            says = "refused"
        else:
            continue
        yield Hit(
            field=issue.field("decision"),
            related=(surgery[0].field("decision"), issue.field("rationale")),
            says=says,
            told={
                "issue": str(issue.number),
                "title": issue.issue.title,
                "other": str(surgery[0].number),
                "decision": str(issue.issue.decision),
                "surgery": str(decision),
            },
        )


def _goes_with(facts: Facts, issue: IssueFacts) -> list[IssueFacts]:
    """The operations of the letter, or the injections that a title itself names: "anesthesia for epidural"."""
    others = [one for one in facts.issues if one is not issue and not _hangs(one)]
    surgery = [one for one in others if _is_of(one, SURGERY)]
    if surgery:
        return surgery
    named = issue.title.named(TREATMENT)
    return [one for one in others if _is_of(one, INJECTION) and named & _names(title_items(one))]


def _surgery_told(issue: IssueFacts, surgery: IssueFacts) -> set[Decision]:
    """What the reasons of an item say was decided of the operation it goes with."""
    own = _names(title_items(surgery))
    found: set[Decision] = set()
    for sentence in issue.reasons:
        if seek(CONDITION, sentence) or seek(SUPPOSED, sentence):
            continue
        for clause in CLAUSES.split(sentence):
            if GOES_AHEAD.search(clause):
                found.add(Decision.OVERTURNED)
                continue
            named = _names(items_of(read_text(clause)))
            of_surgery = seek(SURGERY_WORD, clause) or any(
                name in concepts() and concepts()[name].group == "surgery" for name in named
            )
            if seek(NONE_ALLOWED, clause):
                found.add(Decision.UPHELD)
            elif of_surgery and (named & own or not named & _names(title_items(issue))):
                found |= {verdict.decision for verdict in conclusions((clause,))}
    return found


def twins(facts: Facts) -> Iterator[Hit]:
    """The same thing twice, or on two sides, for the same reasons, decided both ways."""
    for one, other in combinations(facts.issues, 2):
        if {one.issue.decision, other.issue.decision} != {Decision.UPHELD, Decision.OVERTURNED}:
            continue
        if _hangs(one) != _hangs(other):
            continue
        alike = _same_items(one, other) and (_same_reasons(one, other) or _equal(facts, one, other))
        if _one_item(one, other) or alike:
            yield Hit(
                field=other.field("decision"),
                related=(one.field("decision"), other.field("rationale"), one.field("rationale")),
                told={
                    "first": str(one.number),
                    "issue": str(other.number),
                    "one": str(one.issue.decision),
                    "two": str(other.issue.decision),
                    "title": other.issue.title,
                },
            )


def decided_otherwise(facts: Facts) -> Iterator[Hit]:
    """A rationale that tells another item's decision, and not as that item is decided."""
    for issue in facts.issues:
        text, ours = issue.rationale, _names(title_items(issue))
        others = [other for other in facts.issues if other is not issue and other.issue.decision]
        for number, sentence in enumerate(text.sentences if others else ()):
            told = _decision_told(sentence.text)
            if told is None or number in text.quoted:
                continue
            names = frozenset(
                item.name for item in items_of(text) if item.sentence == number and item.name
            )
            about = [other for other in others if names and names == _names(title_items(other))]
            if len(about) != 1 or names & ours or about[0].issue.decision is told:
                continue
            start, end = text.place(number)
            yield Hit(
                field=issue.field("rationale"),
                related=(about[0].field("decision"),),
                told={
                    "issue": str(issue.number),
                    "other": str(about[0].number),
                    "decision": str(about[0].issue.decision),
                    "said": short(sentence.text),
                },
                quotes=(Quote(text.raw[start:end], issue.field("rationale"), None, start, end),),
            )
            break


@lru_cache(maxsize=4096)
def _decision_told(sentence: str) -> Decision | None:
    """What a sentence says was decided in this letter, be it of which item it may."""
    match = seek(DECIDED, sentence)
    if match is None or seek(NOT_DECIDED, sentence) or not seek(REFERS, sentence):
        return None
    if match["no"] and match["no"].lower().startswith("no"):
        behind = sentence[match.end() :]
        if not re.match(
            r"\s*(?:\w+\s+)?(?:medically|necessary|approved|certified|authorized|supported|warranted)",
            behind,
            re.I,
        ) and match["no"].lower().strip() in ("not", "no longer"):
            return None
    return Decision.UPHELD if match["no"] else Decision.OVERTURNED


def passage_twice(facts: Facts) -> Iterator[Hit]:
    """A long sentence, or two in a row, that stand twice in one text."""
    for field, text in facts.narratives:
        place = _repeated(text.raw)
        if place is not None:
            yield Hit(
                field=field,
                told={"start": short(text.raw[place[0] : place[1]])},
                quotes=(Quote(text.raw[place[0] : place[1]], field, None, *place),),
            )


def _is_of(issue: IssueFacts, groups: frozenset[str]) -> bool:
    return any(group_of(item.name) in groups for item in title_items(issue))


def _hangs(issue: IssueFacts) -> bool:
    """Whether the title names something that only goes with an operation."""
    names = {item.name for item in title_items(issue)}
    return bool(seek(HANGS, issue.issue.title)) or (bool(names) and names <= GOES_WITH)


def _same_items(one: IssueFacts, other: IssueFacts) -> bool:
    ours, theirs = title_items(one), title_items(other)
    return bool(ours) and _names(ours) == _names(theirs) and _parts(ours) == _parts(theirs)


def _one_item(one: IssueFacts, other: IssueFacts) -> bool:
    """One and the same thing asked for twice: nothing that either title tells sets them apart."""
    ours, theirs = title_items(one), title_items(other)
    if not _same_items(one, other) or len(ours) != len(theirs) or _names(ours) & BROAD:
        return False
    if one.request or other.request or _telling_apart(one) != _telling_apart(other):
        return False
    return all(
        not mine or not yours or mine == yours
        for first in ours
        for second in theirs
        if first.name == second.name
        for mine, yours in zip(first[TOLD_FROM:], second[TOLD_FROM:], strict=True)
    )


def _telling_apart(issue: IssueFacts) -> frozenset[str]:
    """What says that a request is another one of the same thing: its time, or that it is one more."""
    told = (match[0].lower() for match in APART.finditer(issue.issue.title))
    return frozenset(word for word in told if not word.startswith(("dos", "date")))


def _names(items: tuple[Item, ...]) -> frozenset[str]:
    return frozenset(item.name for item in items)


def _parts(items: tuple[Item, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(item.parts for item in items))


def _same_reasons(one: IssueFacts, other: IssueFacts) -> bool:
    """Alike but for the conclusion, which differs as the decisions do."""
    ours, theirs = (" ".join(issue.reasons[:-1]) for issue in (one, other))
    if not ours or not theirs:
        ours, theirs = one.rationale.raw, other.rationale.raw
    return fuzz.token_sort_ratio(ours, theirs) >= ALIKE or _titles_alike(one, other)


def _equal(facts: Facts, one: IssueFacts, other: IssueFacts) -> bool:
    """The same for one side and for the other, of which the letter says that they are alike."""
    titles = [SIDES.sub(" ", issue.disputed.raw.lower()).split() for issue in (one, other)]
    told = (facts.summary, one.rationale, other.rationale)
    return titles[0] == titles[1] and any(EQUAL.search(text.raw) for text in told)


def _titles_alike(one: IssueFacts, other: IssueFacts) -> bool:
    return fuzz.token_sort_ratio(one.disputed.raw.lower(), other.disputed.raw.lower()) >= 97


@lru_cache(maxsize=512)
def _repeated(raw: str) -> tuple[int, int] | None:
    """The second telling of a passage, where it is no guideline's words."""
    text = read_text(raw)
    seen: dict[str, int] = {}
    before: int | None = None
    for number, sentence in enumerate(text.sentences):
        key = read_text(sentence.text).squeezed
        count = len(key.split())
        first = seen.setdefault(key, number)
        if first == number or number in text.quoted:
            before = None
            continue
        again = before == first - 1 or first == number - 1
        if speaks_of_necessity((sentence.text,)):
            continue  # what each item closes with
        if count >= LONG_SENTENCE or (count >= SHORT_SENTENCE and again):
            return text.place(number)
        before = first if count >= SHORT_SENTENCE else None
    return None


RULES = {
    "depends": depends,
    "twins": twins,
    "decided-otherwise": decided_otherwise,
    "passage-twice": passage_twice,
}
