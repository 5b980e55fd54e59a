"""Rules on the decision and its reasons: do they agree, and are they this item's reasons?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import short
from app.services.checks.rules.requests import title_items
from app.services.checks.table import number
from app.services.checks.values import Hit, Quote
from app.services.language.conclusions import closing, contrary, speaks_of_necessity
from app.services.language.items import items_of
from app.services.language.numbers import find_numbers
from app.services.language.terms import DRUG, DRUG_CLASS, PART, TREATMENT, drug_list, group_of, meet
from app.services.language.texts import read_text

SHORT_REASONS = 60
SURGERY = frozenset(("surgery",))
DEPENDS = re.compile(
    r"\b(?:ancillary|associated|primary|surgical (?:intervention|procedure|request)|surgery|above|"
    r"concurrent|requested procedure|since the|as the)\b",
    re.I,
)
GOES_WITH = re.compile(r"\b(?:ancillary|associated|requested (?:surg\w+|procedure))\b", re.I)
PATIENT = re.compile(
    r"\b(?:patient|injured worker|worker|claimant|applicant|employee|he|she|his|her|IW|documentation|records?|notes?|"
    r"documented|reported|treatment plan|subjective|complain\w*|being prescribed|request is due|provider|physician|treater|exam|examination|submitted|this case|provided)\b",
    re.I,
)
LONG_WORD = 4
"""Letters of a word of a title by which reasons are known to speak of it."""


def polarity(facts: Facts) -> Iterator[Hit]:
    """The closing statement of necessity against the decision."""
    for issue in facts.issues:
        decided, verdict = issue.issue.decision, closing(issue.reasons)
        if decided is None or verdict is None or not verdict.strong or verdict.decision is decided:
            continue
        yield _polarity_hit(issue, str(decided), verdict.sentence, "default")


def polarity_weak(facts: Facts) -> Iterator[Hit]:
    """A closing that says "supported" or "warranted" rather than necessary."""
    for issue in facts.issues:
        decided, verdict = issue.issue.decision, closing(issue.reasons)
        if decided is None or verdict is None or verdict.strong or verdict.decision is decided:
            continue
        yield _polarity_hit(issue, str(decided), verdict.sentence, "default")


def polarity_mixed(facts: Facts) -> Iterator[Hit]:
    """The rationale concludes one way in one place and closes with the other."""
    for issue in facts.issues:
        both = contrary(issue.reasons)
        if both is None:
            continue
        first, last = both
        if _of_other_item(facts, issue, first.sentence):
            continue
        yield Hit(
            field=issue.field("rationale"),
            related=(issue.field("decision"),),
            told={
                "issue": str(issue.number),
                "first": short(first.sentence),
                "last": short(last.sentence),
            },
            quotes=(Quote(first.sentence, issue.field("rationale")),),
        )


def _of_other_item(facts: Facts, issue: IssueFacts, sentence: str) -> bool:
    """Whether a sentence names another item of the letter, and not this one."""
    named = [item for item in items_of(read_text(sentence)) if item.name]
    if not named or any(one.is_same(item) for one in title_items(issue) for item in named):
        return False
    return any(
        one.is_same(item)
        for other in facts.issues
        if other is not issue
        for one in title_items(other)
        for item in named
    )


def no_conclusion(facts: Facts) -> Iterator[Hit]:
    for issue in facts.issues:
        if (
            issue.reasons
            and closing(issue.reasons) is None
            and not speaks_of_necessity(issue.reasons)
        ):
            yield Hit(field=issue.field("rationale"), told={"issue": str(issue.number)})


def rationale_repeated(facts: Facts) -> Iterator[Hit]:
    """Two issues with the same reasons word for word, where they are more than a reference."""
    seen: dict[str, IssueFacts] = {}
    for issue in facts.issues:
        reasons = issue.issue.rationale
        if len(reasons.split()) < SHORT_REASONS and GOES_WITH.search(reasons):
            continue
        key = read_text(reasons).squeezed
        first = seen.setdefault(key, issue) if key else issue
        if first is not issue:
            yield Hit(
                field=issue.field("rationale"),
                related=(first.field("rationale"),),
                told={"issue": str(issue.number), "first": str(first.number)},
            )


def rationale_overlap(facts: Facts) -> Iterator[Hit]:
    """Long passages two rationales share; said once for each later issue."""
    most = number(facts.context, "overlap_words")
    for index, issue in enumerate(facts.issues):
        for first in facts.issues[:index]:
            if (
                read_text(first.issue.rationale).squeezed
                == read_text(issue.issue.rationale).squeezed
            ):
                continue
            shared = _longest_shared(first.issue.rationale, issue.issue.rationale, most)
            if shared:
                yield Hit(
                    field=issue.field("rationale"),
                    related=(first.field("rationale"),),
                    told={
                        "issue": str(issue.number),
                        "first": str(first.number),
                        "shared": short(shared),
                    },
                )
                break


def rationale_of_other(facts: Facts) -> Iterator[Hit]:
    """Reasons that name another issue's item and nothing of their own."""
    if len(facts.issues) < 2:
        return
    own = [_topics(issue) for issue in facts.issues]
    for index, issue in enumerate(facts.issues):
        reasons = _spoken_of(issue.issue.rationale)
        if (
            not own[index]
            or not reasons
            or DEPENDS.search(" ".join(s.text for s in issue.asking[-1:]))
        ):
            continue
        if meet(own[index], reasons) or (SURGERY & reasons and _surgical(issue)):
            continue
        for other_index, other in enumerate(facts.issues):
            theirs = own[other_index]
            if other is issue or not theirs or meet(theirs, own[index]):
                continue
            if theirs <= _concluded(issue) and not _speaks_of_itself(issue, other):
                yield Hit(
                    field=issue.field("rationale"),
                    related=(issue.field("title"), other.field("rationale")),
                    told={
                        "issue": str(issue.number),
                        "other": str(other.number),
                        "title": issue.issue.title,
                    },
                )
                break


