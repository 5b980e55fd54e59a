"""What a whole text says: its words, sentences, dates, what it names and its facts, with their places.

Everything is worked out when it is first asked for. Texts and their sentences are kept by value, so
that typing in one field costs one field, and of that the one sentence that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.services.language.context import Marks
from app.services.language.dates import DateFound, find_dates
from app.services.language.facts import Fact, Read, Score, read_sentence
from app.services.language.matching import tokens
from app.services.language.sentences import Sentence, sentences
from app.services.language.terms import GENERAL, PART, SIDE, Mention, Token

# What UR found goes on over such sentences.
_GOES_ON = re.compile(
    r"(?:There (?:is|was|were|are)|Furthermore|Additionally|Moreover|In addition|Also|The rationale|The reviewer|It was|The guidelines?|Specifically)\b"
)
_QUOTED = re.compile(r"(?<!\d)\"[^\"]{60,6000}\"|“[^”]{60,6000}”")
_LITERATURE = re.compile(r"\((?:[A-Z][A-Za-z-]+,? )+(?:19|20)\d\d\)")
_PARTS_FROM_SIDE = re.compile(r"[.;:!?]|\band\b")


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
    def words(self) -> tuple[Token, ...]:
        return tokens(self.raw)

    @cached_property
    def squeezed(self) -> str:
        """The words alone with one space between, for comparing."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def dates(self) -> tuple[DateFound, ...]:
        return find_dates(self.raw)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Everything named, with its places in the whole text."""
        found: list[Mention] = []
        before = 0
        for number, one in enumerate(self.read):
            offset = self._offset(number)
            for m in one.mentions:
                found.append(
                    Mention(
                        m.kind,
                        m.name,
                        m.start + offset,
                        m.end + offset,
                        m.first + before,
                        m.last + before,
                    )
                )
            before += len(one.words)
        return tuple(found)

    @cached_property
    def _named(self) -> dict[str, frozenset[str]]:
        names: dict[str, set[str]] = {}
        for one in self.read:
            for mention in one.mentions:
                names.setdefault(mention.kind, set()).add(mention.name)
        return {kind: frozenset(found) - GENERAL for kind, found in names.items()}

    def named(self, kind: str) -> frozenset[str]:
        """The names of that kind which the text has; not what stands for any treatment."""
        return self._named.get(kind, frozenset())

    def named_within(self, kind: str, start: int, end: int) -> frozenset[str]:
        """The same between two places of the text."""
        return (
            frozenset(
                mention.name
                for mention in self.mentions
                if mention.kind == kind and start <= mention.start < end
            )
            - GENERAL
        )

    @cached_property
    def sided_parts(self) -> tuple[SidedPart, ...]:
        """Sides with the body part that follows within three words: "right-sided lower back"."""
        return tuple(_sided_parts(self))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.raw)

    @cached_property
    def read(self) -> tuple[Read, ...]:
        """Each sentence as read."""
        return tuple(read_sentence(sentence.text) for sentence in self.sentences)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        found: list[Fact] = []
        for number, one in enumerate(self.read):
            offset = self._offset(number)
            for fact in one.facts:
                source = self._source(number)
                marks = fact.marks._replace(source=source) if source else fact.marks
                found.append(
                    fact._replace(
                        start=fact.start + offset,
                        end=fact.end + offset,
                        visits_start=fact.visits_start + offset,
                        sentence=number,
                        marks=marks,
                    )
                )
        return tuple(found)

    @cached_property
    def of_ur(self) -> frozenset[int]:
        """Sentences that go on with what UR found, by number."""
        found: set[int] = set()
        going_on = False
        for number, one in enumerate(self.read):
            going_on = going_on and bool(_GOES_ON.match(self.sentences[number].text))
            if going_on:
                found.add(number)
            going_on = going_on or any(mention.name == "source ur" for mention in one.mentions)
        return frozenset(found)

    @cached_property
    def scores(self) -> tuple[Score, ...]:
        """Pain scores told of the patient, in order."""
        return tuple(
            score._replace(
                start=score.start + self._offset(number),
                end=score.end + self._offset(number),
                sentence=number,
            )
            for number, one in enumerate(self.read)
            for score in one.scores
        )

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Fact, ...]]:
        found: dict[int, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.sentence, []).append(fact)
        return {number: tuple(facts) for number, facts in found.items()}

    def in_sentence(self, number: int) -> tuple[Fact, ...]:
        """The facts of one sentence."""
        return self._by_sentence.get(number, ())

    def place(self, number: int) -> tuple[int, int]:
        """Where a sentence stands, without the spaces around it."""
        start = self._offset(number)
        return start, start + len(self.sentences[number].text)

    def sentence_at(self, place: int) -> int | None:
        """The number of the sentence that ends behind a place; None behind the last one."""
        return next((n for n in range(len(self.sentences)) if place < self.place(n)[1]), None)

    def marks(self, number: int, mention: int) -> Marks:
        """What is said of one mention of a sentence, by their places."""
        marks = self.read[number].marks[mention]
        source = self._source(number)
        return marks._replace(source=source) if source else marks

    def _source(self, number: int) -> str:
        return "ur" if number in self.of_ur else "guideline" if number in self.quoted else ""

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Sentences within a longer quotation, or with the literature behind them: a guideline's."""
        found: set[int] = set()
        spans = [match.span() for match in _QUOTED.finditer(self.raw)]
        for number, sentence in enumerate(self.sentences):
            start, end = self.place(number)
            if _LITERATURE.match(sentence.text) and number:
                found.add(number - 1)
            if _LITERATURE.search(sentence.text) or any(
                a < start + 2 and end - 2 <= b for a, b in spans
            ):
                found.add(number)
        return frozenset(found)

    def of_kind(self, *kinds: str) -> Iterator[Fact]:
        return (fact for fact in self.facts if fact.kind in kinds)

    def _offset(self, number: int) -> int:
        return self._offsets[number]

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        return tuple(self.raw.index(one.text, one.start) for one in self.sentences)


@lru_cache(maxsize=4096)
def read_text(raw: str) -> Text:
    """The text, kept by value: the same words are never read twice."""
    return Text(raw)


def _sided_parts(text: Text) -> Iterator[SidedPart]:
    parts = [mention for mention in text.mentions if mention.kind == PART]
    sides = [mention for mention in text.mentions if mention.kind == SIDE]
    for number, side in enumerate(sides):
        until = sides[number + 1].first if number + 1 < len(sides) else len(text.words)
        for part in parts:
            if side.first < part.first <= side.first + 4 and part.first < until:
                if not _PARTS_FROM_SIDE.search(text.raw, side.end, part.start):
                    yield SidedPart(side.name, part.name, side.start, part.end)
                break
        # "left hand, finger": only the first part is surely meant, so the search stops there.
