"""Rules on what was done and what came of it: the rationale against what the summary tells.

A determination can be set aside for a plain error of fact, so what the reasons say never was, or
is nowhere recorded, is looked for in the summary by what it means and not by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.services.checks.claims import SUMMARY, Claim, claims, had, related, same_part
from app.services.checks.evidence import BETTER, TRANSIENT, evidence
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.naming import is_patients, short
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit, Quote
from app.services.language.context import Marks
from app.services.language.facts import Fact
from app.services.language.numbers import NUMBER, VISIT
from app.services.language.occasions import AGAIN as ONE_MORE
from app.services.language.occasions import FIRST, occasion
from app.services.language.seeking import seek
from app.services.language.terms import (
    DRUG,
    GENERAL,
    MEASURE,
    OUTCOME,
    SIGN,
    TOPIC,
    TREATMENT,
    concepts,
    group_of,
    in_words,
    wider,
)
from app.services.language.texts import Text

AGAIN = re.compile(
    r"\b(?:repeat(?:ed|ing)?|second|third|another|continued|continuation of|additional|(?:prior|previous|last|earlier))\s+(?:[\w-]+\s+){0,4}$",
    re.I,
)
FIRST_USER = re.compile(r"\bfirst[- ]time (?:user|use|recipient)s? of (?:[\w-]+ )?$", re.I)
GIVEN = re.compile(r"\s+(?:injections?|treatments?|infusions?)\b", re.I)
OF_THIS_ONE = re.compile(r"^(?:prior|previous|last|earlier)", re.I)
# Told in the past: of this patient, though none is named.
RECORDED = re.compile(r"\b(?:was|were|has|have|had|did|gave|brought|showed|led)\b", re.I)
FOR_A_TIME = re.compile(
    r"\bsince\b(?! (?:the|his|her|this) (?:injury|accident|date))|\b(?:recent\w*|lately|this year|last year|of late|in (?:the (?:last|past)|over)|currently|at present|any (?:more|longer)|no longer)\b",
    re.I,
)
"""Told as not had for a time only."""
LASTING = re.compile(
    r"\b(?:lasting|sustained|durable|long-?\s?term|long-?lived|permanent\w*|prolonged|enduring|satisfactory|adequate|sufficient|complete\w*|full)\b",
    re.I,
)
"""That what helped did not help for long may be told as of help and as of none."""
VISITS = re.compile(rf"\b{NUMBER}\s+(?:\w+\s+)?{VISIT}\b", re.I)
PAIN_UNCHANGED = re.compile(r"\bpain\b[^.;]{0,30}\bunchanged\b", re.I)
SOUGHT = re.compile(
    r"\b(?:request|sought|seek|order|propos|plan|recommend|want|authoriz|denied)\w*", re.I
)
ONCE = frozenset(("surgery", "injection"))
STUDIES = frozenset(("imaging", "electrodiagnostic"))
AGAIN_IN_TITLE = re.compile(r"\brepeat|\bupdated?\b|\bfollow", re.I)
FELT_GROUPS = frozenset(("symptom", "redflag"))
FELT_SIGNS = frozenset(("red flag", "radiculopathy", "numbness", "weakness", "weight loss sign"))


def claim_contradicted(facts: Facts) -> Iterator[Hit]:
    """Something said not to be so, or not to be recorded, that the summary tells."""
    for claim, issues in _by_claim(facts):
        told = tuple(evidence(facts, claim))
        if told:
            words = {**_claim_words(claim, issues), "told": short(told[0].text)}
            yield _claim_hit(claim, issues, words, tuple(one.quote for one in told))


def claim_to_confirm(facts: Facts) -> Iterator[Hit]:
    """A statement that something is not recorded, with what was looked for and where."""
    where = "the summary and the loaded pages" if facts.pages else "the summary"
    for claim, issues in _by_claim(facts):
        if claim.undocumented and not any(evidence(facts, claim)):
            looked = sorted({in_words(fact.name) for fact in (*claim.wanted, *claim.treatments)})
            words = {**_claim_words(claim, issues), "looked": ", ".join(looked), "where": where}
            yield _claim_hit(claim, issues, words, ())


def _by_claim(facts: Facts) -> Iterator[tuple[Claim, list[IssueFacts]]]:
    """Each claim once, with the issues whose rationales have it word for word."""
    found: dict[str, tuple[Claim, list[IssueFacts]]] = {}
    for issue in facts.issues:
        for claim in claims(issue):
            _, issues = found.setdefault(claim.text, (claim, []))
            if issue not in issues:
                issues.append(issue)
    yield from found.values()


def _claim_words(claim: Claim, issues: list[IssueFacts]) -> dict[str, str]:
    return {"issue": ", ".join(str(issue.number) for issue in issues), "claim": claim.said}


def _claim_hit(
    claim: Claim, issues: list[IssueFacts], words: dict[str, str], told: tuple[Quote, ...]
) -> Hit:
    field = issues[0].field("rationale")
    return Hit(
        field=field,
        related=(SUMMARY, *(issue.field("rationale") for issue in issues[1:])),
        told=words,
        quotes=(Quote(claim.text, field, None, claim.start, claim.end), *told),
    )


def had_against_never(facts: Facts) -> Iterator[Hit]:
    """The rationale or the title speaks of a treatment as had; the summary says it never was."""
    never = [
        fact
        for fact in facts.summary.of_kind(TREATMENT, DRUG)
        if _never_was(fact) and not _only_for_a_time(facts.summary, fact)
    ]
    for issue in facts.issues:
        hit = _first_hit(facts, issue)
        if hit is not None:
            yield hit
    for issue in facts.issues if never else ():
        for name, text in (("rationale", issue.rationale), ("title", issue.title)):
            hit = _never_hit(facts, issue, name, text, never)
            if hit is not None:
                yield hit
                break


def _never_was(fact: Fact) -> bool:
    """Told as not had; of what is done once, that it is not so is enough: "declined an operation"."""
    marks = fact.marks
    if not marks.denied or marks.undocumented or not marks.plain:
        return False
    once = group_of(fact.name) in ONCE and marks.patient and marks.near <= 2
    return (marks.done and marks.near <= 4) or once


def _only_for_a_time(text: Text, fact: Fact) -> bool:
    """Told as not had since then, of what is told as had too."""
    passing = seek(FOR_A_TIME, text.sentences[fact.sentence].text)
    return passing is not None and any(
        had(other) and related(other, fact) for other in text.of_kind(fact.kind)
    )


def _again_untold(facts: Facts) -> Iterator[Hit]:
    """A study told as a second one, where the summary tells which studies there were, and not this one."""
    studies = [f for f in facts.summary.of_kind(TREATMENT) if group_of(f.name) in STUDIES]
    done = [f for f in studies if had(f) and f.name not in GENERAL]
    for issue in facts.issues if done else ():
        titled = {i.name for i in title_items(issue)}
        if seek(AGAIN_IN_TITLE, issue.issue.title):
            continue
        for fact in issue.rationale.of_kind(TREATMENT):
            if (
                fact.name not in titled
                or group_of(fact.name) not in STUDIES
                or (not fact.marks.plain and not fact.marks.asked)
            ):
                continue
            again = AGAIN.search(issue.rationale.raw, max(0, fact.start - 60), fact.start)
            known = any(f.name == fact.name and not f.marks.asked for f in studies)
            if again and not known and is_patients(issue.rationale, fact.sentence):
                yield pair_hit(facts, issue, "rationale", issue.rationale, fact, done[0])
                break


def outcome_told(facts: Facts) -> Iterator[Hit]:
    """What came of a treatment: better in one place, and in the other only unchanged or failed."""
    theirs = [fact for fact in facts.summary.of_kind(OUTCOME) if _came_of(fact)]
    for issue in facts.issues if theirs else ():
        text = issue.rationale
        for ours in text.of_kind(OUTCOME):
            if not _came_of(ours) or ours.sentence in text.quoted:
                continue
            if not (ours.marks.patient or seek(RECORDED, text.sentences[ours.sentence].text)):
                continue
            same = [
                fact for fact in theirs if _same_treatment(text, ours, facts.summary, fact, issue)
            ]
            passed = any(seek(TRANSIENT, facts.summary.sentences[f.sentence].text) for f in same)
            passed = passed or (
                not _is_better(ours) and seek(LASTING, text.sentences[ours.sentence].text)
            )
            if same and not passed and all(_is_better(fact) != _is_better(ours) for fact in same):
                yield pair_hit(facts, issue, "rationale", text, ours, same[0])
                break


def topic_told(facts: Facts) -> Iterator[Hit]:
    """A symptom or a warning sign told as there, which the summary denies, or the other way round."""
    theirs = [f for f in facts.summary.of_kind(TOPIC, SIGN) if f.marks.plain]
    for issue in facts.issues:
        text = issue.rationale
        for ours in text.of_kind(TOPIC, SIGN):
            if not ours.marks.plain or ours.marks.undocumented or not _denies(ours):
                continue
            if ours.negative and (ours.kind != SIGN or ours.marks.near > 2):
                continue
            if not is_patients(text, ours.sentence) or ours.sentence in text.quoted:
                continue
            if text.raw[ours.start : ours.end].lower().startswith("tolera"):
                continue  # what is tolerated has no such effects
            # Pain of the back is denied to radiate; it is told to do so into a limb.
            felt = ours.name == "radiation"
            same = [
                f
                for f in theirs
                if (f.name == ours.name or ours.name in f.cases_of) and (felt or same_part(f, ours))
            ]
            if same and all(fact.marks.denied != ours.negative for fact in same):
                yield pair_hit(facts, issue, "rationale", text, ours, same[0])
                break


def _denies(fact: Fact) -> bool:
    """What a patient has or has not; not what a record assesses."""
    if fact.kind == SIGN:
        return concepts()[fact.name].group in FELT_GROUPS or fact.name in FELT_SIGNS
    return fact.name in (
        "side effects",
        "gi risk",
        "insomnia",
        "aberrant",
        "neuropathic",
    )


def _came_of(fact: Fact) -> bool:
    return (
        fact.marks.plain
        and not fact.marks.undocumented
        and (fact.name in BETTER or fact.name in ("failed", "worse"))
    )


def _is_better(fact: Fact) -> bool:
    return (fact.name in BETTER) != fact.marks.denied


def _same_treatment(ours: Text, one: Fact, theirs: Text, other: Fact, issue: IssueFacts) -> bool:
    """Told of the same treatment, each naming it; so many visits alone are the title's."""
    if _measures(ours, one) & _measures(theirs, other):
        return True
    mine = [f for f in ours.in_sentence(one.sentence) if f.kind in (TREATMENT, DRUG)]
    their = [f for f in theirs.in_sentence(other.sentence) if f.kind in (TREATMENT, DRUG)]
    if not mine and VISITS.search(ours.sentences[one.sentence].text):
        names = {item.name for item in title_items(issue) if group_of(item.name) == "therapy"}
        return any(f.name in names for f in their)
    if mine and not their and other.name == "failed" and one.name == "pain relief":
        # What is told of the pain itself holds for whatever is taken against it.
        return any(f.kind == DRUG or group_of(f.name) == "drug" for f in mine) and bool(
            seek(PAIN_UNCHANGED, theirs.sentences[other.sentence].text)
        )
    return any(
        related(a, b)
        for a in mine
        for b in their
        if not {a.name, b.name} & {"medication", "conservative"}
    )


