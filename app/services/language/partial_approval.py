"""Titles that tell of a partial approval by UR: the two fixed sentences, read and written.

Confirmed by 47 real titles. The parts are told by the words between them alone, as they hold
commas, colons, numbers and full stops themselves.
"""

from __future__ import annotations

import re

from app.letter import Request

_HINT = "the original request"
_SENTENCES = tuple(
    re.compile(
        r"(?P<original>.+?)\s+(?:was|were)\s+the\s+original\s+request\.?\s+" + rest,
        re.IGNORECASE | re.DOTALL,
    )
    for rest in (
        r"(?P<authorized>.+?)\s+(?:was|were)\s+authorized\s+by\s+the\s+Claims\s+Administrator\.?\s+"
        r"The\s+remaining\s+IMR[- ]eligible\s+portion\s+of\s+the\s+original\s+request,?\s*(?:is\s+)?"
        r"(?P<in_dispute>.+?),?(?:\s+(?:is|are))?\s*:?$",
        r"The\s+Claims\s+Administrator\s+authorized\s+(?P<authorized>.+?),?\s+leaving\s+the\s+original\s+request\s+"
        r"IMR[- ]eligible\.?\s+The\s+original\s+request,?\s*(?P<in_dispute>.+?),?(?:\s+(?:is|are))?\s*:?$",
    )
)
"""What is left is a part of what was asked for; or all of it, as something else was authorized."""


def tells_of_parts(title: str) -> bool:
    """Whether a title speaks of an original request, so that its parts should be told apart."""
    return _HINT in title.lower()


def find_parts(title: str) -> re.Match[str] | None:
    """The places of `original`, `authorized` and `in_dispute` in a title that is one of the sentences."""
    if not tells_of_parts(title):
        return None
    return next((match for each in _SENTENCES if (match := each.fullmatch(title.strip()))), None)


def without_marks(part: str) -> str:
    """A part without the marks that the sentence puts behind it."""
    return part.rstrip(",.")


def split_title(title: str) -> Request | None:
    """The parts of a title that is one of the two sentences; None for any other title."""
    match = find_parts(title)
    if match is None:
        return None
    return Request(**{name: without_marks(part) for name, part in match.groupdict().items()})


def leaves_all(title: str) -> bool:
    """Whether a title says that something else was authorized, and all of the request is left."""
    match = find_parts(title)
    return match is not None and match.re is _SENTENCES[1]


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
