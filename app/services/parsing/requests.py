"""Titles that tell of a partial approval: two fixed sentences with three parts in them.

Confirmed by 47 real titles. The parts are told by the words between them alone, as they hold
commas, colons, numbers and full stops themselves.
"""

from __future__ import annotations

import re

from app.services.parsing.draft import Draft, field

_PART = (
    re.compile(
        r"(?P<original>.+?) was the original request\. (?P<authorized>.+?) (?:was|were) authorized by the "
        r"Claims Administrator\. The remaining IMR[- ]eligible portion of the original request,? "
        r"(?P<in_dispute>.+?),?(?: is)?\s*:?$"
    ),
    re.compile(
        r"(?P<original>.+?) was the original request\. The Claims Administrator authorized "
        r"(?P<authorized>.+?),? leaving the original request IMR[- ]eligible\. The original request,? "
        r"(?P<in_dispute>.+?),?(?: is)?\s*:?$"
    ),
)
_TELLS = "was the original request"
_NAMES = ("original", "authorized", "in_dispute")


def read_request(draft: Draft, issue: int, first: int, last: int) -> None:
    """Splits the title at words `first` to `last` if it is one of the two sentences."""
    sheet = draft.sheet
    text = sheet.joined(first, last)
    if _TELLS not in text:
        return
    for pattern in _PART:
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
