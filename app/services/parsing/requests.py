"""Titles that tell of a partial approval: where on the page each of their three parts stands."""

from __future__ import annotations

from app.services.language.partial_approval import find_parts, tells_of_parts, without_marks
from app.services.parsing.draft import Draft, field
from app.services.parsing.prose import Prose

_NAMES = ("original", "authorized", "in_dispute")


def read_request(draft: Draft, issue: int, first: int, last: int) -> None:
    """Splits the title at words `first` to `last` if it is one of the two sentences."""
    if not draft.sheet.hyphenated and not tells_of_parts(draft.sheet.joined(first, last)):
        return
    prose = Prose(draft, first, last)
    text = prose.text.replace("\n", " ")
    if not tells_of_parts(text):
        return
    match = find_parts(text)
    if match is not None:
        for name in _NAMES:
            draft.put(
                field(f"issue.request.{name}", issue),
                without_marks(match[name]),
                prose.words(*match.span(name)),
                "partial approval",
            )
        return
    draft.doubt(
        field("issue.title", issue),
        "The title tells of a partial approval, but its three parts cannot be told apart.",
    )
