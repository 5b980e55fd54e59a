"""How a pattern that a house writes itself is read."""

from __future__ import annotations

import re
from functools import lru_cache


class BadPattern(ValueError):
    """A house rule's regular expression that is none."""


@lru_cache(maxsize=128)
def compiled(pattern: str, is_regex: bool) -> re.Pattern[str]:
    """The pattern, ready to search with. Raises BadPattern for a regular expression that is none."""
    try:
        return re.compile(pattern if is_regex else re.escape(pattern), re.I)
    except re.error as problem:
        raise BadPattern(str(problem)) from problem
