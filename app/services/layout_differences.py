"""What differs between two printed letters: line by line in their words, and in how they look.

Hides how lines are laid beside each other, and when one counts as the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from statistics import median
from typing import NamedTuple

import msgspec

from app.services.layout_structure import HEADINGS, LABELS, Form, Line
from app.services.pdf import PdfText

ALIKE = 50.0
"""Lines are like each other that have more than so much in common, of 100."""
MOST_PAIRS = 10_000
MOST_WORDS = 8_000
"""Of a longer letter the words are not compared one by one."""
_PASSES = 3
_MOVED = 5
"""So many words that stand elsewhere in the same order are a passage that was moved."""
_MARGIN = 5.0
"""By so many points a margin differs to be told."""
_CALLED = {
    "made_heading": "how it was made",
    "summary_heading": "the summary",
    "issues_heading": "the items",
    "claims_administrator_guideline": "the claims administrator's guideline",
    "maximus_guideline": "the reviewer's guideline",
    "rationale": "the rationale",
}


class LineDifference(msgspec.Struct, frozen=True):
    """Lines that stand where others do; either may be empty."""

    page: int
    ours: str
    theirs: str


class _Word(NamedTuple):
    """A word, and the line that it stands in."""

    text: str
    line: int


def line_differences(
    ours: Sequence[Line], theirs: Sequence[Line]
) -> tuple[tuple[LineDifference, ...], int]:
    """The lines whose words differ, and how many of theirs have ours and only stand otherwise."""
    mine, other = _with_words_of_their_own(ours, theirs)
    found: list[LineDifference] = []
    for one, another in _beside(mine, other):
        page = (another or one or Line(1, "", False)).page
        found.append(LineDifference(page, one.text if one else "", another.text if another else ""))
    same = _in_both(ours, theirs).total()
    return tuple(found), max(len(theirs) - len(other) - same, 0)


def _with_words_of_their_own(
    ours: Sequence[Line], theirs: Sequence[Line]
) -> tuple[list[Line], list[Line]]:
    """The lines of both that hold a word which the other has not, in its place or a moved passage."""
    a, b = _words_of(ours), _words_of(theirs)
    if max(len(a), len(b)) > MOST_WORDS:
        known = _in_both(ours, theirs)
        return _but(ours, known), _but(theirs, known)
    for passing in range(_PASSES):
        left = len(a)
        a, b = _less_what_both_have(a, b, _MOVED if passing else 1)
        if len(a) == left or not a or not b:
            break
    return _lines_of_words(a, ours), _lines_of_words(b, theirs)


def _words_of(lines: Sequence[Line]) -> list[_Word]:
    return [_Word(word, at) for at, line in enumerate(lines) for word in line.text.split()]


def _lines_of_words(words: Sequence[_Word], lines: Sequence[Line]) -> list[Line]:
    return [lines[at] for at in sorted({word.line for word in words})]


def _less_what_both_have(
    a: Sequence[_Word], b: Sequence[_Word], shortest: int
) -> tuple[list[_Word], list[_Word]]:
    """The words of both but for the runs, of so many words at least, that are the same."""
    match = SequenceMatcher(a=[w.text for w in a], b=[w.text for w in b], autojunk=False)
    blocks = [block for block in match.get_matching_blocks() if block.size >= shortest]
    in_a = {block.a + step for block in blocks for step in range(block.size)}
    in_b = {block.b + step for block in blocks for step in range(block.size)}
    return (
        [one for at, one in enumerate(a) if at not in in_a],
        [one for at, one in enumerate(b) if at not in in_b],
    )


def _in_both(ours: Sequence[Line], theirs: Sequence[Line]) -> Counter[str]:
    return Counter(line.text for line in ours) & Counter(line.text for line in theirs)


def _but(lines: Sequence[Line], known: Counter[str]) -> list[Line]:
    left = Counter(known)
    found: list[Line] = []
    for line in lines:
        if left[line.text] > 0:
            left[line.text] -= 1
        else:
            found.append(line)
    return found


def _beside(
    ours: Sequence[Line], theirs: Sequence[Line]
) -> Iterator[tuple[Line | None, Line | None]]:
    """Lines of a stretch that are like each other side by side in their order, others alone."""
    from rapidfuzz import fuzz

    if len(ours) * len(theirs) > MOST_PAIRS:
        yield from zip_longest(ours, theirs)
        return
    like = [[max(fuzz.ratio(a.text, b.text) - ALIKE, 0.0) for b in theirs] for a in ours]
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


def look_differences(ours: PdfText, theirs: PdfText, form: Form | None) -> tuple[str, ...]:
    """Sentences on what of their pages looks otherwise than ours."""
    found: list[str] = []
    mine, other = _measures(ours), _measures(theirs)
    if mine is None or other is None:
        return ()
    if abs(mine.width - other.width) > _MARGIN or abs(mine.height - other.height) > _MARGIN:
        found.append(
            f"Their page is {other.width:.0f} x {other.height:.0f} points,"
            f" the layout's {mine.width:.0f} x {mine.height:.0f}."
        )
    if mine.font and other.font and (mine.font, mine.size) != (other.font, other.size):
        found.append(
            f"Their text is of {other.size:g} points in {other.font}, the layout's of"
            f" {mine.size:g} in {mine.font}."
        )
    if abs(mine.left - other.left) > _MARGIN:
        found.append(
            f"Their text begins {other.left:.0f} points from the left edge, the layout's"
            f" {mine.left:.0f}."
        )
    for names in (HEADINGS, LABELS):
        order = [name for name in (form.order if form else ()) if name in names]
        if order and order != [name for name in names if name in order]:
            told = ", ".join(_CALLED[name] for name in order)
            found.append(f"Their parts stand in another order: {told}.")
    return tuple(found)


class _Measures(msgspec.Struct, frozen=True):
    """Of a letter's first page: its size and where most lines begin, in points; the font and size of
    most words, empty where all are alike and so were not looked at."""

    width: float
    height: float
    left: float
    font: str
    size: float


def _measures(text: PdfText) -> _Measures | None:
    page = next((page for page in text.pages if page.texts), None)
    if page is None:
        return None
    begins = [page.lefts[at] * page.width for at in page.starts] or [0.0]
    of_most = Counter(page.look_of).most_common(1)
    look = page.looks[of_most[0][0]] if of_most and page.looks else None
    return _Measures(
        width=page.width,
        height=page.height,
        left=median(begins),
        font=look.font if look else "",
        size=look.size if look else 0.0,
    )
