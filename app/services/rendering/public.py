"""What the public copy of our own letter leaves out: the cover and every name and number on it."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from app.letter import Cover, FieldId, Guideline, Kind, Letter, field_ids, get_value, with_value

REMOVED = "[removed]"
_PLAIN_WORDS = frozenset(
    {"md", "dc", "do", "dr", "mr", "mrs", "ms", "jr", "sr", "phd", "inc", "llc"}
)


def private_terms(letter: Letter) -> tuple[str, ...]:
    """The names and numbers of the cover that a public copy may not show, longest first.

    A name counts whole and by each of its words of three letters or more.
    """
    cover = letter.cover
    terms = {cover.claim_number.strip()}
    addressee = cover.addressee.split("\n")[0]
    for name in (cover.employee, cover.provider, addressee):
        terms.add(name.strip())
        for word in re.findall(r"[^\W\d_][\w'-]{2,}", name):
            if word.lower() not in _PLAIN_WORDS:
                terms.add(word)
    terms.discard("")
    return tuple(sorted(terms, key=lambda term: (-len(term), term)))


def public_letter(letter: Letter) -> Letter:
    """The letter without its cover, its private terms replaced by `[removed]` everywhere."""
    terms = private_terms(letter)
    public = replace(letter, cover=Cover())
    if not terms:
        return public
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(term) for term in terms) + r")(?!\w)", re.IGNORECASE
    )
    for field in field_ids(public):
        if field.spec.kind in (Kind.LINE, Kind.TEXT, Kind.GUIDELINE):
            public = _without(public, field, pattern)
    return public


def _without(letter: Letter, field: FieldId, pattern: re.Pattern[str]) -> Letter:
    value: Any = get_value(letter, field)
    text = value.text if isinstance(value, Guideline) else value
    if not text or not pattern.search(text):
        return letter
    text = pattern.sub(REMOVED, text)
    if isinstance(value, Guideline):
        return with_value(letter, field, replace(value, text=text, citations=()))
    return with_value(letter, field, text)
