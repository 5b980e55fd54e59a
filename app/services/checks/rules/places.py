"""Rules on where: side, spine level and body part of one item, told in several places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.letter import FieldId
from app.services.checks.facts import SPINE, Facts, IssueFacts
from app.services.checks.naming import (
    is_ancillary,
    of_healthy_limb,
    overlap,
    part_names,
    parts_of,
    same_limb,
    sides,
    treatment_parts,
)
from app.services.checks.values import Hit
from app.services.language.asides import is_set_aside
from app.services.language.sentences import Sentence
from app.services.language.terms import PART, TREATMENT, beside, group_of, in_words
from app.services.language.texts import Text, read_text

SUMMARY = FieldId("clinical_summary")
ASIDES = frozenset(("conditional", "irrelevant", "compared", "supposed", "relative"))
OF_THE_SPINE = SPINE | {"back", "spine"}
LIMBS = frozenset(("arm", "hand", "leg", "ankle_foot", "limbs", "knee", "hip", "shoulder", "elbow"))
HURT_SIDE = re.compile(
    r"\b(?:injured|affected|involved|operated|symptomatic|painful|bad) (?:side|one|hand|arm|leg|knee|shoulder|hip|ankle|wrist|elbow|foot|limb)\b",
    re.I,
)
OPPOSITE = {"left": "right", "right": "left"}


def side(facts: Facts) -> Iterator[Hit]:
    """The title's side against the rationale: the other side, and never its own."""
    for issue in facts.issues:
        ours = sides(issue.title)
        if len(ours) != 1:
            continue
        (wanted,) = ours
        title_parts = issue.title.named(PART)
        well = [s for s in issue.reasoning if of_healthy_limb(s.text)]
        meant = [
            s
            for s in issue.rationale.sided_parts
            if same_limb(s.part, title_parts)
            and (s.side == wanted or not is_set_aside(issue.rationale, s.start, ASIDES))
        ]
        told = {s.side for s in meant if s.side == wanted or not _stands_in(s.start, well)}
        asked = {s.side for s in meant if _stands_in(s.start, issue.asking)}
        wrong = _contradicting(wanted, told)
        if wrong is None and wanted not in asked:
            wrong = _contradicting(wanted, asked)
        if wrong is not None and _is_known(facts, issue, wanted, wrong, title_parts):
            wrong = None
        if wrong:
            yield Hit(
                field=issue.field("title"),
                related=(issue.field("rationale"),),
                told={
                    "issue": str(issue.number),
                    "title_side": wanted,
                    "other_side": wrong,
                    "part": part_names(title_parts),
                },
            )


def _is_known(
    facts: Facts, issue: IssueFacts, wanted: str, wrong: str, parts: frozenset[str]
) -> bool:
    """Whether the title's side is named too, and the other one is that limb's elsewhere in the letter."""
    others = (one.title.sided_parts for one in facts.issues if one is not issue)
    elsewhere = [*facts.summary.sided_parts, *(one for found in others for one in found)]
    told = wanted in sides(issue.rationale) or issue.rationale.found(HURT_SIDE)
    return bool(told) and any(one.side == wrong and same_limb(one.part, parts) for one in elsewhere)


def _stands_in(place: int, sentences: Iterable[Sentence]) -> bool:
    return any(one.start <= place < one.end for one in sentences)


def side_summary(facts: Facts) -> Iterator[Hit]:
    """The title's side against the summary, for the same body part."""
    for issue in facts.issues:
        for ours in issue.title.sided_parts[:1]:
            if ours.side == "both":
                continue
            theirs = {
                s.side
                for s in facts.summary.sided_parts
                if same_limb(s.part, frozenset((ours.part,)))
            }
            loose = {s.side for s in facts.summary.sided_parts if s.part in beside(ours.part)}
            if (
                OPPOSITE[ours.side] in theirs
                and ours.side not in theirs | loose
                and "both" not in theirs | loose
            ):
                yield Hit(
                    field=issue.field("title"),
                    related=(SUMMARY,),
                    told={
                        "issue": str(issue.number),
                        "title_side": ours.side,
                        "other_side": OPPOSITE[ours.side],
                        "part": in_words(ours.part),
                    },
                )


def body_part(facts: Facts) -> Iterator[Hit]:
    """The title's body part against the rationale's: none of it, only others."""
    for issue in facts.issues:
        ours = parts_of(issue.title)
        if not ours:
            continue
        close = frozenset[str]().union(*(beside(part) for part in ours))
        theirs = _told_parts(issue.rationale)
        if ours <= OF_THE_SPINE:
            # A root is examined, and hurts, in the limb that it goes to.
            theirs -= LIMBS
        concluded = _concluded_parts(issue)
        wrong = theirs if theirs and not theirs & close else frozenset[str]()
        if not wrong and concluded and not overlap(concluded, ours):
            wrong = concluded
        if not wrong:
            wrong = _paired_elsewhere(issue, ours)
        if wrong:
            yield Hit(
                field=issue.field("rationale"),
                related=(issue.field("title"),),
                told={
                    "issue": str(issue.number),
                    "ours": part_names(ours),
                    "theirs": part_names(wrong),
                },
            )


def body_part_summary(facts: Facts) -> Iterator[Hit]:
    """A body part the summary never speaks of, nor of one close to it."""
    told = parts_of(facts.summary)
    if not told:
        return
    for issue in facts.issues:
        # What goes with an operation is about the patient's fitness, not about the injured part.
        if is_ancillary(issue) and not any(
            group_of(name) == "therapy" for name in issue.title.named(TREATMENT)
        ):
            continue
        ours = frozenset(part for part in parts_of(issue.title) if not beside(part) & told)
        if ours:
            yield Hit(
                field=issue.field("title"),
                related=(SUMMARY,),
                told={
                    "issue": str(issue.number),
                    "ours": part_names(ours),
                    "theirs": part_names(told),
                },
            )


def _told_parts(text: Text) -> frozenset[str]:
    """Body parts a rationale speaks of; "hand therapy" is a kind of therapy and tells of none."""
    parts = parts_of(text)
    hands = [m for m in text.mentions if m.kind == PART and m.name == "hand"]
    following = [text.words[m.last].text for m in hands if m.last < len(text.words)]
    if hands and len(following) == len(hands) and set(following) == {"therapy"}:
        return parts - {"hand"}
    return parts


def _contradicting(wanted: str, told: set[str]) -> str | None:
    if not told or wanted in told:
        return None
    if wanted == "both":
        return next(iter(told)) if len(told) == 1 else None
    return OPPOSITE[wanted] if OPPOSITE[wanted] in told and "both" not in told else None


def _paired_elsewhere(issue: IssueFacts, ours: frozenset[str]) -> frozenset[str]:
    """Body parts the rationale joins to the title's own treatment, where none is the title's."""
    # "Hand therapy" is a kind of therapy, not therapy of a hand.
    kinds = {kind for kind in issue.title.named(TREATMENT) if group_of(kind) != "therapy"}
    theirs = frozenset(part for kind, part in treatment_parts(issue.rationale) if kind in kinds)
    return theirs if theirs and not overlap(theirs, ours) else frozenset()


def _concluded_parts(issue: IssueFacts) -> frozenset[str]:
    """Body parts in the sentence that closes on the request itself."""
    for sentence in reversed(issue.reasoning[-2:]):
        if re.search(r"medically|medical necessity", sentence.text, re.I):
            return parts_of(read_text(sentence.text))
    return frozenset()


RULES = {
    "side": side,
    "side-summary": side_summary,
    "body-part": body_part,
    "body-part-summary": body_part_summary,
}
