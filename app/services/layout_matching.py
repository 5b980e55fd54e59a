"""Making a layout print as a house does: a letter of theirs beside our rendering of it.

The letter is read and set again; what its values are is the same in both, so what differs between
the values are the layout's fixed words. Hides how the two are laid beside each other.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from app.errors import UserError
from app.letter import Issue, Letter
from app.paths import FONTS, TEMPLATES
from app.services.language.dates import find_dates
from app.services.layout_differences import LineDifference, line_differences, look_differences
from app.services.layout_head import CASE, LONGEST_LABEL
from app.services.layout_recasting import in_words_of_ours, recast
from app.services.layout_structure import (
    Form,
    Item,
    form_of,
    lines_of,
    places_of,
)
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
_FRAME = re.compile(r"item|issue|request|#?\d{1,2}[.):]|is|are|was|were|,")
MOST_PAGES = 40
"""A longer PDF is read once, in the guarded process alone."""


T = TypeVar("T", bound=msgspec.Struct)


class Proposal(msgspec.Struct, frozen=True):
    """A fixed word of the layout, what it is now, and what stands there in the house's letter."""

    name: str
    ours: str
    theirs: str


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The letter beside our rendering: what differs, what may be set, and what cannot be."""

    layout: str
    lines: int
    differences: tuple[LineDifference, ...]
    moved: int
    """Lines of theirs whose words are ours, but which end elsewhere."""
    looks: tuple[str, ...]
    """Sentences on what differs in size, margins and order."""
    proposals: tuple[Proposal, ...]
    lacking: tuple[Proposal, ...]
    """Fixed words that the letter does not print, or that cannot be told from what is beside them:
    theirs is empty."""
    printed: tuple[str, ...]
    """The lines of theirs that differ, to choose words from."""

    @property
    def counted(self) -> str:
        """How much of their letter differs, and how much of ours is not in it."""
        theirs = sum(bool(one.theirs) for one in self.differences)
        ours = sum(not one.theirs for one in self.differences)
        rest = f", {ours} of the layout's have none beside them" if ours else ""
        return f"{theirs} of {self.lines} lines differ{rest}."

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
    form = form_of(read.text, words)
    if form is None:  # a layout that has no such parts may print a letter that has
        form = form_of(read.text, Renderer([TEMPLATES], FONTS).layout(WORDS_KNOWN).words)
    structure = form.words if form else {}
    letter = _better(read, form)
    if not read.text.has_text or not letter.issues:
        raise UserError(
            "No disputed item could be read in that PDF, so that there is nothing to compare.",
            "Choose a letter whose text can be selected; open it to see what is read.",
        )
    ours = reader.read(renderer.render(_without_label(letter, words), layout).pdf)
    our_lines, their_lines = lines_of(ours), lines_of(read.text)
    whole = "\n".join(line.text for line in their_lines)
    proposals, lacking = _proposed(words, _words(ours), _words(read.text), structure, whole)
    differences, moved = line_differences(our_lines, their_lines)
    return Match(
        layout=layout,
        lines=len(their_lines),
        differences=differences,
        moved=moved,
        looks=look_differences(ours, read.text, form),
        proposals=proposals,
        lacking=lacking,
        printed=tuple(dict.fromkeys(one.theirs for one in differences if one.theirs)),
    )


def _better(read: ReadLetter, form: Form | None) -> Letter:
    """The letter as it is read, with more of it where the parts of its form tell more."""
    letter = read.result.letter
    if form is None or len(read.text.pages) > MOST_PAGES:
        return letter
    known = Renderer([TEMPLATES], FONTS).layout(WORDS_KNOWN).words
    in_place = parse(in_words_of_ours(read.text, form.words, known)).letter
    anew = parse(recast(read.text, form, known)).letter
    # set anew it loses where its lines end, which the rendering keeps
    best = max(letter, in_place, anew, key=_whole_items)
    return replace(
        best,
        issues=_titled(best.issues, form.items),
        header=_filled(best.header, in_place.header, anew.header),
        reviewer=_filled(best.reviewer, in_place.reviewer, anew.reviewer),
        clinical_summary=best.clinical_summary or anew.clinical_summary,
    )


def _titled(issues: tuple[Issue, ...], items: Sequence[Item]) -> tuple[Issue, ...]:
    """The items without the numbers a house counts them by and the end of a title that is a
    sentence (`… is Upheld`)."""
    if len(issues) != len(items):
        return issues
    pairs = zip(issues, items, strict=True)
    return tuple(
        replace(one, title=item.title) if _is_framed(item.title, one.title) else one
        for one, item in pairs
    )


def _is_framed(title: str, printed: str) -> bool:
    """Whether nothing but a number and the end of a sentence stands around a title."""
    rest = printed.replace(title, " ", 1).lower().split()
    return title in printed and all(map(_FRAME.fullmatch, rest))


def _whole_items(letter: Letter) -> int:
    """How many items of a letter are whole, less those that are not."""
    whole = sum(bool(one.title and one.decision and one.rationale) for one in letter.issues)
    return 2 * whole - len(letter.issues)


def _filled(part: T, *others: T) -> T:
    """A part of a letter, its empty fields filled from the first of the others that has them."""
    found: dict[str, object] = {}
    for name in part.__struct_fields__:
        values: list[object] = [getattr(one, name) for one in (part, *others)]
        found[name] = next(filter(None, values), values[0])
    return replace(part, **found)


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
    lines: str,
) -> tuple[tuple[Proposal, ...], tuple[Proposal, ...]]:
    """What of theirs stands where each of ours does: by the order of the form where that tells,
    else by the values that are the same in both."""
    fixed = _fixed(words, ours)
    anchors = _anchors(ours, theirs, fixed)
    told: dict[str, Counter[str]] = {one.name: Counter() for one in fixed}
    for group, begin, end in _zones(fixed, anchors, len(theirs)):
        for name, text in _shared_out([one.name for one in group], words, theirs, begin, end):
            told[name][text] += 1
    proposals: list[Proposal] = []
    lacking: list[Proposal] = []
    for name, found in told.items():
        best = structure.get(name) or (found.most_common(1)[0][0] if found else "")
        of_another = best in words.values() and best != words[name]
        of_another |= name not in structure and best in structure.values()
        is_part = name not in structure and not _is_whole(best, lines)
        if not best or of_another or is_part or _holds_a_value(best, words[name]):
            lacking.append(Proposal(name, words[name], ""))
        elif best != words[name]:
            proposals.append(Proposal(name, words[name], best))
    return tuple(proposals), tuple(lacking)


def _is_whole(text: str, lines: str) -> bool:
    """Whether a text begins and ends with lines; a label ends where it does."""
    words = r"\s+".join(map(re.escape, text.split()))
    end = "" if text.endswith(":") else "$"
    return re.search(f"^{words}{end}", lines, re.MULTILINE) is not None


def _holds_a_value(text: str, ours: str) -> bool:
    """Whether what stands there is no fixed word: a day, a case number or what follows a label is
    of one letter."""
    after_label = len(ours) < PARAGRAPH and ":" not in ours and ": " in text
    return after_label or bool(find_dates(text) or CASE.search(text))


def _fixed(words: Mapping[str, str], ours: Sequence[str]) -> list[_Fixed]:
    """Every place of a fixed word, in order; a word inside a longer one is no place of its own."""
    found: list[_Fixed] = []
    printed = {name: text for name, text in words.items() if name not in UNPRINTED}
    for name, text in sorted(printed.items(), key=lambda pair: -len(pair[1])):
        wanted = text.split()
        for start in places_of(wanted, ours) if wanted else ():
            end = start + len(wanted)
            if all(end <= one.start or start >= one.end for one in found):
                found.append(_Fixed(name, start, end))
    return sorted(found, key=lambda one: one.start)


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
        at = places_of(words[name].split(), zone)
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
