"""What a few typed letters mean: words in any order, each the beginning of a word, then within one."""

from __future__ import annotations

from collections.abc import Sequence

NO_MATCH = -1


def match_spans(typed: str, text: str) -> list[tuple[int, int]] | None:
    """Where each typed word is found in `text` as (start, end); None where one is not found.

    Beginnings of words are preferred to their middles; upper and lower case are the same.
    """
    spans: list[tuple[int, int]] = []
    lower = text.lower()
    for word in typed.lower().split():
        start = _find(word, lower)
        if start == NO_MATCH:
            return None
        spans.append((start, start + len(word)))
    return sorted(spans)


def score(typed: str, texts: Sequence[str]) -> int:
    """How well the words fit `texts`, the most telling first: lower is better, or NO_MATCH.

    Each word counts by the text it is found in and whether a word there begins with it.
    """
    total = 0
    for word in typed.lower().split():
        best = NO_MATCH
        for place, text in enumerate(texts):
            start = _find(word, text.lower())
            if start == NO_MATCH:
                continue
            cost = 4 * place + (0 if start == 0 else 1 if _begins_word(text, start) else 3)
            best = cost if best == NO_MATCH else min(best, cost)
        if best == NO_MATCH:
            return NO_MATCH
        total += best
    return total


def _find(word: str, lower: str) -> int:
    start = lower.find(word)
    first = start
    while start != NO_MATCH:
        if _begins_word(lower, start):
            return start
        start = lower.find(word, start + 1)
    return first


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()
