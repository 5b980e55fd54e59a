"""One telling of an item in a utilization review letter, before tellings are put together."""

from __future__ import annotations

import msgspec

from app.evidence import Place
from app.services.intake.values import Verdict
from app.services.language.ur_verdicts import APPROVED, CONDITIONAL, DENIED, MODIFIED

_OF_WORD = {
    DENIED: Verdict.DENIED,
    MODIFIED: Verdict.MODIFIED,
    APPROVED: Verdict.APPROVED,
    CONDITIONAL: Verdict.CONDITIONAL,
}


class Mention(msgspec.Struct, kw_only=True):
    """An item as one place of the letter tells it; what it does not tell is empty.

    `line` is the line of the letter that is all it was told in, 0 for a part of more lines.
    `number` is the one it has in the letter, `strong` how plainly its verdict is told: 2 in a cell or
    behind a label, 1 in a sentence or a list.
    """

    title: str = ""
    number: int = 0
    verdict: Verdict | None = None
    printed: str = ""
    approved: str = ""
    guideline: str = ""
    reason: str = ""
    strong: int = 1
    line: int = 0
    places: tuple[Place, ...] = ()
    verdict_places: tuple[Place, ...] = ()
    guideline_places: tuple[Place, ...] = ()


def verdict_named(word: str) -> Verdict:
    """The verdict of a word of the dictionary."""
    return _OF_WORD.get(word, Verdict.NONE)
