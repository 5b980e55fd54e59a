"""What a utilization review letter cites for an item: behind a label, or in the midst of its reasons."""

from __future__ import annotations

import re

from app.evidence import Place
from app.services.intake.mentions import Mention

_NAMES = re.compile(
    r"\b(?:MTUS|ODG|ACOEM|Official\s+Disability\s+Guidelines|Medical\s+Treatment\s+Utilization\s+Schedule|American\s+College\s+of\s+Occupational)\b"
)
_TAIL = re.compile(
    r"\s*(?:[.;](?=\s+[A-Z]|\s*$)|\)|,?\s+(?:which|because|as|states?|recommends?|does|do|supports?|notes?|indicates?|says|requires?|the\s+request)\b)"
)
_LONGEST = 260


def guideline_in(group: list[Mention]) -> tuple[str, tuple[Place, ...]]:
    """What is cited for an item, in the letter's words, and where it stands."""
    for mention in group:
        if mention.guideline:
            return _clean(mention.guideline), mention.guideline_places
    for mention in group:
        cited = cited_in(mention.reason)
        if cited:
            return cited, mention.guideline_places
    return "", ()


def cited_in(text: str) -> str:
    """The first guideline that running words name, up to where the name ends."""
    match = _NAMES.search(text)
    if match is None:
        return ""
    end = _TAIL.search(text, match.end())
    cited = text[match.start() : end.start() if end else len(text)]
    return _clean(cited) if len(cited) <= _LONGEST else match.group()


def _clean(text: str) -> str:
    text = " ".join(text.split()).strip(" .;,()")
    return "" if text.casefold() in ("none", "n/a", "not applicable", "none cited") else text
