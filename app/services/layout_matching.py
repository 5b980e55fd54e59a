"""Making a layout print as a house does: a letter of theirs beside our rendering of it.

The letter is read and set again; what its values are is the same in both, so what differs between
the values are the layout's fixed words. Hides how the two are laid beside each other.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Letter
from app.services.letter_reader import LetterReader
from app.services.pdf import PdfText
from app.services.rendering import Renderer

LONGEST = 3
"""Theirs is proposed for ours where it is at most so many times as long, or is a paragraph."""
PARAGRAPH = 60
LONGEST_LABEL = 7
"""As many words a label has at most."""
_SAME_LINE = 0.6
"""Words are in one line where their middles lie nearer than so much of their height."""


class Proposal(msgspec.Struct, frozen=True):
    """A fixed word of the layout, what it is now, and what stands there in the house's letter."""

    name: str
    ours: str
    theirs: str


class LineDifference(msgspec.Struct, frozen=True):
    """Lines that stand where others do; either may be empty."""

    page: int
    ours: str
    theirs: str


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The letter beside our rendering: what differs, what may be set, and what cannot be."""

    layout: str
    lines: int
    differences: tuple[LineDifference, ...]
    proposals: tuple[Proposal, ...]
    lacking: tuple[str, ...]
    """Fixed words that the letter does not print, or that cannot be told from what is beside them."""

    @property
    def words(self) -> dict[str, str]:
        """What is proposed, as the settings keep it."""
        return {f"{self.layout}/{one.name}": one.theirs for one in self.proposals}


def match_layout(
    renderer: Renderer, reader: LetterReader, source: Path | bytes, layout: str
) -> Match:
    """Lay a house's letter beside our rendering of it. Raises UserError where it cannot be read."""
    read = reader.letter(source)
    if not read.text.has_text or not read.result.letter.issues:
        raise UserError(
            "No disputed item could be read in that PDF, so that there is nothing to compare.",
            "Choose a letter whose text can be selected; open it to see what is read.",
        )
    words = renderer.layout(layout).words
    rendered = renderer.render(_without_label(read.result.letter, words), layout)
    ours = reader.read(rendered.pdf)
    proposals, lacking = _proposed(words, _words(ours), _words(read.text))
    our_lines, their_lines = _lines(ours), _lines(read.text)
    return Match(
        layout=layout,
        lines=len(their_lines),
        differences=_differences(our_lines, their_lines),
        proposals=proposals,
        lacking=lacking,
    )


def _without_label(letter: Letter, words: Mapping[str, str]) -> Letter:
    """The letter, where a label of the house that reading did not know begins no rationale."""
    label = words.get("rationale", "")
    issues = tuple(
        replace(issue, rationale=issue.rationale.removeprefix(label).lstrip())
        for issue in letter.issues
    )
    return replace(letter, issues=issues)


def _words(text: PdfText) -> list[str]:
    """The words in the order of the file: a label that breaks in its cell stays whole."""
    return [part for page in text.pages for word in page.texts for part in word.split()]


def _lines(text: PdfText) -> list[tuple[int, str]]:
    """The lines of all pages, top down, each with its page."""
    found: list[tuple[int, str]] = []
    for page in text.pages:
        rows: list[tuple[float, list[tuple[float, str]]]] = []
        words = sorted(
            zip(page.tops, page.bottoms, page.lefts, page.texts, strict=True),
            key=lambda one: one[0] + one[1],
        )
        for top, bottom, left, word in words:
            middle = (top + bottom) / 2
            if rows and middle - rows[-1][0] < _SAME_LINE * (bottom - top):
                rows[-1][1].append((left, word))
            else:
                rows.append((middle, [(left, word)]))
        found += [(page.number, " ".join(w for _, w in sorted(row))) for _, row in rows]
    return found


def _differences(
    ours: Sequence[tuple[int, str]], theirs: Sequence[tuple[int, str]]
) -> tuple[LineDifference, ...]:
    found: list[LineDifference] = []
    match = SequenceMatcher(a=[t for _, t in ours], b=[t for _, t in theirs], autojunk=False)
    for kind, a0, a1, b0, b1 in match.get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(a1 - a0, b1 - b0)):
            one = ours[a0 + step] if a0 + step < a1 else None
            other = theirs[b0 + step] if b0 + step < b1 else None
            page = (other or one or (1, ""))[0]
            found.append(LineDifference(page, one[1] if one else "", other[1] if other else ""))
    return tuple(found)


