"""Rules on what is left undecided: refused by UR and no issue, or named in a title and in no reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.letter import FieldId
from app.services.checks.facts import REFUSED, REVIEWED, Facts, IssueFacts
from app.services.checks.naming import (
    overlap,
    part_names,
    parts_of,
    treatment_parts,
)
from app.services.checks.values import Hit, Quote
from app.services.language.items import Item, items_of
from app.services.language.seeking import seek
from app.services.language.sentences import Sentence
from app.services.language.terms import (
    DRUG,
    DRUG_CLASS,
    TREATMENT,
    are_related,
    beside,
    drug_list,
    group_of,
    in_words,
    meet,
    wider,
)
from app.services.language.texts import read_text

SUMMARY = FieldId("clinical_summary")
GRANTED = re.compile(r"\b(?:accommodat|allow|approv|grant|certify|certified|authoriz)\w*\b", re.I)
# Told in a summary in too many ways to be looked for.
UNTOLD_IN_SUMMARY = frozenset(
    ("surgery", "consultation", "topical", "assistant", "lab work", "clearance")
)
OF_ANOTHER = re.compile(
    r"\b(?:previous|prior|earlier|former|separate|another|different|old) (?:request|application|claim|order|RFA)\b",
    re.I,
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
        if not seek(REFUSED, sentence.text) or seek(OF_ANOTHER, sentence.text):
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


ALL_OF_THEM = re.compile(
    r"\b(?:both|all|these|those|they|each|either|neither|requests?|requested|combination|items|studies|services|treatments|regions|areas|whole|together|as (?:asked|submitted|written))\b",
    re.I,
)
"""A conclusion on everything that a title asks for."""
ANYWHERE = frozenset(("limbs", "spine", "back", "trunk"))
LONG_WORD = 5
"""Letters of a word by which a part of a title is known again."""


def title_part_lost(facts: Facts) -> Iterator[Hit]:
    """Two things in one title, of which the reasons speak of one and conclude on it alone."""
    for issue in facts.issues:
        closing = " ".join(sentence.text for sentence in issue.reasoning[-1:])
        if not closing or issue.request is not None or ALL_OF_THEM.search(closing):
            continue
        lost = _parts_lost(issue, closing) or _items_lost(issue, closing)
        if lost:
            yield Hit(
                field=issue.field("rationale"),
                related=(issue.field("title"),),
                told={"issue": str(issue.number), "lost": lost},
                quotes=(Quote(closing, issue.field("rationale")),),
            )


def _parts_lost(issue: IssueFacts, closing: str) -> str:
    """Body parts of the title that the reasons never name, where the conclusion names another."""
    parts = parts_of(issue.title) - ANYWHERE
    named, concluded = parts_of(issue.rationale), parts_of(read_text(closing))
    lost = frozenset(
        p for p in parts if not beside(p) & named and not overlap(frozenset((p,)), named)
    )
    if len(parts) < 2 or not lost or lost == parts or not concluded & parts:
        return ""
    return part_names(lost)


def _items_lost(issue: IssueFacts, closing: str) -> str:
    """The same of the treatments and drugs of a title."""
    ours = [item for item in issue.items if item.name]
    if len({item.name for item in ours}) < 2:
        return ""
    concluded = [item for item in items_of(read_text(closing)) if item.name]
    met = [item for item in ours if any(item.is_same(one) for one in concluded)]
    lost = [item for item in ours if met and not _is_told(issue, item, ours)]
    if not lost or any(_go_together(one, other) for one in lost for other in met):
        return ""
    return in_words(lost[0].name)


def _is_told(issue: IssueFacts, item: Item, ours: list[Item]) -> bool:
    """Whether the reasons name an item of the title, or a longer word of it."""
    named = (one for one in items_of(issue.rationale) if one.name)
    told = issue.rationale.raw.lower()
    return any(_names_it(one, item, ours) for one in named) or _is_spoken_of(issue, item, told)


def _go_together(one: Item, other: Item) -> bool:
    """One and the same: an arthroscopy with a meniscectomy is one operation."""
    both_surgery = group_of(one.name) == group_of(other.name) == "surgery"
    return both_surgery or are_related(one.name, other.name)


def _names_it(told: Item, item: Item, ours: list[Item]) -> bool:
    """Whether an item of the reasons is this one: a wider name only where it is of no other."""
    if told.name == item.name or item.name in wider(told.name):
        return True
    others = [one for one in ours if one.name != item.name]
    return item.is_same(told) and not any(one.is_same(told) for one in others)


def _is_spoken_of(issue: IssueFacts, item: Item, told: str) -> bool:
    """Whether a longer word of what the title calls it stands in the reasons."""
    title = issue.disputed
    words = {
        word.text
        for mention in title.mentions
        if mention.name == item.name
        for word in title.words[mention.first : mention.last]
    }
    return any(len(word) >= LONG_WORD and word[:-1] in told for word in words)


RULES = {
    "item-of-summary-lost": item_of_summary_lost,
    "title-part-lost": title_part_lost,
}
