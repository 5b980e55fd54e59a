"""The rule on items that the summary says were refused, and that no issue decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import FieldId
from app.services.checks.facts import REFUSED, REVIEWED, Facts
from app.services.checks.rules.naming import (
    overlap,
    parts_of,
    treatment_parts,
)
from app.services.checks.values import Hit, Quote
from app.services.language.seeking import seek
from app.services.language.sentences import Sentence
from app.services.language.terms import (
    DRUG,
    DRUG_CLASS,
    TREATMENT,
    drug_list,
    group_of,
    in_words,
    meet,
)
from app.services.language.texts import read_text

SUMMARY = FieldId("clinical_summary")
GRANTED = re.compile(r"\b(?:accommodat|allow|approv|grant|certify|certified|authoriz)\w*\b", re.I)
# Told in a summary in too many ways to be looked for.
UNTOLD_IN_SUMMARY = frozenset(
    ("surgery", "consultation", "topical", "assistant", "lab work", "clearance")
)
NOT_GRANTED = re.compile(r"(?:\bnot|non-? ?|fail\w* to|\bto)\s*$", re.I)
PASSIVE = re.compile(r"\b(?:was|were|been)\s+(?:\w+\s+)?$", re.I)
UNTOLD_GROUPS = frozenset(("drug", "lab", "conservative"))


def item_of_summary_lost(facts: Facts) -> Iterator[Hit]:
    """Something the summary says UR refused, of which no issue speaks."""
    decided_drugs = frozenset[str]().union(*(issue.title.named(DRUG) for issue in facts.issues))
    decided = frozenset[str]().union(*(issue.title.named(TREATMENT) for issue in facts.issues))
    if not facts.issues or not (decided_drugs | decided):
        return
    told: set[str] = set()
    classes = {name for item in decided_drugs for name in drug_list().drugs[item].classes}
    for sentence in facts.asking:
        if not seek(REFUSED, sentence.text):
            continue
        head, granted = _refused_items(sentence.text)
        text, granted_text = read_text(head), read_text(granted)
        for name in sorted(text.named(DRUG) - decided_drugs - granted_text.named(DRUG) - told):
            told.add(name)
            yield _lost_hit(facts, name, sentence)
        if decided_drugs and text.named(DRUG_CLASS) & classes:
            continue
        others = decided | granted_text.named(TREATMENT)
        for name in sorted(text.named(TREATMENT) - UNTOLD_IN_SUMMARY - told):
            if group_of(name) in UNTOLD_GROUPS or meet((name,), others):
                continue
            told.add(name)
            yield _lost_hit(facts, in_words(name), sentence)
        yield from _lost_parts(facts, head, sentence, told)


def _lost_parts(facts: Facts, head: str, sentence: Sentence, told: set[str]) -> Iterator[Hit]:
    """The same kind of treatment asked for another body part: "MRI of the neck and MRI of the knee"."""
    text = read_text(head)
    for kind, name in treatment_parts(text):
        if group_of(kind) not in ("imaging", "electrodiagnostic", "injection"):
            continue
        same = [issue for issue in facts.issues if kind in issue.title.named(TREATMENT)]
        if not same or f"{kind}/{name}" in told:
            continue
        covered = frozenset[str]().union(*(parts_of(issue.title) for issue in same))
        if any(not parts_of(issue.title) for issue in same) or overlap(frozenset((name,)), covered):
            continue
        told.add(f"{kind}/{name}")
        yield _lost_hit(facts, f"{in_words(kind)} of the {in_words(name)}", sentence)


def _lost_hit(facts: Facts, item: str, sentence: Sentence) -> Hit:
    return Hit(
        field=facts.issues[0].field("title"),
        related=(SUMMARY,),
        told={"item": item},
        quotes=(Quote(sentence.text, SUMMARY),),
    )


def _refused_items(sentence: str) -> tuple[str, str]:
    """The part of a sentence that names what was refused, without reasons, and what was granted."""
    if re.search(
        r"\b(?:was|were|been)\s+(?:also\s+)?(?:approved|certified|authorized)\b", sentence, re.I
    ) and not re.search(r"non-? ?certif|denied|modif", sentence, re.I):
        return "", ""
    if not seek(REVIEWED, sentence) and not re.search(r"\brequests?\b", sentence, re.I):
        return "", ""
    head = re.split(
        r"\b(?:due to|because|as there|as the|since|stating|citing|given|with a lack|indicating|noting|"
        r"(?:the )?rationale|on the basis|lack of|lacking|to assist|to rule out)\b",
        sentence,
        maxsplit=1,
        flags=re.I,
    )[0]
    refused = re.search(r"non-? ?certif|\bden(?:y|ied)|modif|fail", head, re.I)
    first = GRANTED.search(head, 0, refused.start()) if refused else None
    if refused and first and not NOT_GRANTED.search(head[: first.start()]):
        # "Certified senna and denied Soma", "senna was certified and Soma denied".
        passive = PASSIVE.search(head[: first.start()])
        return head, head[: first.end()] if passive else head[first.start() : refused.start()]
    granted = GRANTED.search(head, refused.end() if refused else 0)
    if granted and not re.search(
        r"(?:not|non-? ?)\s*$|fail\w* to\s*$", head[: granted.start()], re.I
    ):
        return head[: granted.start()], head[granted.start() :]
    return head, ""


RULES = {
    "item-of-summary-lost": item_of_summary_lost,
}
