"""Titles that tell of a partial approval by UR: the two fixed sentences, read and written.

Confirmed by 47 real titles. The parts are told by the words between them alone, as they hold
commas, colons, numbers and full stops themselves.
"""

from __future__ import annotations

import re

from app.letter import Request

TELLS = "was the original request"
"""What every such title holds."""

PATTERNS = (
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


def split_title(title: str) -> Request | None:
    """The parts of a title that is one of the two sentences; None for any other title."""
    if TELLS not in title:
        return None
    for pattern in PATTERNS:
        match = pattern.fullmatch(title)
        if match is not None:
            return Request(**{name: part.rstrip(",.") for name, part in match.groupdict().items()})
    return None


def join_title(request: Request) -> str:
    """The title that says these parts: the second sentence where all of the request is left."""
    original, authorized, rest = request.original, request.authorized, request.in_dispute
    if rest == original:
        return (
            f"{original} was the original request. The Claims Administrator authorized "
            f"{authorized}, leaving the original request IMR eligible. "
            f"The original request, {rest} is"
        )
    return (
        f"{original} was the original request. {authorized} was authorized by the Claims "
        f"Administrator. The remaining IMR eligible portion of the original request, {rest} is"
    )
