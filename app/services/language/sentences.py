"""Where a sentence ends: not behind an abbreviation, an initial or a number of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_CLOSING = "[\"')\\]\u201d\u2019]*$"
SENTENCE_END = re.compile("[.!?]" + _CLOSING)
"""What the end of a text looks like where a whole sentence is over."""
TEXT_END = re.compile("[.!?:;]" + _CLOSING)
"""The same, or a part of one that may stand at the end of a row of its own."""
_BETWEEN = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“(\[]?[A-Z0-9])|\n+")
_NO_END = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|vs|st|e\.g|i\.e|etc|ed|inc|jr|sr|al)|(?:^|\s)[A-Z]|^\s*\d{1,2})\.$", re.I
)
_BEFORE_NUMBERS = re.compile(r"\b(?:no|pg|p|pp|fig|approx|ch|sec|vol)\.$", re.I)
"""Words that are shortened only where a number follows."""
_LONGEST_ABBREVIATION = 8
_LONGEST = 2000
"""Characters: what goes on for so long without an end is no sentence, and would cost its square."""


class Sentence(NamedTuple):
    """A sentence with its place in the text; `end` is where the next one begins."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; a paragraph's end is one's end too. Kept by value."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for match in _BETWEEN.finditer(text):
        if "\n" not in match[0] and _is_inside(text, start, match):
            continue
        yield from _parted(text, start, match.end())
        start = match.end()
    yield from _parted(text, start, len(text))


def _parted(text: str, start: int, end: int) -> Iterator[Sentence]:
    """What stands from one end of a sentence to the next: one, or many where no ends are printed."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        if text[start:cut].strip():
            yield Sentence(text[start:cut].strip(), start, cut)
        start = cut
    if text[start:end].strip():
        yield Sentence(text[start:end].strip(), start, end)


def _is_inside(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to a shortened word, an initial or the number of a list."""
    before = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start() + 1]
    if _NO_END.search(before):
        return True
    return text[match.end()].isdecimal() and _BEFORE_NUMBERS.search(before) is not None
