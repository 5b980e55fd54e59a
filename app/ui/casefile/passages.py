"""Where on the shown pages a passage stands that was read as text."""

from __future__ import annotations

import re

from app.evidence import Place
from app.ui.pages.text import PageText

_WORD = re.compile(r"\w+")
_LONGEST, _SHORTEST = 12, 1


def passage_places(text: PageText, words: str, page: int) -> tuple[Place, ...]:
    """The places of the longest run of a passage's words that stands there, of several the one
    on the page or nearest to it."""
    found = _WORD.findall(words.removesuffix("…"))
    for length in range(min(_LONGEST, len(found)), _SHORTEST - 1, -1):
        for start in range(0, max(1, len(found) - length + 1), max(1, length // 2)):
            run = found[start : start + length]
            pattern = re.compile(r"[\W_]+".join(re.escape(word.casefold()) for word in run))
            hits = text.find_by(lambda whole, p=pattern: (m.span() for m in p.finditer(whole)))
            if hits:
                return min(hits, key=lambda hit: abs(hit.places[0].page - page)).places
    return ()