def _measures(text: Text, fact: Fact) -> frozenset[str]:
    return frozenset(f.name for f in text.in_sentence(fact.sentence) if f.kind == MEASURE)


def _never_hit(
    facts: Facts, issue: IssueFacts, name: str, text: Text, never: list[Fact]
) -> Hit | None:
    for fact in (*text.of_kind(TREATMENT, DRUG), *_called_by_kind(text, issue)):
        again = AGAIN.search(text.raw, max(0, fact.start - 60), fact.start)
        if not again and (name == "title" or not had(fact)):
            continue
        if name == "rationale" and not is_patients(text, fact.sentence):
            continue
        known = fact.cases_of
        if fact.name == "therapy":
            # "Therapy in the past": of the kind that is asked for.
            titled = {item.name for item in title_items(issue)}
            known = known | {name for name in titled if fact.name in wider(name)}
        if again and not fact.parts and OF_THIS_ONE.search(again[0]):
            # "The prior injection": one of the kind that is asked for.
            known = known.union(
                *(wider(item.name) for item in title_items(issue) if fact.name in wider(item.name))
            )
        for other in never:
            if other.name in known and same_part(other, fact):
                return pair_hit(facts, issue, name, text, fact, other)
    return None


def _first_hit(facts: Facts, issue: IssueFacts) -> Hit | None:
    """Told as the first of its kind where the summary tells it as had, or as one more where not."""
    text = issue.rationale
    for fact in (*text.of_kind(TREATMENT, DRUG), *_called_by_kind(text, issue)):
        told = occasion(text, fact)
        if not told or fact.marks.source or fact.negative or fact.sentence in text.quoted:
            continue
        if not is_patients(text, fact.sentence):
            continue
        new_to_it = FIRST_USER.search(text.raw, max(0, fact.start - 40), fact.start)
        if fact.kind == DRUG and not (new_to_it or GIVEN.match(text.raw, fact.end)):
            continue
        for other in facts.summary.of_kind(fact.kind):
            if not _is_one(fact, other, issue) or not same_part(other, fact):
                continue
            first = told == FIRST and had(other)
            if first or (told == ONE_MORE and _is_asked_first(facts.summary, other)):
                return pair_hit(facts, issue, "rationale", text, fact, other)
    return None


