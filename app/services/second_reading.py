"""A letter read once more by somebody who is not told its decisions, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.letter import Decision, Letter
from app.services.language.conclusions import conclusions
from app.services.language.sentences import sentences

LEFT_OUT = "[…]"
"""Stands where a sentence was that concludes."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A disputed item as the second reader sees it."""

    id: int
    title: str
    claims_administrator: str
    guideline: str
    reasons: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An item on which the two readings do not agree; None is no decision."""

    id: int
    title: str
    letter: Decision | None
    reader: Decision | None


def items_of(letter: Letter) -> tuple[Item, ...]:
    """The items without their decisions."""
    return tuple(
        Item(
            id=issue.id,
            title=issue.title,
            claims_administrator=issue.claims_administrator_guideline.text,
            guideline=issue.maximus_guideline.text,
            reasons=without_conclusions(issue.rationale),
        )
        for issue in letter.issues
    )


def without_conclusions(text: str) -> str:
    """A rationale without the sentences that say how it ends.

    What a guideline recommends, or what another reviewer concluded, stays where it is told as theirs.
    """
    told = sentences(text)
    concluding = {verdict.sentence for verdict in conclusions(tuple(one.text for one in told))}
    parts: list[str] = []
    for one in told:
        behind = text[one.start + len(one.text) : one.end]
        parts.append((LEFT_OUT if one.text in concluding else one.text) + behind)
    return "".join(parts)


def differences(letter: Letter, answers: Mapping[int, Decision | None]) -> tuple[Difference, ...]:
    """The items that were answered otherwise than the letter decides, in the order of the letter."""
    return tuple(
        Difference(id=issue.id, title=issue.title, letter=issue.decision, reader=answers[issue.id])
        for issue in letter.issues
        if issue.id in answers and answers[issue.id] is not issue.decision
    )


def result_words(letter: Letter, answers: Mapping[int, Decision | None]) -> str:
    """The result in a line, as the history keeps it."""
    differ = differences(letter, answers)
    agree = len(answers) - len(differ)
    words = f"Second reading: {agree} of {len(answers)} items agree"
    if not differ:
        return words
    told = "; ".join(
        f"{_place(letter, one.id)} letter {one.letter or 'open'}, reader {one.reader or 'open'}"
        for one in differ
    )
    return f"{words} ({told})"


def _place(letter: Letter, issue_id: int) -> str:
    return f"item {1 + [issue.id for issue in letter.issues].index(issue_id)}:"
