"""Which parts of the body a guideline is about, and whether a text speaks of those or beside them.

Hides the language's words for body parts from those who only ask whether two things fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from app.services.language.terms import PART, TREATMENT, beside
from app.services.language.texts import read_text

# A chapter may be cited for the regions beside its own: back pain runs into the leg.
BESIDE = {
    "low_back": frozenset(("leg",)),
    "neck": frozenset(("arm",)),
    "hand": frozenset(("elbow",)),
}


@lru_cache(maxsize=1024)
def parts_named(text: str) -> frozenset[str]:
    """The body parts a text names."""
    return read_text(text).named(PART)


@lru_cache(maxsize=512)
def parts_of(terms: tuple[str, ...]) -> frozenset[str]:
    """The body parts a guideline is about, by its own words for them; empty for one about any."""
    found: set[str] = set()
    for term in terms:
        text = read_text(term)
        if not text.named(TREATMENT):
            found |= text.named(PART)
    return frozenset(found)


def near(own: frozenset[str], parts: Iterable[str]) -> bool:
    """Whether one of the parts is the guideline's own or a region that it deals with too."""
    around = own.union(*(BESIDE.get(part, frozenset()) for part in own))
    broad = {
        "back": frozenset(("upper_back", "low_back")),
        "spine": frozenset(("neck", "upper_back", "low_back")),
        "arm": beside("arm"),
        "leg": beside("leg"),
    }
    return any(part in around or own & broad.get(part, frozenset()) for part in parts)
