"""Function told as better by its numbers: "Oswestry 62 to 30", "rotation rose from 50 to 75 degrees"."""

from __future__ import annotations

import re
from functools import lru_cache

_LESS_IS_MORE = r"Oswestry|ODI|NDI|neck disability index|(?:Quick)?DASH|Roland(?:-Morris)?|PHQ(?:-?9)?|BDI(?:-II)?|Beck(?: \w+){0,2}|Epworth|WOMAC"


_MORE_IS_MORE = r"flexion|extension|rotation|abduction|adduction|range of motion|ROM|grip(?: strength)?|pinch|lifting|lift|sitting|standing|walking(?: distance| tolerance)?|tolerance|LEFS|GAF"


_CHANGED = re.compile(
    rf"\b(?:(?P<less>{_LESS_IS_MORE})|(?P<more>{_MORE_IS_MORE}))\b[^.;,\d]{{0,40}}?(?P<one>\d{{1,3}}(?:\.\d)?)\s*(?:lbs?|pounds|kg|degrees?|minutes?|min|hours?|blocks?|miles?|feet|%|/\d+)?\s*(?:to|→|->)\s*(?P<two>\d{{1,3}}(?:\.\d)?)\b(?!\s*/)",
    re.I,
)
"""A score or a measure of function before and after: "Oswestry 62 to 30", "rotation rose from 50 to 75"."""


_GAIN = 1.15


@lru_cache(maxsize=4096)
def gains(raw: str) -> tuple[tuple[int, int], ...]:
    """The places of a sentence where a score or a measure of function is told before and after, and better."""
    found: list[tuple[int, int]] = []
    for match in _CHANGED.finditer(raw):
        one, two = float(match["one"]), float(match["two"])
        least, most = (two, one) if match["less"] else (one, two)
        if least >= 1 and most / least >= _GAIN:
            found.append(match.span())
    return tuple(found)