def _speaks_of_itself(issue: IssueFacts, other: IssueFacts) -> bool:
    """Whether the reasons have a word or a number that only their own title has: "the stay", "the eight"."""
    own, theirs = issue.title, other.title
    told = {word.text for word in issue.rationale.words}
    words = {w.text for w in own.words if len(w.text) >= LONG_WORD} - {w.text for w in theirs.words}
    numbers = {n.value for n in find_numbers(own.raw)} - {n.value for n in find_numbers(theirs.raw)}
    return bool(words & told) or bool(
        numbers & {n.value for n in find_numbers(issue.rationale.raw)}
    )


def other_item_concluded(facts: Facts) -> Iterator[Hit]:
    """The closing sentence repeats another issue's title word for word."""
    titles = {read_text(issue.disputed.raw).squeezed: issue for issue in facts.issues}
    titles.pop("", None)
    if len(titles) < 2:
        return
    for issue in facts.issues:
        ours = read_text(issue.disputed.raw).squeezed
        ending = read_text(" ".join(sentence.text for sentence in issue.reasoning[-1:])).squeezed
        if not ours or f" {ours} " in f" {ending} ":
            continue
        for title, other in titles.items():
            if (
                other is not issue
                and len(title.split()) > 1
                and f" {title} " in f" {ending} "
                and title not in ours
            ):
                yield Hit(
                    field=issue.field("rationale"),
                    related=(issue.field("title"), other.field("title")),
                    told={
                        "issue": str(issue.number),
                        "other": str(other.number),
                        "title": other.disputed.raw,
                    },
                )
                break


def no_patient_facts(facts: Facts) -> Iterator[Hit]:
    """Guideline text alone: no date of the record, nothing said of this patient."""
    for issue in facts.issues:
        reasons = issue.rationale
        if len(reasons.words) < SHORT_REASONS or reasons.dates:
            continue
        if not any(
            s.start <= match.start() < s.end
            for match in reasons.found(PATIENT)
            for s in issue.reasoning
        ):
            yield Hit(field=issue.field("rationale"), told={"issue": str(issue.number)})


def _polarity_hit(issue: IssueFacts, decided: str, sentence: str, says: str) -> Hit:
    return Hit(
        field=issue.field("decision"),
        related=(issue.field("rationale"),),
        says=says,
        told={"issue": str(issue.number), "decision": decided, "sentence": short(sentence)},
        quotes=(Quote(sentence, issue.field("rationale")),),
    )


def _surgical(issue: IssueFacts) -> bool:
    return any(group_of(name) == "surgery" for name in issue.title.named(TREATMENT))


def _topics(issue: IssueFacts) -> frozenset[str]:
    """Drugs, or else treatments with body parts, of an issue's title."""
    text = issue.disputed
    drugs = text.named(DRUG)
    if drugs:
        return drugs
    return text.named(TREATMENT) - {"surgery", "consultation"}


@lru_cache(maxsize=512)
def _spoken_of(rationale: str) -> frozenset[str]:
    text = read_text(rationale)
    named = text.named(DRUG) | text.named(TREATMENT)
    classes = text.named(DRUG_CLASS)
    return named | frozenset(
        name for name, drug in drug_list().drugs.items() if classes.intersection(drug.classes)
    )


def _concluded(issue: IssueFacts) -> frozenset[str]:
    """What the closing sentences are about."""
    text = read_text(" ".join(sentence.text for sentence in (*issue.asking, *issue.reasoning[-2:])))
    return text.named(DRUG) | text.named(TREATMENT) | text.named(PART)


@lru_cache(maxsize=512)
def _shingles(raw: str, size: int) -> dict[tuple[str, ...], int]:
    words = [word.text for word in read_text(raw).words]
    return {tuple(words[at : at + size]): at for at in range(len(words) - size + 1)}


@lru_cache(maxsize=512)
def _longest_shared(one: str, other: str, least: int) -> str:
    """The first shared passage of at least so many words, or nothing."""
    ours = _shingles(one, least)
    if not ours:
        return ""
    for shingle in _shingles(other, least):
        if shingle in ours:
            return " ".join(shingle[:14]) + " …"
    return ""


RULES = {
    "polarity": polarity,
    "polarity-weak": polarity_weak,
    "polarity-mixed": polarity_mixed,
    "no-conclusion": no_conclusion,
    "rationale-repeated": rationale_repeated,
    "rationale-overlap": rationale_overlap,
    "rationale-of-other": rationale_of_other,
    "other-item-concluded": other_item_concluded,
    "no-patient-facts": no_patient_facts,
}