BY_KIND = re.compile(
    r"(?<!after )(?<!following )(?<!since )(?<!from )(?<!during )(?<!with )(?<!by )\b(?:the|this|that|such an?|a|an|another|second|repeat(?:ing|ed)?|first|initial|his|her)\s+(?P<kind>series|course|program|procedure|operation|injections?|blocks?|study|scan|trial|round)\b(?! of\b)",
    re.I,
)


def _called_by_kind(text: Text, issue: IssueFacts) -> Iterator[Fact]:
    """The title's item where the rationale calls it by what it is alone: "repeating the series"."""
    items = [item for item in title_items(issue) if item.name]
    if len({item.name for item in items}) != 1:
        return
    for match in text.found(BY_KIND):
        number = text.sentence_at(match.start())
        if number is not None and not any(
            fact.kind in (TREATMENT, DRUG) for fact in text.in_sentence(number)
        ):
            yield Fact(items[0].kind, items[0].name, *match.span("kind"), number, Marks())


def _is_one(fact: Fact, other: Fact, issue: IssueFacts) -> bool:
    """The same, or a wider word for what the title asks for: "the first time it is injected"."""
    titled = {item.name for item in title_items(issue)}
    return other.name == fact.name or (other.name in titled and fact.name in wider(other.name))


def _is_asked_first(text: Text, fact: Fact) -> bool:
    """Told as the first of its kind that is asked for."""
    asked = seek(SOUGHT, text.sentences[fact.sentence].text)
    return asked is not None and occasion(text, fact) == FIRST


def pair_hit(
    facts: Facts, issue: IssueFacts, name: str, text: Text, fact: Fact, other: Fact
) -> Hit:
    ours = text.sentences[fact.sentence].text
    theirs = facts.summary.sentences[other.sentence].text
    return Hit(
        field=issue.field(name),
        related=(SUMMARY,),
        told={
            "issue": str(issue.number),
            "place": name,
            "one": short(ours),
            "other": short(theirs),
        },
        quotes=(
            Quote(ours, issue.field(name), None, fact.start, fact.end),
            Quote(theirs, SUMMARY, None, other.start, other.end),
        ),
    )


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "claim-contradicted": claim_contradicted,
    "claim-to-confirm": claim_to_confirm,
    "had-against-never": lambda facts: (
        *had_against_never(facts),
        *_again_untold(facts),
    ),
    "outcome-told": outcome_told,
    "symptom-told": topic_told,
}
