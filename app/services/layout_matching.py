"""Making a layout print as a house does: a letter of theirs beside our rendering of it.

The letter is read and set again; what its values are is the same in both, so what differs between
the values are the layout's fixed words. Hides how the two are laid beside each other.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Letter
from app.paths import FONTS, TEMPLATES
from app.services.layout_structure import in_words_of_ours, structural_words
from app.services.letter_reader import LetterReader, ReadLetter
from app.services.parsing import parse
from app.services.pdf import PdfText
from app.services.rendering import Renderer

WORDS_KNOWN = "maximus-2016"
"""The layout whose words reading knows, whatever a house made of them in its settings."""
UNPRINTED = ("document",)
"""Words that stand on no page: the title of the file."""
LONGEST = 3
"""Theirs is proposed for ours where it is at most so many times as long, or is a paragraph."""
PARAGRAPH = 60
ALIKE = 50.0
"""Lines are like each other that have more than so much in common, of 100."""
MOST_PAIRS = 10_000
MOST_PAGES = 40
"""A longer PDF is read once, in the guarded process alone."""
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
    words = renderer.layout(layout).words
    read = reader.letter(source)
    their_lines = _lines(read.text)
    structure = structural_words([line for _, line in their_lines], words)
    letter = _better(read, structure)
    if not read.text.has_text or not letter.issues:
        raise UserError(
            "No disputed item could be read in that PDF, so that there is nothing to compare.",
            "Choose a letter whose text can be selected; open it to see what is read.",
        )
    ours = reader.read(renderer.render(_without_label(letter, words), layout).pdf)
    proposals, lacking = _proposed(words, _words(ours), _words(read.text), structure)
    our_lines = _lines(ours)
    return Match(
        layout=layout,
        lines=len(their_lines),
        differences=_differences(our_lines, their_lines),
        proposals=proposals,
        lacking=lacking,
    )


def _better(read: ReadLetter, structure: dict[str, str]) -> Letter:
    """The letter as it is read, or, where that finds more of it, by the order of its form."""
    letter = read.result.letter
    if not structure or len(read.text.pages) > MOST_PAGES:
        return letter
    known = Renderer([TEMPLATES], FONTS).layout(WORDS_KNOWN).words
    other = parse(in_words_of_ours(read.text, structure, known)).letter
    return other if _found(other) > _found(letter) else letter


def _found(letter: Letter) -> tuple[int, int]:
    """How much of a letter was read: items that are whole, and filled fields of its head."""
    whole = sum(bool(one.title and one.decision and one.rationale) for one in letter.issues)
    broken = len(letter.issues) - whole
    head = sum(bool(getattr(letter.header, name)) for name in letter.header.__struct_fields__)
    return whole - broken, head


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
        for one, other in _beside(ours[a0:a1], theirs[b0:b1]):
            page = (other or one or (1, ""))[0]
            found.append(LineDifference(page, one[1] if one else "", other[1] if other else ""))
    return tuple(found)


def _beside(
    ours: Sequence[tuple[int, str]], theirs: Sequence[tuple[int, str]]
) -> Iterator[tuple[tuple[int, str] | None, tuple[int, str] | None]]:
    """Lines of a stretch that are like each other side by side in their order, others alone."""
    from rapidfuzz import fuzz

    if len(ours) * len(theirs) > MOST_PAIRS:
        yield from zip_longest(ours, theirs)
        return
    like = [[max(fuzz.ratio(a, b) - ALIKE, 0.0) for _, b in theirs] for _, a in ours]
    best = _best_of_the_rest(like, len(ours), len(theirs))
    i = j = 0
    while i < len(ours) or j < len(theirs):
        inside = i < len(ours) and j < len(theirs)
        if inside and like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            yield ours[i], theirs[j]
            i, j = i + 1, j + 1
        elif j == len(theirs) or (inside and best[i][j] == best[i + 1][j]):
            yield ours[i], None
            i += 1
        else:
            yield None, theirs[j]
            j += 1


def _best_of_the_rest(like: Sequence[Sequence[float]], ours: int, theirs: int) -> list[list[float]]:
    """How much likeness the lines from each pair on can be brought to."""
    best = [[0.0] * (theirs + 1) for _ in range(ours + 1)]
    for i in reversed(range(ours)):
        for j in reversed(range(theirs)):
            both = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    return best


class _Fixed(NamedTuple):
    """Where in our words one of the layout's fixed words stands."""

    name: str
    start: int
    end: int


def _proposed(
    words: Mapping[str, str],
    ours: Sequence[str],
    theirs: Sequence[str],
    structure: Mapping[str, str],
) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """What of theirs stands where each of ours does: by the order of the form where that tells,
    else by the values that are the same in both."""
    fixed = _fixed(words, ours)
    anchors = _anchors(ours, theirs, fixed)
    told: dict[str, Counter[str]] = {one.name: Counter() for one in fixed}
    for group, begin, end in _zones(fixed, anchors, len(theirs)):
        for name, text in _shared_out([one.name for one in group], words, theirs, begin, end):
            told[name][text] += 1
    proposals: list[Proposal] = []
    lacking: list[str] = []
    for name, found in told.items():
        best = structure.get(name) or (found.most_common(1)[0][0] if found else "")
        if not best:
            lacking.append(name)
        elif best != words[name]:
            proposals.append(Proposal(name, words[name], best))
    return tuple(proposals), tuple(lacking)


def _fixed(words: Mapping[str, str], ours: Sequence[str]) -> list[_Fixed]:
    """Every place of a fixed word, in order; a word inside a longer one is no place of its own."""
    found: list[_Fixed] = []
    printed = {name: text for name, text in words.items() if name not in UNPRINTED}
    for name, text in sorted(printed.items(), key=lambda pair: -len(pair[1])):
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
