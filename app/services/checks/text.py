"""What a stretch of a letter's text says: its words, sentences, dates and the things it names.

Each text is split into words once; everything a rule asks for is worked out when first asked and
kept with the text, and texts are kept by value, so that typing in one field costs one field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.services.checks.vocabulary import PART, SIDE, TREATMENT, phrases
from app.services.language.dates import DateFound, find_dates
from app.services.language.sentences import Sentence, sentences

WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
NOTHING: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A word or number in small letters, with its place in the text."""

    text: str
    start: int
    end: int


class Mention(NamedTuple):
    """A phrase of the word lists found in a text; `word` is the index of its first word."""

    kind: str
    name: str
    start: int
    end: int
    word: int
    words: int


class SidedPart(NamedTuple):
    """A body part with the side said of it."""

    side: str
    part: str
    start: int
    end: int


class Text:
    """One text with what it says, worked out when asked for. Its value never changes."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._found: dict[int, tuple[re.Match[str], ...]] = {}

    def found(self, pattern: re.Pattern[str]) -> tuple[re.Match[str], ...]:
        """All places of a pattern that is a module's constant; looked for once."""
        # By identity: a pattern's own hash goes through its whole program at each look-up.
        known = self._found.get(id(pattern))
        if known is None:
            known = self._found[id(pattern)] = tuple(pattern.finditer(self.raw))
        return known

    @cached_property
    def lower(self) -> str:
        lowered = self.raw.lower()
        return lowered if len(lowered) == len(self.raw) else self.raw

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(Word(m[0], m.start(), m.end()) for m in WORD.finditer(self.lower))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.raw)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(_mentions(self.words))

    @cached_property
    def dates(self) -> tuple[DateFound, ...]:
        return find_dates(self.raw)

    @cached_property
    def sided_parts(self) -> tuple[SidedPart, ...]:
        return tuple(_sided_parts(self))

    @cached_property
    def squeezed(self) -> str:
        """The words alone with one space between, for comparing."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def _named(self) -> dict[str, frozenset[str]]:
        names: dict[str, set[str]] = {}
        for mention in self.mentions:
            names.setdefault(mention.kind, set()).add(mention.name)
        return {kind: frozenset(found) for kind, found in names.items()}

    def named(self, kind: str) -> frozenset[str]:
        """The names of that kind which the text has."""
        return self._named.get(kind, NOTHING)

    def named_within(self, kind: str, start: int, end: int) -> frozenset[str]:
        """The names of that kind between two places of the text."""
        return frozenset(
            mention.name
            for mention in self.mentions
            if mention.kind == kind and start <= mention.start < end
        )


@lru_cache(maxsize=4096)
def read(raw: str) -> Text:
    """The text, kept by value: the same words are never split twice."""
    return Text(raw)


def squeezed(raw: str) -> str:
    """The text in small letters without anything but letters and digits, for comparing."""
    return read(raw).squeezed


def _mentions(words: tuple[Word, ...]) -> Iterator[Mention]:
    table = phrases()
    count = len(words)
    taken_until = {PART: 0, TREATMENT: 0}
    for index, word in enumerate(words):
        for phrase in table.get(word.text, ()):
            length = len(phrase.words)
            if index + length > count:
                continue
            if length > 1 and any(
                words[index + step].text != phrase.words[step] for step in range(1, length)
            ):
                continue
            # A phrase inside a longer one says nothing of its own: "back" of "low back".
            if index + length <= taken_until.get(phrase.kind, 0):
                continue
            last = words[index + length - 1]
            yield Mention(phrase.kind, phrase.name, word.start, last.end, index, length)
            if phrase.kind in taken_until:
                taken_until[phrase.kind] = max(taken_until[phrase.kind], index + length)


def _sided_parts(text: Text) -> Iterator[SidedPart]:
    """Sides with the body part that follows within three words: "right-sided lower back"."""
    parts = [mention for mention in text.mentions if mention.kind == PART]
    sides = [mention for mention in text.mentions if mention.kind == SIDE]
    for number, side in enumerate(sides):
        until = sides[number + 1].word if number + 1 < len(sides) else len(text.words)
        for part in parts:
            if side.word < part.word <= side.word + 4 and part.word < until:
                between = text.raw[side.end : part.start]
                if not re.search(r"[.;:!?]|\band\b", between):
                    yield SidedPart(side.name, part.name, side.start, part.end)
                break
        # "left hand, finger": only the first part is surely meant, so the search stops there.