class _Fixed(NamedTuple):
    """Where in our words one of the layout's fixed words stands."""

    name: str
    start: int
    end: int


def _proposed(
    words: Mapping[str, str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """By the values that are the same in both, what of theirs stands where each of ours does."""
    fixed = _fixed(words, ours)
    anchors = _anchors(ours, theirs, fixed)
    told: dict[str, Counter[str]] = {one.name: Counter() for one in fixed}
    for group, begin, end in _zones(fixed, anchors, len(theirs)):
        for name, text in _shared_out([one.name for one in group], words, theirs, begin, end):
            told[name][text] += 1
    proposals: list[Proposal] = []
    lacking: list[str] = []
    for name, found in told.items():
        best = found.most_common(1)[0][0] if found else ""
        if not best:
            lacking.append(name)
        elif best != words[name]:
            proposals.append(Proposal(name, words[name], best))
    return tuple(proposals), tuple(lacking)


def _fixed(words: Mapping[str, str], ours: Sequence[str]) -> list[_Fixed]:
    """Every place of a fixed word, in order; a word inside a longer one is no place of its own."""
    found: list[_Fixed] = []
    for name, text in sorted(words.items(), key=lambda pair: -len(pair[1])):
        wanted = text.split()
        for start in _starts(ours, wanted) if wanted else ():
            end = start + len(wanted)
            if all(end <= one.start or start >= one.end for one in found):
                found.append(_Fixed(name, start, end))
    return sorted(found, key=lambda one: one.start)


def _starts(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    first, length = wanted[0], len(wanted)
    return [
        at
        for at, word in enumerate(words)
        if word == first and list(words[at : at + length]) == list(wanted)
    ]


def _anchors(ours: Sequence[str], theirs: Sequence[str], fixed: Sequence[_Fixed]) -> dict[int, int]:
    """Our words that belong to values, and where they stand in theirs."""
    inside = {at for one in fixed for at in range(one.start, one.end)}
    match = SequenceMatcher(a=ours, b=theirs, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in match.get_matching_blocks()
        for step in range(block.size)
        if block.a + step not in inside
    }


def _zones(
    fixed: Sequence[_Fixed], anchors: Mapping[int, int], length: int
) -> Iterator[tuple[list[_Fixed], int, int]]:
    """Fixed words with no value between them, and the part of theirs that stands there."""
    places = sorted(anchors)
    groups: list[list[_Fixed]] = []
    for one in fixed:
        if groups and bisect(places, groups[-1][-1].end - 1) == bisect(places, one.start):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        before = bisect(places, group[0].start) - 1
        behind = bisect(places, group[-1].end - 1)
        begin = anchors[places[before]] + 1 if before >= 0 else 0
        end = anchors[places[behind]] if behind < len(places) else length
        yield group, begin, max(begin, end)


def _shared_out(
    names: Sequence[str], words: Mapping[str, str], theirs: Sequence[str], begin: int, end: int
) -> Iterator[tuple[str, str]]:
    """What of a stretch of theirs is which of these fixed words."""
    left = list(names)
    zone = theirs[begin:end]
    for place, name in enumerate(left):
        at = _starts(zone, words[name].split())
        if at:  # one that they print as we do parts the rest
            first = begin + at[0]
            behind = first + len(words[name].split())
            yield name, words[name]
            yield from _shared_out(left[:place], words, theirs, begin, first)
            yield from _shared_out(left[place + 1 :], words, theirs, behind, end)
            return
    if not left:
        return
    name, ours = left[0], words[left[0]]
    size = len(zone)
    if ours.endswith(":"):
        # a label of theirs that was taken for the beginning of the value stands behind the zone
        reach = zone or theirs[begin : begin + LONGEST_LABEL]
        size = next((at + 1 for at, word in enumerate(reach) if word.endswith(":")), 0)
        zone = reach
    elif ours.isupper() and len(left) > 1:
        size = next((at for at, word in enumerate(zone) if word.upper() != word), len(zone))
    elif len(left) > 1:
        return
    if size > 0 and len(" ".join(zone[:size])) <= max(LONGEST * len(ours), PARAGRAPH):
        yield name, " ".join(zone[:size])
        yield from _shared_out(left[1:], words, theirs, begin + size, end)
