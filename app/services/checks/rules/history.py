"""Rules on what was done and what came of it: the rationale against what the summary tells.

A determination can be set aside for a plain error of fact, so what the reasons say never was, or
is nowhere recorded, is looked for in the summary by what it means and not by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.services.checks.claims import (
    SUMMARY,
    Claim,
    claims,
    related,
    same_part,
)
from app.services.checks.evidence import BETTER, TRANSIENT, evidence
from app.services.checks.facts import Facts, IssueFacts
from app.services.checks.hits import pair_hit
from app.services.checks.naming import is_patients, short
from app.services.checks.rules.requests import title_items
from app.services.checks.values import Hit, Quote
from app.services.language.facts import Fact
from app.services.language.numbers import NUMBER, VISIT
from app.services.language.seeking import seek
from app.services.language.terms import (
    DRUG,
    MEASURE,
    OUTCOME,
    SIGN,
    TOPIC,
    TREATMENT,
    concepts,
    group_of,
    in_words,
)
from app.services.language.texts import Text

# Told in the past: of this patient, though none is named.
RECORDED = re.compile(r"\b(?:was|were|has|have|had|did|gave|brought|showed|led)\b", re.I)
LASTING = re.compile(
    r"\b(?:lasting|sustained|durable|long-?\s?term|long-?lived|permanent\w*|prolonged|enduring|satisfactory|adequate|sufficient|complete\w*|full)\b",
    re.I,
)
"""That what helped did not help for long may be told as of help and as of none."""
VISITS = re.compile(rf"\b{NUMBER}\s+(?:\w+\s+)?{VISIT}\b", re.I)
PAIN_UNCHANGED = re.compile(r"\bpain\b[^.;]{0,30}\bunchanged\b", re.I)
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


RULES: dict[str, Callable[[Facts], Iterable[Hit]]] = {
    "claim-contradicted": claim_contradicted,
    "claim-to-confirm": claim_to_confirm,
    "outcome-told": outcome_told,
    "symptom-told": topic_told,
}
