"""What a pattern finds in a sentence, looked for once, however many rules ask and however often.

A letter's sentences stay the same while one of them is written: of all that rules ask of them the
answers are known. Kept by the pattern's identity (its own hash goes through its whole program), so a
pattern has to be a module's constant.
"""

from __future__ import annotations

import re

_MOST = 200_000
"""Answers that are kept; some forty letters of twenty items."""
_found: dict[tuple[int, str], re.Match[str] | None] = {}


def seek(pattern: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    """The first place of a pattern in a sentence."""
    key = (id(pattern), sentence)
    try:
        return _found[key]
    except KeyError:
        if len(_found) >= _MOST:
            _found.clear()
        found = _found[key] = pattern.search(sentence)
        return found
