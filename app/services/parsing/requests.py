"""Titles that tell of a partial approval: where on the page each of their three parts stands."""

from __future__ import annotations

from app.services.parsing.draft import Draft, field
from app.services.parsing.prose import Prose
from app.services.partial_approval import PATTERNS, TELLS

_NAMES = ("original", "authorized", "in_dispute")


def read_request(draft: Draft, issue: int, first: int, last: int) -> None:
    """Splits the title at words `first` to `last` if it is one of the two sentences."""
    if not draft.sheet.hyphenated and TELLS not in draft.sheet.joined(first, last):
        return
    prose = Prose(draft, first, last)
    text = prose.text.replace("\n", " ")
    if TELLS not in text:
        return
    for pattern in PATTERNS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        for name in _NAMES:
            part = match[name].rstrip(",.")
            draft.put(
                field(f"issue.request.{name}", issue),
                part,
                prose.words(*match.span(name)),
                "partial approval",
            )
        return
    draft.doubt(
        field("issue.title", issue),
        "The title tells of a partial approval, but its three parts cannot be told apart.",
    )
