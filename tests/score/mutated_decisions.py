"""Errors in decisions and rationales."""

from __future__ import annotations

import random
import re

from msgspec.structs import replace

from app.letter import (
    Decision,
    Issue,
    Letter,
)
from tests.score.mutation import (
    NECESSARY,
    NOT_NECESSARY,
    Mutant,
    kind,
    pick,
    with_issue,
)


@kind("decision flipped", "polarity", "polarity-weak")
def flip_decision(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(letter, rng, lambda i: i.decision and i.rationale)
    if issue is None:
        return None
    other = Decision.OVERTURNED if issue.decision is Decision.UPHELD else Decision.UPHELD
    return Mutant(with_issue(letter, replace(issue, decision=other)))


@kind("conclusion flipped", "polarity", "polarity-weak", "polarity-mixed")
def flip_conclusion(letter: Letter, rng: random.Random) -> Mutant | None:
    issue = pick(
        letter, rng, lambda i: NOT_NECESSARY.search(i.rationale) or NECESSARY.search(i.rationale)
    )
    if issue is None:
        return None
    text = issue.rationale
    last = [*NOT_NECESSARY.finditer(text)]
    if last:
        changed = (
            text[: last[-1].start()] + last[-1][0].replace("not ", "", 1) + text[last[-1].end() :]
        )
    else:
        found = [*NECESSARY.finditer(text)][-1]
        changed = (
            text[: found.start()] + f"{found[1]} not medically necessary" + text[found.end() :]
        )
    return Mutant(with_issue(letter, replace(issue, rationale=changed)))


@kind(
    "conclusion cut off", "no-conclusion", "rationale-short", "issue-field-missing", "no-full-stop"
)
def cut_conclusion(letter: Letter, rng: random.Random) -> Mutant | None:
    def only_at_the_end(issue: Issue) -> bool:
        sentences = re.split(r"(?<=[.!?])\s+", issue.rationale)
        said = [
            s
            for s in sentences
            if re.search(
                r"medical|necess|support|certif|approv|indicated|warrant|recommended", s, re.I
            )
        ]
        return len(sentences) > 2 and len(said) == 1 and said[0] == sentences[-1]

    issue = pick(letter, rng, only_at_the_end)
    if issue is None:
        return None
    sentences = re.split(r"(?<=[.!?])\s+", issue.rationale)
    return Mutant(with_issue(letter, replace(issue, rationale=" ".join(sentences[:-1]))))


@kind(
    "rationales changed places", "rationale-of-other", "other-item-concluded", "body-part", "drug", "polarity", "polarity-weak",
    "level", "side", "side-request", "visits", "quantity", "strength",
)  # fmt: skip
def swap_rationales(letter: Letter, rng: random.Random) -> Mutant | None:
    pairs = [
        (one, two)
        for at, one in enumerate(letter.issues)
        for two in letter.issues[at + 1 :]
        if one.rationale != two.rationale and tells(one) and tells(two) and own_words(one, two)
    ]
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    changed = with_issue(letter, replace(one, rationale=two.rationale))
    return Mutant(with_issue(changed, replace(two, rationale=one.rationale)))


def tells(issue: Issue) -> bool:
    return "ancillary" not in issue.rationale and len(issue.rationale.split()) > 30


def own_words(one: Issue, two: Issue) -> bool:
    """Whether each rationale names something of its own title that the other's title lacks."""

    def words(text: str) -> set[str]:
        return {
            w
            for w in re.findall(r"[a-z]{4,}", text.lower())
            if w not in ("times", "week", "weeks", "with", "original", "request")
        }

    mine, theirs = words(one.title) - words(two.title), words(two.title) - words(one.title)
    return bool(mine & words(one.rationale) and theirs & words(two.rationale)) and not (
        mine & words(two.rationale) or theirs & words(one.rationale)
    )


@kind(
    "rationale copied to another issue",
    "rationale-repeated",
    "rationale-of-other",
    "other-item-concluded",
    "body-part",
    "drug",
)
def copy_rationale(letter: Letter, rng: random.Random) -> Mutant | None:
    full = [issue for issue in letter.issues if tells(issue)]
    if len(full) < 2:
        return None
    one, two = rng.sample(full, 2)
    return Mutant(with_issue(letter, replace(two, rationale=one.rationale)))
