"""Titles that tell of a partial approval: where on the page each of their three parts stands."""

from __future__ import annotations

from app.services.parsing.draft import Draft, field
from app.services.partial_approval import PATTERNS, TELLS

_NAMES = ("original", "authorized", "in_dispute")


def read_request(draft: Draft, issue: int, first: int, last: int) -> None:
    """Splits the title at words `first` to `last` if it is one of the two sentences."""
    sheet = draft.sheet
    text = sheet.joined(first, last)
    if TELLS not in text:
        return
    for pattern in PATTERNS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        offset = sheet.offset_of(first)
        for name in _NAMES:
            begin = sheet.word_at(offset + match.start(name))
            end = sheet.word_at(offset + match.end(name) - 1) + 1
            part = sheet.line(begin, end).rstrip(",.")
            draft.put(field(f"issue.request.{name}", issue), part, (begin, end), "partial approval")
        return
    draft.doubt(
        field("issue.title", issue),
        "The title tells of a partial approval, but its three parts cannot be told apart.",
    )
