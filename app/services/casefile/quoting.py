"""Where in a text words stand that were quoted from a document, and which sentence is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.services.casefile.values import Quotation
from app.services.language.sentences import sentences

_WORD = re.compile(r"\w+")
_LEAST, _SHARE = 4, 0.7
"""So many words, and such a share of them still in the sentence, say that it is the quoted one."""


def quoted_at(text: str, place: int, quotations: Iterable[Quotation]) -> Quotation | None:
    """The quotation that the sentence at a place of a text came from; of several the last made.

    Words that were corrected since are still known as long as most of them stand.
    """
    whole = next((one for one in sentences(text) if one.start <= place <= one.end), None)
    told = list(quotations)
    for quotation in told:
        span = _span(text, quotation.words)
        if span is None:
            continue
        first = next(
            (one.start for one in sentences(text) if one.start <= span[0] < one.end), span[0]
        )
        if first <= place <= _sentence_end(text, span[1]):
            return quotation
    if whole is None:
        return None
    there = {word.casefold() for word in _WORD.findall(whole.text)}
    for quotation in told:
        words = [word.casefold() for word in _WORD.findall(quotation.words)]
        if len(words) >= _LEAST and sum(word in there for word in words) >= _SHARE * len(words):
            return quotation
    return None


def _sentence_end(text: str, place: int) -> int:
    return next((one.end for one in sentences(text) if one.start <= place <= one.end), place)


def _span(text: str, words: str) -> tuple[int, int] | None:
    found = _WORD.findall(words)
    if not found:
        return None
    match = re.search(r"[\W_]+".join(map(re.escape, found)), text, re.I)
    return match.span() if match else None
